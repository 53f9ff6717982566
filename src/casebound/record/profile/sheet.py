"""The sheet that is handed to the police when a child is missing.

Its first part is kept current in the profile. What the child wears and where they were last seen
comes from the entry about being missing.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.base.times import day_in_words, in_words
from casebound.foundation.proof.canonical import Json
from casebound.ledger.sealing.reads import entry_at, entry_of
from casebound.people.access.reads import SeenBook
from casebound.record.book.entries import Entry, is_written
from casebound.record.profile.models import ProfileSection, Schedule3Record
from casebound.record.rendering.entry_view import AnswerValue
from casebound.record.rendering.wording import shown_answer
from casebound.rulebook.catalogue import catalogue

PART_1: Final = "profile_missing"
MISSING: Final = "missing"
RETURNED: Final = "returned"
# No rule says how old the sheet may be: these are our own numbers, unless it names a day.
OLD_AFTER: Final = timedelta(days=90)
PHOTO_OLD_AFTER: Final = timedelta(days=365)
EARLIER: Final = 10  # times missing that the sheet lists
# What of the entry about being missing goes on the sheet, in this order.
_NOW: Final = (
    "last_seen_at", "last_seen", "clothes", "has_with_them", "worrying", "why_left", "whereabouts",
)  # fmt: skip
_NOT_SHOWN: Final = frozenset({"photo_on", "review_on"})  # about the sheet itself
# What of other sections of the profile goes on the sheet.
_OF_PROFILE: Final[Mapping[str, Sequence[str]]] = {
    "profile_health": ("allergies", "needs", "gp"),
    "profile_medicines": ("medicines",),
    "profile_communication": ("language", "interpreter", "communication"),
    "profile_authority": (
        "authority", "authority_contact", "out_of_hours", "social_worker", "social_worker_contact",
        "legal_basis",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One thing the sheet says."""

    label: str
    words: AnswerValue


@dataclass(frozen=True, slots=True)
class Photograph:
    """The picture on the sheet: the entry and the file of it, and what it shows."""

    number: int
    place: int
    alt: str
    taken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The sheet.

    Attributes:
        now: what is so this time: where last seen, clothes; empty if the child is not missing.
        missing_number: the entry that says so, 0 if the child is not missing.
        kept: the first part, from the profile.
        kept_on: when that was written, in words; empty if nobody has.
        stale: why the first part may be out of date, in sentences.
        photograph: the newest picture of the first part.
        earlier: when the child was missing before, newest first.
        earlier_count: how many times.
    """

    now: Sequence[SheetLine]
    missing_number: int
    kept: Sequence[SheetLine]
    others: Sequence[SheetLine]
    kept_on: str
    kept_number: int
    stale: Sequence[str]
    photograph: Photograph | None
    earlier: Sequence[str]
    earlier_count: int


def sheet(book: SeenBook, *, today: date) -> Sheet:
    """Return what the sheet says of a child now. At most 7 queries."""
    newest = _newest_sections(book.id)
    part_1 = newest.get(PART_1)
    times = list(
        Schedule3Record.objects.filter(book_id=book.id, form__in=[MISSING, RETURNED])
        .order_by("-number")
        .values_list("form", "number", "happened_at")
    )
    away = [(number, at) for form, number, at in times if form == MISSING]
    number = _missing_in(book.id, times)
    before = [at for of, at in away if of != number]
    picture = _photograph(part_1) if part_1 else None
    return Sheet(
        now=list(_this_time(book.id, number)) if number else [],
        missing_number=number,
        kept=list(_lines(part_1)) if part_1 else [],
        others=[
            line
            for form, fields in _OF_PROFILE.items()
            if form in newest
            for line in _lines(newest[form], fields)
        ],
        kept_on=day_in_words(day_of(part_1.happened_at)) if part_1 else "",
        kept_number=part_1.number if part_1 else 0,
        stale=list(_stale(part_1, newest, picture, today)),
        photograph=picture,
        earlier=[in_words(at) for at in before[:EARLIER]],
        earlier_count=len(before),
    )


def _newest_sections(book: BookId) -> dict[str, ProfileSection]:
    rows = ProfileSection.objects.filter(book_id=book, form__in=[PART_1, *_OF_PROFILE])
    return {row.form: row for row in rows.order_by("happened_at", "leaf")}


def _missing_in(book: BookId, times: Sequence[tuple[str, int, object]]) -> int:
    """Return the number of the entry that says the child is missing now, or 0."""
    if not times or times[0][0] != MISSING:
        return 0
    number = times[0][1]
    fact = _read(book, number)
    return 0 if fact is None or fact.answers.get("back") is True else number


def _read(book: BookId, number: int) -> Entry | None:
    entry = entry_at(book, number)
    return Entry.read(entry) if entry is not None and is_written(entry) else None


def _this_time(book: BookId, number: int) -> Iterator[SheetLine]:
    fact = _read(book, number)
    if fact is None:
        return
    form = catalogue.form(fact.form, fact.form_version)
    yield SheetLine(gettext("Missing since"), in_words(fact.happened_from))
    for name in _NOW:
        if fact.answers.get(name) not in {None, ""}:
            field = form.field(name)
            yield SheetLine(field.label, shown_answer(field, fact.answers[name]))


def _lines(row: ProfileSection, names: Sequence[str] = ()) -> Iterator[SheetLine]:
    form = catalogue.form(row.form, row.form_version)
    answers = _answers(row)
    for field in form.fields:
        if (
            field.name in answers
            and (field.name in names or not names)
            and field.name not in _NOT_SHOWN
        ):
            yield SheetLine(field.label, shown_answer(field, answers[field.name]))


def _answers(row: ProfileSection) -> dict[str, Json]:
    answers: dict[str, Json] = json.loads(row.answers)
    return answers


def _photograph(row: ProfileSection) -> Photograph | None:
    """Return the first picture of the entry. 1 query."""
    entry = entry_of(EntryId(row.entry_id))
    if entry is None or not is_written(entry):
        return None
    taken = _answers(row).get("photo_on")
    for place, file in enumerate(Entry.read(entry).attachments, 1):
        if file.is_picture and file.shown is not None:
            words = day_in_words(date.fromisoformat(taken)) if isinstance(taken, str) else ""
            return Photograph(row.number, place, file.alt, words)
    return None


def _stale(
    part_1: ProfileSection | None,
    newest: Mapping[str, ProfileSection],
    picture: Photograph | None,
    today: date,
) -> Iterator[str]:
    if part_1 is None:
        yield gettext("Nobody has written the first part yet.")
        return
    written = day_of(part_1.happened_at)
    review = _answers(part_1).get("review_on")
    review_on = date.fromisoformat(review) if isinstance(review, str) else written + OLD_AFTER
    if today > review_on:
        yield gettext("It was last written on {day}.").format(day=day_in_words(written))
    if any(row.happened_at > part_1.happened_at for row in newest.values()):
        yield gettext("Something else in the profile has changed since.")
    if picture is None:
        yield gettext("It has no photograph.")
    taken = _answers(part_1).get("photo_on")
    if isinstance(taken, str) and today - date.fromisoformat(taken) > PHOTO_OLD_AFTER:
        yield gettext("Its photograph is more than a year old.")
