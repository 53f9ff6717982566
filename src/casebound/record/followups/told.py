"""Who told what an entry says, and is asked whether it is right (P28).

One question for each: the colleague who told the author the entry as a whole, and the colleague who
told one statement of it. Who told the whole entry confirms every statement of theirs with it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from casebound.foundation.base.folding import fold
from casebound.foundation.base.ids import BookId
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.entries import WHOLE, Subject, SubjectKind
from casebound.record.book.entries import Entry, is_about
from casebound.record.book.separating import first_book
from casebound.rulebook.catalogue.content import Answer, Content, StatementContent
from casebound.rulebook.catalogue.registers import names_parties
from casebound.rulebook.catalogue.several import ids_in
from casebound.rulebook.catalogue.shape import Form

_WORD: Final = re.compile(r"\w{2,}")


@dataclass(frozen=True, slots=True)
class Teller:
    """A colleague who is asked to confirm: the whole entry, or the statement of a number."""

    worker: str
    name: str
    statement: int = 0

    @property
    def subject(self) -> Subject:
        """What a duty and a follow-up are about."""
        if not self.statement:
            return Subject(name=self.name)
        return Subject(SubjectKind.STATEMENT, str(self.statement), self.name)


def asked_in(content: Content) -> Iterator[Teller]:
    """Yield who is asked, the whole entry first. No query."""
    if content.originator_id:
        yield Teller(content.originator_id, content.originator)
    for number, statement in enumerate(content.statements, 1):
        teller = statement.told_by_id
        if teller and teller != content.originator_id:
            yield Teller(teller, statement.told_by, number)


def subject_told(statement: int, content: Content) -> Subject:
    """Return which question a told statement belongs to: its own, or that of the whole entry."""
    return next(
        (asked.subject for asked in asked_in(content) if asked.statement == statement), WHOLE
    )


def originators(content: Content, subject: Subject) -> frozenset[str]:
    """Return who told what a follow-up is about; of the whole entry, who told any of it."""
    return frozenset(
        asked.worker for asked in asked_in(content) if subject in {WHOLE, asked.subject}
    )


def book_of(asked: Teller, entry: ReadEntry, fact: Entry) -> BookId:
    """Return in whose book a colleague is asked: the first one that shows the statement.

    One statement that stands in several books is asked about once.
    """
    first = first_book(entry, fact)
    if not asked.statement:
        return first
    statement = fact.content.statements[asked.statement - 1]
    shown = [book for book in (first, *entry.pages) if is_about(statement, BookId(book))]
    return BookId(shown[0]) if shown else first


def picked_as_party(form: Form, answers: Mapping[str, Answer]) -> set[str]:
    """Return the ids of those a draft for managers is about, as its answers have them."""
    if not names_parties(form):
        return set()
    return {id_ for field in form.fields if field.party for id_ in ids_in(answers.get(field.name))}


def names_as_third_party(statement: StatementContent, name: str) -> bool:
    """Say whether a statement is about this person: a part of their name in words is enough."""
    wanted = set(_WORD.findall(fold(name)))
    return bool(wanted & set(_WORD.findall(fold(statement.third_party))))
