"""How this room's events read as a line of a book."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.times import day_in_words, instant
from casebound.ledger.projecting.titles import EventWords, Title
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.homes.entries import (
    AccessGranted,
    AppointmentEnded,
    ChildAdmitted,
    GrantEnded,
    HomeOpened,
    PlacementBegun,
    PlacementEnded,
    WorkerAppointed,
)
from casebound.people.rights.rights import role_of


def _admitted(event: ChildAdmitted, _: ReadEntry) -> EventWords:
    born_on = day_in_words(date.fromisoformat(event.born_on))
    return EventWords(
        gettext("Admission"),
        instant(event.from_at),
        gettext(
            "{full_name}, called {called} ({pronouns}), born on {born_on}, came to live here."
        ).format(
            full_name=event.full_name, called=event.called, pronouns=event.pronouns, born_on=born_on
        ),
    )


def _placement_ended(event: PlacementEnded, _: ReadEntry) -> EventWords:
    return EventWords(
        gettext("Moved on"), instant(event.to_at), gettext("The time at this home ended.")
    )


def _placement_begun(event: PlacementBegun, _: ReadEntry) -> EventWords:
    words = gettext("Came to live at {home_name}. The book goes on.").format(
        home_name=event.home_name
    )
    return EventWords(gettext("Admission"), instant(event.from_at), words)


def _opened(event: HomeOpened, entry: ReadEntry) -> EventWords:
    words = gettext("This is the book of {name}, {address}.").format(
        name=event.name, address=event.address
    )
    return EventWords(gettext("Beginning"), entry.signed_at, words)


def _appointed(event: WorkerAppointed, _: ReadEntry) -> EventWords:
    words = f"{event.full_name}: {role_of(event.role).words}."
    return EventWords(gettext("Appointment"), instant(event.from_at), words)


def _appointment_ended(event: AppointmentEnded, _: ReadEntry) -> EventWords:
    return EventWords(
        gettext("Appointment ended"), instant(event.to_at), gettext("An appointment ended.")
    )


def _granted(event: AccessGranted, _: ReadEntry) -> EventWords:
    part = gettext(" in part") if event.form or event.register or event.period_from else ""
    until = day_in_words(day_of(instant(event.to_at)))
    words = gettext("{full_name} may read this book{part} until {until}. Reason: {reason}").format(
        full_name=event.full_name, part=part, until=until, reason=event.reason
    )
    return EventWords(gettext("Access granted"), instant(event.from_at), words)


def _grant_ended(event: GrantEnded, _: ReadEntry) -> EventWords:
    words = gettext("A grant of access ended before its time. Reason: {reason}").format(
        reason=event.reason
    )
    return EventWords(gettext("Access ended"), instant(event.to_at), words)


TITLES: Mapping[str, Title] = {
    ChildAdmitted.kind: _admitted,
    PlacementEnded.kind: _placement_ended,
    PlacementBegun.kind: _placement_begun,
    HomeOpened.kind: _opened,
    WorkerAppointed.kind: _appointed,
    AppointmentEnded.kind: _appointment_ended,
    AccessGranted.kind: _granted,
    GrantEnded.kind: _grant_ended,
}
