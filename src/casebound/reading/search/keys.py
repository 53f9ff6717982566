"""The key of a statement: where it lies in the index, and its place in the log. Plain integers.

SQLite keeps each word's statements in the order of their keys. A worker asks for a few books, so
within each stretch of the log (an epoch of 8,192 leaves) the statements of one home lie side by
side, and in it those of one book: a search reads a few pages of each word's list and not all of it.
Only the speed rests on this; what may be found is decided by the words of the index.

    key   = epoch | 8 bits of the home's id | 8 bits of the book's | low        (63 bits)
    place = epoch | low, which is leaf | book's ordinal (4 bits) | text (8 bits): newest is highest
"""

from typing import Final

EPOCH: Final = 13  # bits of a leaf below its epoch
TEXT: Final = 8
LEAF: Final = 12
LOW: Final = EPOCH + LEAF
HIGH: Final = LOW + 16

# The same as `place_of`, for both databases.
PLACE_SQL: Final = f"((({{0}} >> {HIGH}) << {LOW}) | ({{0}} & {(1 << LOW) - 1}))"


def key(*, leaf: int, home: str, book: str, ordinal: int, text: int) -> int:
    """Return the key of text number `text` of the entry at `leaf` in its book `ordinal`."""
    place = (leaf << LEAF) | (ordinal << TEXT) | text
    near = (int(home[:2], 16) << 8) | int(book[:2], 16)
    return ((place >> LOW) << HIGH) | (near << LOW) | (place & ((1 << LOW) - 1))


def place_of(key: int) -> int:
    """Return the place in the log of the statement with this key."""
    return ((key >> HIGH) << LOW) | (key & ((1 << LOW) - 1))
