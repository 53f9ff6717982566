"""The closed lists a person chooses from while writing: the marks of a statement and its entry.

Each value is what a form posts and a draft keeps; each label is what the person reads. `NOT_SAID`
stands for an answer that is empty or that nobody knows: it is never guessed to be something else,
because a guess could show a child what was withheld (P36) or pass an opinion off as fact (P53).
"""

from enum import StrEnum
from typing import Self

from casebound.foundation.base.messages import gettext, gettext_noop


class Mark(StrEnum):
    """One value of a closed list, with the words people read."""

    words: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make the member of `value` that reads as `label`."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = label
        return member

    @property
    def label(self) -> str:
        """The words, in the language of the reader."""
        return gettext(self.words)

    @classmethod
    def offered(cls) -> tuple[Self, ...]:
        """Return what a person may choose, in the order of the screen, the default first."""
        return tuple(member for member in cls if member.value)


class HowKnown(Mark):
    """How the author knows (P26): asked of every author, never assumed."""

    WAS_THERE = "was_there", gettext_noop("I was there")
    TOLD_BY = "told_by", gettext_noop("Someone told me")
    READ_IN = "read_in", gettext_noop("I read it")
    NOT_SAID = "", gettext_noop("Not said")


class StatementKind(Mark):
    """What a statement is (P51, P53)."""

    FACT = "fact", gettext_noop("Fact")
    ACCOUNT = "account", gettext_noop("What someone said")
    VIEW = "view", gettext_noop("Child's view")
    OPINION = "opinion", gettext_noop("Opinion")
    ASSESSMENT = "assessment", gettext_noop("Assessment")
    JUDGEMENT = "judgement", gettext_noop("Judgement")
    DECISION = "decision", gettext_noop("Decision")
    NOT_SAID = "", gettext_noop("Not said")


class StatementSource(Mark):
    """Where a statement comes from (P52)."""

    FIRST_HAND = "first_hand", gettext_noop("Seen or heard by me")
    TOLD_BY = "told_by", gettext_noop("Someone told me")
    READ_IN = "read_in", gettext_noop("Read in a document")
    NOT_SAID = "", gettext_noop("Not said")

    @property
    def sealed_as(self) -> str:
        """Return the word in the label of the sealed part (ledger 1.4)."""
        return _SEALED_SOURCES[self.value]


_SEALED_SOURCES = {"first_hand": "first-hand", "told_by": "told-by", "read_in": "document", "": ""}


class Sharing(Mark):
    """Whether the child reads a statement (P36 to P40)."""

    SHARED = "shared", gettext_noop("Shared with the child")
    WITHHELD = "withheld", gettext_noop("Not shared with the child")
    THIRD_PARTY = "third_party", gettext_noop("About someone else")
    NOT_SAID = "", gettext_noop("Not said")


class RestrictedFrom(Mark):
    """Who does not read something that is restricted (P36, P63). Neither follows from the other."""

    CHILD = "child", gettext_noop("The child does not read it")
    NEED_TO_KNOW = "need_to_know", gettext_noop("Only staff who need to know read it")
    NOT_SAID = "", gettext_noop("Not said")


class Ground(Mark):
    """Why something is restricted (P37). `grounds.toml` says what each asks, and for how long."""

    RISK_TO_CHILD = "risk_to_child", gettext_noop("It could put the child at risk of harm")
    RISK_TO_OTHER = "risk_to_other", gettext_noop("It could put someone else at risk of harm")
    POLICE_INVESTIGATION = (
        "police_investigation",
        gettext_noop("The police asked, to protect an investigation"),
    )
    COURT_ORDER = "court_order", gettext_noop("A court ordered it")
    LEGAL_PRIVILEGE = (
        "legal_privilege",
        gettext_noop("It is advice of a lawyer, or for a court case"),
    )
    THIRD_PARTY = "third_party", gettext_noop("It is about someone else, who has not agreed")
    SENSITIVE = "sensitive", gettext_noop("It is about self-harm, sexual abuse or the child’s body")
    ABOUT_COLLEAGUE = (
        "about_colleague",
        gettext_noop("It is an allegation or a worry about a colleague"),
    )
    NOT_SAID = "", gettext_noop("Not said")


class ThirdPartyPermission(Mark):
    """What a third party answered when asked to share (P39); whatever is unclear is not asked."""

    NOT_ASKED = "not_asked", gettext_noop("Not asked yet")
    ASKED = "asked", gettext_noop("Asked, no answer yet")
    GIVEN = "given", gettext_noop("They agreed")
    REFUSED = "refused", gettext_noop("They did not agree")
    # Not chosen while writing: the register of third parties says so of what was given before.
    WITHDRAWN = "withdrawn", gettext_noop("They took their permission back")
