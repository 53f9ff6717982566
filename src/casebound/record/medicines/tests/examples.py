"""An example of each address of this room, and whose it is; and a little of what it reads."""

from collections.abc import Mapping

from tests.house.addresses import Example, Whose, in_book, in_book_left
from tests.made_up import MadeUp
from tests.medicines import keep, prescribe

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "medicines:medicines": (Example(Whose.BOOKS, in_book), Example(Whose.LEFT, in_book_left)),
    "medicines:month": (
        Example(Whose.BOOKS, lambda scene: {**in_book(scene), "month": "2026-11"}),
        Example(Whose.LEFT, lambda scene: {**in_book_left(scene), "month": "2026-11"}),
    ),
}


def _medicine(made_up: MadeUp) -> None:
    prescribed = prescribe(made_up, controlled="no")
    keep(made_up, prescribed, "came_in", "28 tablets")
    keep(made_up, prescribed, "counted", "27 tablets", as_expected="no", difference="One is gone.")


LIFE = _medicine
