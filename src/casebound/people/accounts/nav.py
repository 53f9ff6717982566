"""The links to one's own account, and to sign out."""

from django.utils.translation import gettext_noop

from casebound.foundation.web.navigation import Menu, NavItem

NAV = (
    NavItem(
        label=gettext_noop("Sign-in and security"),
        url_name="accounts:security",
        permission=None,
        order=80,
        menu=Menu.ACCOUNT,
    ),
    NavItem(
        label=gettext_noop("Sign out"),
        url_name="account_logout",
        permission=None,
        order=90,
        menu=Menu.ACCOUNT,
    ),
)
