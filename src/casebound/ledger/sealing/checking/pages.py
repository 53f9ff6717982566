"""Checking that the pages of each book and each register run 1, 2, 3 … without a hole."""

from collections.abc import Iterator

from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.keyring.actions import book_key
from casebound.ledger.sealing.checking.lines import marks_of
from casebound.ledger.sealing.checking.problems import Fault, Problem, ProblemKind
from casebound.ledger.sealing.connection import StoreConnection

_AT_A_TIME = 500


def check_pages(store: StoreConnection) -> tuple[int, list[Problem]]:
    """Return how many pages there are in all books, and what is wrong. 2 queries, streamed."""
    pages: dict[str, int] = dict(store.execute("SELECT id, pages FROM book").fetchall())
    problems: list[Problem] = []
    count, book, last = 0, "", 0
    for page_of, page in store.stream("SELECT book_id, page FROM entry_key ORDER BY book_id, page"):
        count += 1
        if page_of != book:
            problems += _end(book, last, pages)
            book, last = page_of, 0
        problems += [_missing(book, hole) for hole in range(last + 1, page)]
        last = page
    problems += _end(book, last, pages)
    problems += [_missing(book, 1) for book, n in pages.items() if n]
    return count, problems


def _end(book: str, last: int, pages: dict[str, int]) -> list[Problem]:
    """Compare a book's last page with its number of pages, and mark the book as checked."""
    if not book:
        return []
    if book not in pages:
        words = f"Book {book} is missing, and {last:,} pages of it are there."
        return [Problem(kind=ProblemKind.MISSING, words=words, book=book)]
    expected = pages.pop(book)
    if last > expected:
        words = f"Book {book} has {last:,} pages, and says it has {expected:,}."
        return [Problem(kind=ProblemKind.PAGE, words=words, book=book)]
    return [_missing(book, page) for page in range(last + 1, expected + 1)]


def _missing(book: str, page: int) -> Problem:
    return Problem(
        kind=ProblemKind.MISSING, words=f"Book {book}, no. {page}: the page is missing.", book=book,
        page=page,
    )  # fmt: skip


def find_wrong_keys(store: StoreConnection, size: int) -> Iterator[list[Fault]]:
    """Count the keys of every entry of the log, and say which have too few or too many."""
    for first in range(0, size, _AT_A_TIME):
        rows = store.execute(
            "SELECT l.idx, length(l.data), l.entry_id,"
            " (SELECT count(*) FROM entry_key k WHERE k.entry_id = l.entry_id)"
            " FROM log_leaf l WHERE l.idx >= %s AND l.idx < %s AND l.entry_id IS NOT NULL",
            [first, min(first + _AT_A_TIME, size)],
        ).fetchall()
        yield [
            Fault(ProblemKind.MISSING, "it is missing from a book it was sealed in", index, entry)
            if keys < marks_of(length)
            else Fault(ProblemKind.STRAY, "it is in more books than it was sealed in", index, entry)
            for index, length, entry, keys in rows
            if keys != marks_of(length)
        ]
    strays = store.execute(
        "SELECT k.entry_id FROM entry_key k"
        " WHERE NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.entry_id = k.entry_id) LIMIT 1000"
    ).fetchall()
    yield [
        Fault(ProblemKind.STRAY, "it has a page and is not on the log", None, entry)
        for (entry,) in strays
    ]


def check_keys(store: StoreConnection) -> list[Problem]:
    """Open the key of every book. 1 query, and 1 a book.

    A row of `book` with an empty wrapped key on its first page is a register, which has no key. The
    check of the contents finds a book whose wrapped keys somebody emptied. A book without a page
    has nothing to open.
    """
    problems = []
    rows = store.execute(
        "SELECT b.id FROM book b JOIN entry_key k ON k.book_id = b.id AND k.page ="
        " (SELECT min(page) FROM entry_key f WHERE f.book_id = b.id)"
        " WHERE length(k.wrapped) > 0 ORDER BY b.id"
    ).fetchall()
    for (book,) in rows:
        try:
            book_key(book)
        except RefusedError:
            words = f"Book {book}: its key is missing from the keyring, or damaged."
            problems.append(Problem(kind=ProblemKind.KEY, words=words, book=book))
    return problems
