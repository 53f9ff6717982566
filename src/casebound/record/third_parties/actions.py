"""Adding somebody to a child's register, changing what it says, and noting their permission."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.folding import fold
from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.pasted import tidied, without_turns
from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.foundation.proof.canonical import clean_text
from casebound.ledger.projecting.kinds import Words
from casebound.ledger.sealing.once import Once
from casebound.ledger.sealing.reads import entry_at
from casebound.people.access.reads import SeenBook
from casebound.people.homes.actions.sealing import seal_checked
from casebound.people.restricted.reads import may_read
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import is_written
from casebound.record.third_parties.entries import (
    PermissionNoted,
    ThirdPartyAdded,
    ThirdPartyChanged,
)
from casebound.record.third_parties.reads import AT_MOST, PersonSeen, people_of, person_of
from casebound.record.third_parties.rules import (
    KnownToChild,
    PermissionAnswer,
    PersonStanding,
    names_in,
)

LONGEST_NAME: Final = 120
LONGEST_RELATION: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSaid:
    """What a worker says of somebody, as typed. `also` has other names, with commas between."""

    name: str
    relation: str
    standing: str
    known: str
    also: str = ""
    child_knows: str = ""


class NotInRegisterError(RefusedError):
    """What was typed of somebody is not complete. `field` is what the refusal is about."""

    field: ClassVar = "name"
    what = "This was not signed."
    why = "The register needs a name and who the person is to the child, each up to 120 letters."
    do = "Type both."


class InRegisterAlreadyError(NotInRegisterError):
    """Somebody of this name and relation is there already, or the register is full."""

    why = (
        "Somebody of this name, who is the same to the child, is in the register already, or it"
        f" holds {AT_MOST} people."
    )
    do = "Change what it says of them. If it is another person, say so in “Who are they”."


class PermissionToComeError(RefusedError):
    """The day lies ahead."""

    field: ClassVar = "on"
    what = "This was not signed."
    why = "The day is still to come."
    do = "Give the day on which they were asked, or answered."


class NoSuchEntryError(RefusedError):
    """The number is of no entry that somebody wrote."""

    field: ClassVar = "number"
    what = "This was not signed."
    why = "There is no entry of this number that somebody wrote, or you cannot read it."
    do = "Check the number in the book, or leave it empty: then it is for everything about them."


class NothingToWithdrawError(RefusedError):
    """They have not agreed to this."""

    field: ClassVar = "answer"
    what = "This was not signed."
    why = "They have not agreed to this, so there is nothing to take back."
    do = "If they said no, choose “They did not agree”."


class HowMissingError(RefusedError):
    """It is not said how they were asked."""

    field: ClassVar = "how"
    what = "This was not signed."
    why = "It does not say how they were asked, or how they answered."
    do = "Say it in a few words: by telephone, in a letter or in person, and who spoke with them."


def add_person(
    *,
    book: SeenBook,
    said: PersonSaid,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> str:
    """Seal that somebody is in the register of a child's book (P39). Return their id.

    Raises:
        NotAllowedError: `by` may not write in this book, or it is no child's.
        NotInRegisterError: name or relation is empty or too long.
        InRegisterAlreadyError: they are in it.
    """
    _check_may(book, by)
    once = Once.of(key, by)
    person = once.id_of("person")
    fact = ThirdPartyAdded(person_id=person, **_described(said))

    def check() -> None:
        there = people_of(book)
        if len(there) >= AT_MOST or any(_is_same(seen, fact) for seen in there):
            raise InRegisterAlreadyError

    seal_checked(fact=fact, book=book.id, check=check, once=once, at=at, auth=auth)
    return person


def change_person(
    *,
    book: SeenBook,
    person: str,
    said: PersonSaid,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> None:
    """Seal what is so of somebody from now on. What was so before stays in the book.

    Raises:
        NotAllowedError: `by` may not write in this book, or nobody of this id is in its register.
        NotInRegisterError: name or relation is empty or too long.
        InRegisterAlreadyError: somebody else is in it who would be the same.
    """
    _check_may(book, by)
    fact = ThirdPartyChanged(person_id=person, **_described(said))

    def check() -> None:
        there = people_of(book)
        if person not in {seen.id for seen in there}:
            raise NotAllowedError
        if any(seen.id != person and _is_same(seen, fact) for seen in there):
            raise InRegisterAlreadyError

    seal_checked(fact=fact, book=book.id, check=check, once=Once.of(key, by), at=at, auth=auth)


def note_permission(
    *,
    book: SeenBook,
    person: str,
    answer: str,
    on: date,
    how: str,
    for_what: str,
    number: int | None,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> None:
    """Seal what somebody was asked or answered: for entry `number` alone, or for everything (P39).

    Raises:
        NotAllowedError: `by` may not write in this book, or nobody of this id is in its register.
        PermissionToComeError: the day lies ahead.
        NoSuchEntryError: `number` is of no entry that somebody wrote.
        HowMissingError: it does not say how.
        NothingToWithdrawError: they take back what they did not give.
    """
    _check_may(book, by)
    seen = person_of(book, person)
    if seen is None:
        raise NotAllowedError
    if on > day_of(at):
        raise PermissionToComeError
    if not _line(how):
        raise HowMissingError
    fact = PermissionNoted(
        person_id=person,
        name=seen.name,
        answer=PermissionAnswer(answer).value,
        number=number,
        leaf=_leaf(book, number) if number else None,
        on=on.isoformat(),
        how=Words(_line(how)),
        for_what=Words(_line(for_what)),
    )

    def check() -> None:
        now = person_of(book, person)
        if now is None:
            raise NotAllowedError
        if fact.answer == PermissionAnswer.WITHDRAWN and not _has_given(now):
            raise NothingToWithdrawError

    seal_checked(fact=fact, book=book.id, check=check, once=Once.of(key, by), at=at, auth=auth)


def _check_may(book: SeenBook, by: WorkerId) -> None:
    if book.child is None or book.worker != by:
        raise NotAllowedError
    book.check_may(Permission.WRITE_ENTRY)


def _described(said: PersonSaid) -> dict[str, Any]:
    name, relation = _line(said.name), _line(said.relation)
    others = tuple(dict.fromkeys(other for other in names_in(_line(said.also)) if other != name))
    too_long = any(len(other) > LONGEST_NAME for other in (name, *others))
    if not name or not relation or too_long or len(relation) > LONGEST_RELATION:
        raise NotInRegisterError
    return {
        "name": name,
        "also": others,
        "relation": relation,
        "standing": PersonStanding(said.standing).value,
        "known": KnownToChild(said.known).value,
        "child_knows": Words(clean_text(without_turns(tidied(said.child_knows))).strip()),
    }


def _is_same(seen: PersonSeen, fact: ThirdPartyAdded | ThirdPartyChanged) -> bool:
    return (fold(seen.name), fold(seen.relation)) == (fold(fact.name), fold(fact.relation))


def _has_given(seen: PersonSeen) -> bool:
    return any(answer.answer == PermissionAnswer.GIVEN for answer in seen.answers)


def _leaf(book: SeenBook, number: int) -> int:
    entry = entry_at(book.id, number)
    if (
        entry is None
        or not is_written(entry)
        or not may_read(entry.index, book.reader, book=book.id)
    ):
        raise NoSuchEntryError
    return entry.index


def _line(text: str) -> str:
    return " ".join(clean_text(without_turns(tidied(text))).split())
