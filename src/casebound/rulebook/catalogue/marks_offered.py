"""What the marks of a statement may be, in short words, as the writing page offers them."""

from typing import Final

from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.rulebook.catalogue.marks import Ground

_KINDS: Final = (
    ("fact", gettext_noop("Fact"), gettext_noop("What you saw, heard or did, or can be checked.")),
    ("account", gettext_noop("Account"), gettext_noop("What somebody else said happened.")),
    (
        "view",
        gettext_noop("Child’s view"),
        gettext_noop("What the child thinks, feels or wants, in their words."),
    ),
    ("opinion", gettext_noop("Opinion"), gettext_noop("What you think of it, from what you saw.")),
    (
        "assessment",
        gettext_noop("Assessment"),
        gettext_noop("What everything known adds up to, such as a risk."),
    ),
    (
        "judgement",
        gettext_noop("Judgement"),
        gettext_noop("What you thought right to do, or not to do, at that moment."),
    ),
    (
        "decision",
        gettext_noop("Decision"),
        gettext_noop("What was decided, by the person who may decide it."),
    ),
)
_SOURCES: Final = (
    ("first_hand", gettext_noop("First hand")),
    ("told_by", gettext_noop("I was told")),
    ("read_in", gettext_noop("I read it")),
)
_SHARING: Final = (
    ("shared", gettext_noop("Shared with the child")),
    ("withheld", gettext_noop("Withheld")),
    ("third_party", gettext_noop("About a third party")),
)
_PERMISSIONS: Final = (
    ("not_asked", gettext_noop("Not asked yet")),
    ("asked", gettext_noop("Asked, no answer yet")),
    ("given", gettext_noop("Permission given")),
    ("refused", gettext_noop("Permission refused")),
)


def marks_offered() -> dict[str, list[tuple[str, ...]]]:
    """Return each mark's values, their words and, for the kinds, a line of help (P51 to P53)."""
    return {
        "kinds": [(value, gettext(words), gettext(hint)) for value, words, hint in _KINDS],
        "sources": [(value, gettext(words)) for value, words in _SOURCES],
        "sharing": [(value, gettext(words)) for value, words in _SHARING],
        "grounds": [(ground.value, ground.label) for ground in Ground.offered()],
        "permissions": [(value, gettext(words)) for value, words in _PERMISSIONS],
    }
