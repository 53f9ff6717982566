"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {
    "book": gettext_noop("read pages of the book"),
    "entry": gettext_noop("read one entry"),
    "print": gettext_noop("printed pages of the book"),
    "names": gettext_noop("saw the names of other children"),
}

MOST_COUNTED = {"book": 25, "names": 1}
