"""The links to this room's pages."""

from django.utils.translation import gettext_noop

from casebound.foundation.web.navigation import Menu, NavItem
from casebound.people.access.permissions import AccountPermission
from casebound.people.rights.shape import Permission

NAV = (
    NavItem(
        label=gettext_noop("People"),
        url_name="access:people",
        permission=Permission.MANAGE_ACCOUNTS,
        order=50,
        icon="people",
    ),
    NavItem(
        label=gettext_noop("Agree to access"),
        url_name="access:agreeing",
        permission=Permission.AGREE_ACCESS,
        order=20,
        menu=Menu.ACCOUNT,
    ),
    NavItem(
        label=gettext_noop("Security events"),
        url_name="access:security",
        permission=Permission.SEE_SECURITY,
        order=30,
        menu=Menu.ACCOUNT,
    ),
    NavItem(
        label=gettext_noop("Our home"),
        url_name="access:our_home",
        permission=Permission.MANAGE_HOME,
        order=10,
        menu=Menu.ACCOUNT,
        of_home=True,
    ),
    NavItem(
        label=gettext_noop("People who work here"),
        url_name="access:people_here",
        permission=AccountPermission.END_ACCOUNTS,
        order=11,
        menu=Menu.ACCOUNT,
    ),
)
