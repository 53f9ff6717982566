"""What this room seals: facts about homes, children and who works where."""

from dataclasses import dataclass
from typing import ClassVar

from casebound.foundation.base.handling import FieldHandling
from casebound.ledger.projecting.kinds import Kind, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened(Kind):
    """A home has a book from now on. The first page of the home's book.

    `secure` is True for a secure children's home (reg 20(1)(c)) and None for every other.
    """

    kind: ClassVar = "homes/home-opened"

    class Handling(FieldHandling):
        """Who each field is about."""

        operational = frozenset({"home_id", "name", "address", "is_office", "secure"})

    home_id: str
    name: str
    address: str
    is_office: bool
    secure: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerAppointed(Kind):
    """A worker has a role at a home (or everywhere), from now or a given time on.

    With a child and without a home, a visitor has it for that child, wherever the child lives. A
    role for a time has its end and a reason.
    """

    kind: ClassVar = "homes/worker-appointed"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"full_name", "role", "reason"})
        operational = frozenset(
            {"appointment_id", "worker_id", "home_id", "child_id", "from_at", "to_at"}
        )

    appointment_id: str
    worker_id: str
    full_name: str
    role: str
    home_id: str | None
    child_id: str | None
    from_at: str
    to_at: str | None
    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentEnded(Kind):
    """A worker no longer has the role."""

    kind: ClassVar = "homes/appointment-ended"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"reason"})
        operational = frozenset({"appointment_id", "to_at"})

    appointment_id: str
    to_at: str
    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildAdmitted(Kind):
    """A child lives at a home from now on. The first page of the child's book (P01).

    `birth` says how sure the date of birth is, and is None if it is exact. `birth_by` and
    `birth_basis` say who stated it otherwise, and on what.
    """

    kind: ClassVar = "homes/child-admitted"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_child = frozenset(
            {"full_name", "called", "pronouns", "born_on", "birth", "birth_by", "birth_basis"}
        )
        operational = frozenset({"child_id", "placement_id", "home_id", "from_at", "face"})

    child_id: str
    placement_id: str
    home_id: str
    from_at: str
    full_name: str
    called: str
    pronouns: str
    born_on: str | None
    face: int
    birth: str | None = None
    birth_by: str | None = None
    birth_basis: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildNamed(Kind):
    """A child has another name, other pronouns or another picture from a day on.

    The earlier names stand where they were written, and nowhere in this. `old_shown` says whether
    the child may meet them.
    """

    kind: ClassVar = "homes/child-named"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_child = frozenset({"full_name", "called", "pronouns", "wished_by"})
        operational = frozenset({"face", "from_on", "old_shown"})

    full_name: str
    called: str
    pronouns: str
    face: int
    from_on: str
    wished_by: Words
    old_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthStated(Kind):
    """What is held to be so of a child's birth from now on; `birth` as in `ChildAdmitted`."""

    kind: ClassVar = "homes/birth-stated"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_child = frozenset({"born_on", "birth", "birth_by", "birth_basis"})

    born_on: str | None
    birth: str
    birth_by: str | None
    birth_basis: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementEnded(Kind):
    """A child no longer lives at a home."""

    kind: ClassVar = "homes/placement-ended"

    class Handling(FieldHandling):
        """Who each field is about."""

        operational = frozenset({"placement_id", "to_at"})

    placement_id: str
    to_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementBegun(Kind):
    """A child who has a book already lives at a home from now on: again, or after another home."""

    kind: ClassVar = "homes/placement-begun"

    class Handling(FieldHandling):
        """Who each field is about."""

        operational = frozenset({"placement_id", "home_id", "home_name", "from_at"})

    placement_id: str
    home_id: str
    home_name: str
    from_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessGranted(Kind):
    """A named person may read the book this is sealed in, or a part of it, for a time.

    A part is the entries on one form, those of one register, those about a period of days, or one
    entry, named by its number in the log.
    """

    kind: ClassVar = "homes/access-granted"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"full_name", "reason"})
        operational = frozenset(
            {
                "grant_id", "worker_id", "permission", "form", "register", "period_from",
                "period_to", "leaf", "from_at", "to_at",
            }
        )  # fmt: skip

    grant_id: str
    worker_id: str
    full_name: str
    permission: str
    form: str | None
    register: str | None
    period_from: str | None
    period_to: str | None
    reason: Words
    from_at: str
    to_at: str
    leaf: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantEnded(Kind):
    """A grant of access ends before its time."""

    kind: ClassVar = "homes/grant-ended"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"reason"})
        operational = frozenset({"grant_id", "to_at"})

    grant_id: str
    to_at: str
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAnswered(Kind):
    """The child, or the placing authority, said if the independent person may read the records.

    `party` and `how` are keys of `homes.consents`. Of each party the newest answer counts, until
    it is withdrawn or the child leaves the home (reg 44(2)(b)).
    """

    kind: ClassVar = "homes/consent-answered"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_child = frozenset({"given", "words"})
        about_others = frozenset({"said_by"})
        operational = frozenset({"consent_id", "home_id", "party", "how", "said_at"})

    consent_id: str
    home_id: str
    party: str
    given: bool
    said_by: str
    how: str
    said_at: str
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(Kind):
    """The child, or the placing authority, takes a consent back. It ends at once."""

    kind: ClassVar = "homes/consent-withdrawn"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_child = frozenset({"words"})
        about_others = frozenset({"said_by"})
        operational = frozenset({"consent_id", "party", "how", "said_at"})

    consent_id: str
    party: str
    said_by: str
    how: str
    said_at: str
    words: Words | None = None


KINDS = (
    HomeOpened,
    WorkerAppointed,
    AppointmentEnded,
    ChildAdmitted,
    ChildNamed,
    BirthStated,
    PlacementEnded,
    PlacementBegun,
    AccessGranted,
    GrantEnded,
    ConsentAnswered,
    ConsentWithdrawn,
)

# These may change the short name of a child, or of several.
NAMING = (ChildAdmitted.kind, PlacementBegun.kind, ChildNamed.kind)
