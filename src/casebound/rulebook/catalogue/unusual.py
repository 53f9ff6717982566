"""Sizes that are rarely right: asked about once, when an entry is read through. Nothing is refused.

A slip of the finger makes 2.5 tablets 25, or £12.50 £1,250. Each bound has its reason, so that a
reader can judge it; a home in which the size is right signs as it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.rulebook.catalogue.amounts import grouped, size
from casebound.rulebook.catalogue.answers import AnswerError, answer_of, asked_of
from casebound.rulebook.catalogue.content import Answer, Content
from casebound.rulebook.catalogue.limits import in_words
from casebound.rulebook.catalogue.setting import ANYWHERE, Setting
from casebound.rulebook.catalogue.shape import WRITTEN, Field, FieldType, Form

MEASURED: Final = frozenset(
    {
        FieldType.NUMBER,
        FieldType.QUANTITY,
        FieldType.MINUTES,
        FieldType.SECONDS,
        FieldType.MONEY_PENCE,
    }
)
HOUR: Final = 60 * 60
_NUMBER: Final = r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,9}(?:\.[0-9]+)?)"
_IN_WORDS: Final = re.compile(
    rf"(?P<pound>£ ?)?(?<![\w.,/]){_NUMBER}(?![\d/]|[.,:]\d)(?:[  -]?(?P<unit>[^\W\d_]+))?"
)
_UNITS: Final = {
    "tablets": ("tablet", "tablets", "tab", "tabs", "capsule", "capsules", "pill", "pills"),
    "ml": ("ml", "mls", "millilitre", "millilitres"),
    "spoons": ("spoon", "spoons", "spoonful", "spoonfuls", "teaspoons", "tablespoons"),
    "drops": ("drop", "drops"),
    "puffs": ("puff", "puffs"),
    "mg": ("mg", "milligram", "milligrams"),
    "g": ("g", "gram", "grams", "gramme", "grammes"),
    "litres": ("l", "litre", "litres"),
    "kg": ("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"),
    "stone": ("stone", "st"),
    "cm": ("cm", "centimetre", "centimetres"),
}
_UNIT_OF: Final = {word: unit for unit, words in _UNITS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Bound:
    """What is usual, and why.

    Attributes:
        above, below: what is more, or less, is asked about; 0 `below` asks about nothing small.
        why: what is usual, as a sentence.
    """

    above: int
    why: str
    below: int = 0

    def passes(self, value: Decimal) -> bool:
        """Say whether a size is usual."""
        return self.below <= value <= self.above


_DOSE: Final = {
    "": Bound(10, gettext_noop("A dose is rarely more than 10 of anything.")),
    "tablets": Bound(10, gettext_noop("A dose is rarely more than 10 tablets.")),
    "ml": Bound(60, gettext_noop("A dose is rarely more than 60 ml.")),
    "spoons": Bound(6, gettext_noop("A dose is rarely more than 6 spoons.")),
    "drops": Bound(30, gettext_noop("A dose is rarely more than 30 drops.")),
    "puffs": Bound(10, gettext_noop("A dose is rarely more than 10 puffs.")),
    "mg": Bound(4_000, gettext_noop("A dose is rarely more than 4,000 mg.")),
    "g": Bound(20, gettext_noop("A dose is rarely more than 20 g.")),
    "litres": Bound(1, gettext_noop("A dose is rarely more than 1 litre.")),
}
_BODY: Final = {
    "kg": Bound(200, gettext_noop("A child weighs from about 3 kg to 200 kg."), below=3),
    "stone": Bound(30, gettext_noop("A child weighs at most about 30 stone.")),
    "cm": Bound(210, gettext_noop("A child is from about 45 cm to 210 cm tall."), below=45),
}
_STOCK: Final = Bound(500, gettext_noop("A home rarely keeps more than 500 of one medicine."))
_POCKET: Final = Bound(500_00, gettext_noop("A child is rarely handed more than £500.00 at once."))
_HOLD: Final = Bound(
    HOUR, gettext_noop("A hold is for the shortest time that is needed, rarely more than an hour.")
)

# By form and field, or form, field and column; in the unit that is sealed (pence, seconds).
NUMBERS: Final[Mapping[str, Bound]] = {
    "money.amount": _POCKET,
    "money.balance": Bound(
        2_000_00, gettext_noop("A child’s cash in the home is rarely more than £2,000.00.")
    ),
    "account.amount": Bound(
        1_000_00, gettext_noop("A home rarely pays more than £1,000.00 in cash.")
    ),
    "account.balance": Bound(
        5_000_00, gettext_noop("A home’s cash is rarely more than £5,000.00.")
    ),
    "control.repayment": Bound(
        200_00, gettext_noop("What a child pays back is small, rarely more than £200.00.")
    ),
    "incident.damage_cost": Bound(
        5_000_00, gettext_noop("Damage rarely costs more than £5,000.00.")
    ),
    "medicine_given.left": _STOCK,
    "medicine_stock.left": _STOCK,
    "restraint.duration": _HOLD,
    "restraint.holds.lasted": _HOLD,
    "fire_drill.lasted": Bound(
        15 * 60, gettext_noop("Everybody is usually out within 15 minutes.")
    ),
    "key_session.length": Bound(240, gettext_noop("A session rarely lasts more than 4 hours.")),
    "deprivation_of_liberty.lasted": Bound(
        24 * 60, gettext_noop("It rarely lasts more than a day at a time.")
    ),
    "worker_details.weekly_hours": Bound(
        60, gettext_noop("The law’s usual limit is 48 hours a week.")
    ),
}
# Answers in words, by form and field: what stands there with a unit; "" is a number without one.
SIZES: Final[Mapping[str, Mapping[str, Bound]]] = {
    "medicine_given.dose": _DOSE,
    "profile_medicines.medicines.dose": _DOSE,
    "profile_medicines.weight": _BODY,
    "medicine_stock.quantity": {
        "": _STOCK,
        "tablets": _STOCK,
        "ml": Bound(3_000, gettext_noop("A home rarely keeps more than 3,000 ml of a medicine.")),
    },
}
# Wherever it is written, in statements too.
ANYWHERE_WRITTEN: Final[Mapping[str, Bound]] = {
    "kg": Bound(200, gettext_noop("A child weighs from about 3 kg to 200 kg.")),
    "tablets": Bound(100, gettext_noop("More than 100 tablets are rarely counted at once.")),
    "£": Bound(2_000, gettext_noop("A child or a home rarely has more than £2,000.00 in hand.")),
}


@dataclass(frozen=True, slots=True)
class Unusual:
    """A size to look at once more: where it stands, as it was typed, and what is usual."""

    field: str
    label: str
    size: str
    why: str


def unusual(form: Form, content: Content, setting: Setting = ANYWHERE) -> tuple[Unusual, ...]:
    """Return the sizes of an entry that are rarely right, in the order of the screen."""
    found = [
        Unusual(
            f"statements-{number}-text",
            gettext("Statement {number}").format(number=number),
            written,
            gettext(bound.why),
        )
        for number, statement in enumerate(content.statements, 1)
        for written, bound in _in_text(statement.text, ANYWHERE_WRITTEN)
    ]
    for field in asked_of(form, content, setting):
        found += _of_field(form, field, content, setting)
    return tuple(found)


def _of_field(form: Form, field: Field, content: Content, setting: Setting) -> Iterator[Unusual]:
    name = f"{form.name}.{field.name}"
    place = f"answers-{field.name}"
    try:
        answer = answer_of(field, content, setting)
    except AnswerError:
        return  # it is named as missing, and asked about there
    if field.type is FieldType.ROWS and isinstance(answer, list):
        for number, row in enumerate(answer, 1):
            for column in field.columns:
                if isinstance(row, Mapping) and column.name in row:
                    where = (f"{name}.{column.name}", f"{place}-{number}-{column.name}")
                    label = gettext("{label}, row {number}").format(
                        label=column.label, number=number
                    )
                    yield from _of_value(column, row[column.name], where, label)
    elif answer is not None:
        yield from _of_value(field, answer, (name, place), field.label)


def _of_value(
    field: Field, value: Answer | object, where: tuple[str, str], label: str
) -> Iterator[Unusual]:
    name, place = where
    bound = NUMBERS.get(name)
    if bound and field.type in MEASURED and not isinstance(value, bool):
        number = size(str(value))
        if not bound.passes(number):
            written = in_words(field, value) if isinstance(value, int) else grouped(str(value))
            yield Unusual(place, label, written, gettext(bound.why))
    elif field.type in WRITTEN and isinstance(value, str):
        for written, of_unit in _in_text(value, SIZES.get(name, ANYWHERE_WRITTEN)):
            yield Unusual(place, label, written, gettext(of_unit.why))


def _in_text(text: str, bounds: Mapping[str, Bound]) -> Iterator[tuple[str, Bound]]:
    """Yield each size in a text that is not usual, as it stands there."""
    for found in _IN_WORDS.finditer(text):
        word = (found["unit"] or "").lower()
        unit = "£" if found["pound"] else _UNIT_OF.get(word, "" if text == found[0] else None)
        bound = bounds.get(unit) if unit is not None else None
        if bound and not bound.passes(Decimal(found["number"].replace(",", ""))):
            yield found[0].strip(), bound
