"""A mistake in a data file is named with the file, the place and what to do."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
from msgspec import Meta, field

from casebound.foundation.base.data_files import (
    DataFileError,
    MaybeText,
    Strict,
    Text,
    as_shape,
    read_toml,
)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"
    NONE = ""


class Door(Strict):
    name: Text
    hint: MaybeText = ""
    colour: Colour = Colour.RED
    opens: Text | tuple[Text, ...] = field(name="is", default="in")
    inner: "Door | None" = None


class House(Strict):
    number: Annotated[int, Meta(ge=1, description="is from 1")]
    doors: tuple[Door, ...] = ()
    rooms: dict[str, tuple[Text, ...]] = {}
    front: Door | tuple[Door, ...] = ()


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({}, "house.toml: `number` is missing"),
        ({"number": "7"}, "house.toml: `number` must be of type int"),
        ({"number": True}, "house.toml: `number` must be of type int"),
        ({"number": 0}, "house.toml: `number` “0” is from 1"),
        ({"number": 1, "dors": []}, "house.toml: unknown key `dors`: correct it or leave it out"),
        ({"number": 1, "doors": {}}, "house.toml: `doors` must be a list"),
        ({"number": 1, "doors": [{"name": "a"}, 7]}, "house.toml, doors 2: it must be a table"),
        ({"number": 1, "doors": [{"name": " a"}]},
         "house.toml, doors 1: `name` “ a” is empty or has spaces around it"),
        ({"number": 1, "doors": [{"name": "a", "colour": "pink"}]},
         "house.toml, doors 1: `colour` is “pink”, which is none of red, blue"),
        ({"number": 1, "doors": [{"name": "a", "is": 7}]},
         "house.toml, doors 1: `is` must be a text or a list of texts"),
        ({"number": 1, "doors": [{"name": "a", "inner": {"nam": "b"}}]},
         "house.toml, doors 1, inner: unknown key `nam`: correct it or leave it out"),
        ({"number": 1, "rooms": {"attic": ["a", 7]}},
         "house.toml, rooms, attic 2: it must be of type str"),
        ({"number": 1, "front": 7}, "house.toml: `front` must be a table or a list of tables"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_and_place(table: object, words: str) -> None:
    with pytest.raises(DataFileError) as refused:
        as_shape(House, table, where="house.toml")
    assert str(refused.value) == words


def test_what_is_right_is_read(tmp_path: Path) -> None:
    file = tmp_path / "house.toml"
    file.write_text('number = 7\n[[doors]]\nname = "front"\nis = ["in", "out"]\n', "utf-8")

    house = as_shape(House, read_toml(file), where=file.name)

    assert (house.number, house.doors[0].opens) == (7, ("in", "out"))


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_bytes(b'name = "\xff"')

    with pytest.raises(DataFileError, match=r"^house\.toml: not TOML"):
        read_toml(tmp_path / "house.toml")
