"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from tests.house.addresses import Example, Whose, in_book, in_book_left, on_page

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "chronology:book": (Example(Whose.BOOKS, in_book), Example(Whose.LEFT, in_book_left)),
    "chronology:print": (Example(Whose.BOOKS, in_book), Example(Whose.LEFT, in_book_left)),
    "chronology:entry": (
        Example(Whose.BOOKS, on_page),
        Example(Whose.LEFT, lambda scene: {**in_book_left(scene), "number": 1}),
    ),
}
