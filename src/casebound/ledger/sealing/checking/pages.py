"""Checking that the pages of each book and each register run 1, 2, 3 … without a hole."""

from collections.abc import Iterator

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.proof.commitments import page_mark
from casebound.foundation.proof.errors import ProofError
from casebound.foundation.proof.leaf import EntryLeaf, parse_leaf
from casebound.ledger.keyring.actions import book_key
from casebound.ledger.sealing.checking.lines import marks_of
from casebound.ledger.sealing.checking.problems import Fault, Problem, ProblemKind
from casebound.ledger.sealing.connection import StoreConnection
from casebound.ledger.sealing.lost import lost_places

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
        problems += _missing(book, last + 1, page - 1)
        last = page
    problems += _end(book, last, pages)
    for book, n in pages.items():
        problems += _missing(book, 1, n)
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
    return _missing(book, last + 1, expected)


def _missing(book: str, first: int, last: int) -> list[Problem]:
    """Return the problem that a run of pages is gone; none if there is no page between."""
    if last < first:
        return []
    words = f"Book {book}, no. {first:,}: the page is missing."
    if last > first:
        words = (
            f"Book {book}, nos {first:,} to {last:,}: these {last - first + 1:,} pages are missing."
        )
    return [Problem(kind=ProblemKind.MISSING, words=words, book=book, page=first)]


def find_wrong_keys(store: StoreConnection, size: int) -> Iterator[list[Fault]]:
    """Count the keys of every entry of the log, and say which have too few or too many."""
    for first in range(0, size, _AT_A_TIME):
        rows = store.execute(
            "SELECT l.idx, l.data, l.entry_id,"
            " (SELECT count(*) FROM entry_key k WHERE k.entry_id = l.entry_id)"
            " FROM log_leaf l WHERE l.idx >= %s AND l.idx < %s AND l.entry_id IS NOT NULL",
            [first, min(first + _AT_A_TIME, size)],
        ).fetchall()
        yield [
            Fault(ProblemKind.MISSING, "it is missing from a book it was sealed in", index, entry)
            if keys < marks_of(len(data))
            else Fault(ProblemKind.STRAY, "it is in more books than it was sealed in", index, entry)
            for index, data, entry, keys in rows
            if keys != marks_of(len(data)) and not _is_page_missing(store, data, entry, keys)
        ]
    strays = store.execute(
        "SELECT k.entry_id FROM entry_key k"
        " WHERE NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.entry_id = k.entry_id) LIMIT 1000"
    ).fetchall()
    yield [
        Fault(ProblemKind.STRAY, "it has a page and is not on the log", None, entry)
        for (entry,) in strays
    ]


def _is_page_missing(store: StoreConnection, data: bytes, entry: str, keys: int) -> bool:
    """Say whether the pages that an entry lacks are known, and so named with their book."""
    try:
        leaf = parse_leaf(bytes(data))
    except ProofError:
        return False
    if not isinstance(leaf, EntryLeaf) or keys > len(leaf.marks):
        return False
    there = store.execute(
        "SELECT book_id, page FROM entry_key WHERE entry_id = %s", [entry]
    ).fetchall()
    return len(lost_places(leaf, there)) + keys == len(leaf.marks)


def check_tags(store: StoreConnection) -> tuple[set[str], list[Problem]]:
    """Try the secret tag of every book on up to three of its pages. 1 query, and 1 a book.

    Return the books whose tag fits none of them. Of a book with a single page, nobody can say
    whether the tag or the number was changed.
    """
    wrong: set[str] = set()
    problems = []
    for book, tag, pages in store.execute(
        "SELECT id, tag, pages FROM book WHERE pages > 1"
    ).fetchall():
        rows = store.execute(
            "SELECT k.page, l.data FROM entry_key k JOIN log_leaf l ON l.entry_id = k.entry_id"
            " WHERE k.book_id = %s AND k.page IN (%s, %s, %s)",
            [book, 1, (pages + 1) // 2, pages],
        ).fetchall()
        tried = [_fits(bytes(tag), page, bytes(data)) for page, data in rows]
        if len(tried) > 1 and not any(tried):
            wrong.add(book)
            words = (
                f"Book {book}: its secret tag is missing or changed, so none of its"
                f" {pages:,} page numbers can be proved."
            )
            problems.append(Problem(kind=ProblemKind.MARK, words=words, book=book))
    return wrong, problems


def _fits(tag: bytes, page: int, data: bytes) -> bool:
    try:
        leaf = parse_leaf(data)
    except ProofError:
        return False
    return isinstance(leaf, EntryLeaf) and page_mark(tag, page, leaf.root) in leaf.marks


def check_keys(store: StoreConnection) -> tuple[set[str], list[Problem]]:
    """Open the key of every book. 1 query, and 1 a book. Return the books whose key is wrong.

    A row of `book` with an empty wrapped key on its first page is a register, which has no key. The
    check of the contents finds a book whose wrapped keys somebody emptied. A book without a page
    has nothing to open.
    """
    wrong: set[str] = set()
    problems = []
    rows = store.execute(
        "SELECT b.id, b.pages FROM book b JOIN entry_key k ON k.book_id = b.id AND k.page ="
        " (SELECT min(page) FROM entry_key f WHERE f.book_id = b.id)"
        " WHERE length(k.wrapped) > 0 ORDER BY b.id"
    ).fetchall()
    for book, pages in rows:
        try:
            book_key(book)
        except RefusedError:
            wrong.add(book)
            words = (
                f"Book {book}: its key is missing from the keyring, or damaged, so none of its"
                f" {pages:,} pages can be opened through it."
            )
            problems.append(Problem(kind=ProblemKind.KEY, words=words, book=book))
    return wrong, problems
