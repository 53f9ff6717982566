"""Keeping posted forms, and taking them away."""

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from casebound.foundation.web.models import PostedForm, SentForm

MOST: Final = 20  # forms of one session; the oldest goes
OF_STRANGERS: Final = 200  # forms of all who are not signed in, so that nobody fills the store


def keep_form(*, row: str, session: str, worker: str, body: bytes, at: datetime) -> None:
    """Keep an encrypted form under its session, and take away the oldest above `MOST`."""
    PostedForm.objects.create(id=row, session=session, worker_id=worker, posted_at=at, body=body)
    _take_oldest(PostedForm.objects.filter(session=session), above=MOST)
    if not worker:
        _take_oldest(PostedForm.objects.filter(worker_id=""), above=OF_STRANGERS)


def _take_oldest(forms: QuerySet[PostedForm], *, above: int) -> None:
    if old := list(forms.order_by("-posted_at").values_list("id", flat=True)[above:]):
        PostedForm.objects.filter(id__in=old).delete()


def forget_form(*, row: str) -> None:
    """Take away a form that is shown once only."""
    PostedForm.objects.filter(id=row).delete()


def forget_session(*, session: str) -> None:
    """Take away the forms of a session that has ended."""
    PostedForm.objects.filter(session=session).delete()


def begin_sent(*, row: str, at: datetime, left_since: datetime) -> bool:
    """Note that work on a form begins. False if it began before, and its process still lives."""
    try:
        with transaction.atomic():
            SentForm.objects.create(id=row, sent_at=at)
    except IntegrityError:
        left = SentForm.objects.filter(id=row, body=b"", sent_at__lt=left_since)
        return bool(left.update(sent_at=at))
    return True


def keep_answer(*, row: str, body: bytes) -> None:
    """Keep where the answer to a form led, encrypted."""
    SentForm.objects.filter(id=row).update(body=body)


def forget_sent(*, row: str) -> None:
    """Forget a form that did nothing."""
    SentForm.objects.filter(id=row).delete()


def forget_old(*, before: datetime) -> None:
    """Take away the forms that no session can still show, and those no page still sends."""
    SentForm.objects.filter(sent_at__lt=before).delete()
    PostedForm.objects.filter(posted_at__lt=before).delete()
