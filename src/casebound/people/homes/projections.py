"""Homes, children, placements and appointments, worked out from the entries."""

from datetime import date, datetime
from typing import Any

from django.db.models import Model

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.times import instant
from casebound.ledger.projecting.entries import Damaged
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.homes import unread
from casebound.people.homes.births import BirthKnown
from casebound.people.homes.consents import ConsentEnd
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
from casebound.people.homes.marked import MARKED, has_its_mark, mark_of
from casebound.people.homes.models import (
    Appointment,
    Child,
    ChildBirth,
    ChildName,
    Consent,
    Grant,
    Home,
    Placement,
)
from casebound.people.homes.naming import ChildNames, called_key, short_name


def home_opened(entry: ReadEntry, fact: HomeOpened, rows: Rows) -> None:
    """Add the home."""
    _add_marked(
        rows,
        Home,
        id=fact.home_id,
        book_id=next(iter(entry.pages)),
        is_office=fact.is_office,
        secure=bool(fact.secure),
        name=fact.name,
        address=fact.address,
    )


def worker_appointed(entry: ReadEntry, fact: WorkerAppointed, rows: Rows) -> None:
    """Add the appointment."""
    _add_marked(
        rows,
        Appointment,
        id=fact.appointment_id,
        worker_id=fact.worker_id,
        role=fact.role,
        home_id=fact.home_id,
        child_id=fact.child_id,
        from_at=instant(fact.from_at),
        to_at=instant(fact.to_at) if fact.to_at else None,
        reason=fact.reason or "",
        appointed_by=entry.signed_by,
    )


def appointment_ended(entry: ReadEntry, fact: AppointmentEnded, rows: Rows) -> None:
    """End the appointment."""
    _end_marked(rows, Appointment, fact.appointment_id, instant(fact.to_at))


def child_admitted(entry: ReadEntry, fact: ChildAdmitted, rows: Rows) -> None:
    """Add the child and the placement."""
    birth = _birth(entry, fact)
    rows.add(
        Child,
        id=fact.child_id,
        full_name=fact.full_name,
        called=fact.called,
        called_key=called_key(fact.called),
        short_name="",
        wide_name="",
        earlier_names="",
        named_in=entry.index,
        pronouns=fact.pronouns,
        face=fact.face,
        birth_stated_on=day_of(entry.signed_at),
        **birth,
    )
    came_on = day_of(instant(fact.from_at))
    _add_name(entry, fact.child_id, fact, from_on=came_on, wished_by="", old_shown=True, rows=rows)
    _add_birth(entry, fact.child_id, birth, rows)
    _lives(fact.child_id, fact, rows)
    _tell_apart({called_key(fact.called)}, entry, rows)


def child_named(entry: ReadEntry, fact: ChildNamed, rows: Rows) -> None:
    """Give the child the new name everywhere; the earlier one is history."""
    child_id = next(iter(entry.pages))
    before = rows.find(Child, id=child_id)[0]
    earlier = dict.fromkeys([*before.earlier_names.split("\n"), before.called, before.full_name])
    now = {fact.called, fact.full_name}
    rows.change(
        Child,
        {"id": child_id},
        full_name=fact.full_name,
        called=fact.called,
        called_key=called_key(fact.called),
        earlier_names="\n".join(name for name in earlier if name and name not in now),
        pronouns=fact.pronouns,
        face=fact.face,
        named_in=entry.index,
    )
    _add_name(
        entry,
        child_id,
        fact,
        from_on=date.fromisoformat(fact.from_on),
        wished_by=fact.wished_by,
        old_shown=fact.old_shown,
        rows=rows,
    )
    _tell_apart({before.called_key, called_key(fact.called)}, entry, rows)


def birth_stated(entry: ReadEntry, fact: BirthStated, rows: Rows) -> None:
    """Hold the new statement to be so; the earlier one is history."""
    child_id, birth = next(iter(entry.pages)), _birth(entry, fact)
    rows.change(Child, {"id": child_id}, birth_stated_on=day_of(entry.signed_at), **birth)
    _add_birth(entry, child_id, birth, rows)


def _number(entry: ReadEntry) -> int:
    return next(iter(entry.pages.values()))


def _birth(entry: ReadEntry, fact: ChildAdmitted | BirthStated) -> dict[str, Any]:
    return {
        "born_on": date.fromisoformat(fact.born_on) if fact.born_on else None,
        "birth": fact.birth or BirthKnown.EXACT.value,
        "birth_by": fact.birth_by or "",
        "birth_basis": fact.birth_basis or "",
    }


def _add_name(
    entry: ReadEntry,
    child: str,
    fact: ChildAdmitted | ChildNamed,
    *,
    from_on: date,
    wished_by: str,
    old_shown: bool,
    rows: Rows,
) -> None:
    rows.add(
        ChildName,
        leaf=entry.index,
        child_id=child,
        number=_number(entry),
        full_name=fact.full_name,
        called=fact.called,
        pronouns=fact.pronouns,
        face=fact.face,
        from_on=from_on,
        wished_by=wished_by,
        old_shown=old_shown,
        signed_by=entry.signed_by,
    )


def _add_birth(entry: ReadEntry, child: str, birth: dict[str, Any], rows: Rows) -> None:
    rows.add(
        ChildBirth,
        leaf=entry.index,
        child_id=child,
        number=_number(entry),
        stated_on=day_of(entry.signed_at),
        signed_by=entry.signed_by,
        **birth,
    )


def _tell_apart(keys: set[str], entry: ReadEntry, rows: Rows) -> None:
    """Give every child who goes by such a name a short name that no other of their homes has.

    A worker who sees several homes reads the wide name, which no other child of the provider has.

    Children who have moved on count too: their books stand in the same lists.
    """
    for key in sorted(keys):
        alike = rows.find(Child, called_key=key)
        homes = {
            child.id: {place.home_id for place in rows.find(Placement, child_id=child.id)}
            for child in alike
        }
        for child in alike:
            near = [
                _named(other)
                for other in alike
                if other.id != child.id and homes[other.id] & homes[child.id]
            ]
            name = short_name(_named(child), near)
            wide = short_name(
                _named(child), [_named(other) for other in alike if other.id != child.id]
            )
            if wide != child.wide_name:
                rows.change(Child, {"id": child.id}, wide_name=wide)
            if name != child.short_name:
                rows.change(Child, {"id": child.id}, short_name=name, named_in=entry.index)


def _named(child: Child) -> ChildNames:
    return ChildNames(child.id, child.called, child.full_name)


def placement_ended(entry: ReadEntry, fact: PlacementEnded, rows: Rows) -> None:
    """End the placement, and the consents that were for this home."""
    to_at = instant(fact.to_at)
    _end_marked(rows, Placement, fact.placement_id, to_at)
    for place in rows.find(Placement, id=fact.placement_id):
        for consent in rows.find(Consent, child_id=place.child_id, home_id=place.home_id):
            if consent.to_at is None:
                _end_consent(entry, consent.id, ConsentEnd.MOVED_ON, to_at, rows)


def placement_begun(entry: ReadEntry, fact: PlacementBegun, rows: Rows) -> None:
    """Add a further placement of the child whose book it is."""
    child_id = next(iter(entry.pages))
    _lives(child_id, fact, rows)
    _tell_apart({rows.find(Child, id=child_id)[0].called_key}, entry, rows)


def access_granted(entry: ReadEntry, fact: AccessGranted, rows: Rows) -> None:
    """Add the grant. It is of the book it is sealed in."""
    _add_marked(
        rows,
        Grant,
        id=fact.grant_id,
        worker_id=fact.worker_id,
        book_id=next(iter(entry.pages)),
        permission=fact.permission,
        form=fact.form or "",
        register=fact.register or "",
        period_from=date.fromisoformat(fact.period_from) if fact.period_from else None,
        period_to=date.fromisoformat(fact.period_to) if fact.period_to else None,
        leaf=fact.leaf,
        reason=fact.reason,
        from_at=instant(fact.from_at),
        to_at=instant(fact.to_at),
        granted_by=entry.signed_by,
    )


def grant_ended(entry: ReadEntry, fact: GrantEnded, rows: Rows) -> None:
    """End the grant."""
    _end_marked(rows, Grant, fact.grant_id, instant(fact.to_at))


def consent_answered(entry: ReadEntry, fact: ConsentAnswered, rows: Rows) -> None:
    """Add the answer. An earlier answer of the same party counts no more."""
    child_id = next(iter(entry.pages))
    for earlier in rows.find(Consent, child_id=child_id, party=fact.party):
        if earlier.to_at is None or earlier.to_at > entry.signed_at:
            _end_consent(entry, earlier.id, ConsentEnd.ANSWERED_AGAIN, entry.signed_at, rows)
    _add_marked(
        rows,
        Consent,
        id=fact.consent_id,
        child_id=child_id,
        home_id=fact.home_id,
        party=fact.party,
        given=fact.given,
        said_by=fact.said_by,
        how=fact.how,
        said_at=instant(fact.said_at),
        words=fact.words or "",
        number=_number(entry),
        recorded_by=entry.signed_by,
        from_at=entry.signed_at,
        to_at=None,
        ended="",
        withdrawn_by="",
        withdrawn_how="",
        withdrawn_said_at=None,
        withdrawn_words="",
        ended_number=0,
        ended_by="",
    )


def consent_withdrawn(entry: ReadEntry, fact: ConsentWithdrawn, rows: Rows) -> None:
    """End the consent with the moment at which this was signed."""
    _end_consent(entry, fact.consent_id, ConsentEnd.WITHDRAWN, entry.signed_at, rows)
    rows.change(
        Consent,
        {"id": fact.consent_id},
        withdrawn_by=fact.said_by,
        withdrawn_how=fact.how,
        withdrawn_said_at=instant(fact.said_at),
        withdrawn_words=fact.words or "",
    )


def _end_consent(
    entry: ReadEntry, consent: str, ended: ConsentEnd, to_at: datetime, rows: Rows
) -> None:
    _end_marked(rows, Consent, consent, to_at)
    rows.change(
        Consent,
        {"id": consent},
        ended=ended.value,
        ended_number=_number(entry),
        ended_by=entry.signed_by,
    )


def _lives(child: str, fact: ChildAdmitted | PlacementBegun, rows: Rows) -> None:
    _add_marked(
        rows,
        Placement,
        id=fact.placement_id,
        child_id=child,
        home_id=fact.home_id,
        from_at=instant(fact.from_at),
        to_at=None,
    )


def _add_marked(rows: Rows, table: type[Model], **values: Any) -> None:
    rows.add(table, **values, mark=mark_of(table, values))


def _end_marked(rows: Rows, table: type[Model], key: str, to_at: datetime) -> None:
    """End a row, and mark it again: a row that somebody changed by hand stays without its mark."""
    for row in rows.find(table, id=key):
        values = {field: getattr(row, field) for field in MARKED[table]} | {"to_at": to_at}
        renewed = mark_of(table, values) if has_its_mark(row) else ""
        rows.change(table, {"id": key}, to_at=to_at, mark=renewed)


PROJECTION = Projection(
    version=8,
    tables=(Home, Child, ChildName, ChildBirth, Placement, Appointment, Grant, Consent),
    on={
        HomeOpened.kind: home_opened,
        WorkerAppointed.kind: worker_appointed,
        AppointmentEnded.kind: appointment_ended,
        ChildAdmitted.kind: child_admitted,
        ChildNamed.kind: child_named,
        BirthStated.kind: birth_stated,
        PlacementEnded.kind: placement_ended,
        PlacementBegun.kind: placement_begun,
        AccessGranted.kind: access_granted,
        GrantEnded.kind: grant_ended,
        ConsentAnswered.kind: consent_answered,
        ConsentWithdrawn.kind: consent_withdrawn,
        Damaged.kind: unread.damaged,
    },
)
