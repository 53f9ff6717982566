"""How many mentions of third parties are separated by the end of writing, in 500 labelled entries.

`mentions.json` has five made-up children with their registers, and entries in whose words each
mention of somebody else is labelled: where it stands, who it is, and how it is written. The words
and the labels came from a generator with fixed seed; people edited neither to suit the product.

    python -m tests.third_parties.measure
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from casebound.foundation.base.ids import ChildId, WorkerId
from casebound.people.homes.naming import ChildNames
from casebound.people.homes.other_children import OtherChild, OtherChildren
from casebound.record.book.names import Named, NameKind
from casebound.record.drafting.names_noticed import noticed_in, places_in, with_mark
from casebound.record.drafting.people_known import PeopleKnown, people_known
from casebound.record.third_parties.child_names import NamesForChild, names_of_register
from casebound.record.third_parties.reads import PersonSeen
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Content, Sharing
from casebound.rulebook.catalogue.shape import Form

SET: Final = Path(__file__).with_name("mentions.json")
TAPS: Final = 40  # in one entry; far more than any needs


@dataclass(frozen=True, slots=True)
class Mention:
    """Where somebody is named: the part of the entry, the letters, who it is, how it is written."""

    part: str
    start: int
    end: int
    who: str
    kind: str
    style: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """An entry with its labels."""

    world: str
    content: Content
    mentions: tuple[Mention, ...]

    def words(self, part: str) -> str:
        """Return the words of a part."""
        if part.startswith("s"):
            return self.content.statements[int(part[1:]) - 1].text
        return str(self.content.answers[part.removeprefix("a_")])


@dataclass(frozen=True, slots=True)
class World:
    """A child, who lives with them, who works there, and who is in the register and the book."""

    others: OtherChildren
    register: tuple[PersonSeen, ...]
    book: tuple[Named, ...]
    staff: tuple[str, ...]

    def known(self, content: Content) -> PeopleKnown:
        """Return who is looked for in a draft of this book."""
        return people_known(
            self.others,
            register=self.register,
            named=self.book,
            content=content,
            staff=self.staff,
        )

    @property
    def for_child(self) -> NamesForChild:
        """How other people are named to the child."""
        return names_of_register(self.others, self.register)


@dataclass(slots=True)
class Measured:
    """What was counted."""

    mentions: int = 0
    taken: int = 0  # separated when the writer takes every offer
    none: int = 0  # separated when they take none: names that the child does not read
    taps: int = 0
    for_nobody: int = 0  # offers of words that name nobody else
    by_style: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)


def worlds() -> dict[str, World]:
    """Return the worlds of the set."""
    return {world["key"]: _world(world) for world in _read()["worlds"]}


def entries() -> list[Labelled]:
    """Return the entries of the set."""
    return [
        Labelled(
            entry["world"],
            Content.from_json(
                {
                    "statements": [{"text": text} for text in entry["statements"]],
                    "answers": entry["answers"],
                }
            ),
            tuple(Mention(**mention) for mention in entry["mentions"]),
        )
        for entry in _read()["entries"]
    ]


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(SET.read_text(encoding="utf-8"))
    return read


def _world(world: Mapping[str, Any]) -> World:
    others = tuple(
        OtherChild(
            ChildId(child["full"]), ChildNames(child["full"], child["called"], child["full"])
        )
        for child in world["others"]
    )
    return World(
        OtherChildren(tuple(world["child"]), others),
        tuple(_person(person) for person in world["register"]),
        tuple(
            Named(NameKind.THIRD_PARTY, person["name"], person["relation"])
            for person in world["book"]
        ),
        tuple(world["staff"]),
    )


def _person(person: Mapping[str, Any]) -> PersonSeen:
    return PersonSeen(
        id=person["id"],
        name=person["name"],
        also=tuple(person["also"]),
        relation=person["relation"],
        standing=person["standing"],
        known=person["known"],
        child_knows="",
        number=1,
        signed_by=WorkerId("0" * 32),
        signed_at=datetime(2026, 11, 1, tzinfo=UTC),
        permission="",
    )


def with_every_offer(form: Form, content: Content, world: World) -> tuple[Content, list[str]]:
    """Return the content after the writer tapped every offer, and the words of each offer."""
    offered = []
    for _ in range(TAPS):
        noticed = noticed_in([*places_in(form, content)], content, world.known(content))
        if not noticed:
            break
        offered.append(f"{noticed[0].part} {noticed[0].found}")
        content = with_mark(content, noticed[0])
    return content, offered


def is_separated(content: Content, part: str) -> bool:
    """Say whether a part is marked, so that the child does not read it."""
    if part.startswith("s"):
        return content.statements[int(part[1:]) - 1].sharing is Sharing.THIRD_PARTY
    return any(about.part == part for about in content.about_others)


def is_unread(labelled: Labelled, mention: Mention, world: World) -> bool:
    """Say whether the child does not read the name, although nobody marked anything."""
    words = labelled.words(mention.part)
    name = words[mention.start : mention.end]
    return words.count(name) > world.for_child.shown(words).count(name)


def measure() -> Measured:
    """Count over the whole set."""
    form = catalogue.shipped().forms["daily_log", 1]
    measured, known = Measured(), worlds()
    for labelled in entries():
        world = known[labelled.world]
        content, offered = with_every_offer(form, labelled.content, world)
        measured.taps += len(offered)
        measured.for_nobody += sum(not _is_labelled(offer, labelled) for offer in offered)
        for mention in labelled.mentions:
            measured.mentions += 1
            measured.by_style[mention.style] += 1
            measured.none += is_unread(labelled, mention, world)
            if is_separated(content, mention.part):
                measured.taken += 1
            else:
                measured.missed[mention.style] += 1
    return measured


def _is_labelled(offer: str, labelled: Labelled) -> bool:
    part, _, found = offer.partition(" ")
    return any(
        mention.part == part and found in labelled.words(part)[mention.start : mention.end + 2]
        for mention in labelled.mentions
    )


def told(measured: Measured) -> Sequence[str]:
    """Return the figures in words."""
    share = 100 * measured.taken / measured.mentions
    without = 100 * measured.none / measured.mentions
    missed = ", ".join(
        f"{style} {count} of {measured.by_style[style]}"
        for style, count in measured.missed.most_common()
    )
    return [
        f"{len(entries())} entries, {measured.mentions} mentions of other people",
        f"separated when the writer takes every offer: {measured.taken} ({share:.1f} %)",
        f"separated when the writer takes none: {measured.none} ({without:.1f} %)",
        f"taps: {measured.taps}, of which for words that name nobody: {measured.for_nobody}",
        f"missed: {missed or 'none'}",
    ]


if __name__ == "__main__":
    print("\n".join(told(measure())))
