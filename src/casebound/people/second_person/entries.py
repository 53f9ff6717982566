"""What this room seals in the office's book: what was asked, and what the second person said."""

from dataclasses import dataclass
from typing import ClassVar

from casebound.foundation.base.handling import FieldHandling
from casebound.ledger.projecting.kinds import Kind, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementAsked(Kind):
    """Somebody asks for a link or an appointment that would open books, until `expires_at`.

    `what` is `link`, `link_and_factors` or `appointment`. Role, home and beginning are those of the
    appointment; without a home it is for the whole provider.
    """

    kind: ClassVar = "second-person/asked"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"full_name", "role"})
        operational = frozenset(
            {"request_id", "what", "worker_id", "home_id", "from_at", "expires_at"}
        )

    request_id: str
    what: str
    worker_id: str
    full_name: str
    role: str | None
    home_id: str | None
    from_at: str | None
    expires_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementAnswered(Kind):
    """A second person agreed or declined, or who asked took it back.

    `with_sheet` is True if nobody could agree, and the recovery sheet stood in for them.
    """

    kind: ClassVar = "second-person/answered"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"full_name", "reason"})
        operational = frozenset({"request_id", "answer", "with_sheet"})

    request_id: str
    full_name: str
    answer: str
    reason: Words
    with_sheet: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneAlone(Kind):
    """Books were opened to the first who can agree, when nobody had ever been there to agree."""

    kind: ClassVar = "second-person/done-alone"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"full_name"})
        operational = frozenset({"worker_id", "what"})

    worker_id: str
    full_name: str
    what: str


KINDS = (AgreementAsked, AgreementAnswered, DoneAlone)
