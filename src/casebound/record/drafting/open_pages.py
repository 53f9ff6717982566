"""Where a draft is open: which pages of it were opened, on which device, and when last heard of.

Nobody is asked for it. A page is noted when it is shown, and again (once a minute at most) when it
saves, which it does anyway. No page says when it is closed, so what is told is when it was last
used, for as long as a session lives without a tap.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.ids import DraftId
from casebound.foundation.base.times import clock
from casebound.foundation.web.posted import session_digest
from casebound.record.drafting import actions
from casebound.record.drafting.models import Draft, DraftPage

NOTED_AT_MOST_EVERY: Final = timedelta(minutes=1)
_IN_THE_HAND: Final = re.compile(r"Mobi|Android|iPad|iPhone|Tablet|Silk")


class Device(StrEnum):
    """A kind of device, as a person tells them apart."""

    HAND = "hand"
    DESK = "desk"

    @property
    def words(self) -> str:
        """Return what a person calls it."""
        return gettext(_WORDS[self])


_WORDS: Final = {
    Device.HAND: gettext_noop("a phone or tablet"),
    Device.DESK: gettext_noop("a computer"),
}


@dataclass(frozen=True, slots=True)
class OpenElsewhere:
    """A page of the draft on another device: which kind, and when it was last used."""

    device: str
    at: str


@dataclass(frozen=True, slots=True)
class SavedBy:
    """The page that saved a draft last: is it a window of this browser, or on which device."""

    is_here: bool
    device: str


def device_of(request: HttpRequest) -> Device:
    """Return the kind of device a browser says it is on."""
    agent = request.headers.get("User-Agent", "")
    says_mobile = request.headers.get("Sec-CH-UA-Mobile") == "?1"
    return Device.HAND if says_mobile or _IN_THE_HAND.search(agent) else Device.DESK


def note_opened(request: HttpRequest, draft: DraftId, *, page: str, at: datetime) -> None:
    """Note that a page of a draft was opened; what was not used for long goes. 2 statements."""
    actions.note_page(
        draft=draft,
        page=page,
        session=session_digest(request, begin=True),
        device=device_of(request),
        unused_since=at - _longest(),
        at=at,
    )


def elsewhere(
    request: HttpRequest, draft: DraftId, *, at: datetime, page: str = ""
) -> OpenElsewhere | None:
    """Return where else the draft is open, last used first; None if nowhere. 1 query.

    With `page`, note that this page is still in use: 1 statement a minute.
    """
    here = session_digest(request)
    rows = DraftPage.objects.filter(draft_id=draft, seen_at__gte=at - _longest())
    others = []
    for row in rows.order_by("-seen_at"):
        if row.id != page:
            others += [row] if row.session != here else []
        elif row.session != here or row.seen_at < at - NOTED_AT_MOST_EVERY:
            # Its worker may have signed in again since it was opened: it is still this page.
            actions.note_page_used(page=page, session=here, at=at)
    if not others:
        return None
    return OpenElsewhere(Device(others[0].device).words, clock(others[0].seen_at))


def saved_by(request: HttpRequest, draft: DraftId) -> SavedBy | None:
    """Return which page saved a draft last; None if it is not known any more. 2 queries."""
    page = Draft.objects.filter(id=draft).values_list("page_id", flat=True).first()
    row = DraftPage.objects.filter(id=page, draft_id=draft).first() if page else None
    if row is None:
        return None
    return SavedBy(row.session == session_digest(request), Device(row.device).words)


def _longest() -> timedelta:
    """Return how long a page may be unused and can still save: as long as a session lives."""
    return timedelta(seconds=settings.SESSION_IDLE_AFTER)
