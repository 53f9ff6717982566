"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {
    "medicines": gettext_noop("read the medicines of a child"),
    "mar": gettext_noop("read a month's record of medicines"),
}
MOST_COUNTED = {"medicines": 1, "mar": 1}
