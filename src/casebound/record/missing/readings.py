"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {"missing_log": gettext_noop("read the log of a time the child was missing")}
MOST_COUNTED = {"missing_log": 1}
