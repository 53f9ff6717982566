"""What must hold after every failure."""

from typing import Any

from django.db.models import Model

from casebound.ledger.projecting import actions as projecting
from casebound.ledger.projecting.models import Reach
from casebound.ledger.projecting.registry import projections
from casebound.ledger.sealing import highwater
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.checking import full
from tools.trials.power.answers import Answers, insist, rows


def at_start(answers: Answers) -> None:
    """Check what must hold before a new process has repaired anything. 11 small queries."""
    size = sealed.size()
    mark = highwater.read()
    insist(mark is None or mark.size <= size, "the high-water mark is ahead of the log")
    lost = [done.index for done in answers.sealed.values() if done.index >= size]
    insist(not lost, f"the log has {size} lines, and leaves {lost} were answered")
    drafts = {draft for (draft,) in rows("SELECT id FROM draft")}
    entries = {entry for (entry,) in rows("SELECT id FROM sealed_entry")}
    for entry, signed in answers.signed.items():
        insist(
            (signed.draft in drafts) != (entry in entries),
            "an entry is there with its draft, or both are gone",
        )
    placed = "SELECT entry_id FROM log_leaf UNION SELECT entry_id FROM log_pending"
    insist(entries <= {entry for (entry,) in rows(placed)}, "an entry is not in the log")
    newest = rows("SELECT max(size) FROM log_checkpoint")
    insist(newest == [(size,)], "the log has no checkpoint of its length")
    keys = {book for (book,) in rows("SELECT book_id FROM keyring_bookkey", store="keyring")}
    books = {book for (book,) in rows("SELECT id FROM book")}
    insist(books <= keys, "a book has no key")
    insist(books >= {*answers.books}, "a book that was opened is gone")
    _check_what_is_read(answers, size)


def at_the_end(answers: Answers) -> None:
    """Check everything, with the product's own `verify` and without it."""
    found = full()
    insist(found.ok, f"verify says: {'; '.join(problem.words for problem in found.problems)}")
    insist(found.entries == len(answers.signed), "an entry was sealed twice or not at all")
    mark = highwater.read()
    insist(mark is not None and mark.size == found.size, "the high-water mark is not the log's")
    entries = {entry.entry_id: entry for entry in sealed.entries(0)}
    for entry_id, signed in answers.signed.items():
        insist(entries[entry_id].parts == signed.new.parts, "an entry has other words")
    for entry_id, done in answers.sealed.items():
        place = entries[entry_id].index, entries[entry_id].pages
        insist(place == (done.index, done.numbers), f"leaf {done.index} is not where it was")
    _check_numbers()
    notes = {size: bytes(note) for size, note in rows("SELECT size, note FROM log_checkpoint")}
    for size, note in answers.checkpoints.items():
        insist(notes.get(size) == note, "a checkpoint that was given out is not the log's")
    insist(not rows("SELECT 1 FROM draft"), "a draft is left behind")
    _check_what_is_read(answers, found.size)


def rebuilt(answers: Answers) -> None:
    """Check that a rebuild changes nothing of what people read."""
    before = _derived()
    projecting.rebuild()
    insist(before == _derived(), "the rows that people read are not those of the log")
    _check_what_is_read(answers, sealed.size())


def _check_numbers() -> None:
    """Check that the numbers of each book go from 1 to its pages."""
    last: dict[str, int] = {}
    for book, page in rows("SELECT book_id, page FROM entry_key ORDER BY book_id, page"):
        insist(page == last.get(book, 0) + 1, "the numbers of a book have a gap")
        last[book] = page
    pages = dict(rows("SELECT id, pages FROM book WHERE pages > 0"))
    insist(pages == last, "a book has other pages than it says")


def _check_what_is_read(answers: Answers, size: int) -> None:
    """Check that people read each entry before the reach whole, and nothing of later ones."""
    reaches = {leaf for (leaf,) in rows("SELECT next_leaf FROM projecting_reach", store="derived")}
    insist(len(reaches) <= 1, "rooms have got differently far")
    reach = max(reaches, default=0)
    insist(reach <= size, "the rows that people read are ahead of the log")
    leaves = rows("SELECT idx, entry_id FROM log_leaf WHERE entry_id IS NOT NULL")
    passed = [(leaf, answers.signed[entry]) for leaf, entry in leaves if leaf < reach]
    struck = {
        (signed.fact.strikes_leaf, book)
        for _, signed in passed
        for book in signed.new.books
        if signed.fact.strikes_leaf is not None
    }
    status = rows("SELECT leaf, book_id FROM book_entrystatus", store="derived")
    insist(sorted(status) == sorted(struck), "an entry is struck in half")
    told = {
        (leaf, book, str(signed.fact.text))
        for leaf, signed in passed
        for book in signed.new.books
        if (leaf, book) not in struck
    }
    read = rows("SELECT leaf, book_id, words FROM book_nameinbook", store="derived")
    insist(sorted(read) == sorted(told), "people read other words than were sealed")


def _derived() -> dict[str, list[tuple[Any, ...]]]:
    tables: list[type[Model]] = [Reach]
    for _, projection in projections():
        tables += projection.tables
    return {
        table._meta.db_table: sorted(
            rows(f'SELECT * FROM "{table._meta.db_table}"', store="derived"),  # noqa: S608 (our own names)
            key=repr,
        )
        for table in tables
    }
