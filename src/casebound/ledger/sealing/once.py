"""A key that makes an action safe to retry: two calls with it seal one entry, with one answer.

An answer can be lost on the way to a phone, and the person taps again. Each page carries its own
key. The ids of the things that an action makes follow from the key and the person. So the second
entry has the id of the first, and the ledger stores an id only once.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Self

from casebound.foundation.base.ids import EntryId, WorkerId, new_id
from casebound.foundation.base.times import utc_text
from casebound.foundation.proof.commitments import Part
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.reads import entry_of


@dataclass(frozen=True, slots=True)
class Once:
    """One call of an action, and its retries. A key counts only for the person who sent it."""

    key: str
    by: WorkerId
    is_new: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, key: str, by: WorkerId) -> Self:
        """Return the call of this key; without a key, a call that cannot be retried."""
        return cls(key or new_id(), by, is_new=not key)

    def id_of(self, what: str) -> str:
        """Return the id of something that the action makes: the same at every retry."""
        text = "\0".join(("casebound/once", self.by, what, self.key))
        return sha256(text.encode()).hexdigest()[:32]

    @property
    def entry_id(self) -> EntryId:
        """The id of the entry that the action seals."""
        return EntryId(self.id_of("entry"))

    def sealed(self, parts: tuple[Part, ...] | None = None) -> Sealed | None:
        """Return the entry that an earlier call sealed, or None. At most 2 queries; no key, none.

        With `parts`, only if it sealed exactly these: other content under the same key is no retry.
        """
        return None if self.is_new else sealed_before(self.entry_id, by=self.by, parts=parts)


def sealed_before(
    entry_id: EntryId, *, by: WorkerId, parts: tuple[Part, ...] | None = None
) -> Sealed | None:
    """Return the entry of this id, if this person sealed it (with exactly these parts).

    At most 2 queries.
    """
    entry = entry_of(entry_id)
    if entry is None or entry.signed_by != by or parts not in (None, entry.parts):
        return None
    return Sealed(
        entry.entry_id,
        entry.index,
        utc_text(entry.sealed_at),
        dict(entry.pages),
        dict(entry.registers),
        is_retry=True,
    )
