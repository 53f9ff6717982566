"""A draft whose stored bytes are damaged: its words as far as they can be read, and no more.

It cannot be written on or signed, because nobody can say that these are the words that were typed.
Its author reads what is left, copies what is good into a new draft, and deletes it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from casebound.foundation.base.ids import BookId, DraftId, WorkerId
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.proof.encryption import salvage_draft
from casebound.ledger.keyring.actions import book_key

_STRINGS: Final = re.compile(r'"((?:[^"\\]|\\.)*)(?:"(\s*:)?|$)')
_NO_WORDS: Final = re.compile(r"[0-9a-f]{32}|[0-9T:.+Z-]+|[a-z_0-9]*")  # ids, times, keys, choices
_READABLE: Final = 0.9  # of the letters: with fewer the beginning is damaged, and all is noise


class DamagedDraftError(RefusedError):
    """The stored bytes of a draft are damaged."""

    what = "This draft is damaged."
    why = "What is stored of it is not what was saved."
    do = "Open it from the Shift page: it shows what can still be read."

    def __init__(self, damaged: "DamagedDraft") -> None:
        """Keep what is left of it."""
        super().__init__()
        self.damaged = damaged


@dataclass(frozen=True, slots=True)
class DamagedDraft:
    """What is left of a damaged draft: where it belongs, and the words that can be read."""

    id: DraftId
    book: BookId
    author: WorkerId
    form: str
    words: tuple[str, ...]


def words_left(book: BookId, body: bytes) -> tuple[str, ...]:
    """Return the words of a damaged draft that can be read, in their order.

    What it began with is left out: it may be of entries that its author may no longer read.
    """
    try:
        plain = salvage_draft(body, book_key(book)).decode(errors="replace")
    except (RefusedError, ValueError):
        return ()
    if sum(letter.isprintable() and letter != "\ufffd" for letter in plain) < _READABLE * len(
        plain
    ):
        return ()
    content, _, began = plain.partition('"first": {')
    known = set(_strings(began))
    return tuple(dict.fromkeys(words for words in _strings(content) if words not in known))


def _strings(plain: str) -> Iterator[str]:
    for written, is_key in _STRINGS.findall(plain):
        words = _unescaped(written).strip()
        if not is_key and words and _NO_WORDS.fullmatch(words) is None:
            yield words


def _unescaped(written: str) -> str:
    try:
        words: Any = json.loads(f'"{written}"')
    except ValueError:
        return written
    return str(words)
