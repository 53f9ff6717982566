"""Signing an entry as a good team would: a hash chain, a signature, an audit row, all at once."""

import hashlib
import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connections, router, transaction

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.foundation.base.times import utc_text
from tools.bench.by_hand.models import TABLES, Audit, Chain, Entry, Membership

BEGINNING = "0" * 64


def make_tables() -> None:
    """Make the tables in a scratch database, and begin the chain."""
    with connections[_store()].schema_editor() as editor:
        for table in TABLES:
            editor.create_model(table)
    Chain.objects.create(id=1, head=BEGINNING)


def let_read(worker: WorkerId, book: BookId, *, title: str) -> None:
    """Let a worker read and write in a book."""
    Membership.objects.create(worker_id=worker, book_id=book, title=title)


def sign_entry(
    *,
    book: BookId,
    form: str,
    content: dict[str, Any],
    happened_at: datetime,
    by: WorkerId,
    full_name: str,
    role: str,
    at: datetime,
) -> int:
    """Sign an entry and add it to its book; return its number. 5 statements, durable."""
    with transaction.atomic(using=_store()):
        chain = Chain.objects.select_for_update().get(id=1)
        numbers = Entry.objects.filter(book_id=book).order_by("-number")
        number = (numbers.values_list("number", flat=True).first() or 0) + 1
        entry = Entry(
            book_id=book,
            number=number,
            form=form,
            happened_at=happened_at,
            signed_at=at,
            author_id=by,
            author_name=full_name,
            author_role=role,
            content=content,
            previous=chain.head,
        )
        entry.hash = _hash(entry)
        entry.signature = _key(settings.SECRET_KEY).sign(bytes.fromhex(entry.hash))
        entry.save(force_insert=True)
        chain.head = entry.hash
        chain.save(update_fields=["head"])
        Audit.objects.create(
            at=at, worker_id=by, book_id=book, what="signed", first=number, last=number
        )
    return number


def unbroken() -> bool:
    """Recompute every hash and signature of the chain; say whether all is as it was signed."""
    head = BEGINNING
    public = _key(settings.SECRET_KEY).public_key()
    for entry in Entry.objects.order_by("id").iterator(chunk_size=500):
        if entry.previous != head or entry.hash != _hash(entry):
            return False
        try:
            public.verify(bytes(entry.signature), bytes.fromhex(entry.hash))
        except InvalidSignature:
            return False
        head = entry.hash
    return bool(Chain.objects.get(id=1).head == head)


def _hash(entry: Entry) -> str:
    signed = {
        "previous": entry.previous,
        "book": entry.book_id,
        "number": entry.number,
        "form": entry.form,
        "happened_at": utc_text(entry.happened_at),
        "signed_at": utc_text(entry.signed_at),
        "author": [entry.author_id, entry.author_name, entry.author_role],
        "content": entry.content,
    }
    text = json.dumps(signed, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=1)
def _key(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(secret.encode()).digest())


def _store() -> str:
    return router.db_for_write(Entry)
