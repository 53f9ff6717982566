"""An entry that is signed and staged, on its way into the log."""

import json
from dataclasses import dataclass

from casebound.foundation.base.ids import BookId, EntryId


@dataclass(frozen=True, slots=True)
class StagedEntry:
    """A signed entry on its way into the log.

    Attributes:
        entry_id: 32 hex digits.
        root: ER, 32 bytes.
        sign_digest: SD, 32 bytes.
        stored: the digest of the stored bytes, 32 bytes.
        wraps: for each book, the entry's secret wrapped under the book's key; then for each
            register an empty one.
    """

    entry_id: EntryId
    root: bytes
    sign_digest: bytes
    stored: bytes
    wraps: tuple[tuple[BookId, bytes], ...]
    blobs: tuple[tuple[int, str], ...] = ()

    def to_bytes(self) -> bytes:
        """Write it for the pending table. Only hashes and wrapped secrets: nothing to read."""
        return json.dumps(
            {
                "e": self.root.hex(),
                "s": self.sign_digest.hex(),
                "b": self.stored.hex(),
                "w": [[book, wrapped.hex()] for book, wrapped in self.wraps],
            }
        ).encode()

    @classmethod
    def from_bytes(cls, entry_id: str, fields: bytes) -> "StagedEntry":
        """Read what `to_bytes` wrote."""
        values = json.loads(fields)
        return cls(
            EntryId(entry_id),
            bytes.fromhex(values["e"]),
            bytes.fromhex(values["s"]),
            bytes.fromhex(values["b"]),
            tuple((BookId(book), bytes.fromhex(wrapped)) for book, wrapped in values["w"]),
        )
