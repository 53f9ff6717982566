"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {
    "handover": gettext_noop("read what is handed over"),
}
LISTS = ("handover",)
