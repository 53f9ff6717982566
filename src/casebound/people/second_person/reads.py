"""Questions about what takes two people: does this, who can agree, and what waits."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from casebound.foundation.base.ids import HomeId, WorkerId
from casebound.ledger.keyring.marks import mark
from casebound.people.accounts.reads import names_and_open
from casebound.people.homes.appointments import (
    appointments_listed,
    roles_ever_held,
    workers_with_roles,
)
from casebound.people.homes.reads import grants_open
from casebound.people.rights.rights import roles
from casebound.people.rights.shape import Permission
from casebound.people.second_person.marked import has_its_mark
from casebound.people.second_person.models import Request
from casebound.people.second_person.rules import (
    USED_WITHIN,
    RequestKind,
    RequestState,
    can_agree_in,
    hand_over_code,
    opens_books,
)

AT_MOST = 100


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """Something that was asked of a second person; see `entries.AgreementAsked`.

    Attributes:
        number: its page in the office's book, by which people name it.
        usable_until: until when a link that was agreed to can be made.
    """

    id: str
    what: RequestKind
    worker: WorkerId
    full_name: str
    role: str
    home: HomeId | None
    from_at: datetime | None
    asked_by: WorkerId
    asked_at: datetime
    expires_at: datetime
    number: int
    state: RequestState
    answered_by: str
    answered_at: datetime | None
    reason: str

    @property
    def usable_until(self) -> datetime | None:
        """Until when a link can be made, once it was agreed."""
        return self.answered_at + USED_WITHIN if self.answered_at else None

    def waits(self, *, at: datetime) -> bool:
        """Say whether an answer is still possible."""
        return self.state is RequestState.WAITING and at < self.expires_at

    def link_waits(self, *, at: datetime) -> bool:
        """Say whether the link that was agreed to can still be made."""
        until = self.usable_until
        return self.state is RequestState.AGREED and until is not None and at < until


def reads_books(worker: WorkerId, *, at: datetime) -> bool:
    """Say whether somebody can open a book, now or from a day that is fixed. 2 queries."""
    return any(
        opens_books(line.role) and (line.to_at is None or line.to_at > at)
        for line in appointments_listed(worker)
    ) or bool(grants_open(worker, at=at))


def homes_of(worker: WorkerId, *, at: datetime) -> set[HomeId]:
    """Return the homes somebody works at, or will. 1 query."""
    return {
        line.home
        for line in appointments_listed(worker)
        if line.home and (line.to_at is None or line.to_at > at)
    }


def second_persons(
    *, worker: WorkerId, homes: Collection[HomeId], asked_by: str, at: datetime
) -> frozenset[WorkerId]:
    """Return who can agree to something about a worker of these homes. 2 queries.

    The responsible individual and the registered managers of the homes; if there is none of them,
    every other registered manager. Never who asks, nor the person it is for.
    """
    held = [
        (other, role, home)
        for other, role, home in workers_with_roles(_agreeing(), at=at)
        if other not in {worker, asked_by}
    ]
    is_open = {
        who for who, (_, opened) in names_and_open({who for who, *_ in held}).items() if opened
    }
    near = {
        who
        for who, role, home in held
        if who in is_open and can_agree_in(role, home=home, homes=homes)
    }
    return frozenset(near or (who for who, *_ in held if who in is_open))


def was_never_anybody() -> bool:
    """Say whether nobody was ever appointed who can agree, as in a new provider. 1 query."""
    return not roles_ever_held(_agreeing())


def request(request_id: str) -> RequestSeen | None:
    """Return a request that the log made, or None. 1 query."""
    return next(iter(_seen(Request.objects.filter(id=request_id))), None)


def request_numbered(number: int) -> RequestSeen | None:
    """Return the request on a page of the office's book, or None. 1 query."""
    return next(iter(_seen(Request.objects.filter(number=number))), None)


def waiting(*, at: datetime) -> list[RequestSeen]:
    """Return what waits for an answer, oldest first. 1 query."""
    rows = Request.objects.filter(state=RequestState.WAITING.value, expires_at__gt=at)
    return _seen(rows.order_by("number")[:AT_MOST])


def waiting_for(worker: WorkerId, *, at: datetime) -> list[RequestSeen]:
    """Return what somebody can answer, oldest first. 1 query, and 3 for each that waits."""
    return [asked for asked in waiting(at=at) if can_answer(asked, worker, at=at)]


def answered_by(worker: WorkerId, *, since: datetime) -> list[RequestSeen]:
    """Return what somebody agreed to since a moment, newest first. 1 query."""
    rows = Request.objects.filter(
        answered_by=worker,
        state__in=[RequestState.AGREED.value, RequestState.DONE.value],
        answered_at__gt=since,
    )
    return _seen(rows.order_by("-answered_at", "id")[:AT_MOST])


def requests_about(worker: WorkerId, *, at: datetime) -> list[RequestSeen]:
    """Return what waits about somebody, and links that were agreed to and not made. 1 query."""
    rows = Request.objects.filter(
        worker_id=worker, state__in=[RequestState.WAITING.value, RequestState.AGREED.value]
    )
    return [
        asked
        for asked in _seen(rows.order_by("number"))
        if asked.waits(at=at) or asked.link_waits(at=at)
    ]


def lately_refused(worker: WorkerId, *, since: datetime) -> list[RequestSeen]:
    """Return what a second person said no to since a moment, newest first. 1 query."""
    rows = Request.objects.filter(
        worker_id=worker, state=RequestState.DECLINED.value, answered_at__gt=since
    )
    return _seen(rows.order_by("-answered_at", "id")[:AT_MOST])


def can_answer(asked: RequestSeen, worker: WorkerId, *, at: datetime) -> bool:
    """Say whether somebody may agree to a request. 3 queries."""
    return worker in who_can_answer(asked, at=at)


def who_can_answer(asked: RequestSeen, *, at: datetime) -> frozenset[WorkerId]:
    """Return who may agree to a request. 3 queries."""
    homes = {asked.home} if asked.home else set()
    if asked.what is not RequestKind.APPOINTMENT:
        homes = homes_of(asked.worker, at=at)
    return second_persons(worker=asked.worker, homes=homes, asked_by=asked.asked_by, at=at)


def code_of(request_id: str) -> str:
    """Return the code that the second person hands over."""
    return hand_over_code(mark("second-person/code", [request_id]))


def _agreeing() -> list[str]:
    return [role.key for role in roles() if role.gives_today(Permission.AGREE_ACCESS)]


def _seen(rows: Iterable[Request]) -> list[RequestSeen]:
    return [
        RequestSeen(
            row.id,
            RequestKind(row.what),
            WorkerId(row.worker_id),
            row.full_name,
            row.role,
            HomeId(row.home_id) if row.home_id else None,
            row.from_at,
            WorkerId(row.asked_by),
            row.asked_at,
            row.expires_at,
            row.number,
            RequestState(row.state),
            row.answered_by,
            row.answered_at,
            row.reason,
        )
        for row in rows
        if has_its_mark(row)
    ]
