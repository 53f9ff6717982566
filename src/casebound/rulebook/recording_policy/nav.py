"""The way to this room's page."""

from django.utils.translation import gettext_noop

from casebound.foundation.web.navigation import Menu, NavItem
from casebound.people.rights.shape import Permission

NAV = (
    NavItem(
        label=gettext_noop("Recording policy"),
        url_name="recording_policy:policy",
        permission=Permission.READ_BOOK,
        order=21,
        menu=Menu.ACCOUNT,
    ),
)
