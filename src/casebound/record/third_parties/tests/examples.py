"""An example of each address of this room, and whose it is; and a little of what it seals."""

from collections.abc import Mapping
from typing import Any

from casebound.people.rights.shape import Permission, Situation
from casebound.record.third_parties.reads import people_of
from casebound.record.third_parties.tests import build
from tests.house.addresses import Example, Need, Scene, Whose, in_book, in_home_book
from tests.made_up import MadeUp

WRITES = (Need(Permission.WRITE_ENTRY, Situation.LIVES_HERE),)


def of_somebody(scene: Scene) -> Mapping[str, Any]:
    """Name somebody in Jay's register."""
    made_up = scene.made_up
    there = people_of(made_up.book(made_up.jay, by=made_up.sam))
    person = there[0].id if there else build.add(made_up)
    return {"book": made_up.jay.book, "person": person}


EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "third_parties:register": (
        Example(Whose.BOOKS, in_book, needs=WRITES),
        Example(Whose.BOOKS, in_home_book, is_empty=True),
    ),
    "third_parties:add": (Example(Whose.BOOKS, in_book, needs=WRITES),),
    "third_parties:person": (Example(Whose.BOOKS, of_somebody, needs=WRITES),),
    "third_parties:change": (Example(Whose.BOOKS, of_somebody, needs=WRITES),),
    "third_parties:permission": (Example(Whose.BOOKS, of_somebody, needs=WRITES),),
}


def _life(made_up: MadeUp) -> None:
    person = build.add(made_up, "Joan Fairweather", also="Auntie J")
    marked = {"sharing": "third_party", "third_party": "Joan Fairweather"}
    made_up.write(
        made_up.jay,
        statements=[
            {"text": "His aunt is in hospital.", **marked, "third_party_ids": [person]},
            {"text": "A neighbour rang.", **marked, "third_party": "Bo Tandy"},
        ],
    )
    build.answer(made_up, person, "asked")
    build.answer(made_up, person, "given")


LIFE = _life
