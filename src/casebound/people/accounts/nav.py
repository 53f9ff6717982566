"""The links to one's own account, and to sign out."""

from casebound.foundation.web.navigation import Menu, NavItem

NAV = (
    NavItem(
        label="Sign-in and security",
        url_name="accounts:security",
        permission=None,
        order=80,
        menu=Menu.ACCOUNT,
    ),
    NavItem(
        label="Sign out",
        url_name="account_logout",
        permission=None,
        order=90,
        menu=Menu.ACCOUNT,
    ),
)
