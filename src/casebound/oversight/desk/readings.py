"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {
    "shift": gettext_noop("saw on Shift what is due"),
    "desk": gettext_noop("saw on the desk what is due"),
}
# A row is of all the pages between the first and the last of which the list shows words.
MOST_COUNTED = {"shift": 1, "desk": 1}
ALWAYS_OPEN = ("shift", "desk")  # nobody can work without them
LISTS = ("shift", "desk")
