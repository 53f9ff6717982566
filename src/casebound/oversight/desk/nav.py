"""The links to this room's pages."""

from django.utils.translation import gettext_noop

from casebound.foundation.web.navigation import NavItem
from casebound.people.rights.shape import Permission

NAV = (
    NavItem(
        label=gettext_noop("Shift"),
        url_name="desk:shift",
        permission=Permission.READ_BOOK,
        order=10,
        icon="shift",
    ),
    NavItem(
        label=gettext_noop("Desk"),
        url_name="desk:desk",
        permission=Permission.ANSWER_FOR_BOOK,
        order=30,
        icon="desk",
    ),
)
