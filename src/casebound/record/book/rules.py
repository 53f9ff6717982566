"""Who may withdraw an entry: no worker that the entry is about."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.proof.canonical import Json
from casebound.ledger.projecting.rows import Rows
from casebound.people.homes.appointments import heads_as_projected
from casebound.people.restricted.entries import AUTHOR, TOLD
from casebound.record.book.entries import Entry
from casebound.rulebook.catalogue import catalogue

OF_MANAGERS = "about_managers"  # the answer that says whether it is about a manager
_USERS = "users"  # the answer that names who used a measure
_IDS = ("id", "who_id")


class UsedMeasureError(RefusedError):
    """A worker who used a measure may not withdraw its record."""

    what = "You cannot strike this entry through, or say that it is in the wrong book."
    why = "It records a measure that you used yourself."
    do = (
        "Ask somebody who manages the home and did not use it. You can add to the entry, or"
        " correct it."
    )


class NamedInEntryError(RefusedError):
    """A worker named in an entry may not withdraw it."""

    what = "You cannot strike this entry through, or say that it is in the wrong book."
    why = "You are named in it."
    do = (
        "Ask somebody who manages the home and is not named in it. You can add to the entry, or"
        " correct it."
    )


class WithdrawalStaysError(RefusedError):
    """An entry that withdrew another one cannot be withdrawn itself."""

    what = "This entry cannot be struck through, or moved to another book."
    why = "It struck through or misfiled an earlier entry. That must stay visible."
    do = "If that was wrong, write the earlier entry again. You can add to this one, or correct it."


def check_may_withdraw(fact: Entry, *, worker: WorkerId, full_name: str) -> None:
    """Refuse a worker who is named in an entry, or who used the measure it records (P64).

    The entry names a worker by their id where it has one, else by their full name.

    Raises:
        UsedMeasureError: they used the measure.
        NamedInEntryError: it names them: as present, as who told it, or in an answer.
        WithdrawalStaysError: it withdraws an entry itself.
    """
    if any(reference.relation.is_withdrawal for reference in fact.references):
        raise WithdrawalStaysError
    if worker in set(_ids_in(fact.answers.get(_USERS))):
        raise UsedMeasureError
    if worker in ids_named(fact) or _folded(full_name) in set(_names_in(fact)):
        raise NamedInEntryError


def may_withdraw(fact: Entry, *, worker: WorkerId, full_name: str) -> bool:
    """Say whether `check_may_withdraw` lets them."""
    try:
        check_may_withdraw(fact, worker=worker, full_name=full_name)
    except RefusedError:
        return False
    return True


def workers_named(fact: Entry) -> dict[str, frozenset[str]]:
    """Return the ids of the workers an entry names, by capacity: a field, the author, who told it.

    A room asks `people.restricted` for them, which keeps them as rows.
    """
    told = (statement.told_by_id for statement in fact.content.statements)
    return {
        AUTHOR: frozenset({fact.author.id}),
        TOLD: frozenset(filter(None, [fact.content.originator_id, *told])),
        **{field: frozenset(_ids_in(value)) for field, value in fact.answers.items()},
    }


def parties_of(fact: Entry) -> frozenset[str]:
    """Return the ids of the workers an entry is about, or who took part in the event."""
    fields = catalogue.form(fact.form, fact.form_version).fields
    answers = (fact.answers.get(field.name) for field in fields if field.party)
    return frozenset(worker for answer in answers for worker in _ids_in(answer))


def is_of_managers(fact: Entry, *, at: datetime, rows: Rows) -> bool:
    """Say whether an entry is about the registered manager: by its answer, or by who is picked.

    For a projection. 1 query for each worker who is picked.
    """
    return fact.answers.get(OF_MANAGERS) is True or any(
        heads_as_projected(worker, fact.home_id, at=at, rows=rows)
        for worker in sorted(parties_of(fact))
    )


def ids_named(fact: Entry) -> frozenset[str]:
    """Return the ids of the workers an entry names in its answers or as who told its author."""
    answers = (worker for value in fact.answers.values() for worker in _ids_in(value))
    told = (statement.told_by_id for statement in fact.content.statements)
    return frozenset(answers) | frozenset(filter(None, [fact.content.originator_id, *told]))


def _ids_in(value: Json) -> Iterator[str]:
    for row in value if isinstance(value, list) else ():
        if isinstance(row, Mapping):
            yield from (str(row[name]) for name in _IDS if row.get(name))


def _names_in(fact: Entry) -> Iterator[str]:
    content = fact.content
    yield from (_folded(person.name) for person in content.present)
    yield _folded(content.originator)
    for statement in content.statements:
        yield from (_folded(statement.told_by), _folded(statement.speaker))
    for value in fact.answers.values():
        for row in value if isinstance(value, list) else ():
            if isinstance(row, Mapping) and row.get("name"):
                yield _folded(str(row["name"]))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
