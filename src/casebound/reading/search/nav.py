"""The way to this room's page."""

from casebound.foundation.web.navigation import NavItem
from casebound.people.rights.shape import Permission

NAV = (
    NavItem(
        label="Search",
        url_name="search:search",
        permission=Permission.READ_BOOK,
        order=20,
        icon="search",
    ),
)
