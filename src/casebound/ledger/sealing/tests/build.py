"""Books and entries for the ledger's own tests, made through its actions."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.foundation.proof.commitments import Data, Part, Text
from casebound.ledger.keyring.actions import forget_keys
from casebound.ledger.sealing.actions import NewEntry, Sealed, begin_ledger, open_book, seal
from casebound.ledger.sealing.registers import register_part

AT = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
FIRST_FILE = 2  # behind the two parts of a small entry
WORKER = WorkerId("0b0" + "1" * 29)


def begin() -> None:
    """Begin the ledger of a test."""
    forget_keys()
    begin_ledger(at=AT)


def book() -> BookId:
    """Open an empty book."""
    return open_book()


def parts(text: str = "Jay came home at 8pm with Sam.\nHe was calm.") -> tuple[Part, ...]:
    """Return the parts of a small entry."""
    return (
        Data({"n": "kind"}, {"kind": "made-up/told", "v": 1}),
        Text({"k": "fact", "n": "text", "src": "first-hand"}, text),
    )


def new(
    *books: BookId,
    text: str = "Jay came home at 8pm with Sam.\nHe was calm.",
    expects: dict[BookId, int] | None = None,
) -> NewEntry:
    """Return an entry as its author signs it."""
    return NewEntry(
        books=books,
        parts=parts(text),
        signed_by=WORKER,
        signed_at=AT,
        auth="password",
        expects=expects or {},
    )


def sealed(*books: BookId, minutes: int = 0, text: str = "He was calm.") -> Sealed:
    """Seal an entry in the given books."""
    moment = AT + timedelta(minutes=minutes)
    return seal(new(*books, text=text), clock=lambda: moment)


def numbered(
    *books: BookId, registers: tuple[BookId, ...], minutes: int = 0, text: str = "He was calm."
) -> Sealed:
    """Seal an entry in the given books, numbered in the given registers."""
    moment = AT + timedelta(minutes=minutes)
    named = (*parts(text), register_part((register, "restraint") for register in registers))
    return seal(replace(new(*books), parts=named, registers=registers), clock=lambda: moment)


def with_files(book: BookId, *files: bytes, expects: dict[BookId, int] | None = None) -> Sealed:
    """Seal an entry with attached files: its parts from `FIRST_FILE` on."""
    described = [
        Data(
            {"n": f"file_{n}"},
            {"sha256": sha256(content).hexdigest(), "size": len(content), "type": "text/plain"},
        )
        for n, content in enumerate(files)
    ]
    entry = new(book, expects=expects)
    return seal(
        replace(
            entry,
            parts=(*entry.parts, *described),
            files={FIRST_FILE + n: _giving(content) for n, content in enumerate(files)},
        )
    )


def _giving(content: bytes) -> Callable[[], Iterable[bytes]]:
    return lambda: [content]
