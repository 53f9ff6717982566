"""The answers to a form's own fields: from what was typed to what is sealed."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from typing import Final

from casebound.foundation.base.times import utc_text
from casebound.foundation.proof.canonical import Json
from casebound.rulebook.catalogue.content import Answer, Content, Person, said
from casebound.rulebook.catalogue.shape import Field, FieldType, Form
from casebound.rulebook.catalogue.texts import (
    MAX_PEOPLE,
    Typed,
    person_texts,
    too_long_words,
    unsealable_words,
)
from casebound.rulebook.catalogue.wall_time import WallTimeError, calendar_day, local_instant

MOST_MINUTES: Final = 7 * 24 * 60  # a week; what lasts longer is more than one event
MOST_PENCE: Final = 100_000_000
MONEY: Final = re.compile(r"£? ?([0-9]{1,7})(?:\.([0-9]{2}))?")
CLOCK: Final = re.compile(r"[0-9]{2}:[0-9]{2}")


class AnswerError(ValueError):
    """An answer is not one its field takes; the message says what it takes, to who typed it."""


def sealed_answers(form: Form, content: Content) -> dict[str, Json]:
    """Return the answers to be sealed, by field name in the order of the form.

    Only fields that are asked and answered: an answer whose question has gone again is no longer
    on the screen and is not sealed. Texts are stripped; yes_no is a bool; minutes and money_pence
    are numbers; a date is `YYYY-MM-DD`, a time `HH:MM`, a datetime a UTC second; choices is a list
    of values; people is a list of {"name", "role"}.

    Raises:
        AnswerError: an answer is not one its field takes (`completeness.missing` names it).
    """
    read = {one.name: answer_of(one, content) for one in form.asked(content.answers)}
    return {name: value for name, value in read.items() if value is not None}


def answer_of(field: Field, content: Content) -> Json:
    """Return the answer to one field as it is sealed; None where nothing is answered.

    Raises:
        AnswerError: the answer is not one the field takes.
    """
    given = content.answers.get(field.name)
    if given is None or (isinstance(given, str) and not said(given)):
        return None
    return _READERS[field.type](field, given)


def _wrong(field: Field, what_to_do: str) -> AnswerError:
    return AnswerError(f"“{field.label}”: {what_to_do}.")


def _check(typed: Typed) -> None:
    words = too_long_words(typed) or unsealable_words(typed)
    if words:
        raise AnswerError(words)


def _text(field: Field, given: Answer) -> Json:
    text = said(_typed(field, given, "write it in words"))
    _check(Typed(field.name, f"“{field.label}”", text, field.max_length))
    return text


def _choice(field: Field, given: Answer) -> Json:
    known = {choice.value for choice in field.choices}
    if isinstance(given, str) and given in known:
        return given
    raise _wrong(field, "choose one of the answers")


def _choices(field: Field, given: Answer) -> Json:
    chosen = [one for one in (given if isinstance(given, tuple) else (given,)) if one != ""]
    known = {choice.value: None for choice in field.choices}
    if any(not isinstance(one, str) or one not in known for one in chosen):
        raise _wrong(field, "choose from the answers")
    return [value for value in known if value in chosen] or None


def _yes_no(field: Field, given: Answer) -> Json:
    if isinstance(given, bool):
        return given
    if given in {"yes", "no"}:
        return given == "yes"
    raise _wrong(field, "answer yes or no")


def _date(field: Field, given: Answer) -> Json:
    try:
        return calendar_day(_typed(field, given, "give a date")).isoformat()
    except WallTimeError as wrong:
        raise _wrong(field, str(wrong)) from wrong


def _time(field: Field, given: Answer) -> Json:
    typed = _typed(field, given, "give a time").strip()
    try:
        if CLOCK.fullmatch(typed):
            return time.fromisoformat(typed).strftime("%H:%M")
    except ValueError:
        pass
    raise _wrong(field, "give a time of day, such as 18:30")


def _datetime(field: Field, given: Answer) -> Json:
    try:
        return utc_text(local_instant(_typed(field, given, "give a date and a time")))
    except WallTimeError as wrong:
        raise _wrong(field, str(wrong)) from wrong


def _minutes(field: Field, given: Answer) -> Json:
    typed = str(given).strip()
    if not isinstance(given, bool) and re.fullmatch(r"[0-9]{1,5}", typed):
        if int(typed) <= MOST_MINUTES:
            return int(typed)
        raise _wrong(field, "that is more than a week: check the number of minutes")
    raise _wrong(field, "give a whole number of minutes, such as 45")


def _money_pence(field: Field, given: Answer) -> Json:
    """Read money: text is pounds ("12.50", "£12"), a number from a program is pence."""
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= MOST_PENCE:
        return given
    if isinstance(given, str) and (found := MONEY.fullmatch(given.strip().replace(",", ""))):
        pence = int(found[1]) * 100 + int(found[2] or 0)
        if pence <= MOST_PENCE:
            return pence
    raise _wrong(field, "give an amount in pounds, such as 12.50")


def _people(field: Field, given: Answer) -> Json:
    if not isinstance(given, tuple) or not all(isinstance(one, Person) for one in given):
        raise _wrong(field, "give the people by name")
    people = [one.tidy() for one in given if isinstance(one, Person)]
    named = [one for one in people if one != Person()]
    if len(named) > MAX_PEOPLE:
        raise _wrong(field, f"you can name up to {MAX_PEOPLE} people")
    for number, person in enumerate(people, 1):
        if person.role and not person.name:
            raise _wrong(field, f"person {number} has a role but no name")
        for typed in person_texts(field.name, number, person):
            _check(typed)
    return [one.to_json() for one in named] or None


def _typed(field: Field, given: Answer, what_to_do: str) -> str:
    if not isinstance(given, str):
        raise _wrong(field, what_to_do)
    return given


_READERS: Final[Mapping[FieldType, Callable[[Field, Answer], Json]]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YES_NO: _yes_no,
    FieldType.DATE: _date,
    FieldType.TIME: _time,
    FieldType.DATETIME: _datetime,
    FieldType.MINUTES: _minutes,
    FieldType.MONEY_PENCE: _money_pence,
    FieldType.PEOPLE: _people,
}
