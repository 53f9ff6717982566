"""What the author of an entry restricted while writing it: rows of `people.restricted`, and parts.

A part that only those who need to know read is in no row that all staff read: `for_all_staff` takes
it out before a room makes one. The chronology and the search keep it, and ask who reads.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.restricted.holding import WHOLE, Holding, Scope, hold
from casebound.record.book.entries import Entry, is_about
from casebound.record.book.separating import LEFT_OUT, NO_FILE, is_file_about
from casebound.rulebook.catalogue.content import Restricting, Sharing
from casebound.rulebook.catalogue.wall_time import WallTimeError, calendar_day

_ANSWER = "a_"


def hold_marked(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add the restrictions that the marks of an entry set, in each of its books."""
    for book in entry.pages:
        for part, said in restrictions_in(fact, book):
            hold(rows, _holding(entry, book, part, said))


def restrictions_in(fact: Entry, book: BookId | None) -> Iterator[tuple[str, Restricting]]:
    """Yield what an entry restricts in one of its books (None: in any): the part, and why.

    What is about another child alone is not in the book.
    """
    for number, statement in enumerate(fact.content.statements, 1):
        if book is not None and not is_about(statement, book):
            continue
        if statement.sharing is Sharing.WITHHELD:
            yield f"s{number}", statement.from_child
        if statement.staff:
            yield f"s{number}", statement.staff
    for said in fact.content.restrictions:
        if book is None or _is_in(fact, said.part, book):
            yield said.part, said


def _is_in(fact: Entry, part: str, book: BookId) -> bool:
    if part.startswith(_ANSWER):
        return fact.answers_about.get(part.removeprefix(_ANSWER), book) == book
    number = int(part[1:]) if part[1:].isdecimal() else 0
    if part[:1] == "f" and 0 < number <= len(fact.attachments):
        return is_file_about(fact.attachments[number - 1], book)
    return part == WHOLE


def parts_kept(fact: Entry) -> frozenset[str]:
    """Return the parts that only those who need to know read, as their author restricted them."""
    of_statements = (
        f"s{number}" for number, said in enumerate(fact.content.statements, 1) if said.staff
    )
    others = (
        said.part
        for said in fact.content.restrictions
        if said.scope.value == Scope.NEED_TO_KNOW.value and said.part
    )
    return frozenset((*of_statements, *others))


def is_for_those_who_need_to_know(fact: Entry) -> bool:
    """Say whether its author restricted the whole entry to those who need to know."""
    return any(
        said.scope.value == Scope.NEED_TO_KNOW.value and said.part == WHOLE
        for said in fact.content.restrictions
    )


def for_all_staff(fact: Entry, parts: Collection[str] | None = None) -> Entry:
    """Return the entry as all staff read it: without the parts for those who need to know.

    `parts` are those that are restricted now, if they are not those of its author.
    """
    kept = parts_kept(fact) if parts is None else frozenset(parts)
    if not kept:
        return fact
    return replace(
        fact,
        answers={
            name: answer for name, answer in fact.answers.items() if f"{_ANSWER}{name}" not in kept
        },
        attachments=tuple(
            NO_FILE if f"f{number}" in kept else file
            for number, file in enumerate(fact.attachments, 1)
        ),
        content=replace(
            fact.content,
            about_others=tuple(
                about
                for about in fact.content.about_others
                if about.part not in kept and about.part.rpartition("-")[0] not in kept
            ),
            statements=tuple(
                LEFT_OUT if f"s{number}" in kept else statement
                for number, statement in enumerate(fact.content.statements, 1)
            ),
        ),
    )


def _holding(entry: ReadEntry, book: BookId, part: str, said: Restricting) -> Holding:
    return Holding(
        book=book,
        leaf=entry.index,
        part=part,
        scope=Scope(said.scope.value),
        ground=said.ground.value,
        reason=said.reason,
        reference=said.reference,
        officer=said.officer,
        decided_by=entry.signed_by,
        decided_at=entry.signed_at,
        review_on=_day(said.review_on),
        set_in=entry.index,
        kept_from=frozenset({WorkerId(said.worker)} if said.worker else ()),
    )


def _day(typed: str) -> date | None:
    """Return the day that was typed; None if it is none, as in entries of long ago."""
    try:
        return calendar_day(typed) if typed else None
    except WallTimeError:
        return None
