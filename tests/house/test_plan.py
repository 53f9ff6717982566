"""Rooms that no layer of their wing names stand alone, so a new room needs no line in the plan."""

import re
from collections.abc import Iterator
from configparser import ConfigParser

from tests.house.source import ROOT, nothing, rooms_sources


def test_a_room_that_the_plan_does_not_name_stands_alone() -> None:
    named = set(_named())

    nothing(
        f"{source.name}:{line} imports {name}: name both rooms in the layers of .importlinter"
        for source in rooms_sources()
        for name, line in source.imports()
        if (room := ".".join(name.split(".")[1:3])) != source.room
        and _wing(room) == _wing(source.room)
        and not {room, source.room} <= named
    )


def test_the_plan_names_only_rooms_that_are_there() -> None:
    rooms = {source.room for source in rooms_sources()}

    nothing(room for room in _named() if room not in rooms)


def _named() -> Iterator[str]:
    """Give the rooms that the layers of their wing name, as `wing.room`."""
    plan = ConfigParser()
    plan.read(ROOT / ".importlinter", encoding="utf-8")
    for contract in plan.sections():
        wing = plan.get(contract, "containers", fallback="").removeprefix("casebound").strip(".")
        if wing:
            for room in re.findall(r"\w+", plan.get(contract, "layers")):
                yield f"{wing}.{room}"


def _wing(room: str) -> str:
    return room.split(".", maxsplit=1)[0]
