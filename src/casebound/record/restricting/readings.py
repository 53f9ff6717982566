"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {"section": gettext_noop("read what is restricted and why")}
