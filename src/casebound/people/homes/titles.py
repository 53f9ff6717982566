"""How this room's events read as a line of a book."""

from collections.abc import Mapping
from datetime import date

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
        "Admission",
        instant(event.from_at),
        f"{event.full_name}, called {event.called} ({event.pronouns}), born on {born_on}, came to"
        " live here.",
    )


def _placement_ended(event: PlacementEnded, _: ReadEntry) -> EventWords:
    return EventWords("Moved on", instant(event.to_at), "The time at this home ended.")


def _placement_begun(event: PlacementBegun, _: ReadEntry) -> EventWords:
    words = f"Came to live at {event.home_name}. The book goes on."
    return EventWords("Admission", instant(event.from_at), words)


def _opened(event: HomeOpened, entry: ReadEntry) -> EventWords:
    words = f"This is the book of {event.name}, {event.address}."
    return EventWords("Beginning", entry.signed_at, words)


def _appointed(event: WorkerAppointed, _: ReadEntry) -> EventWords:
    words = f"{event.full_name}: {role_of(event.role).words}."
    return EventWords("Appointment", instant(event.from_at), words)


def _appointment_ended(event: AppointmentEnded, _: ReadEntry) -> EventWords:
    return EventWords("Appointment ended", instant(event.to_at), "An appointment ended.")


def _granted(event: AccessGranted, _: ReadEntry) -> EventWords:
    part = " in part" if event.form or event.register or event.period_from else ""
    until = day_in_words(day_of(instant(event.to_at)))
    words = f"{event.full_name} may read this book{part} until {until}. Reason: {event.reason}"
    return EventWords("Access granted", instant(event.from_at), words)


def _grant_ended(event: GrantEnded, _: ReadEntry) -> EventWords:
    words = f"A grant of access ended before its time. Reason: {event.reason}"
    return EventWords("Access ended", instant(event.to_at), words)


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
