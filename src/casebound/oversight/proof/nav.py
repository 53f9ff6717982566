"""The link to this room's page."""

from casebound.foundation.web.navigation import NavItem
from casebound.people.rights.shape import Permission

NAV = (
    NavItem(
        label="Proof",
        url_name="proof:proof",
        permission=Permission.VERIFY_LEDGER,
        order=40,
        icon="proof",
    ),
)
