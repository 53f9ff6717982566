"""What a draft's row holds of its content: the encrypted body, and when its clock began."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings

from casebound.foundation.base.ids import BookId, DraftId
from casebound.foundation.proof.encryption import decrypt_draft, encrypt_draft
from casebound.ledger.keyring.actions import book_key
from casebound.record.drafting.drafts import NO_HISTORY, About, History, OpenDraft
from casebound.rulebook.catalogue.content import Answer, Content
from casebound.rulebook.catalogue.late import clock_starts_at
from casebound.rulebook.catalogue.wall_time import WallTimeError, event_times


@dataclass(frozen=True, slots=True, kw_only=True)
class DecryptedBody:
    """A draft's content, what it said when it was begun, and what became of it since."""

    form_version: int
    content: Content
    about: About | None
    first: Content
    copied: Content
    history: History = NO_HISTORY


def encrypted_body(
    draft: DraftId,
    book: BookId,
    *,
    form_version: int,
    content: Content,
    about: About | None,
    first: Content,
    copied: Content | None = None,
    history: History = NO_HISTORY,
) -> bytes:
    """Return a draft's content as it is stored: ciphertext under the key of its book.

    `copied` is what was filled in when it was begun, if that is not what it says `first`.
    """
    table = {
        "v": form_version,
        "content": content.to_json(),
        "about": about.to_json() if about else None,
        "first": first.to_json(),
        "copied": (first if copied is None else copied).to_json(),
        "history": history.to_json(),
    }
    return encrypt_draft(
        json.dumps(table).encode(),
        book_key(book),
        origin=settings.INSTALLATION.origin,
        draft_id=draft,
    )


def body_of(draft: OpenDraft) -> bytes:
    """Return an open draft as its row stores it."""
    return encrypted_body(
        draft.id,
        draft.book,
        form_version=draft.form.version,
        content=draft.content,
        about=draft.about,
        first=draft.first,
        copied=draft.copied,
        history=draft.history,
    )


def decrypted_body(draft: DraftId, book: BookId, body: bytes) -> DecryptedBody:
    """Return what the row holds.

    Raises:
        MismatchError: the body is not this draft's, or was changed.
    """
    table: dict[str, Any] = json.loads(
        decrypt_draft(body, book_key(book), origin=settings.INSTALLATION.origin, draft_id=draft)
    )
    about = About.from_json(table["about"]) if table["about"] else None
    return DecryptedBody(
        form_version=table["v"],
        content=Content.from_json(table["content"]),
        about=about,
        first=Content.from_json(table["first"]),
        copied=Content.from_json(table.get("copied", table["first"])),
        history=History.from_json(table.get("history", {})),
    )


def says_nothing_new(content: Content, first: Content) -> bool:
    """Say whether a draft says only what it began with: nobody has typed in it."""
    return _said(content) == _said(first)


def _said(content: Content) -> Content:
    """Return what a content says, the same whether it was begun or came from the page."""
    answers = {name: without_blanks(answer) for name, answer in content.answers.items()}
    answers = {name: answer for name, answer in answers.items() if answer not in ("", ())}
    return replace(content.stripped(), answers=answers)


def without_blanks(answer: Answer) -> Answer:
    """Return an answer without rows in which nothing stands."""
    if not isinstance(answer, tuple):
        return answer
    return tuple(row for row in answer if any(row.values() if isinstance(row, Mapping) else row))


def clock_of(content: Content) -> datetime | None:
    """Return when the 24 hours to sign began (P43); None if the times cannot be read."""
    try:
        return clock_starts_at(event_times(content.happened_from, content.happened_to))
    except WallTimeError:
        return None
