"""An untouched page can still save what is typed in it later, also once its empty draft has gone.

The page carries its draft as it was begun: signed for its author, with the encrypted body that the
row had. Nobody but its author can send it, and only while no entry was made of it.
"""

from base64 import b64decode, b64encode
from typing import Any, Final

from django.core import signing

from casebound.foundation.base.ids import DraftId, WorkerId
from casebound.foundation.base.times import instant, utc_text
from casebound.record.drafting.body import body_of, says_nothing_new
from casebound.record.drafting.drafts import OpenDraft

_SALT: Final = "casebound.drafting.untouched"
FIELD: Final = "begun"


def untouched_page(draft: OpenDraft) -> str:
    """Return what an untouched page carries; nothing once somebody has typed in the draft."""
    if draft.files or not says_nothing_new(draft.content, draft.first):
        return ""
    table = {
        "id": draft.id,
        "author": draft.author,
        "book": draft.book,
        "form": draft.form.name,
        "begun_at": utc_text(draft.begun_at),
        "version": draft.version,
        "body": b64encode(body_of(draft)).decode(),
    }
    return signing.dumps(table, salt=_SALT, compress=True)


def begun_as(posted: str, *, draft: DraftId, author: WorkerId) -> dict[str, Any] | None:
    """Return the columns of the draft that an untouched page carries; None if it is not theirs."""
    try:
        table: dict[str, Any] = signing.loads(posted, salt=_SALT)
    except signing.BadSignature:
        return None
    if (table["id"], table["author"]) != (draft, author):
        return None
    return {
        "book_id": table["book"],
        "form": table["form"],
        "begun_at": instant(table["begun_at"]),
        "version": table["version"],
        "body": b64decode(table["body"]),
    }
