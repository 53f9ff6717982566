"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from casebound.people.rights.shape import Permission, Situation
from tests.house.addresses import Example, Need, Whose, in_home_book

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "registers:registers": (Example(Whose.BOOKS, in_home_book),),
    "registers:register": (
        Example(Whose.BOOKS, lambda scene: {**in_home_book(scene), "name": "restraint"}),
        Example(
            Whose.HOME,
            lambda scene: {**in_home_book(scene), "name": "complaint"},
            needs=(Need(Permission.ANSWER_FOR_BOOK, Situation.HOME),),
        ),
    ),
    "registers:print": (
        Example(Whose.BOOKS, lambda scene: {**in_home_book(scene), "name": "restraint"}),
    ),
}
