"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {
    "file": gettext_noop("opened an attached file"),
    "picture": gettext_noop("looked at an attached picture"),
}
