"""Noting on which pages a draft is open, and forgetting it."""

from datetime import datetime

from casebound.foundation.base.ids import DraftId
from casebound.record.drafting.models import DraftPage


def note_page(
    *, draft: DraftId, page: str, session: str, device: str, unused_since: datetime, at: datetime
) -> None:
    """Note that a page of a draft was opened; pages not used for long go. 2 statements."""
    DraftPage.objects.filter(draft_id=draft, seen_at__lt=unused_since).delete()
    DraftPage.objects.create(id=page, draft_id=draft, session=session, device=device, seen_at=at)


def note_page_used(*, page: str, session: str, at: datetime) -> None:
    """Note that a page is still in use, and in which session."""
    DraftPage.objects.filter(id=page).update(seen_at=at, session=session)


def forget_pages(*, draft: DraftId) -> None:
    """Forget the pages of a draft that is signed or thrown away."""
    DraftPage.objects.filter(draft_id=draft).delete()
