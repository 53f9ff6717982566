"""Every statement of every entry, and what was typed into the form's own fields, to be searched."""

from collections.abc import Collection, Container, Iterator, Mapping
from typing import Final

from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.drawing.drawings import drawn
from casebound.foundation.proof.canonical import Json
from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.restricted.holding import kept_as_projected
from casebound.reading.search.indexed import indexed
from casebound.reading.search.indexing import agrees, empty
from casebound.reading.search.keys import key
from casebound.reading.search.models import IndexedStatement
from casebound.record.book.entries import Entry, Reference, is_written
from casebound.record.book.holding import for_all_staff, parts_kept
from casebound.record.book.reads import links_to, status_as_projected
from casebound.record.book.relations import CORRECTION, Status
from casebound.record.book.separating import in_book
from casebound.record.followups.standing import standing
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.catalogue.content import Sharing, StatementSource
from casebound.rulebook.catalogue.shape import DRAWN, Field, FieldType
from casebound.rulebook.clocks.clocks import TABLE

ANSWERS: Final = 128  # the first answer; an entry holds at most 60 statements

_TYPED = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add the entry's texts to each of its books, and mark those it corrects."""
    for ordinal, book in enumerate(sorted(entry.pages)):
        _add(entry, fact, BookId(book), ordinal, rows)
    for reference in fact.references:
        if reference.relation is CORRECTION:
            _corrected(reference, entry, rows)
        _tell_again(reference, rows)


def _add(
    entry: ReadEntry,
    fact: Entry,
    book: BookId,
    ordinal: int,
    rows: Rows,
    *,
    kept: Collection[str] | None = None,
    state: str = "",
) -> None:
    """Add the texts of an entry to one of its books."""
    told = _told(entry, fact, book, rows)
    for place, anchor, kind, sharing, text in _texts(fact, book, kept):
        index = indexed(text)
        rows.add(
            IndexedStatement,
            id=key(leaf=entry.index, home=fact.home_id, book=book, ordinal=ordinal, text=place),
            book_id=book,
            home_id=fact.home_id,
            number=entry.pages[book],
            anchor=anchor,
            form=fact.form,
            form_version=fact.form_version,
            happened_at=fact.happened_from,
            kind=kind,
            sharing=sharing,
            late=fact.late,
            state=state,
            told=told.get(place, ""),
            text=text,
            stems=index.stems,
            words=index.words,
            names=index.names,
        )


def redraw(earlier: ReadEntry, _: ReadEntry, rows: Rows) -> None:
    """Search in what all staff read of an entry now, and in nothing else of it."""
    if not is_written(earlier):
        return
    fact = Entry.read(earlier)
    for ordinal, book in enumerate(sorted(earlier.pages)):
        for place, *_rest in _texts(fact, book, ()):
            row = key(leaf=earlier.index, home=fact.home_id, book=book, ordinal=ordinal, text=place)
            rows.remove(IndexedStatement, id=row)
        status = status_as_projected(earlier.index, book, rows)
        if status is None or not status.is_barred:
            corrected = any(
                link.relation is CORRECTION and book in link.books
                for link in links_to(earlier.entry_id, rows)
            )
            state = status.status.value if status else "corrected" if corrected else ""
            kept = kept_as_projected(rows, earlier.index, book=book)
            _add(earlier, fact, book, ordinal, rows, kept=kept, state=state)


def _told(entry: ReadEntry, fact: Entry, book: BookId, rows: Rows) -> dict[int, str]:
    """Return whether the person who told a statement agreed, by its place. 0 or 1 query."""
    if all(
        statement.source is not StatementSource.TOLD_BY for statement in fact.content.statements
    ):
        return {}
    stands = standing(entry, fact, book, rows).statements
    return {
        place: "disputed" if told.disputed else _TOLD[told.settled]
        for place, told in stands.items()
    }


_TOLD: Final = {True: "confirmed", False: "waiting", None: "unasked"}


def _tell_again(reference: Reference, rows: Rows) -> None:
    """Show the answer of the person who told a statement of an earlier entry."""
    if not (reference.relation.follows or reference.relation is CORRECTION):
        return
    entry = entry_of(reference.entry_id)
    if entry is None or not is_written(entry):
        return
    fact = Entry.read(entry)
    for ordinal, book in enumerate(sorted(entry.pages)):
        for place, told in _told(entry, fact, BookId(book), rows).items():
            id_ = key(leaf=entry.index, home=fact.home_id, book=book, ordinal=ordinal, text=place)
            rows.change(IndexedStatement, {"id": id_}, told=told)


def _texts(
    whole: Entry, book: BookId, kept: Collection[str] | None = None
) -> Iterator[tuple[int, int, str, str, str]]:
    """Yield the texts of an entry that all staff read in a book, each with its place and anchor.

    What only those who need to know read is not searched. Statements are counted without it, as
    the page counts them (decision 0150).
    """
    if kept is None:
        kept = parts_kept(whole)
    fact = in_book(for_all_staff(whole, kept), book)
    anchor = 0
    for place, statement in enumerate(fact.content.statements, start=1):
        anchor += f"s{place}" not in kept
        if statement.text:  # nothing is left of what is about another child
            yield place, anchor, statement.kind.value, statement.sharing.value, statement.text
    form = catalogue.form(fact.form, fact.form_version)
    for place, field in enumerate(form.fields, start=ANSWERS):
        answer = fact.answers.get(field.name)
        if field.type in _TYPED and isinstance(answer, str) and answer:
            yield place, 0, "", _sharing(field, fact), answer
        elif field.type in DRAWN and answer is not None and (drawing := drawn(answer)):
            yield place, 0, "", _sharing(field, fact), drawing.words
        elif field.type is FieldType.ROWS and (words := _typed_in_rows(field, answer)):
            yield place, 0, "", _sharing(field, fact), words


def _sharing(field: Field, fact: Entry) -> str:
    """Say how an answer is shared: one that is about somebody else, or has such a row, is not."""
    parts = {about.part.partition("-")[0] for about in fact.content.about_others}
    return Sharing.THIRD_PARTY.value if f"a_{field.name}" in parts else Sharing.SHARED.value


def _typed_in_rows(field: Field, answer: Json) -> str:
    """Return what was typed into the cells of rows, a row a line."""
    typed = [column.name for column in field.columns if column.type in _TYPED]
    rows = [row for row in answer if isinstance(row, Mapping)] if isinstance(answer, list) else []
    lines = (" ".join(str(row[name]) for name in typed if name in row) for row in rows)
    return "\n".join(line for line in lines if line)


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Take what is in the wrong book out of the search there; show what is struck as struck.

    A misfiled entry is barred in its book, so nothing of it may come up there (architecture 4).
    """
    for id_ in _keys(withdrawal.entry_id, {withdrawal.book}):
        if withdrawal.status == Status.MISFILED:
            rows.remove(IndexedStatement, id=id_)
        else:
            rows.change(IndexedStatement, {"id": id_}, state=withdrawal.status)
    withdrawn = entry_of(withdrawal.entry_id)
    if withdrawn is None or not is_written(withdrawn):
        return
    for reference in Entry.read(withdrawn).references:
        _tell_again(reference, rows)
        if reference.relation is CORRECTION and not _is_corrected(reference, withdrawal.book, rows):
            for id_ in _keys(reference.entry_id, {withdrawal.book}):
                rows.change(IndexedStatement, {"id": id_, "state": "corrected"}, state="")


def _is_corrected(reference: Reference, book: BookId, rows: Rows) -> bool:
    """Say whether a correction that stands is about an entry."""
    return any(
        link.relation is CORRECTION and book in link.books
        for link in links_to(reference.entry_id, rows)
    )


def _corrected(reference: Reference, later: ReadEntry, rows: Rows) -> None:
    """Show what is corrected as such, in the books of the later entry."""
    for id_ in _keys(reference.entry_id, later.pages.keys()):
        rows.change(IndexedStatement, {"id": id_, "state": ""}, state="corrected")


def _keys(entry_id: EntryId, books: Container[BookId]) -> list[int]:
    """Return the keys of an entry's rows in some of its books."""
    entry = entry_of(entry_id)
    if entry is None or not is_written(entry):
        return []
    fact = Entry.read(entry)
    return [
        key(leaf=entry.index, home=fact.home_id, book=book, ordinal=ordinal, text=place)
        for ordinal, book in enumerate(sorted(entry.pages))
        if book in books
        for place, *_ in _texts(fact, book)
    ]


PROJECTION = Projection(
    version=9,
    tables=(IndexedStatement,),
    on={Entry.kind: entry_sealed},
    empty=empty,
    agrees=agrees,
    withdraw=withdraw,
    redraw=redraw,
    reads_rows_of=("book", "duties", "followups", "restricted"),
    depends_on_files=(FORMS, TABLE),
)
