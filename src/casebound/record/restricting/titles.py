"""How this room's events read as a line of a book, for those who answer for it."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.ids import EntryId
from casebound.foundation.base.times import day_in_words
from casebound.ledger.projecting.titles import EventWords, Title
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.record.book.entries import Entry, is_written
from casebound.record.restricting.entries import (
    Restricted,
    RestrictionDiscussed,
    RestrictionReviewed,
    ReviewIntervalSet,
)
from casebound.record.restricting.parts import part_words
from casebound.record.restricting.reads import ground_words
from casebound.record.restricting.sections import (
    CONSULTED,
    Consulted,
    DecisionStep,
    ReviewOutcome,
    scope_words,
)
from casebound.rulebook.catalogue import catalogue

_REVIEWED = {
    ReviewOutcome.RENEWED: gettext_noop("{what} stays as it is: {scope}. Reason: {reason}"),
    ReviewOutcome.RELEASED: gettext_noop("{what} is released. It was: {scope}. Reason: {reason}"),
    ReviewOutcome.MOVED: gettext_noop("{what} moves to another section: {to}. Reason: {reason}"),
}
_DISCUSSED = {
    DecisionStep.ASKED: gettext_noop("{name} ({who}) was asked about a restriction: {what}."),
    DecisionStep.TOLD: gettext_noop("{name} ({who}) was told what was decided: {what}."),
}


def _restricted(event: Restricted, entry: ReadEntry) -> EventWords:
    parts = (_what(event.entry_id, part, entry) for part in event.chosen)
    words = gettext("{what}: {scope}. Ground: {ground}. Reason: {reason}").format(
        what="; ".join(parts),
        scope=scope_words(event.scope),
        ground=ground_words(event.ground),
        reason=event.reason,
    )
    return EventWords(
        gettext("Restricted"),
        entry.signed_at,
        f"{words} {_again(event.review_on)}",
        for_child=False,
    )


def _reviewed(event: RestrictionReviewed, entry: ReadEntry) -> EventWords:
    words = gettext(_REVIEWED[ReviewOutcome(event.outcome)]).format(
        what=_what(event.entry_id, event.part, entry),
        scope=scope_words(event.scope),
        to=scope_words(event.to) if event.to else "",
        reason=event.reason,
    )
    again = _again(event.review_on) if event.review_on else ""
    return EventWords(
        gettext("Restriction reviewed"),
        entry.signed_at,
        f"{words} {again}".strip(),
        for_child=False,
    )


def _discussed(event: RestrictionDiscussed, entry: ReadEntry) -> EventWords:
    words = gettext(_DISCUSSED[DecisionStep(event.what)]).format(
        name=event.name,
        who=gettext(CONSULTED[Consulted(event.who)]),
        what=_what(event.entry_id, event.part, entry),
    )
    said = f" {event.said}" if event.said else ""
    return EventWords(
        gettext("Restriction talked about"), entry.signed_at, f"{words}{said}", for_child=False
    )


def _interval_set(event: ReviewIntervalSet, entry: ReadEntry) -> EventWords:
    words = gettext(
        "What is restricted on this ground is looked at again after {days} days at most: {ground}."
    ).format(days=event.days, ground=ground_words(event.ground))
    return EventWords(
        gettext("Longest time until a review"), entry.signed_at, words, for_child=False
    )


def _what(entry_id: str, part: str, event: ReadEntry) -> str:
    """Name the part and the entry, by its number in the event's own book if that is one."""
    found = entry_of(EntryId(entry_id))
    if found is None or not is_written(found):
        return gettext("a part of an entry")
    fact = Entry.read(found)
    form = catalogue.form(fact.form, fact.form_version)
    numbers = [number for book, number in found.pages.items() if book in event.pages]
    if len(numbers) == 1:
        words = gettext("no. {number}, {title}, {part}")
        return words.format(number=numbers[0], title=form.title, part=part_words(part, form))
    return gettext("{title}, {part}").format(title=form.title, part=part_words(part, form))


def _again(day: str) -> str:
    on = day_in_words(date.fromisoformat(day))
    return gettext("It is looked at again on {on}.").format(on=on)


TITLES: Mapping[str, Title] = {
    Restricted.kind: _restricted,
    RestrictionReviewed.kind: _reviewed,
    RestrictionDiscussed.kind: _discussed,
    ReviewIntervalSet.kind: _interval_set,
}
