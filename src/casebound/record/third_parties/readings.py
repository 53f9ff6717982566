"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {"other_people": gettext_noop("read the register of other people")}
