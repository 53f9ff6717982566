"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {"in-house": gettext_noop("read who is in the house")}
ALWAYS_OPEN = ("in-house",)  # an alarm does not wait
LISTS = ("in-house",)
