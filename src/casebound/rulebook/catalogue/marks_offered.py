"""What each mark of a statement is called while one writes it, with a line of help (P51 to P53)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casebound.foundation.base.messages import gettext
from casebound.rulebook.catalogue.grounds import DETAILS, grounds_asking, grounds_for
from casebound.rulebook.catalogue.marks import (
    RestrictedFrom,
    Sharing,
    StatementKind,
    StatementSource,
    ThirdPartyPermission,
)


@dataclass(frozen=True, slots=True)
class Chip:
    """One mark to choose.

    Attributes:
        help: one line that tells it from the others; may be empty.
        needs: the field of the statement that the mark asks for; may be empty.
        mark: the class of the mark in the book.
        is_more: whether it stands behind "More" until it is chosen.
    """

    value: str
    words: str
    help: str = ""
    needs: str = ""
    mark: str = ""
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class MarksOffered:
    """The three rows of chips under a paragraph (P51, P52, P36). The first of each is usual.

    `grounds` are for withholding it (P37), `permissions` what a third party may answer (P39).
    `staff` is the row that says which staff read it, `staff_grounds` what for; `asking` says for
    each detail of a restriction which grounds ask for it.
    """

    kinds: Sequence[Chip]
    sources: Sequence[Chip]
    sharing: Sequence[Chip]
    grounds: Sequence[tuple[str, str]]
    permissions: Sequence[tuple[str, str]]
    staff: Sequence[Chip]
    staff_grounds: Sequence[tuple[str, str]]
    asking: Mapping[str, str]


def marks_offered(child: str = "") -> MarksOffered:
    """Return the marks of a statement in the book of this child; empty: no child's book."""
    return MarksOffered(
        kinds=_kinds(child),
        sources=_sources(),
        sharing=_sharing(child),
        grounds=grounds_for(RestrictedFrom.CHILD),
        permissions=[
            (answer.value, answer.label)
            for answer in ThirdPartyPermission.offered()
            if answer is not ThirdPartyPermission.WITHDRAWN
        ],
        staff=_staff(),
        staff_grounds=grounds_for(RestrictedFrom.NEED_TO_KNOW),
        asking={detail: grounds_asking(detail) for detail in DETAILS},
    )


def _kinds(child: str) -> Sequence[Chip]:
    view = gettext("{child}’s view").format(child=child) if child else gettext("Child’s view")
    return (
        Chip(
            StatementKind.FACT,
            gettext("What happened"),
            gettext("What you saw, heard or did."),
        ),
        Chip(
            StatementKind.ACCOUNT,
            gettext("Someone said"),
            gettext("What somebody else said happened."),
            "speaker",
            "account",
        ),
        Chip(
            StatementKind.OPINION,
            gettext("My opinion"),
            gettext("What you think of it, from what you saw."),
            "basis",
            "opinion",
        ),
        Chip(
            StatementKind.VIEW,
            view,
            gettext("What they think, feel or want, in their words."),
            "",
            "view",
        ),
        Chip(
            StatementKind.ASSESSMENT,
            gettext("Assessment"),
            gettext("What it all adds up to, such as a risk."),
            "basis",
            "assessment",
            is_more=True,
        ),
        Chip(
            StatementKind.JUDGEMENT,
            gettext("Judgement"),
            gettext("What you held to be right at that moment."),
            "basis",
            "judgement",
            is_more=True,
        ),
        Chip(
            StatementKind.DECISION,
            gettext("Decision"),
            gettext("What was settled, by who may settle it."),
            "maker",
            "decision",
            is_more=True,
        ),
    )


def _sources() -> Sequence[Chip]:
    return (
        Chip(StatementSource.FIRST_HAND, gettext("I saw it")),
        Chip(StatementSource.TOLD_BY, gettext("I was told"), "", "told_by", "told"),
        Chip(StatementSource.READ_IN, gettext("I read it"), "", "read_in", "read"),
    )


def _sharing(child: str) -> Sequence[Chip]:
    shared = gettext("Shared with {child}").format(child=child) if child else gettext("Shared")
    return (
        Chip(Sharing.SHARED, shared),
        Chip(
            Sharing.WITHHELD,
            gettext("Private"),
            gettext("The child cannot read it for now. It needs a ground, a reason and a day."),
            "ground",
            "withheld",
        ),
        Chip(
            Sharing.THIRD_PARTY,
            gettext("About someone else"),
            gettext("The child reads it once that person agrees."),
            "third_party",
            "third",
        ),
    )


def _staff() -> Sequence[Chip]:
    return (
        Chip("", gettext("All staff")),
        Chip(
            RestrictedFrom.NEED_TO_KNOW,
            gettext("Who need to know"),
            gettext(
                "The managers, the child’s key worker, you and who told you. It needs a ground, a"
                " reason and a day."
            ),
            "staff_ground",
            "withheld",
        ),
    )
