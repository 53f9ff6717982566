"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {
    "register": gettext_noop("read a register that names the entry"),
}
LISTS = ("register",)
