"""What this room puts on the read trail."""

from casebound.foundation.base.messages import gettext_noop

READINGS = {
    "search": gettext_noop("found pages by a search"),
}
LISTS = ("search",)
