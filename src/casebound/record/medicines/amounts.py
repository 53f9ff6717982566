"""How much of a medicine, as labels and people write it: `2.5 ml`, `½ tablet`, `two puffs`."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from casebound.rulebook.catalogue.amounts import AmountError, quantity

_NUMBERS: Final = {
    "half": "0.5", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip
_FIRST: Final = re.compile(r"[0-9.,½¼¾/\s]*[0-9½¼¾](?:\s*[^\W\d_]+)?")
_SAME: Final = {"mls": "ml", "millilitre": "ml", "millilitres": "ml", "tab": "tablet",
                "tabs": "tablet", "cap": "capsule", "caps": "capsule"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a unit; without a unit it goes with every unit."""

    number: Decimal
    unit: str = ""

    @property
    def words(self) -> str:
        """Write it: `27.5 tablets`, `97.5 ml`."""
        number = f"{self.number.normalize():f}"
        several = self.number != 1 and self.unit in _COUNTED
        return f"{number} {self.unit}{_COUNTED[self.unit] if several else ''}".rstrip()

    def goes_with(self, other: "Amount") -> bool:
        """Say whether both are of one unit, as far as they say it."""
        return not self.unit or not other.unit or self.unit == other.unit


_COUNTED: Final = {
    "tablet": "s", "capsule": "s", "puff": "s", "patch": "es", "drop": "s", "sachet": "s",
    "spray": "s", "dose": "s", "spoon": "s", "bottle": "s", "suppository": "",
}  # fmt: skip
_PLURALS: Final = {f"{unit}{ending}": unit for unit, ending in _COUNTED.items() if ending}


def amount_in(text: str) -> Amount | None:
    """Return the amount that a text begins with; None if it begins with none."""
    words = text.strip().casefold().split(" ", 1)
    if words[0] in _NUMBERS:
        text = " ".join([_NUMBERS[words[0]], *words[1:]])
    found = _FIRST.match(text.strip())
    try:
        number, _, unit = quantity(found[0] if found else "").partition(" ")
    except AmountError:
        return None
    return Amount(Decimal(number), unit_of(unit))


def unit_of(written: str) -> str:
    """Return a unit in one way of writing it: `tablet` for `Tablets`."""
    unit = written.casefold()
    return _PLURALS.get(unit) or _SAME.get(unit, unit)
