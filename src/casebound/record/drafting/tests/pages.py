"""What the tests of the pages share: addresses, what a page posts, what came of it."""

from django.test import Client
from django.urls import reverse

from casebound.foundation.base.ids import DraftId, WorkerId
from casebound.ledger.sealing.reads import book_pages, entry_at
from casebound.record.book.entries import Entry
from casebound.record.drafting.models import Draft
from tests.made_up import MadeUp


def form_of(made_up: MadeUp, draft: DraftId, **said: str) -> dict[str, str]:
    """Return what the page posts for a draft that lacks nothing."""
    day, _, time = made_up.opened(draft).content.happened_from.partition("T")
    return {
        "version": str(made_up.opened(draft).version),
        "happened_from_date": day,
        "happened_from_time": time,
        "how_known": "was_there",
        "present_nobody": "1",
        "statements-1-text": "Jay made toast.",
        "answers-view_missing": "not_asked",
        **said,
    }


def url(name: str, *words: object) -> str:
    return reverse(f"drafting:{name}", args=words)


def texts(made_up: MadeUp, draft: DraftId) -> list[str]:
    return [
        statement.text
        for statement in made_up.opened(draft).content.statements
        if not statement.is_blank
    ]


def last_page(made_up: MadeUp) -> Entry:
    found = entry_at(made_up.jay.book, book_pages(made_up.jay.book))
    assert found is not None
    return Entry.read(found)


def begun(made_up: MadeUp, sam: Client, form: str = "daily_log") -> DraftId:
    answer = sam.post(url("begin", made_up.jay.book, form))
    assert answer.status_code == 302
    return draft_rows(made_up.sam.id)[0]


def draft_rows(author: WorkerId) -> list[DraftId]:
    """Return every draft of an author, also the empty ones, last saved first."""
    rows = Draft.objects.filter(author_id=author).order_by("-saved_at")
    return [DraftId(row.id) for row in rows]
