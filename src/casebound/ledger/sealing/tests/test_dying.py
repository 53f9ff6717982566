"""A process killed at any step of sealing loses nothing that was answered, and leaves no mess."""

from collections.abc import Callable

import pytest
from django.db import connections

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.sealing import reads, sequencing
from casebound.ledger.sealing.actions import Removal, seal, sequence_all
from casebound.ledger.sealing.checking import full
from casebound.ledger.sealing.models import Book
from casebound.ledger.sealing.tests import build
from casebound.ledger.sealing.tests.dying import killed_at_each_step
from casebound.ledger.sealing.tests.tampering import value

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.policy("P58")]


def in_one(book: BookId, draft: BookId) -> None:
    seal(build.new(book), removes=[the_draft(draft)])


def staged(book: BookId, draft: BookId) -> None:
    """Seal as when another holds the lock: stage first, then sequence."""
    seen = sequencing.seen
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            sequencing,
            "seen",
            lambda store, asked: None if asked.books is not None else seen(store, asked),
        )
        in_one(book, draft)


def the_draft(draft: BookId) -> Removal:
    # An empty book stands for the draft: a row of this store that goes with the sealing.
    return Removal(table=Book, where={"id": draft}, rows=1, otherwise=RefusedError)


@pytest.mark.parametrize("way", [in_one, staged])
def test_after_a_kill_the_entry_is_sealed_or_its_draft_is_there(
    way: Callable[[BookId, BookId], None],
) -> None:
    build.begin()
    book, drafts = build.book(), [build.book() for _ in range(60)]
    connections.close_all()
    steps = sealed = 0
    for step in killed_at_each_step(lambda step: way(book, drafts[step])):
        sequence_all()
        draft_is_there = bool(value("SELECT count(*) FROM book WHERE id = %s", [drafts[step]]))
        now = reads.book_pages(book)
        assert draft_is_there == (now == sealed)
        sealed = now
        assert full().problems == []
        steps = step + 1
        connections.close_all()
    assert steps > 10
    assert 0 < sealed < steps  # killed on either side of the commit
    assert reads.book_pages(book) == sealed + 1  # the last one got through
    assert value("SELECT count(*) FROM log_pending") == 0
    assert full().entries == sealed + 1
