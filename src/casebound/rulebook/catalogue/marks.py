"""The closed lists a person chooses from while writing: the marks of a statement and its entry.

Each value is what a form posts and a draft keeps; each label is what the person reads. `NOT_SAID`
stands for an answer that is empty or that nobody knows: it is never guessed to be something else,
because a guess could show a child what was withheld (P36) or pass an opinion off as fact (P53).
"""

from enum import StrEnum
from typing import Self


class Mark(StrEnum):
    """One value of a closed list, with the words people read."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make the member of `value` that reads as `label`."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def offered(cls) -> tuple[Self, ...]:
        """Return what a person may choose, in the order of the screen, the default first."""
        return tuple(member for member in cls if member.value)


class HowKnown(Mark):
    """How the author knows (P26): asked of every author, never assumed."""

    WAS_THERE = "was_there", "I was there"
    TOLD_BY = "told_by", "Someone told me"
    READ_IN = "read_in", "I read it"
    NOT_SAID = "", "Not said"


class StatementKind(Mark):
    """What a statement is (P51, P53)."""

    FACT = "fact", "Fact"
    ACCOUNT = "account", "What someone said"
    VIEW = "view", "Child's view"
    OPINION = "opinion", "Opinion"
    ASSESSMENT = "assessment", "Assessment"
    JUDGEMENT = "judgement", "Judgement"
    DECISION = "decision", "Decision"
    NOT_SAID = "", "Not said"


class StatementSource(Mark):
    """Where a statement comes from (P52)."""

    FIRST_HAND = "first_hand", "Seen or heard by me"
    TOLD_BY = "told_by", "Someone told me"
    READ_IN = "read_in", "Read in a document"
    NOT_SAID = "", "Not said"

    @property
    def sealed_as(self) -> str:
        """Return the word in the label of the sealed part (ledger 1.4)."""
        return _SEALED_SOURCES[self.value]


_SEALED_SOURCES = {"first_hand": "first-hand", "told_by": "told-by", "read_in": "document", "": ""}


class Sharing(Mark):
    """Whether the child reads a statement (P36 to P40)."""

    SHARED = "shared", "Shared with the child"
    WITHHELD = "withheld", "Not shared with the child"
    THIRD_PARTY = "third_party", "About someone else"
    NOT_SAID = "", "Not said"


class Ground(Mark):
    """Why a statement is withheld (P37): the policy knows these three and no other."""

    RISK_TO_CHILD = "risk_to_child", "It could put the child at risk of harm"
    RISK_TO_OTHER = "risk_to_other", "It could put someone else at risk of harm"
    POLICE_INVESTIGATION = "police_investigation", "The police asked, to protect an investigation"
    NOT_SAID = "", "Not said"


class ThirdPartyPermission(Mark):
    """What a third party answered when asked to share (P39); whatever is unclear is not asked."""

    NOT_ASKED = "not_asked", "Not asked yet"
    ASKED = "asked", "Asked, no answer yet"
    GIVEN = "given", "They agreed"
    REFUSED = "refused", "They did not agree"
