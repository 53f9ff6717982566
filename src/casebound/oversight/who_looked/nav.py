"""The way to this room's page."""

from django.utils.translation import gettext_noop

from casebound.foundation.web.navigation import Menu, NavItem
from casebound.oversight.who_looked.permissions import LookingPermission

NAV = (
    NavItem(
        label=gettext_noop("Who looked"),
        url_name="who_looked:looks",
        permission=LookingPermission.SEE_WHO_LOOKED,
        order=25,
        menu=Menu.ACCOUNT,
    ),
)
