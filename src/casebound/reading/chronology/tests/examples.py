"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from casebound.people.rights.shape import Permission, Situation
from tests.house.addresses import Example, Need, Whose, in_book, in_book_left, on_page

LINK = (Need(Permission.WRITE_ENTRY, Situation.LIVES_HERE, "joins"),)
EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "chronology:book": (Example(Whose.BOOKS, in_book), Example(Whose.LEFT, in_book_left)),
    "chronology:print": (Example(Whose.BOOKS, in_book), Example(Whose.LEFT, in_book_left)),
    "chronology:join": (Example(Whose.BOOKS, on_page, needs=LINK),),
    "chronology:names": (Example(Whose.BOOKS, in_book, post={"show": "1"}),),
    "chronology:entry": (
        Example(Whose.BOOKS, on_page),
        Example(Whose.LEFT, lambda scene: {**in_book_left(scene), "number": 1}),
    ),
}
