"""The law that questions and choices rest on, and since when it holds."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated

from msgspec import Meta

from casebound.foundation.base.data_files import DataFileError, Strict, Text, as_shape, read_toml

FILE = files(__package__) / "law.toml"


class LawState(StrEnum):
    """Whether a law holds."""

    IN_FORCE = "in_force"
    NOT_IN_FORCE = "not_in_force"


class Law(Strict):
    """A provision, and whether it holds."""

    key: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*\Z")]
    provision: Text
    words: Text
    state: LawState
    source: Text
    checked_on: Text
    holds_from: str = ""

    def holds_on(self, day: date) -> bool:
        """Say whether it holds for what happened on a day."""
        return self.state is LawState.IN_FORCE and day >= date.fromisoformat(self.holds_from)


class LawFile(Strict):
    """The register."""

    laws: tuple[Law, ...]


@cache
def laws() -> Mapping[str, Law]:
    """Return every provision by its key, read once.

    Raises:
        DataFileError: one that is in force does not say since when.
    """
    read = as_shape(LawFile, read_toml(FILE), where="law.toml").laws
    for law in read:
        if (law.state is LawState.IN_FORCE) is not bool(law.holds_from):
            raise DataFileError(f"law.toml, {law.key}: in_force goes with `holds_from`")
    return {law.key: law for law in read}


def is_in_force(key: str) -> bool:
    """Say whether a law is in force, whatever it is about."""
    return laws()[key].state is LawState.IN_FORCE
