"""The limits of numbers, times and amounts, and how they are said to who types them."""

from decimal import Decimal

from casebound.foundation.base.messages import gettext, gettext_noop, ngettext
from casebound.rulebook.catalogue.amounts import pounds
from casebound.rulebook.catalogue.shape import MAX_LENGTHS, Field, FieldType


def in_limits(field: Field, value: int | Decimal) -> bool:
    """Say whether a value, in the unit that is sealed, is one the field takes."""
    return field.at_least <= value <= field.at_most


def limits_in_words(field: Field) -> str:
    """Say which values a field takes: `from 1 to 20`, `from £0.00 to £1,000,000.00`."""
    return gettext("from {field} to {field_2}").format(
        field=in_words(field, field.at_least), field_2=in_words(field, field.at_most)
    )


def hint_in_words(field: Field) -> str:
    """Return the hint a writer sees: what the form says, how to type it, and its own limits."""
    words = [field.hint, gettext(_HOW_TO_TYPE.get(field.type, ""))]
    if field.says_limits:
        words.append(f"{limits_in_words(field).capitalize()}.")
    if field.max_length and field.max_length != MAX_LENGTHS[field.type]:
        words.append(
            gettext("Up to {max_length:,} characters.").format(max_length=field.max_length)
        )
    if field.columns:
        words.append(gettext("Up to {max_rows} rows.").format(max_rows=field.max_rows))
    return " ".join(text for text in words if text)


def in_words(field: Field, value: int) -> str:
    """Write a number, a time or an amount as people say it."""
    if field.type is FieldType.MONEY_PENCE:
        return pounds(value)
    if field.type is FieldType.MINUTES:
        return minutes_in_words(value)
    if field.type is FieldType.SECONDS:
        return seconds_in_words(value)
    return f"{value:,}"


def minutes_in_words(minutes: int) -> str:
    """Write a number of minutes: `1 minute`, `1,440 minutes`."""
    return ngettext("{minutes:,} minute", "{minutes:,} minutes", minutes).format(minutes=minutes)


def seconds_in_words(seconds: int) -> str:
    """Write a time in minutes and seconds: `2 minutes 5 seconds`."""
    minutes, rest = divmod(seconds, 60)
    words = []
    if minutes:
        words.append(minutes_in_words(minutes))
    if rest or not minutes:
        words.append(ngettext("{seconds} second", "{seconds} seconds", rest).format(seconds=rest))
    return " ".join(words)


_HOW_TO_TYPE = {
    FieldType.SECONDS: gettext_noop(
        "Minutes and seconds, such as 2:05, or seconds alone, such as 45."
    ),
}
