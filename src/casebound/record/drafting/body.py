"""What a draft's row holds of its content: the encrypted body, and when its clock began."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings

from casebound.foundation.base.ids import BookId, DraftId
from casebound.foundation.proof.encryption import decrypt_draft, encrypt_draft
from casebound.ledger.keyring.actions import book_key
from casebound.record.drafting.drafts import About
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.late import clock_starts_at
from casebound.rulebook.catalogue.wall_time import WallTimeError, event_times


def encrypted_body(
    draft: DraftId, book: BookId, *, form_version: int, content: Content, about: About | None
) -> bytes:
    """Return a draft's content as it is stored: ciphertext under the key of its book."""
    table = {
        "v": form_version,
        "content": content.to_json(),
        "about": about.to_json() if about else None,
    }
    return encrypt_draft(
        json.dumps(table).encode(),
        book_key(book),
        origin=settings.INSTALLATION.origin,
        draft_id=draft,
    )


def decrypted_body(draft: DraftId, book: BookId, body: bytes) -> tuple[int, Content, About | None]:
    """Return the version of the form, the content, and the earlier entry it is about.

    Raises:
        MismatchError: the body is not this draft's, or was changed.
    """
    table: dict[str, Any] = json.loads(
        decrypt_draft(body, book_key(book), origin=settings.INSTALLATION.origin, draft_id=draft)
    )
    about = About.from_json(table["about"]) if table["about"] else None
    return table["v"], Content.from_json(table["content"]), about


def clock_of(content: Content) -> datetime | None:
    """Return when the 24 hours to sign began (P43); None if the times cannot be read."""
    try:
        return clock_starts_at(event_times(content.happened_from, content.happened_to))
    except WallTimeError:
        return None
