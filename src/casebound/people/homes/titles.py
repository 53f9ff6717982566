"""How this room's events read as a line of a book."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.times import date_in_words, day_in_words, in_words, instant
from casebound.ledger.projecting.titles import EventWords, Title
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.homes.births import BirthKnown
from casebound.people.homes.consents import how_in_words, party_in_words
from casebound.people.homes.entries import (
    AccessGranted,
    AppointmentEnded,
    BirthStated,
    ChildAdmitted,
    ChildNamed,
    ConsentAnswered,
    ConsentWithdrawn,
    GrantEnded,
    HomeOpened,
    PlacementBegun,
    PlacementEnded,
    WorkerAppointed,
)
from casebound.people.rights.rights import role_of


def _admitted(event: ChildAdmitted, _: ReadEntry) -> EventWords:
    words = gettext("{full_name}, called {called}, {born}, came to live here.").format(
        full_name=event.full_name, called=_called(event), born=_born(event)
    )
    return EventWords(
        gettext("Admission"), instant(event.from_at), f"{words}{_basis(event.birth_basis)}"
    )


def _named(event: ChildNamed, entry: ReadEntry) -> EventWords:
    """Say the new name and not the old one, which stands where it was written and nowhere else."""
    words = gettext(
        "From {day} the name is {full_name}, called {called}. Wished by: {wished_by}."
    ).format(
        day=day_in_words(date.fromisoformat(event.from_on)),
        full_name=event.full_name,
        called=_called(event),
        wished_by=event.wished_by,
    )
    shown = (
        gettext("Earlier names may be shown to the child.")
        if event.old_shown
        else gettext("Earlier names are not shown to the child.")
    )
    return EventWords(gettext("Name"), entry.signed_at, f"{words} {shown}")


def _birth_stated(event: BirthStated, entry: ReadEntry) -> EventWords:
    words = _born(event)
    return EventWords(
        gettext("Date of birth"),
        entry.signed_at,
        f"{words[:1].upper()}{words[1:]}.{_basis(event.birth_basis)}",
    )


def _called(event: ChildAdmitted | ChildNamed) -> str:
    return f"{event.called} ({event.pronouns})" if event.pronouns else event.called


def _born(event: ChildAdmitted | BirthStated) -> str:
    """Say when the child was born, and how sure that is."""
    if event.born_on is None:
        return gettext("date of birth not known")
    born_on = date.fromisoformat(event.born_on)
    words = gettext("born on {day}")
    if event.birth == BirthKnown.ESTIMATED:
        words = gettext("born about {day}, as {by} estimates")
    if event.birth == BirthKnown.DISPUTED:
        words = gettext("born on {day}, which is disputed ({by})")
    return words.format(day=date_in_words(born_on), by=event.birth_by)


def _basis(basis: str | None) -> str:
    return " " + gettext("The date of birth rests on: {basis}").format(basis=basis) if basis else ""


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
    words = f"{event.full_name}: {gettext(role_of(event.role).words)}."
    if event.to_at:
        until = gettext("Until {until}.").format(until=in_words(instant(event.to_at)))
        words = f"{words} {until}"
    if event.reason:
        words = f"{words} {gettext('Reason: {reason}').format(reason=event.reason)}"
    return EventWords(gettext("Appointment"), instant(event.from_at), words)


def _appointment_ended(event: AppointmentEnded, _: ReadEntry) -> EventWords:
    return EventWords(
        gettext("Appointment ended"), instant(event.to_at), gettext("An appointment ended.")
    )


def _granted(event: AccessGranted, _: ReadEntry) -> EventWords:
    part = ""
    if event.leaf is not None:
        part = gettext(" in part (one entry)")
    elif event.form or event.register or event.period_from:
        part = gettext(" in part")
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


def _consent_answered(event: ConsentAnswered, _: ReadEntry) -> EventWords:
    words = (
        gettext("Consent given: the independent person may read this child’s records. {who}")
        if event.given
        else gettext("Consent refused: the independent person cannot read the records. {who}")
    )
    return EventWords(
        gettext("Consent (regulation 44)"),
        instant(event.said_at),
        _said(words, event.party, event.said_by, event.how, event.words),
    )


def _consent_withdrawn(event: ConsentWithdrawn, _: ReadEntry) -> EventWords:
    words = gettext(
        "Consent withdrawn: the independent person may no longer read the records. {who}"
    )
    return EventWords(
        gettext("Consent withdrawn (regulation 44)"),
        instant(event.said_at),
        _said(words, event.party, event.said_by, event.how, event.words),
    )


def _said(words: str, party: str, said_by: str, how: str, more: str | None) -> str:
    who = gettext("For {party}: {said_by}, {how}.").format(
        party=party_in_words(party), said_by=said_by, how=how_in_words(how)
    )
    said = words.format(who=who)
    return f"{said} {more}" if more else said


TITLES: Mapping[str, Title] = {
    ChildAdmitted.kind: _admitted,
    ChildNamed.kind: _named,
    BirthStated.kind: _birth_stated,
    PlacementEnded.kind: _placement_ended,
    PlacementBegun.kind: _placement_begun,
    HomeOpened.kind: _opened,
    WorkerAppointed.kind: _appointed,
    AppointmentEnded.kind: _appointment_ended,
    AccessGranted.kind: _granted,
    GrantEnded.kind: _grant_ended,
    ConsentAnswered.kind: _consent_answered,
    ConsentWithdrawn.kind: _consent_withdrawn,
}
