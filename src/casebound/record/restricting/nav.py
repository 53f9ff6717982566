"""The links to this room's pages."""

from django.utils.translation import gettext_noop

from casebound.foundation.web.navigation import Menu, NavItem
from casebound.people.rights.shape import Permission

NAV = (
    NavItem(
        label=gettext_noop("Restricted section"),
        url_name="restricting:section",
        permission=Permission.ANSWER_FOR_BOOK,
        order=15,
        menu=Menu.ACCOUNT,
    ),
)
