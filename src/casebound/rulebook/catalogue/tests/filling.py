"""Any form filled in at random, within its limits and outside them.

`filled(form)` draws what somebody might type, and says which questions must be named as wrong or
missing before it can be signed. A new type of field needs its two strategies here.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from casebound.foundation.base.times import LONDON
from casebound.foundation.drawing.body_map import KINDS
from casebound.foundation.proof.canonical import clean_text
from casebound.rulebook.catalogue.answers import asked_of
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.setting import Setting
from casebound.rulebook.catalogue.shape import (
    EVENT,
    TIMES,
    VIEW_MISSING,
    Field,
    FieldType,
    Form,
    Tense,
    has_answer,
)
from casebound.rulebook.catalogue.tests import build
from casebound.rulebook.catalogue.wall_time import local_instant

Strategy = st.SearchStrategy[object]
Fill = Callable[[Field, Setting], Strategy]

LETTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e",
)


@dataclass(frozen=True, slots=True)
class Evening:
    """When the event of the entry began, and when it is signed: what its times are drawn from."""

    event: datetime
    now: datetime

    @property
    def began(self) -> datetime:
        """The event on the wall in London."""
        return self.event.astimezone(LONDON)

    def good(self, field: Field) -> Strategy:
        """Draw what a question of a day or a time takes: over, or planned."""
        if field.type is FieldType.TIME:
            return self._time(field)
        if field.tense is Tense.FUTURE:
            days = _days(self.now.astimezone(LONDON).date(), _LAST)
        elif field.not_before or field.not_after:
            days = st.just(self.began.date().isoformat())
        else:
            days = _days(_FIRST, self.began.date() - A_DAY)
        if field.type is FieldType.DATE:
            return days
        time = self.typed if field.tense is Tense.PAST else "23:59"
        return days.map(lambda day: f"{day}T{time}")

    @property
    def typed(self) -> str:
        """The time of day at which the event began."""
        return f"{self.began:%H:%M}"

    def bad(self, field: Field) -> Strategy:
        """Draw what a question of a day or a time does not take."""
        if field.type is FieldType.TIME:
            return st.sampled_from(["21:5", "24:00", "teatime"])
        before = _days(_FIRST, self.began.date() - A_DAY)
        wrong = _WRONG_DAYS
        if field.tense is Tense.PAST:
            wrong |= _days(self.now.astimezone(LONDON).date() + A_DAY, _LAST)
        if field.tense is Tense.FUTURE or EVENT in field.not_before:
            wrong |= before
        return wrong.map(lambda day: day if field.type is FieldType.DATE else f"{day}T12:30")

    def _time(self, field: Field) -> Strategy:
        if field.tense is not Tense.PAST:
            return st.times().map(lambda time: f"{time:%H:%M}")
        return st.just("00:00" if field.day else self.typed)


A_DAY = timedelta(days=1)
_FIRST, _LAST = date(1900, 1, 2), date(2999, 12, 30)
_WRONG_DAYS: Strategy = st.sampled_from(["soon", "2026-02-30", "1066-10-14", "23/11/26"])


def _days(earliest: date, latest: date) -> Strategy:
    return st.dates(earliest, latest).map(date.isoformat)


def words(longest: int) -> st.SearchStrategy[str]:
    """Draw words that can be seen and sealed, up to a length."""
    some = st.text(LETTERS, min_size=1, max_size=min(longest, 30))
    short = some.map(lambda text: clean_text(f"a{text}")[:longest].strip())
    return short | st.just("w" * longest)


def _too_long(field: Field, _: Setting) -> Strategy:
    return st.sampled_from(["x" * (field.max_length + 1), "turned \u202e round"])


def _choice(field: Field, setting: Setting) -> Strategy:
    # What only a manager decides is refused to everybody else; test_concerns tries it by name.
    theirs = [
        choice.value
        for choice in field.offered(secure=setting.secure)
        if setting.manages or not choice.by_managers
    ]
    return st.sampled_from(theirs)


def _choices(field: Field, setting: Setting) -> Strategy:
    offered = field.offered(secure=setting.secure)
    # What rests on a law of its own holds on some days only (test_law).
    values = [choice.value for choice in offered if not choice.alone and not choice.law]
    alone = [st.just([choice.value]) for choice in offered if choice.alone]
    return st.one_of(st.lists(st.sampled_from(values), min_size=1, unique=True), *alone)


def _number(field: Field, _: Setting) -> Strategy:
    return st.integers(field.at_least, field.at_most).map(str)


def _quantity(field: Field, _: Setting) -> Strategy:
    part = st.sampled_from(["", ".5", "½", " 1/4", " ml", ".25 ml"])
    return st.builds("{}{}".format, st.integers(field.at_least, field.at_most - 1), part)


def _beyond_quantity(field: Field, _: Setting) -> Strategy:
    return st.sampled_from([str(field.at_most + 1), "-1", "27,5", "about 20 or so"])


def _seconds(field: Field, _: Setting) -> Strategy:
    within = st.integers(field.at_least, min(field.at_most, 99_999))
    return within.map(str) | within.map(lambda value: f"{value // 60}:{value % 60:02d}")


def _money(field: Field, _: Setting) -> Strategy:
    within = st.integers(field.at_least, field.at_most)
    return within | within.map(lambda value: f"£{value // 100}.{value % 100:02d}")


def _beyond(field: Field, _: Setting) -> Strategy:
    return st.sampled_from(
        [str(field.at_most + 1), str(field.at_least - 1), "about 20", "1.5 or so"]
    )


def _beyond_money(field: Field, _: Setting) -> Strategy:
    return st.sampled_from([field.at_most + 1, field.at_least - 1, "12.5", "12,50", "a lot"])


def _people(_: Field, __: Setting) -> Strategy:
    person = st.fixed_dictionaries({"name": words(500), "role": st.just("") | words(500)})
    return st.lists(person, min_size=1, max_size=3)


def _workers(_: Field, setting: Setting) -> Strategy:
    known = st.sampled_from([{"id": key} for key in setting.workers])
    other = st.fixed_dictionaries({"name": words(500), "role": st.just("agency worker")})
    return st.lists(known | other, min_size=1, max_size=3)


def _children(_: Field, setting: Setting) -> Strategy:
    return st.lists(st.sampled_from([{"id": key} for key in setting.children]), min_size=1)


def _rows(field: Field, setting: Setting, when: Evening) -> Strategy:
    needed = [column for column in field.columns if column.required] or [field.columns[0]]
    return st.lists(
        st.fixed_dictionaries(
            {column.name: _good(column, setting, when) for column in needed},
            optional={
                column.name: _good(column, setting, when)
                for column in field.columns
                if column not in needed
            },
        ),
        min_size=1,
        max_size=min(field.max_rows, 3),
    )


def _bad_rows(field: Field, setting: Setting, when: Evening) -> Strategy:
    first = field.columns[0]
    row = {column.name: "x" for column in field.columns if column.type is FieldType.TEXT}
    bad = _bad(first, setting, when).map(lambda cell: [{**row, first.name: cell}])
    return bad | st.just([{**row, first.name: "x"}] * (field.max_rows + 1)) | st.just(["a row"])


def _body_map(_: Field, __: Setting) -> Strategy:
    mark = st.fixed_dictionaries(
        {
            "view": st.just("front"),
            "region": st.just("left_forearm"),
            "kind": st.sampled_from(list(KINDS)),
            "text": words(40),  # "other" has to say what it is
        },
        optional={"length_mm": st.integers(1, 200)},
    )
    return st.lists(mark, min_size=1, max_size=3).map(lambda marks: json.dumps({"marks": marks}))


def _sketch(_: Field, __: Setting) -> Strategy:
    point = st.fixed_dictionaries(
        {"x": st.integers(1, 900), "y": st.integers(1, 600), "text": words(40)}
    )
    drawn = st.fixed_dictionaries(
        {"words": words(40), "points": st.lists(point, min_size=1, max_size=2)},
    )
    return drawn.map(json.dumps)


def _good(field: Field, setting: Setting, when: Evening) -> Strategy:
    if field.type is FieldType.ROWS:
        return _rows(field, setting, when)
    return when.good(field) if field.type in TIMES else GOOD[field.type](field, setting)


def _bad(field: Field, setting: Setting, when: Evening) -> Strategy:
    if field.type is FieldType.ROWS:
        return _bad_rows(field, setting, when)
    return when.bad(field) if field.type in TIMES else BAD[field.type](field, setting)


# What a field takes.
GOOD: Final[Mapping[FieldType, Fill]] = {
    FieldType.TEXT: lambda field, _: words(field.max_length),
    FieldType.LONG_TEXT: lambda field, _: words(field.max_length),
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YES_NO: lambda _, __: st.sampled_from(["yes", "no", True, False]),
    FieldType.NUMBER: _number,
    FieldType.QUANTITY: _quantity,
    FieldType.MINUTES: _number,
    FieldType.SECONDS: _seconds,
    FieldType.MONEY_PENCE: _money,
    FieldType.PEOPLE: _people,
    FieldType.WORKERS: _workers,
    FieldType.CHILDREN: _children,
    FieldType.BODY_MAP: _body_map,
    FieldType.SKETCH: _sketch,
}
# What it does not take, and must name.
BAD: Final[Mapping[FieldType, Fill]] = {
    FieldType.TEXT: _too_long,
    FieldType.LONG_TEXT: _too_long,
    FieldType.CHOICE: lambda _, __: st.sampled_from(["no such choice", ["list"], 7]),
    FieldType.CHOICES: lambda _, __: st.sampled_from(["no such choice", ["no such choice"], True]),
    FieldType.YES_NO: lambda _, __: st.sampled_from(["perhaps", ["yes"], 1]),
    FieldType.NUMBER: _beyond,
    FieldType.QUANTITY: _beyond_quantity,
    FieldType.MINUTES: _beyond,
    FieldType.SECONDS: _beyond,
    FieldType.MONEY_PENCE: _beyond_money,
    FieldType.PEOPLE: lambda _, __: st.sampled_from(
        ["Sam", [{"role": "cook"}], [{"name": "x" * 501}]]
    ),
    FieldType.WORKERS: lambda _, __: st.sampled_from(
        [[{"id": "0" * 32}], [{"role": "cook"}], "Sam"]
    ),
    FieldType.CHILDREN: lambda _, __: st.sampled_from([[{"id": "0" * 32}], "Jay"]),
    FieldType.BODY_MAP: lambda _, __: st.sampled_from(["a bruise", '["a list"]', True]),
    FieldType.SKETCH: lambda _, __: st.sampled_from(["a circle", "{}", True]),
}


def _is_compared(field: Field, form: Form) -> bool:
    others = [column for other in form.fields for column in (other, *other.columns)]
    return any(field.name in other.not_before + other.not_after for other in others)


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody typed, and the questions that must be named before it can be signed."""

    content: Content
    named: frozenset[str]


@st.composite
def filled(
    draw: st.DrawFn,
    form: Form,
    around: Content,
    setting: Setting,
    *,
    wrong: bool = True,
    now: datetime = build.NOW,
) -> Filled:
    """Draw answers to every question that is asked, on top of an entry that lacks nothing else."""
    when = Evening(local_instant(around.happened_from), now)
    answers: dict[str, Any] = {}
    bad: set[str] = set()
    for field in form.fields:
        if field.name not in {asked.name for asked in form.asked(answers, secure=setting.secure)}:
            continue
        asked_for = field.required_by or field.name == VIEW_MISSING
        ways = (
            ["good"] + ([] if asked_for and not wrong else ["nothing"]) + (["bad"] if wrong else [])
        )
        way = draw(st.sampled_from(ways))
        if way != "nothing":
            # A time that others are compared with is wrong by itself, so that they are not.
            alone = field.type in TIMES and _is_compared(field, form)
            wrong_ones = _WRONG_DAYS if alone else _bad(field, setting, when)
            answers[field.name] = draw(_good(field, setting, when) if way == "good" else wrong_ones)
        if way == "bad":
            bad.add(field.name)
    content = Content.from_json({**around.to_json(), "answers": answers})
    owed = [] if wrong and draw(st.booleans()) else _statements_owed(form, content, setting)
    content = Content.from_json(
        {**content.to_json(), "statements": [*content.to_json()["statements"], *owed]}  # type: ignore[misc]  # a list
    )
    return Filled(content, frozenset(_named(form, content, setting, bad)))


def _statements_owed(form: Form, content: Content, setting: Setting) -> list[dict[str, str]]:
    return [
        {"text": "It is so.", "kind": kind.value, "maker": "Dana", "whose": "Dana",
         "basis": "the plan", "speaker": "Dana"}
        for field in asked_of(form, content, setting)
        if field.statement is not None
        and has_answer(content.answers.get(field.name), field.statement.values)
        for kind in [field.statement.kind]
    ]  # fmt: skip


def _named(form: Form, content: Content, setting: Setting, bad: set[str]) -> set[str]:
    found = set()
    for field in asked_of(form, content, setting):
        given = field.name in content.answers
        owed = field.statement
        if (
            field.name in bad
            or (not given and field.required_by)
            or (not given and form.child_facing and field.name == VIEW_MISSING)
            or (
                owed is not None
                and has_answer(content.answers.get(field.name), owed.values)
                and not content.has_statement(owed.kind)
            )
        ):
            found.add(field.name)
    return found
