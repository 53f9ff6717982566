"""What this room seals: that something is restricted, and what became of it.

An author restricts while writing; that stands in their own entry. Later a manager decides, by an
entry of its own in the same book. Nothing changes the entry that is restricted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from casebound.foundation.base.handling import FieldHandling
from casebound.foundation.base.ids import EntryId
from casebound.ledger.projecting.kinds import Kind, Words

_WHICH = frozenset({"entry_id", "index", "scope"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Restricted(Kind):
    """A manager restricts an entry, or parts of it, that was sealed before.

    Attributes:
        entry_id: the entry; with `index`, its leaf.
        chosen: what of it: the whole (empty), `s2` its second statement, `a_name` an answer, or
            `f1` a file.
        scope: from the child, or need to know among staff.
        reference: of the police, the court or the lawyer.
        officer: who asks for it there.
        kept_from: workers it is about, who never read it.
        decided_by: who decided, by id and name; not always who signs it.
        review_on: the day on which a manager looks at it again.
    """

    kind: ClassVar = "restricting/restricted"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_child = frozenset({"reason"})
        about_worker = frozenset({"kept_from", "decided_by", "decided_by_name"})
        about_others = frozenset({"reference", "officer"})
        operational = _WHICH | {"chosen", "ground", "review_on"}

    entry_id: str
    index: int
    chosen: tuple[str, ...]
    scope: str
    ground: str
    reason: Words
    reference: Words | None
    officer: Words | None
    kept_from: tuple[str, ...]
    decided_by: str
    decided_by_name: str
    review_on: str

    def redraws(self) -> Sequence[EntryId]:
        """Return the entry whose readers change."""
        return (EntryId(self.entry_id),)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionReviewed(Kind):
    """A manager looked again at what is restricted: it stays, it is released, or it moves.

    Attributes:
        outcome: `renewed`, `released` or `moved`.
        to: the section it moves to: `child`, `need_to_know` or `managers`.
        ground: of the section it moves to, with its reference and officer.
        review_on: the next day on which a manager looks at it; of what is released there is none.
    """

    kind: ClassVar = "restricting/reviewed"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_child = frozenset({"reason"})
        about_worker = frozenset({"kept_from"})
        about_others = frozenset({"reference", "officer"})
        operational = _WHICH | {"part", "outcome", "to", "ground", "review_on"}

    entry_id: str
    index: int
    part: str
    scope: str
    outcome: str
    reason: Words
    to: str | None
    ground: str | None
    reference: Words | None
    officer: Words | None
    kept_from: tuple[str, ...]
    review_on: str | None

    def redraws(self) -> Sequence[EntryId]:
        """Return the entry whose readers change."""
        return (EntryId(self.entry_id),)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionDiscussed(Kind):
    """Somebody was asked what they think of a restriction, or was told what was decided.

    Attributes:
        what: `asked` or `told`.
        who: `author`, `social_worker` or `other`.
        name: who that is.
        how: `face_to_face`, `phone` or `writing`.
        on: the day.
        said: what they said.
    """

    kind: ClassVar = "restricting/discussed"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_others = frozenset({"name", "said"})
        operational = _WHICH | {"part", "what", "who", "how", "on"}

    entry_id: str
    index: int
    part: str
    scope: str
    what: str
    who: str
    name: str
    how: str
    on: str
    said: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewIntervalSet(Kind):
    """The provider allows this many days, at most, until what has this ground is looked at again.

    It is sealed in the office's book.
    """

    kind: ClassVar = "restricting/interval-set"

    class Handling(FieldHandling):
        """Who each field is about."""

        operational = frozenset({"ground", "days"})

    ground: str
    days: int


KINDS = (Restricted, RestrictionReviewed, RestrictionDiscussed, ReviewIntervalSet)
