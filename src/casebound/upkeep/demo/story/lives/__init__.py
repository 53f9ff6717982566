"""The authored sentences of each child, one file a child, and of the house they share.

How to read the files:

- `[pools]` hold single sentences. Words with an at sign in front say when a sentence fits:
  `@wet`, `@dry`, `@cold`, `@warm`, `@mild`, `@dark`, `@light`, `@mon` to `@sun`, `@weekend`,
  `@school`, `@free`, and `@w4-13` for the weeks of the story, of which the thirteenth is the
  current one. All of them must hold.
- `{friend}` is filled from `[slots]`; `{t 16:10-16:40}` is a time, `{n 3-7}` a number.
- A statement is `marks| text`. Without marks it is a fact seen by the author. The marks:
  `said NAME`, `view`, `think BASIS`, `assess BASIS`, `judge BASIS`, `decide MAKER; BASIS`,
  `told WHO`, `read DOCUMENT`. A table adds what is withheld or about a third party.
- `events.toml` has what happened with a form of its own, and `storylines.toml` the stories that
  run over days, for each child: as an `[[arc]]`, with the
  answers of the form, and `follows = ["id", "users"]` for what follows an earlier one.
- `[[session]]` is a key session with the note taken in it, `[[contact]]` a contact that comes
  round again, `[[arc]]` one entry of a running story, by week, day and time.
- `rounds.toml` has what comes round to every child and home, `profiles.toml` the sections of the
  profiles, `medicines.toml` what is prescribed and what labels allow,
  `open.toml` what is left open and why,
  `people.toml` the provider, the homes and everybody in them.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from casebound.foundation.base.data_files import as_shape, read_toml
from casebound.upkeep.demo.story.lives.shapes import (
    Arc,
    Life,
    Medicines,
    OpenThings,
    People,
    Rounds,
)

AnyShape = TypeVar("AnyShape")


@cache
def life_of(name: str) -> Life:
    """Read the file of a child, or `house`."""
    return _read(f"{name}.toml", Life)


@cache
def events_of(child: str) -> tuple[Arc, ...]:
    """Read what happened to a child that has a form of its own, and stories that run over days."""
    files = ("events.toml", "storylines.toml")
    return tuple(arc for name in files for arc in _arcs(name).get(child, ()))


@cache
def _arcs(name: str) -> Mapping[str, tuple[Arc, ...]]:
    return _read(name, dict[str, tuple[Arc, ...]])


@cache
def profile_of(child: str) -> Mapping[str, Mapping[str, Any]]:
    """Read the sections of a child's profile."""
    return _read("profiles.toml", dict[str, dict[str, dict[str, Any]]])[child]


@cache
def rounds() -> Rounds:
    """Read what comes round."""
    return _read("rounds.toml", Rounds)


@cache
def medicines() -> Medicines:
    """Read what was prescribed, and what labels allow."""
    return _read("medicines.toml", Medicines)


@cache
def open_things() -> OpenThings:
    """Read what is open or was late at the end of the story, and why."""
    return _read("open.toml", OpenThings)


@cache
def people() -> People:
    """Read who lives and works there."""
    return _read("people.toml", People)


def _read(name: str, shape: type[AnyShape]) -> AnyShape:
    return as_shape(shape, read_toml(files(__name__) / name), where=name)
