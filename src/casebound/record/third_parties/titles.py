"""How this room's events read as a line of a book. They are for staff: they name other people."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext

from casebound.foundation.base.times import date_in_words
from casebound.ledger.projecting.titles import EventWords, Title
from casebound.ledger.sealing.reads import ReadEntry
from casebound.record.third_parties.entries import (
    Described,
    PermissionNoted,
    ThirdPartyAdded,
    ThirdPartyChanged,
)
from casebound.record.third_parties.wording import answer_words, known_words, standing_words


def _described(event: Described) -> str:
    also = (
        gettext(", also called {names}").format(names=", ".join(event.also)) if event.also else ""
    )
    words = gettext("{name}{also}: {relation}. {standing}. Does the child know of them: {known}.")
    words = words.format(
        name=event.name,
        also=also,
        relation=event.relation,
        standing=standing_words(event.standing),
        known=known_words(event.known),
    )
    if not event.child_knows:
        return words
    knows = gettext("What the child knows: {known}").format(known=event.child_knows)
    return f"{words} {knows}"


def _added(event: ThirdPartyAdded, entry: ReadEntry) -> EventWords:
    title = gettext("Person added to the register")
    return EventWords(title, entry.signed_at, _described(event), for_child=False)


def _changed(event: ThirdPartyChanged, entry: ReadEntry) -> EventWords:
    title = gettext("Person changed in the register")
    return EventWords(title, entry.signed_at, _described(event), for_child=False)


def _permission(event: PermissionNoted, entry: ReadEntry) -> EventWords:
    which = (
        gettext("for no. {number}").format(number=event.number)
        if event.number
        else gettext("for everything about them in this book")
    )
    words = gettext("{name}: {answer}, on {day}, {which}. How: {how}").format(
        name=event.name,
        answer=answer_words(event.answer),
        day=date_in_words(date.fromisoformat(event.on)),
        which=which,
        how=event.how,
    )
    if event.for_what:
        about = gettext("About: {what}").format(what=event.for_what)
        words = f"{words} {about}"
    title = gettext("Permission of a person in the register")
    return EventWords(title, entry.signed_at, words, for_child=False)


TITLES: Mapping[str, Title] = {
    ThirdPartyAdded.kind: _added,
    ThirdPartyChanged.kind: _changed,
    PermissionNoted.kind: _permission,
}
