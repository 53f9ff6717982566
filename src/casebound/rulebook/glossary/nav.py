"""The way to this room's page."""

from django.utils.translation import gettext_noop

from casebound.foundation.web.navigation import Menu, NavItem
from casebound.people.rights.shape import Permission

NAV = (
    NavItem(
        label=gettext_noop("Words"),
        url_name="glossary:words",
        permission=Permission.READ_BOOK,
        order=20,
        menu=Menu.ACCOUNT,
    ),
)
