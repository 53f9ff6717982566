"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {
    "draft": gettext_noop("began to write about an entry"),
    "quoted": gettext_noop("read it on the page of a draft"),
}
ALWAYS_OPEN = ("draft", "quoted")
