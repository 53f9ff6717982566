"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from tests.house.addresses import Example, Whose, on_page

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "proof:proof": (Example(Whose.PROVERS),),
    "proof:check": (Example(Whose.PROVERS),),
    "proof:trust": (Example(Whose.PROVERS),),
    "proof:receipt": (Example(Whose.BOOKS, on_page),),
}
