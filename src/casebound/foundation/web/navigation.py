"""A way to a page that the frame shows. Each room declares its own in `nav.py`."""

from dataclasses import dataclass
from enum import StrEnum


class Menu(StrEnum):
    """Where in the frame a way is shown."""

    MAIN = "main"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """A way to a page.

    Attributes:
        label: what it is called.
        url_name: the name of the address.
        permission: shown to who has it; None: to everybody who is signed in.
        form: the form that the permission is asked for on; empty: any.
        order: lower ones come first.
        menu: where it is shown.
        icon: the name of its picture, of the main menu only.
        key: the letter that opens it from anywhere, if there is one.
        of_home: whether the address is that of a home: the first in which they have the permission.
    """

    label: str
    url_name: str
    permission: StrEnum | None
    order: int
    form: str = ""
    menu: Menu = Menu.MAIN
    icon: str = ""
    key: str = ""
    of_home: bool = False
