"""Questions about the other people in a child's book. They take a `SeenBook`."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from casebound.foundation.base.folding import fold
from casebound.foundation.base.ids import BookId, WorkerId
from casebound.ledger.projecting.rows import Rows
from casebound.people.access.reads import SeenBook
from casebound.people.restricted.reads import parts_hidden_among, readable
from casebound.people.rights.shape import Permission
from casebound.record.third_parties.models import (
    EntryAboutThirdParty,
    ThirdParty,
    ThirdPartyAnswer,
)
from casebound.record.third_parties.rules import (
    KnownToChild,
    PermissionAnswer,
    PersonAnswer,
    PersonStanding,
    RegisteredPerson,
)

AT_MOST: Final = 500  # people of one child's register
ENTRIES_SHOWN: Final = 60
ROWS_LOOKED_AT: Final = 300


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """What somebody was asked or answered, as the page shows it."""

    answer: str
    on: date
    how: str
    for_what: str
    for_number: int | None
    number: int
    signed_by: WorkerId
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeen:
    """Somebody in the register, as the page shows them.

    `permission` is what they said about everything in the book; empty if they were not asked.
    """

    id: str
    name: str
    also: tuple[str, ...]
    relation: str
    standing: str
    known: str
    child_knows: str
    number: int
    signed_by: WorkerId
    signed_at: datetime
    permission: str
    answers: tuple[AnswerSeen, ...] = ()

    @property
    def is_private(self) -> bool:
        """Whether what is about them is kept apart unless they agree."""
        return self.standing == PersonStanding.PRIVATE

    @property
    def is_known(self) -> bool:
        """Whether the child knows that there is such a person."""
        return self.known == KnownToChild.YES

    @property
    def names(self) -> tuple[str, ...]:
        """Every name they are called by."""
        return (self.name, *self.also)

    @property
    def is_shared(self) -> bool:
        """Whether they agreed to everything, and have not taken it back."""
        return self.permission == PermissionAnswer.GIVEN


def may_see_register(book: SeenBook) -> bool:
    """Say whether a worker sees the register: they write in the child's book, or answer for it."""
    return book.child is not None and bool(
        book.may(Permission.WRITE_ENTRY) or book.may(Permission.ANSWER_FOR_BOOK)
    )


def people_of(book: SeenBook) -> list[PersonSeen]:
    """Return the register of a child's book by name, at most 500. 2 queries.

    A worker who may not see the register is shown nobody.
    """
    return register_of(book.id) if may_see_register(book) else []


def register_of(book: BookId) -> list[PersonSeen]:
    """Return the register of a book for what follows from it. 2 queries."""
    people = list(ThirdParty.objects.filter(book_id=book).order_by("name", "id")[:AT_MOST])
    if not people:
        return []
    answers: dict[str, list[ThirdPartyAnswer]] = {}
    for answer in ThirdPartyAnswer.objects.filter(book_id=book).order_by("-on", "-leaf"):
        answers.setdefault(answer.person_id, []).append(answer)
    shown = [_shown(person, answers.get(person.id, ())) for person in people]
    return sorted(shown, key=lambda person: (fold(person.name), person.id))


def person_of(book: SeenBook, person: str) -> PersonSeen | None:
    """Return somebody of the register; None if there is none such. 2 queries."""
    return next((seen for seen in people_of(book) if seen.id == person), None)


def _shown(person: ThirdParty, answers: Sequence[ThirdPartyAnswer]) -> PersonSeen:
    return PersonSeen(
        id=person.id,
        name=person.name,
        also=tuple(json.loads(person.also)),
        relation=person.relation,
        standing=person.standing,
        known=person.known,
        child_knows=person.child_knows,
        number=person.number,
        signed_by=WorkerId(person.signed_by),
        signed_at=person.signed_at,
        permission=_about_everything(person, answers),
        answers=tuple(
            AnswerSeen(
                answer.answer,
                answer.on,
                answer.how,
                answer.for_what,
                answer.for_number,
                answer.number,
                WorkerId(answer.signed_by),
                answer.signed_at,
            )
            for answer in answers
        ),
    )


def _about_everything(person: ThirdParty, answers: Iterable[ThirdPartyAnswer]) -> str:
    now = _registered(person, answers).permission(NO_LEAF)
    return "" if now == "not_asked" else now.value


NO_LEAF: Final = -1


def _registered(person: ThirdParty, answers: Iterable[ThirdPartyAnswer]) -> RegisteredPerson:
    return RegisteredPerson(
        person.id,
        tuple(json.loads(person.matched)),
        tuple(
            PersonAnswer(PermissionAnswer(a.answer), a.on, a.leaf, a.for_leaf)
            for a in answers
            if a.person_id == person.id
        ),
    )


def entries_about(book: SeenBook, person: PersonSeen) -> list[int]:
    """Return the numbers of the newest entries with words about somebody, at most 60. 3 queries.

    Without the entries, and the parts, that are kept from the reader.
    """
    row = ThirdParty.objects.filter(id=person.id).values_list("matched", flat=True).first()
    keys = {fold(name) for name in json.loads(row or "[]")}
    about = EntryAboutThirdParty.objects.filter(book_id=book.id)
    about = about.filter(person_id=person.id) | about.filter(name_key__in=keys)
    open_rows = readable(about, book.reader).order_by("-number", "id")
    rows = list(open_rows.values_list("leaf", "number", "part")[:ROWS_LOOKED_AT])
    hidden = parts_hidden_among({leaf for leaf, _, _ in rows}, book.reader)
    numbers = dict.fromkeys(
        number for leaf, number, part in rows if part not in hidden.get((book.id, leaf), ())
    )
    return list(numbers)[:ENTRIES_SHOWN]


def registered_as_projected(book: BookId, rows: Rows) -> list[RegisteredPerson]:
    """Return who is in the register of a book, for a later room's projection. 1 or 2 queries."""
    people = rows.find(ThirdParty, book_id=book)
    if not people:
        return []
    answers = rows.find(ThirdPartyAnswer, book_id=book)
    return [_registered(person, answers) for person in people]


def entries_about_as_projected(book: BookId, person: str, rows: Rows) -> dict[int, str]:
    """Return the entries with words about somebody: the entry of each leaf, in their order.

    For a later room's projection, which shows them again. 1 query, and 1 a name.
    """
    found: list[EntryAboutThirdParty] = rows.find(
        EntryAboutThirdParty, book_id=book, person_id=person
    )
    for known in rows.find(ThirdParty, id=person):
        for key in {fold(name) for name in json.loads(known.matched)}:
            found += rows.find(EntryAboutThirdParty, book_id=book, name_key=key)
    return {row.leaf: row.entry_id for row in sorted(found, key=lambda row: row.leaf)}
