"""Checking with the keys: that every entry opens and holds what was sealed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.conf import settings

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.proof.commitments import EntrySecret, page_mark
from casebound.foundation.proof.encryption import decrypt_blob, unwrap_secret
from casebound.foundation.proof.entry import (
    FilePart,
    OpenedEntry,
    check_entry,
    file_parts,
    open_body,
)
from casebound.foundation.proof.errors import MismatchError, ProofError
from casebound.foundation.proof.leaf import EntryLeaf, parse_leaf
from casebound.ledger.keyring.actions import book_key
from casebound.ledger.sealing import blobs
from casebound.ledger.sealing.checking.problems import Fault, ProblemKind
from casebound.ledger.sealing.connection import StoreConnection
from casebound.ledger.sealing.lost import lost_places
from casebound.ledger.sealing.registers import registers_named

_AT_A_TIME = 200

_SELECT = (
    "SELECT l.idx, l.data, l.entry_id, e.body, k.book_id, k.page, k.wrapped, b.tag"
    " FROM log_leaf l"
    " LEFT JOIN sealed_entry e ON e.id = l.entry_id"
    " LEFT JOIN entry_key k ON k.entry_id = l.entry_id"
    " LEFT JOIN book b ON b.id = k.book_id"
    " WHERE l.idx >= %s AND l.idx < %s ORDER BY l.idx"
)


_FILES = (
    "SELECT f.entry_id, f.part, f.locator FROM entry_blob f"
    " JOIN log_leaf l ON l.entry_id = f.entry_id WHERE l.idx >= %s AND l.idx < %s"
)


def check_contents(
    store: StoreConnection, first: int, end: int, wrong_tags: set[str], wrong_keys: set[str]
) -> list[Fault]:
    """Open the entries of lines `first` to `end` and recompute everything. About 0.4 ms each.

    Books whose tag or key is wrong are named already, so their pages are not.
    """
    files: dict[str, dict[int, str]] = {}
    for entry, part, locator in store.execute(_FILES, [first, end]).fetchall():
        files.setdefault(entry, {})[part] = locator
    return [
        fault
        for index, data, entry, body, places in _entries(store, first, end)
        for fault in _check(
            index,
            data,
            entry,
            (body, files.get(entry or "", {}), places),
            (wrong_tags, wrong_keys),
        )
    ]


def _entries(
    store: StoreConnection, first: int, end: int
) -> Iterator[tuple[int, bytes, str | None, bytes | None, Sequence[Any]]]:
    for start in range(first, end, _AT_A_TIME):
        rows = store.execute(_SELECT, [start, min(start + _AT_A_TIME, end)]).fetchall()
        for index, same in groupby(rows, key=itemgetter(0)):
            group = list(same)
            _, data, entry, body, *_ = group[0]
            places = [row[4:] for row in group if row[4] is not None]
            yield index, bytes(data), entry, None if body is None else bytes(body), places


def _check(
    index: int,
    data: bytes,
    entry: str | None,
    stored: tuple[bytes | None, dict[int, str], Sequence[Any]],
    named: tuple[set[str], set[str]],
) -> Iterator[Fault]:
    body, files, places = stored
    wrong_tags, wrong_keys = named
    try:
        leaf = parse_leaf(data)
    except ProofError:
        yield Fault(ProblemKind.LINE, "its line of the log cannot be read", index, entry)
        return
    if entry is None or not isinstance(leaf, EntryLeaf):
        return  # the check of the lines says whether the two agree
    wrong_page = _check_marks(leaf, places, wrong_tags)
    if wrong_page:
        yield Fault(ProblemKind.MARK, wrong_page, index, entry)
    secret, wrong = _secret_of(entry, places, wrong_keys)
    for what in wrong:
        yield Fault(ProblemKind.WRAP, what, index, entry)
    if secret is None or body is None:
        return
    opened = _open_body(entry, secret, body, leaf)
    if opened is None:
        what = "what it says is not what was signed and sealed"
        yield Fault(ProblemKind.CONTENT, what, index, entry)
        return
    for kind, what in _check_registers(opened, _without_key(places)):
        yield Fault(kind, what, index, entry)
    for kind, what in _check_files(opened, secret, files):
        yield Fault(kind, what, index, entry)


def _secret_of(
    entry: str, places: Sequence[Any], wrong_keys: set[str]
) -> tuple[EntrySecret | None, list[str]]:
    """Return the entry's secret, through any book that gives it, and what is wrong with others."""
    secret, wrong = None, []
    if places and len(_without_key(places)) == len(places):
        wrong.append("no book of it holds a key to it any more")
    for book, _, wrapped, _ in places:
        if not bytes(wrapped) or book in wrong_keys:
            continue
        opened = _open_secret(bytes(wrapped), BookId(book), entry)
        if isinstance(opened, str):
            wrong.append(opened)
        elif secret is not None and opened != secret:
            wrong.append("its books hold different keys to it")
        else:
            secret = opened
    return secret, wrong


def _without_key(places: Sequence[Any]) -> set[BookId]:
    return {BookId(book) for book, _, wrapped, _ in places if not bytes(wrapped)}


def _check_marks(leaf: EntryLeaf, places: Sequence[Any], wrong_tags: set[str]) -> str:
    marks = [
        page_mark(bytes(tag), page, leaf.root)
        for book, page, _, tag in places
        if tag is not None and book not in wrong_tags
    ]
    unknown = sum(book in wrong_tags for book, *_ in places)
    others = Counter(leaf.marks) - Counter(marks)
    if len(marks) + unknown == len(leaf.marks) and others.total() == unknown:
        return ""
    if len(places) < len(leaf.marks):
        lost = lost_places(leaf, [(book, page) for book, page, *_ in places])
        # A page that is gone is named with its book.
        return (
            ""
            if len(lost) + len(places) == len(leaf.marks)
            else "it is missing from a book it was sealed in"
        )
    return "it does not have the number in its book that it was sealed with"


def _open_secret(wrapped: bytes, book: BookId, entry: str) -> EntrySecret | str:
    try:
        return unwrap_secret(
            wrapped,
            book_key(book),
            origin=settings.INSTALLATION.origin,
            entry_id=entry,
            book_id=book,
        )
    except RefusedError:
        return "it cannot be opened, because its book's key is missing or damaged"
    except MismatchError:
        return "the wrapped key of the entry is not the one that was sealed"


def _open_body(entry: str, secret: EntrySecret, body: bytes, leaf: EntryLeaf) -> OpenedEntry | None:
    """Open an entry and check it against its line; return None if it is not what was sealed."""
    origin = settings.INSTALLATION.origin
    try:
        opened = open_body(origin=origin, entry_id=entry, secret=secret, body=body)
        check_entry(opened, secret, leaf)
    except ProofError:
        return None
    return opened


def _check_registers(opened: OpenedEntry, empty: set[BookId]) -> Iterator[tuple[ProblemKind, str]]:
    """Compare the registers an entry names with the pages that have no wrapped key."""
    named = set(registers_named(opened.parts))
    for book in sorted(empty - named):
        yield (
            ProblemKind.WRAP,
            f"its wrapped key in book {book} is gone, and that is no register of it",
        )
    for book in sorted(named - empty):
        yield ProblemKind.PAGE, f"it is not numbered in register {book}, as it says it is"


def _check_files(
    opened: OpenedEntry, secret: EntrySecret, files: dict[int, str]
) -> Iterator[tuple[ProblemKind, str]]:
    """Decrypt every attached file and compare it with the part that commits to it."""
    described = file_parts(opened.parts)
    if described.keys() != files.keys():
        yield ProblemKind.CONTENT, "the files attached to it are not those it describes"
    for number, (i, file) in enumerate(described.items(), start=1):
        if i not in files or not blobs.is_readable(files[i]):
            continue  # the check of the stored bytes names it
        if not _is_file(opened, secret, (i, files[i]), file):
            what = f"its attached file {number} is not the one that was sealed"
            yield ProblemKind.CONTENT, what


def _is_file(
    opened: OpenedEntry, secret: EntrySecret, stored: tuple[int, str], file: FilePart
) -> bool:
    i, locator = stored
    digest, size = sha256(), 0
    try:
        for piece in decrypt_blob(
            secret,
            i,
            lambda: blobs.read(locator),
            origin=opened.origin,
            entry_id=opened.entry_id,
        ):
            digest.update(piece)
            size += len(piece)
    except (MismatchError, OSError):
        return False
    return (digest.hexdigest(), size) == (file.sha256, file.size)
