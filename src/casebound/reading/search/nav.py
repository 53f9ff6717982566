"""The way to this room's page."""

from django.utils.translation import gettext_noop

from casebound.foundation.web.navigation import NavItem
from casebound.people.rights.shape import Permission

NAV = (
    NavItem(
        label=gettext_noop("Search"),
        url_name="search:search",
        permission=Permission.READ_BOOK,
        order=20,
        icon="search",
    ),
)
