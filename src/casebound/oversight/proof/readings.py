"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {
    "proof": gettext_noop("took a receipt of an entry"),
}
