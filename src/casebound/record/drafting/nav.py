"""The way to a note, from anywhere (P02)."""

from casebound.foundation.web.navigation import NavItem
from casebound.people.rights.shape import Permission

NAV = (
    NavItem(
        label="Note",
        url_name="drafting:jot",
        permission=Permission.WRITE_ENTRY,
        order=90,
        icon="jot",
        key="n",
    ),
)
