"""The link to write a note, on every page (P02)."""

from casebound.foundation.web.navigation import NavItem
from casebound.people.rights.shape import Permission

NAV = (
    NavItem(
        label="Note",
        url_name="drafting:jot",
        permission=Permission.WRITE_ENTRY,
        form="note",
        order=90,
        icon="jot",
        key="n",
    ),
)
