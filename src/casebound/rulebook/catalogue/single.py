"""Answers of one value: from what was typed to what is sealed."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final, TypeAlias, TypeVar

from casebound.foundation.base.messages import gettext
from casebound.foundation.base.times import utc_text
from casebound.foundation.base.typed_times import TypedTimeError, typed_time
from casebound.foundation.proof.canonical import Json, clean_text
from casebound.rulebook.catalogue.amounts import AmountError, pence, quantity, size, whole_number
from casebound.rulebook.catalogue.content import Answer, visible
from casebound.rulebook.catalogue.limits import in_limits, limits_in_words
from casebound.rulebook.catalogue.setting import Setting
from casebound.rulebook.catalogue.shape import Field, FieldType
from casebound.rulebook.catalogue.texts import Typed, too_long_words, unsealable_words
from casebound.rulebook.catalogue.wall_time import WallTimeError, calendar_day, local_instant

WATCH: Final = re.compile(r"(?:([0-9]{1,4}):(?=[0-5][0-9]$))?([0-9]{1,5})")

Number = TypeVar("Number", int, Decimal)
Reader: TypeAlias = Callable[[Field, Answer, Setting], Json]


class AnswerError(ValueError):
    """An answer is not one its field takes; the message says what it takes, to who typed it.

    Attributes:
        problems: everything that is wrong with it: in which of its rows and columns (`2-what`;
            empty: the answer as a whole), and the words.
    """

    def __init__(self, words: str, *, at: str = "", more: tuple[tuple[str, str], ...] = ()) -> None:
        """Say what is wrong, in one place or in several."""
        self.problems: tuple[tuple[str, str], ...] = more or ((at, words),)
        super().__init__(words)


def wrong(field: Field, what_to_do: str, *, at: str = "") -> AnswerError:
    """Return the refusal of an answer, which names the field and says what to do."""
    return AnswerError(f"“{field.label}”: {what_to_do}.", at=at)


def check_text(typed: Typed) -> None:
    """Refuse a text that is too long or has what cannot be sealed.

    Raises:
        AnswerError: it says which, in words.
    """
    words = too_long_words(typed) or unsealable_words(typed)
    if words:
        raise AnswerError(words)


def text(field: Field, answer: Answer, _: Setting) -> Json:
    """Read words."""
    words = visible(_typed(field, answer, gettext("write it in words")))
    check_text(Typed(field.name, f"“{field.label}”", words, field.max_length))
    return clean_text(words)


def choice(field: Field, answer: Answer, setting: Setting) -> Json:
    """Read one of the choices this home has."""
    offered = {choice.value for choice in field.offered(secure=setting.secure)}
    if isinstance(answer, str) and answer in offered:
        return answer
    raise wrong(field, gettext("choose one of the answers"))


def yes_no(field: Field, answer: Answer, _: Setting) -> Json:
    """Read yes or no."""
    if isinstance(answer, bool):
        return answer
    if isinstance(answer, str) and answer in {"yes", "no"}:
        return answer == "yes"
    raise wrong(field, gettext("answer yes or no"))


def day(field: Field, answer: Answer, _: Setting) -> Json:
    """Read a day of the calendar."""
    try:
        return calendar_day(_typed(field, answer, gettext("give a date"))).isoformat()
    except WallTimeError as no_day:
        raise wrong(field, str(no_day)) from no_day


def time_of_day(field: Field, answer: Answer, _: Setting) -> Json:
    """Read a time of day."""
    try:
        return typed_time(_typed(field, answer, gettext("give a time")))[:5]
    except TypedTimeError as no_time:
        raise wrong(field, str(no_time)) from no_time


def moment(field: Field, answer: Answer, _: Setting) -> Json:
    """Read a day and a time, as an instant."""
    try:
        return utc_text(local_instant(_typed(field, answer, gettext("give a date and a time"))))
    except WallTimeError as no_time:
        raise wrong(field, str(no_time)) from no_time


def number(field: Field, answer: Answer, _: Setting) -> Json:
    """Read a whole number."""
    if isinstance(answer, bool):
        raise wrong(field, gettext("give a whole number, such as 3"))
    try:
        return _in_limits(field, whole_number(str(answer)))
    except AmountError as no_number:
        raise wrong(field, str(no_number)) from no_number


def how_much(field: Field, answer: Answer, _: Setting) -> Json:
    """Read how much there is of something, in parts too."""
    try:
        read = quantity("" if isinstance(answer, bool) else str(answer))
    except AmountError as no_quantity:
        raise wrong(field, str(no_quantity)) from no_quantity
    _in_limits(field, size(read))
    return read


def minutes(field: Field, answer: Answer, _: Setting) -> Json:
    """Read a whole number of minutes."""
    try:
        value = whole_number("" if isinstance(answer, bool) else str(answer))
    except AmountError as no_number:
        raise wrong(field, gettext("give a whole number of minutes, such as 45")) from no_number
    return _in_limits(field, value)


def seconds(field: Field, answer: Answer, _: Setting) -> Json:
    """Read minutes and seconds ("2:05"), or seconds alone ("45"), as seconds."""
    found = None if isinstance(answer, bool) else WATCH.fullmatch(str(answer).strip())
    if found is None:
        raise wrong(field, "give minutes and seconds, such as 2:05, or seconds alone, such as 45")
    return _in_limits(field, int(found[1] or 0) * 60 + int(found[2]))


def money_pence(field: Field, answer: Answer, _: Setting) -> Json:
    """Read money: text is pounds ("12.50", "£12"), a number from a program is pence."""
    if isinstance(answer, int) and not isinstance(answer, bool) and answer >= 0:
        return _in_limits(field, answer)
    try:
        return _in_limits(field, pence(answer if isinstance(answer, str) else ""))
    except AmountError as no_amount:
        raise wrong(field, str(no_amount)) from no_amount


def _in_limits(field: Field, value: Number) -> Number:
    if not in_limits(field, value):
        raise wrong(field, gettext("it must be {field}").format(field=limits_in_words(field)))
    return value


def _typed(field: Field, answer: Answer, what_to_do: str) -> str:
    if not isinstance(answer, str):
        raise wrong(field, what_to_do)
    return answer


# What one cell of a row can be, too.
SINGLE: Final[Mapping[FieldType, Reader]] = {
    FieldType.TEXT: text,
    FieldType.LONG_TEXT: text,
    FieldType.CHOICE: choice,
    FieldType.YES_NO: yes_no,
    FieldType.DATE: day,
    FieldType.TIME: time_of_day,
    FieldType.DATETIME: moment,
    FieldType.NUMBER: number,
    FieldType.QUANTITY: how_much,
    FieldType.MINUTES: minutes,
    FieldType.SECONDS: seconds,
    FieldType.MONEY_PENCE: money_pence,
}
