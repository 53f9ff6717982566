"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from tests.house.addresses import Example, Whose, in_book, in_book_left

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "profile:profile": (Example(Whose.BOOKS, in_book), Example(Whose.LEFT, in_book_left)),
    "profile:police_sheet": (
        Example(Whose.BOOKS, in_book),
        Example(Whose.LEFT, in_book_left),
    ),
}
