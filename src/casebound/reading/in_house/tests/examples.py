"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from casebound.people.rights.shape import Permission, Situation
from tests.house.addresses import Example, Need, Whose, in_home_book

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "in_house:in-house": (Example(Whose.BOOKS, in_home_book),),
    "in_house:roll-call": (
        Example(
            Whose.BOOKS,
            in_home_book,
            needs=(Need(Permission.WRITE_ENTRY, Situation.HOME, "fire_drill"),),
        ),
    ),
}
