"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from casebound.foundation.base.times import LONDON
from casebound.people.rights.shape import Permission, Situation
from tests.house.addresses import Example, Need, Whose, in_home_book
from tests.made_up import MadeUp


def _roster(made_up: MadeUp) -> None:
    """Plan who works tonight."""
    today = made_up.now.astimezone(LONDON).date().isoformat()
    row = {"who": "Kit Adeyemi", "day": today, "begins": "22:00", "ends": "07:00"}
    made_up.write(
        made_up.house(made_up.oak), form="roster_planned", statements=[], by=made_up.dana,
        answers={"week_of": today, "shifts": [row]},
    )  # fmt: skip


LIFE = _roster

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
