"""Sessions that end: after a while without a request, and after a shift whatever happens (P09).

A session's row holds its end (`expire_date`), so that a query does not find an ended session.
Moving the end does not touch the session's content, nor disturb a request that changes it.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db import connections
from django.utils import timezone

from casebound.foundation.base.times import as_kept
from casebound.foundation.stores.refusals import suppress_no_room
from casebound.foundation.web.queries import rows_of

BEGAN = "began"
WHENCE = "whence"  # the browser and the address of who signed in
# The row is written again only when its end would move by more than this.
MOVED_AT_MOST_EVERY = timedelta(minutes=1)
_LIVING: Final = (
    "SELECT session_data, expire_date FROM django_session"
    " WHERE session_key = %s AND expire_date > %s"
)


class SessionStore(db.SessionStore):
    """The database sessions of Django, with both limits."""

    ends_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Use Django's own table."""
        return Session

    def get_session_cookie_age(self) -> int:
        """Return how long a session lives without a request, in seconds."""
        return int(settings.SESSION_IDLE_AFTER)

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Build the row, ending when the session does."""
        row = super().create_model_instance(data)
        row.expire_date = self.ends_at = end_of(data.get(BEGAN), now=timezone.now())
        return row

    def is_signed_in(self) -> bool:
        """Say whether somebody signed in with this session. No query beyond the session's own."""
        return SESSION_KEY in self

    def go_on(self, *, now: datetime) -> None:
        """Move the end, because the person is active. Usually 0 queries; 1 query once a minute."""
        if BEGAN not in self:
            # The first request after signing in. From here on the shift counts.
            self[BEGAN] = int(now.timestamp())
            return
        end = end_of(self[BEGAN], now=now)
        if self.ends_at is not None and end - self.ends_at > MOVED_AT_MOST_EVERY:
            rows = self.model.objects.filter(session_key=self.session_key)
            with suppress_no_room():  # the session goes on until the end it has
                rows.update(expire_date=end)
                self.ends_at = end

    def load(self) -> dict[str, Any]:
        """Return the session's content; empty if it has ended or never existed. 1 query."""
        now = connections["default"].ops.adapt_datetimefield_value(timezone.now())
        rows = rows_of("default", _LIVING, [self.session_key, now])
        if not rows:
            self._session_key = self.ends_at = None
            return {}
        data, ends_at = rows[0]
        self.ends_at = as_kept(ends_at)
        session: dict[str, Any] = self.decode(data)
        return session


def end_of(began: int | None, *, now: datetime) -> datetime:
    """Return when a session ends that began at `began` (Unix seconds) and was used at `now`."""
    idle = now + timedelta(seconds=settings.SESSION_IDLE_AFTER)
    if began is None:
        return idle
    at_the_latest = datetime.fromtimestamp(began, tz=now.tzinfo) + timedelta(
        seconds=settings.SESSION_COOKIE_AGE
    )
    return min(idle, at_the_latest)
