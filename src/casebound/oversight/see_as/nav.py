"""The link to this room's page."""

from django.utils.translation import gettext_noop

from casebound.foundation.web.navigation import Menu, NavItem
from casebound.people.rights.shape import Permission

NAV = (
    NavItem(
        label=gettext_noop("Who sees what"),
        url_name="see_as:see_as",
        permission=Permission.ANSWER_FOR_BOOK,
        order=15,
        menu=Menu.ACCOUNT,
    ),
)
