"""A child's profile as it stands, as it stood, and what is still missing from it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.times import LONDON, day_in_words
from casebound.foundation.proof.canonical import Json
from casebound.people.access.reads import SeenBook
from casebound.people.homes.reads import child_names
from casebound.record.profile.models import DayRating, ProfileSection, Schedule3Record
from casebound.record.profile.rules import LOOK_BACK, Spell, Was, day_by_day, only_difficult, spells
from casebound.record.rendering.entry_view import AnswerValue
from casebound.record.rendering.wording import shown_answer
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.answers import typed_answers
from casebound.rulebook.catalogue.content import Answer
from casebound.rulebook.catalogue.schedule3 import AS_IT_HAPPENS, ITEMS
from casebound.rulebook.catalogue.several import ids_in
from casebound.rulebook.catalogue.shape import BookKind, Field, FieldType, Fills, Form, Group

# The first version of the form asked these. They have one source now, which has its own history.
SAID_ELSEWHERE = {("profile_identity", name) for name in ("full_name", "called", "born_on")}
ADMISSION_SAYS = 1  # the item of Schedule 3 that every admission meets: the name
BIRTH_SAYS = 2  # the item that is met by a section, for the sex, and by a date of birth
NO_BIRTH = gettext_noop("Date of birth: it is not known yet")
AT_MOST = 500  # sections of one child: many years of changes


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """The entry that says something: its number, its author, and the day it tells of."""

    number: int
    author: str
    on: str


@dataclass(frozen=True, slots=True)
class EarlierValue:
    """What was said before, from and until which day."""

    words: AnswerValue
    source: SourceEntry
    until: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail: what is so (empty: nothing is said any more), since when, who says so."""

    label: str
    words: AnswerValue
    source: SourceEntry | None
    earlier: Sequence[EarlierValue]


@dataclass(frozen=True, slots=True)
class SectionSeen:
    """A section of the profile; without `source` nobody has written it yet."""

    form: str
    title: str
    source: SourceEntry | None
    details: Sequence[Detail]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of Schedule 3 that nothing meets yet, and the form that would."""

    item: int
    words: str
    form: str
    form_title: str


@dataclass(frozen=True, slots=True)
class KeptSeen:
    """An item of Schedule 3 that is written down as it happens."""

    item: int
    words: str
    count: int
    number: int
    last: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A child's profile."""

    sections: Sequence[SectionSeen]
    missing: Sequence[Item]
    kept: Sequence[KeptSeen]
    met: int


@dataclass(frozen=True, slots=True)
class Balance:
    """The last 30 days in one word each, and how many there were of each."""

    days: Sequence[tuple[date, Was]]
    good: int
    mixed: int
    difficult: int
    not_said: int
    only_difficult: bool


def profile(book: SeenBook, *, on: date | None = None, birth_known: bool = True) -> Profile:
    """Return the profile of a child now, or as it stood at the end of a day.

    2 queries, and 1 if it names children.

    "As it stood" goes by when a change happened, not by when somebody wrote it down; what was
    struck out or in the wrong book never counts. `birth_known` says whether there is a date of
    birth, which is not a section's affair.
    """
    by_form: dict[str, list[ProfileSection]] = {}
    for row in _sections(book.id, on):
        by_form.setdefault(row.form, []).append(row)
    names = child_names({child for rows in by_form.values() for child in _children(rows)})
    forms = [form for form in catalogue.forms_for(BookKind.CHILD) if form.group is Group.PROFILE]
    sections = [_section(form, by_form.get(form.name, []), names) for form in forms]
    records = _schedule3(book.id) if not on else {}
    met = _met(by_form) | set(records) | {ADMISSION_SAYS}
    return Profile(
        sections=sections,
        missing=[
            *_missing(met, forms),
            *(
                []
                if birth_known or BIRTH_SAYS not in met
                else [Item(BIRTH_SAYS, gettext(NO_BIRTH), "", "")]
            ),
        ],
        kept=[
            KeptSeen(item, gettext(ITEMS[item]), count, row.number, _day(row.happened_at))
            for item, (row, count) in sorted(records.items())
        ],
        met=len(met),
    )


def _missing(met: set[int], forms: Sequence[Form]) -> list[Item]:
    return [
        Item(item, gettext(words), form.name, form.title)
        for item, words in ITEMS.items()
        if item not in met and item not in AS_IT_HAPPENS
        for form in [_would_meet(item, forms)]
        if form is not None
    ]


def current_answers(book: BookId, form: Form) -> dict[str, Answer]:
    """Return what the newest section on a form says, as typed. 1 query."""
    newest = newest_section(book, form)
    return newest[1] if newest else {}


def newest_section(book: BookId, form: Form) -> tuple[int, dict[str, Answer]] | None:
    """Return the newest section on a form, to begin its successor: its leaf, its answers as typed.

    1 query.
    """
    newest = (
        ProfileSection.objects.filter(book_id=book, form=form.name)
        .order_by("-happened_at", "-leaf")
        .values_list("leaf", "answers")
        .first()
    )
    return (newest[0], typed_answers(form, json.loads(newest[1]))) if newest else None


def fills_in(book: BookId) -> dict[Fills, str]:
    """Return what the profile fills in on an entry with the child (P25). 1 query."""
    fills: dict[Fills, list[str]] = {}
    for form, row in _newest(_sections(book, None)):
        answers = json.loads(row.answers)
        for field in form.fields:
            if field.fills and field.name in answers:
                words = shown_answer(field, answers[field.name])
                if isinstance(words, str):
                    fills.setdefault(field.fills, []).append(words)
    return {what: "; ".join(words) for what, words in fills.items()}


def balance(book: BookId, *, today: date) -> Balance:
    """Return how the last 30 days were, today among them. 1 query."""
    first = today - timedelta(days=LOOK_BACK - 1)
    ratings = DayRating.objects.filter(book_id=book, on__gte=first, on__lte=today)
    days = day_by_day(ratings.values_list("on", "was"), today=today)
    counts = {was: sum(rating is was for _, rating in days) for was in Was}
    return Balance(
        days,
        counts[Was.GOOD],
        counts[Was.MIXED],
        counts[Was.DIFFICULT],
        counts[Was.NOT_SAID],
        only_difficult(days),
    )


def _schedule3(book: BookId) -> dict[int, tuple[Schedule3Record, int]]:
    """Return the newest entry that meets each item, and how many there are. 1 query."""
    rows = Schedule3Record.objects.filter(book_id=book).annotate(
        count=Window(Count("id"), partition_by="item"),
        place=Window(RowNumber(), partition_by="item", order_by="-leaf"),
    )
    return {row.item: (row, row.count) for row in rows.filter(place=1).order_by("item")}


def _sections(book: BookId, on: date | None) -> list[ProfileSection]:
    rows = ProfileSection.objects.filter(book_id=book)
    if on is not None:
        end = datetime.combine(on, time.max, LONDON).astimezone(UTC)
        rows = rows.filter(happened_at__lte=end)
    return sorted(
        rows.order_by("-happened_at", "-leaf")[:AT_MOST], key=lambda r: (r.happened_at, r.leaf)
    )


def _newest(rows: Sequence[ProfileSection]) -> list[tuple[Form, ProfileSection]]:
    newest = {row.form: row for row in rows}
    return [(catalogue.form(row.form, row.form_version), row) for row in newest.values()]


def _section(form: Form, rows: Sequence[ProfileSection], names: Mapping[str, str]) -> SectionSeen:
    if not rows:
        return SectionSeen(form.name, form.title, None, ())
    answers = [json.loads(row.answers) for row in rows]
    # Fields of an older version that the newest form no longer asks stay in sight.
    fields = {
        field.name: field
        for row in rows
        for field in _form(row).fields
        if (form.name, field.name) not in SAID_ELSEWHERE
    }
    details = [
        _detail(field, field_spells, rows, names)
        for field in fields.values()
        if (field_spells := spells(answers, field.name))
    ]
    return SectionSeen(form.name, form.title, _source(rows[-1]), details)


def _detail(
    field: Field,
    field_spells: list[Spell],
    rows: Sequence[ProfileSection],
    names: Mapping[str, str],
) -> Detail:
    now = field_spells[-1] if field_spells[-1].until is None else None
    earlier = field_spells if now is None else field_spells[:-1]
    return Detail(
        label=field.label,
        words=shown_answer(field, now.value, names) if now else "",
        source=_source(rows[now.since]) if now else None,
        earlier=[
            EarlierValue(
                shown_answer(field, row.value, names),
                _source(rows[row.since]),
                _day(rows[row.until or 0].happened_at),
            )
            for row in reversed(earlier)
        ],
    )


def _met(by_form: Mapping[str, Sequence[ProfileSection]]) -> set[int]:
    return {
        field.item
        for rows in by_form.values()
        for field in _form(rows[-1]).fields
        if field.item and field.name in json.loads(rows[-1].answers)
    }


def _would_meet(item: int, forms: Sequence[Form]) -> Form | None:
    return next((form for form in forms if any(field.item == item for field in form.fields)), None)


def _children(rows: Sequence[ProfileSection]) -> set[str]:
    return {
        child
        for row in rows
        for field in _form(row).fields
        if field.type is FieldType.CHILDREN
        for child in ids_in(_answers(row).get(field.name))
    }


def _answers(row: ProfileSection) -> dict[str, Json]:
    answers: dict[str, Json] = json.loads(row.answers)
    return answers


def _form(row: ProfileSection) -> Form:
    return catalogue.form(row.form, row.form_version)


def _source(row: ProfileSection) -> SourceEntry:
    return SourceEntry(row.number, row.author, _day(row.happened_at))


def _day(moment: datetime) -> str:
    return day_in_words(moment.astimezone(LONDON).date())
