"""Numbers, amounts and quantities as people type them.

A comma stands between thousands only where it can: `1,250`, `12,500.00`. Elsewhere ("12,50") it may
be a decimal comma, so that it is asked about and never dropped.
"""

import re
from decimal import Decimal
from typing import Final

from casebound.foundation.base.messages import gettext

_WHOLE: Final = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]{1,9}"
_NUMBER: Final = re.compile(rf"(?P<sign>[-\u2212]?)(?P<whole>{_WHOLE})")
_MONEY: Final = re.compile(rf"(?:£ ?)?(?P<whole>{_WHOLE})(?:\.(?P<pence>[0-9]{{2}}))?")
_QUANTITY: Final = re.compile(
    rf"(?P<whole>{_WHOLE})?(?P<rest>\.[0-9]{{1,3}}|\s*[½¼¾]|(?P<gap>\s*)[1-9]/[248])?"
    r"(?:\s*(?P<unit>[^\W\d_][^\W_]{0,19}))?"
)
_PARTS: Final = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
_COMMA: Final = (
    "a comma is read only between thousands, as in 1,250. If it is the point, write {point}"
)


class AmountError(ValueError):
    """What was typed is no such number; the message says what to type."""


def whole_number(text: str) -> int:
    """Return a whole number: `3`, `-2`, `1,250`.

    Raises:
        AmountError: it is none, or its comma could be a point.
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise AmountError(gettext("give a whole number, such as 3 or 1,250"))
    value = int(found["whole"].replace(",", ""))
    return -value if found["sign"] else value


def pence(text: str) -> int:
    """Return an amount of pounds in pence: `12`, `£12.50`, `1,250.00`.

    Raises:
        AmountError: it is none, or its comma could be a point.
    """
    text = text.strip()
    if found := _MONEY.fullmatch(text):
        return int(found["whole"].replace(",", "")) * 100 + int(found["pence"] or 0)
    if decimal := re.fullmatch(r"(?:£ ?)?([0-9]{1,7}),([0-9]{1,2})", text):
        written = f"{decimal[1]}.{decimal[2]:0<2}"
        raise AmountError(_COMMA.format(point=written))
    raise AmountError(gettext("give an amount in pounds, such as 12.50 or 1,250.00"))


def quantity(text: str) -> str:
    """Return how much of something: `27.5`, `2½`, `1/2`, `2 1/2`, `2.5 ml`, as a decimal.

    Halves, quarters and eighths are exact as decimals; thirds are not, so they are no quantity.

    Raises:
        AmountError: it is none, or its comma could be a point.
    """
    text = text.strip()
    found = _QUANTITY.fullmatch(text)
    decimal = re.match(r"([0-9]{1,6}),([0-9]{1,3})(?![0-9,.])", text)
    if found is None and decimal:
        raise AmountError(_COMMA.format(point=f"{decimal[1]}.{decimal[2]}"))
    if found is None or (found["whole"] is None and found["rest"] is None):
        raise AmountError(gettext("give how much, such as 27, 27.5, 2½ or 2.5 ml"))
    if "/" in (found["rest"] or "") and found["whole"] and not found["gap"]:
        raise AmountError(gettext("put a space before the part, such as 2 1/2, or write 2.5"))
    value = Decimal((found["whole"] or "0").replace(",", "")) + _part(found["rest"] or "")
    written = f"{value.normalize():f}"
    return f"{written} {found['unit']}" if found["unit"] else written


def _part(text: str) -> Decimal:
    text = text.strip()
    if "/" in text:
        over, under = text.split("/")
        return Decimal(over) / Decimal(under)
    return Decimal(_PARTS.get(text, f"0{text}" if text else "0"))


def size(written: str) -> Decimal:
    """Return the number of a quantity, without its unit."""
    return Decimal(written.split(" ", 1)[0])


def grouped(written: str) -> str:
    """Write a quantity with marks between thousands: `1,250.5 ml`."""
    number, _, unit = written.partition(" ")
    return f"{Decimal(number):,} {unit}".rstrip()


def pounds(amount: int) -> str:
    """Write pence as pounds: `£1,012.50`."""
    return f"{'-' if amount < 0 else ''}£{abs(amount) // 100:,}.{abs(amount) % 100:02d}"
