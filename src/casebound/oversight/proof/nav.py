"""The link to this room's page."""

from django.utils.translation import gettext_noop

from casebound.foundation.web.navigation import NavItem
from casebound.people.rights.shape import Permission

NAV = (
    NavItem(
        label=gettext_noop("Proof"),
        url_name="proof:proof",
        permission=Permission.VERIFY_LEDGER,
        order=40,
        icon="proof",
    ),
)
