"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {
    "profile": gettext_noop("read the page about the child"),
    "police_sheet": gettext_noop("read the sheet for the police"),
}
MOST_COUNTED = {"profile": 1, "police_sheet": 1}
