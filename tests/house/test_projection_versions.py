"""Rows that come out differently need a raised version, or old rows are served as if they were new.

A small made-up life is projected, and the rows of each room are compared with a stored digest and
the version it was made with.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.resources.abc import Traversable
from typing import Any

import pytest
import time_machine
from django.db.models import Model

from casebound.foundation.base.digests import digest_of
from casebound.foundation.base.times import LONDON
from casebound.ledger.projecting.registry import affected_by, projections
from casebound.ledger.sealing.reads import entries
from casebound.rulebook.catalogue import catalogue
from tests.house.life import whole_life
from tests.house.source import ROOT, nothing
from tests.installation import PIN_ROWS
from tests.made_up import MadeUp

FILE = ROOT / "tests" / "house" / "projected.toml"
AN_EVENING = datetime(2026, 11, 23, 18, 40, tzinfo=LONDON)
AN_ID = re.compile(r"\b[0-9a-f]{32}\b")
HOW = "CASEBOUND_PIN_ROWS=1 ./run test tests/house/test_projection_versions.py"
HEAD = f"""\
# What a small made-up life comes out as in each room, and with which version of its projection.
# Written by: {HOW}
"""


class Names:
    """Ids are random: each is called by the place where the log first has it."""

    def __init__(self) -> None:
        """Read the log once, from its beginning."""
        self._of: dict[str, str] = {}
        self.log = [self._entry(entry.pages, entry.values()) for entry in entries(0)]

    def _entry(self, pages: object, values: Mapping[str, Any]) -> str:
        if isinstance(form := values.get("form"), Mapping):  # a grant names a form by its key
            values = {**values, "form": {**form, "v": newest(form["form"], form["v"])}}
        text = repr((pages, values))
        for found in AN_ID.findall(text):
            self._of.setdefault(found, f"id {len(self._of)}")
        return self.plain(text)

    def row(self, values: tuple[object, ...]) -> str:
        """Return a row as text, without keys that are worked out from random ids."""
        return self.plain([None if _is_mixed(value) else value for value in values])

    def plain(self, value: object) -> str:
        """Return a value as text that is the same in each run."""
        return AN_ID.sub(lambda found: self._of.get(found[0], "another id"), repr(value))


def newest(form: str, version: int) -> int | str:
    """Call the newest version of a form by that name: a new version alone changes no row."""
    return "newest" if version == catalogue.form(form).version else version


def values_of(table: type[Model]) -> Iterator[tuple[object, ...]]:
    """Yield the values of each row, in the order of the columns."""
    for row in table._default_manager.values():
        if "form_version" in row:
            row["form_version"] = newest(row["form"], row["form_version"])
        yield tuple(row.values())


def _is_mixed(value: object) -> bool:
    return isinstance(value, int) and value >= 2**32


def rows_of_rooms(names: Names) -> Iterator[tuple[str, int, str]]:
    """Give each room, its version, and a digest of its rows."""
    for room, projection in projections():
        rows = {
            table._meta.label: sorted(names.row(row) for row in values_of(table))
            for table in projection.tables
        }
        yield room, projection.version, digest_of(rows)


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.usefixtures("quick_passwords")
def test_a_room_whose_rows_come_out_differently_has_a_raised_version() -> None:
    with time_machine.travel(AN_EVENING, tick=False):
        whole_life(MadeUp())
        names = Names()
    log = digest_of(names.log)
    now = {room: (version, digest) for room, version, digest in rows_of_rooms(names)}
    files = {file.name: digest_of(contents(file)) for file in data_files()}
    if PIN_ROWS:
        write(log, now, files)
    then = tomllib.loads(FILE.read_text(encoding="utf-8"))

    if then["log"] != log:
        pytest.fail(
            "The made-up life writes other entries than when the rows were pinned. Look that no "
            f"projection changed besides, and pin them again: {HOW}"
        )
    changed = {name for name, digest in files.items() if then["files"].get(name) != digest}
    nothing(
        problem
        for room, found in now.items()
        if (problem := told(room, found, then, changed & files_behind(room)))
    )


def data_files() -> list[Traversable]:
    """Return every data file, or folder of them, that the rows of a room depend on."""
    return [file for _, projection in projections() for file in projection.depends_on_files]


def contents(file: Traversable) -> dict[str, str]:
    """Return the text of a data file, or of each one in a folder, by name."""
    if file.is_file():
        return {file.name: file.read_text(encoding="utf-8")}
    parts = [part for part in file.iterdir() if part.is_dir() or part.name.endswith(".toml")]
    return {f"{file.name}/{name}": text for part in parts for name, text in contents(part).items()}


def files_behind(room: str) -> set[str]:
    """Return the data files on which the rows of a room depend, also by way of another room."""
    return {
        file.name
        for other, projection in projections()
        if room in affected_by([other])
        for file in projection.depends_on_files
    }


def told(
    room: str, now: tuple[int, str], then: Mapping[str, Mapping[str, object]], changed: set[str]
) -> str:
    """Say what to do about a room, or nothing. `changed`: data files behind it, since the pins."""
    pinned = then["rooms"].get(room)
    if pinned is None:
        return f"{room}: its rows are not pinned yet: {HOW}"
    version, digest = str(pinned).split(" ")
    if (str(now[0]), now[1]) == (version, digest):
        return ""
    if str(now[0]) == version and changed:
        return (
            f"{room}: its rows come out differently, and its version is {version} as before. If "
            f"that is only because {' and '.join(sorted(changed))} changed, homes get the new rows "
            f"by themselves: pin them: {HOW}. If its code changed too, raise `version` in its "
            "projections.py first"
        )
    if str(now[0]) == version:
        return (
            f"{room}: its rows come out differently, and its version is {version} as before. Raise "
            f"`version` in its projections.py, or homes keep the old rows; then pin them: {HOW}"
        )
    return f"{room}: its version is raised to {now[0]}: pin its rows: {HOW}"


def write(log: str, now: Mapping[str, tuple[int, str]], files: Mapping[str, str]) -> None:
    """Pin the rows as they come out now."""
    lines = [f'{room} = "{version} {digest}"' for room, (version, digest) in sorted(now.items())]
    behind = [f'"{name}" = "{digest}"' for name, digest in sorted(files.items())]
    text = "\n".join([HEAD, f'log = "{log}"', "", "[rooms]", *lines, "", "[files]", *behind, ""])
    FILE.write_text(text, encoding="utf-8")
