"""Lines of the books, rendered once, and again only when a later entry is about one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.web import marked
from casebound.ledger.projecting.kinds import Kind, Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.projecting.titles import titles
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.homes.reads import child_names
from casebound.reading.chronology import facts
from casebound.reading.chronology.models import Line, Writer
from casebound.record.book import wording
from casebound.record.book.entries import Entry, How, is_written
from casebound.record.book.reads import links_to, status_as_projected
from casebound.record.book.separating import in_book
from casebound.record.followups.reads import standing
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.clocks.clocks import TABLE


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add the entry's line to each of its books, and redraw the lines it is about."""
    earlier = _earlier(fact)
    names = _names(fact, earlier, rows)
    for book, number in entry.pages.items():
        rows.add(
            Line,
            book_id=book,
            number=number,
            happened_at=fact.happened_from,
            signed_at=entry.signed_at,
            form=fact.form,
            author_id=fact.author.id,
            home_id=fact.home_id,
            entry_id=entry.entry_id,
            leaf=entry.index,
            late=fact.late,
            state="",
            html=_html(
                entry,
                fact,
                book,
                names,
                notes=_onward(fact, book, earlier, names),
                standing=_standing(entry, fact, book, rows),
            ),
        )
        rows.add_missing(Writer, book_id=book, author_id=fact.author.id, name=fact.author.name)
    handed = _handed_over(fact)
    for one in earlier:
        if one.entry_id not in handed:  # whose own books do not say that they were handed over
            _redraw(one, by=entry, rows=rows)


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Redraw the lines that a withdrawn entry was about: what it did for them is undone.

    Its own line is redrawn with the entry that withdraws it, struck through or barred.
    """
    withdrawn = entry_of(withdrawal.entry_id)
    if withdrawn is None or not is_written(withdrawn):
        return
    fact = Entry.read(withdrawn)
    handed = _handed_over(fact)
    for entry in _earlier(fact):
        if entry.entry_id not in handed:
            _redraw(entry, by=withdrawal.by, rows=rows)


def _redraw(entry: ReadEntry, *, by: ReadEntry, rows: Rows) -> None:
    """Render an entry's lines anew, with every entry that is about it, `by` the newest."""
    fact = Entry.read(entry)
    earlier = _earlier(fact)
    names = _names(fact, earlier, rows)
    later = [
        (one.how.value, one.books, by if one.entry == by.entry_id else entry_of(one.entry))
        for one in links_to(entry.entry_id, rows)
    ]
    for book, number in entry.pages.items():
        # What is written about it holds in the books it is written in, and in no other.
        about = [(how, found) for how, books, found in later if found and book in books]
        status = status_as_projected(entry.index, book, rows)
        notes = (
            *_onward(fact, book, earlier, names),
            *(_note(_back(how, found), found, book) for how, found in about),
        )
        html = _html(
            entry,
            fact,
            book,
            names,
            notes=notes,
            # What does not stand itself waits for nothing.
            standing=() if status else _standing(entry, fact, book, rows),
            state=status.status if status else "",
            reason=status.reason if status else "",
        )
        state = status.status.value if status else ""
        rows.change(Line, {"book_id": book, "number": number}, state=state, html=html)


def _earlier(fact: Entry) -> list[ReadEntry]:
    """Return the entries it is about; what nobody wrote on a form has no line to redraw."""
    found = (entry_of(one.entry_id) for one in fact.references)
    return [one for one in found if one is not None and is_written(one)]


def _handed_over(fact: Entry) -> set[EntryId]:
    return {one.entry_id for one in fact.references if one.how is How.HANDS_OVER}


def _onward(
    fact: Entry, book: BookId, earlier: list[ReadEntry], names: Mapping[str, str]
) -> tuple[marked.Note, ...]:
    """Return the notes that lead from an entry to those it is about, the notes it drew on too.

    What a handover leads to stands in other books than its own: in those of the children.
    """
    references = {one.entry_id: one for one in fact.references}

    def notes() -> Iterator[marked.Note]:
        for found in earlier:
            one = references[found.entry_id]
            words = wording.ONWARD[one.how.value]
            if one.how is How.HANDS_OVER:
                form = Entry.read(found)
                title = catalogue.form(form.form, form.form_version).title
                for other, number in found.pages.items():
                    whose = names.get(other, "the home")
                    yield marked.Note(
                        f"{words} {title}: {whose}, no. {number:,}", _href(other, number)
                    )
            elif book in found.pages:
                # Nothing of another child's book shows here, not even that there is something.
                note = _note(words, found, book)
                name = one.subject.name
                yield replace(note, words=f"{note.words}: {name}") if name else note

    return tuple(notes())


def _back(how: str, later: ReadEntry) -> str:
    """Say how an entry leads on to a later one; of a follow-up, what it is and for whom."""
    if how != How.FOLLOWS.value:
        return wording.BACK[how]
    fact = Entry.read(later)
    whom = next((one.subject.name for one in fact.references if one.how is How.FOLLOWS), "")
    title = catalogue.form(fact.form, fact.form_version).title
    return f"{title} ({whom}):" if whom else f"{title}:"


def _note(words: str, entry: ReadEntry, book: BookId) -> marked.Note:
    number = entry.pages[book]
    return marked.Note(f"{words} no. {number:,}", _href(book, number))


def _html(
    entry: ReadEntry,
    fact: Entry,
    book: BookId,
    names: Mapping[str, str],
    *,
    notes: tuple[marked.Note, ...] = (),
    standing: tuple[marked.Standing, ...] = (),
    state: str = "",
    reason: str = "",
) -> str:
    number = entry.pages[book]
    return marked.entry_html(
        wording.shown(
            in_book(fact, book),
            number=number,
            signed_at=entry.signed_at,
            href=_href(book, number),
            notes=notes,
            standing=standing,
            state=state,
            state_reason=reason,
            names=names,
            book=book,
            registers=entry.registers,
        )
    )


def _standing(
    entry: ReadEntry, fact: Entry, book: BookId, rows: Rows
) -> tuple[marked.Standing, ...]:
    """Return how the entry stands: what was asked of whom, and what of it is done (P28, P49)."""
    return tuple(
        marked.Standing(one.words, one.settled, _href(book, one.number) if one.number else "")
        for one in standing(entry, fact, book, rows)
    )


def _names(fact: Entry, earlier: list[ReadEntry], rows: Rows) -> dict[str, str]:
    """Return what the children it names go by: sealed are their ids alone. 1 query, if any."""
    handed = _handed_over(fact)
    books = [book for one in earlier if one.entry_id in handed for book in one.pages]
    children = [*wording.children_named(fact), *books]
    if not children:
        return {}
    rows.send()  # a child may have been admitted a moment ago, in the same run
    return child_names(children)


def _href(book: BookId, number: int) -> str:
    # Addresses of pages are for ever (they stand in prints), so they may stand in rendered lines.
    return f"/books/{book}/{number}/"


def fact_sealed(entry: ReadEntry, fact: Kind, rows: Rows) -> None:
    """Add the line of an event, such as an admission (P01)."""
    said = titles()[fact.kind](fact, entry)
    for book, number in entry.pages.items():
        rows.add(
            Line,
            book_id=book,
            number=number,
            happened_at=said.happened_at,
            signed_at=entry.signed_at,
            form=facts.FORM,
            author_id=entry.signed_by,
            home_id="",
            entry_id=entry.entry_id,
            leaf=entry.index,
            late=False,
            state="",
            html=facts.html(entry, said, number=number, href=_href(book, number)),
        )


PROJECTION = Projection(
    version=7,
    tables=(Line, Writer),
    on={Entry.kind: entry_sealed} | dict.fromkeys(titles(), fact_sealed),
    withdraw=withdraw,
    shows_withdrawn="a struck entry stays readable, struck through; a misfiled one is barred",
    reads_rows_of=("book", "duties", "followups", "homes"),
    depends_on_files=(FORMS, TABLE),
)
