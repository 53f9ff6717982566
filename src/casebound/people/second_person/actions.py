"""Asking for what opens books, agreeing to it or not, and doing it then.

One person asks, with proof; a second one agrees, with proof; both stand in the office's book. The
second person gets a code and hands it to the person themself. The person types it once before
they get in, so that a link alone opens nothing to who made it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.conf import settings

from casebound.foundation.base.ids import BookId, HomeId, WorkerId
from casebound.foundation.base.times import utc_text
from casebound.ledger.projecting.kinds import Kind, Words
from casebound.ledger.sealing.once import Once
from casebound.people.accounts.actions import (
    AccountClosedError,
    OwnAccountError,
    SetUpLink,
    end_hand_over,
    require_hand_over,
)
from casebound.people.accounts.reads import AccountSeen, account
from casebound.people.accounts.tries import take_try
from casebound.people.events.actions import note_event
from casebound.people.events.kinds import EventKind
from casebound.people.events.whence import NOWHERE, Whence
from casebound.people.homes import actions as homes
from casebound.people.homes.actions.sealing import seal_fact
from casebound.people.homes.appointments import heads_of, is_appointed
from casebound.people.homes.reads import book_of
from casebound.people.homes.refusals import AppointedAlreadyError, NoOfficeError
from casebound.people.rights.rights import role_of
from casebound.people.rights.shape import Permission
from casebound.people.second_person import reads
from casebound.people.second_person.entries import AgreementAnswered, AgreementAsked, DoneAlone
from casebound.people.second_person.reads import RequestSeen
from casebound.people.second_person.refusals import (
    AnsweredAlreadyError,
    AskedAlreadyError,
    ManagerFirstError,
    NotAgreedError,
    NotYourAnswerError,
    WhyNotError,
    WrongHandOverCodeError,
)
from casebound.people.second_person.rules import WAITS, RequestKind, RequestState, opens_books
from casebound.people.staff import actions as staff

LONGEST_REASON: Final = 500
WITH_SHEET: Final = "command line, recovery sheet"


def link_or_ask(
    *,
    worker: WorkerId,
    lost_second_factor: bool,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
    whence: Whence = NOWHERE,
) -> SetUpLink | None:
    """Make a set-up link; for somebody who reads books, ask a second person instead. Then None.

    No second person is asked while the person still has to type the code of an earlier agreement:
    without it the link opens nothing.

    Raises:
        OwnAccountError: it is `by`'s own.
        AccountClosedError: the account is closed, or there is none.
        AskedAlreadyError: it was asked already, and waits.
    """
    person = _other_person(worker, by=by)
    if person.handover_id or not reads.reads_books(worker, at=at):
        return _give(
            person, lost=lost_second_factor, by=by, at=at, auth=auth, key=key, whence=whence
        )
    what = RequestKind.LINK_AND_FACTORS if lost_second_factor else RequestKind.LINK
    if _is_first(person, by=by, at=at):
        _tell_alone(person, what, by=by, at=at, auth=auth, key=key)
        return _give(
            person, lost=lost_second_factor, by=by, at=at, auth=auth, key=key, whence=whence
        )
    _ask(person, what, by=by, at=at, auth=auth, key=key, whence=whence)
    return None


def make_agreed_link(
    *,
    request: str,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
    whence: Whence = NOWHERE,
) -> SetUpLink:
    """Make the link that a second person agreed to. A retry answers with the same link.

    Raises:
        NotAgreedError: nobody agreed, or it was too long ago.
        OwnAccountError: it is `by`'s own.
        AccountClosedError: the account is closed, or there is none.
    """
    asked = reads.request(request)
    key = key or request
    if asked is None or not (asked.link_waits(at=at) or Once.of(key, by).sealed()):
        raise NotAgreedError
    person = _other_person(asked.worker, by=by)
    if asked.link_waits(at=at):
        # First the code is required, then the link is made: never a link without its code.
        require_hand_over(account=asked.worker, request=request, by=by, at=at)
    lost = asked.what is RequestKind.LINK_AND_FACTORS
    return _give(person, lost=lost, by=by, at=at, auth=auth, key=key, whence=whence)


def appoint_or_ask(
    *,
    worker: WorkerId,
    role: str,
    home: HomeId | None,
    from_at: datetime,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
    whence: Whence = NOWHERE,
) -> bool:
    """Appoint somebody; to a role that opens books, ask a second person. Say whether it is done.

    Raises:
        OwnAccountError: somebody would appoint themselves.
        AccountClosedError: the account is closed, or there is none.
        ManagerFirstError: nobody has ever been appointed who could agree, nor is this one.
        AskedAlreadyError: it was asked already, and waits.
        AppointedAlreadyError: they have the role there.
        HomesRefusedError: as `homes.actions.appoint` says.
    """
    person = _other_person(worker, by=by)
    homes.check_appointment(role=role, home=home, from_at=from_at, at=at)
    if not Once.of(key, by).sealed() and is_appointed(
        worker, role, home=home, child=None, from_at=from_at, to_at=None
    ):
        raise AppointedAlreadyError
    if opens_books(role_of(role)) and not reads.was_never_anybody():
        _ask(
            person, RequestKind.APPOINTMENT, by=by, at=at, auth=auth, key=key, whence=whence,
            role=role, home=home, from_at=from_at,
        )  # fmt: skip
        return False
    if opens_books(role_of(role)):
        if not role_of(role).gives_today(Permission.AGREE_ACCESS):
            raise ManagerFirstError
        _tell_alone(person, RequestKind.APPOINTMENT, by=by, at=at, auth=auth, key=key)
    homes.appoint(
        worker=worker, full_name=person.full_name, role=role, home=home, from_at=from_at, by=by,
        at=at, auth=auth, key=key,
    )  # fmt: skip
    _note_appointed(worker, home=home, by=by, at=at, whence=whence)
    return True


def answer(
    *,
    request: str,
    agrees: bool,
    reason: str = "",
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
    whence: Whence = NOWHERE,
) -> str:
    """Agree to a request, or say no and why. Return the code to hand over, empty if there is none.

    Raises:
        AnsweredAlreadyError: it was answered or taken back, or is too old.
        NotYourAnswerError: `by` asked for it, it is for them, or they may not agree.
        WhyNotError: they say no, and not why.
        HomesRefusedError: the appointment can no longer be made.
    """
    asked = _waiting(request, at=at)
    if not reads.can_answer(asked, by, at=at):
        raise NotYourAnswerError
    words = _reason(reason, needed=not agrees)
    if not agrees:
        _seal_answer(asked, RequestState.DECLINED, words, by=by, at=at, auth=auth, key=key)
        _note(asked, EventKind.DECLINED, by=by, at=at, whence=whence, tell=[asked.asked_by])
        return ""
    return _agree(asked, words, by=by, at=at, auth=auth, key=key, whence=whence)


def answer_with_sheet(*, request: str, by: WorkerId | None = None, at: datetime) -> str:
    """Agree on the server, where the recovery sheet stands in for the second person.

    The command has checked the sheet. Return the code to hand over, empty if there is none.

    Raises:
        AnsweredAlreadyError: it was answered or taken back, or is too old.
        HomesRefusedError: the appointment can no longer be made.
    """
    signer = by or WorkerId(settings.INSTALLATION.id)
    return _agree(
        _waiting(request, at=at), "", by=signer, at=at, auth=WITH_SHEET, key="", whence=NOWHERE,
        with_sheet=True,
    )  # fmt: skip


def take_back(*, request: str, by: WorkerId, at: datetime, auth: str, key: str = "") -> None:
    """Take back what was asked, before or after a second person agreed to a link.

    Raises:
        AnsweredAlreadyError: it was done or taken back, or is too old.
        NotYourAnswerError: `by` neither asked for it nor agreed.
    """
    asked = reads.request(request)
    if asked is None or not (asked.waits(at=at) or asked.link_waits(at=at)):
        raise AnsweredAlreadyError
    if by not in {asked.asked_by, asked.answered_by}:
        raise NotYourAnswerError
    _seal_answer(asked, RequestState.WITHDRAWN, "", by=by, at=at, auth=auth, key=key)


def hand_over(*, code: str, by: WorkerId, at: datetime, whence: Whence = NOWHERE) -> None:
    """Let a person in who typed the code that the second person gave them.

    Raises:
        WrongHandOverCodeError: it is not right, or was wrong too often in five minutes.
    """
    person = account(by)
    if person is None or not person.handover_id:
        return
    this = take_try(f"hand-over:{by}")
    digits = "".join(letter for letter in code if letter.isdigit())
    if not this.allowed or digits != reads.code_of(person.handover_id):
        note_event(kind=EventKind.WRONG_CODE, about=by, by=by, at=at, whence=whence)
        raise WrongHandOverCodeError
    this.give_back()
    end_hand_over(request=person.handover_id, by=by, at=at)
    note_event(kind=EventKind.HANDED_OVER, about=by, by=by, at=at, whence=whence)


def _agree(
    asked: RequestSeen,
    reason: str,
    *,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str,
    whence: Whence,
    with_sheet: bool = False,
) -> str:
    """Do what was asked, then seal that it was agreed. A retry makes a crash good."""
    needs_code = asked.what is not RequestKind.APPOINTMENT
    if asked.what is RequestKind.APPOINTMENT and asked.from_at is not None:
        person = _open(asked.worker)
        if needs_code := not reads.reads_books(asked.worker, at=at):
            require_hand_over(account=asked.worker, request=asked.id, by=by, at=at)
        homes.appoint(
            worker=asked.worker, full_name=person.full_name, role=asked.role, home=asked.home,
            from_at=asked.from_at, by=by, at=at, auth=auth, key=f"second/{asked.id}",
        )  # fmt: skip
        _note_appointed(asked.worker, home=asked.home, by=by, at=at, whence=whence)
    _seal_answer(
        asked, RequestState.AGREED, reason, by=by, at=at, auth=auth, key=key, with_sheet=with_sheet
    )
    _note(asked, EventKind.AGREED, by=by, at=at, whence=whence, tell=[asked.asked_by])
    return reads.code_of(asked.id) if needs_code else ""


def _other_person(worker: WorkerId, *, by: WorkerId) -> AccountSeen:
    if worker == by:
        raise OwnAccountError
    return _open(worker)


def _open(worker: WorkerId) -> AccountSeen:
    person = account(worker)
    if person is None or person.closed_at is not None:
        raise AccountClosedError
    return person


def _waiting(request: str, *, at: datetime) -> RequestSeen:
    asked = reads.request(request)
    if asked is None or not asked.waits(at=at):
        raise AnsweredAlreadyError
    return asked


def _is_first(person: AccountSeen, *, by: WorkerId, at: datetime) -> bool:
    """Say whether nobody can agree, and this person never signed in: the first manager."""
    if person.last_in_at is not None or person.can_sign_in:
        return False
    where = reads.homes_of(person.id, at=at)
    return not reads.second_persons(worker=person.id, homes=where, asked_by=by, at=at)


def _ask(
    person: AccountSeen,
    what: RequestKind,
    *,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str,
    whence: Whence,
    role: str = "",
    home: HomeId | None = None,
    from_at: datetime | None = None,
) -> None:
    once = Once.of(key, by)
    request = once.id_of("second person")
    fact = AgreementAsked(
        request_id=request,
        what=what.value,
        worker_id=person.id,
        full_name=person.full_name,
        role=role or None,
        home_id=home,
        from_at=utc_text(from_at) if from_at else None,
        expires_at=utc_text(at + WAITS),
    )
    if once.sealed():
        return
    if any(
        (asked.what, asked.role, asked.home) == (what, role, home) and asked.waits(at=at)
        for asked in reads.requests_about(person.id, at=at)
    ):
        raise AskedAlreadyError
    seal_fact(fact=fact, book=_office(), once=once, at=at, auth=auth)
    asked = reads.request(request)
    if asked is not None:
        tell = reads.who_can_answer(asked, at=at)
        _note(asked, EventKind.ASKED, by=by, at=at, whence=whence, tell=tell)


def _tell_alone(
    person: AccountSeen, what: RequestKind, *, by: WorkerId, at: datetime, auth: str, key: str
) -> None:
    fact = DoneAlone(worker_id=person.id, full_name=person.full_name, what=what.value)
    once = Once.of(f"{key}/alone" if key else "", by)
    seal_fact(fact=fact, book=_office(), once=once, at=at, auth=auth)


def _give(
    person: AccountSeen,
    *,
    lost: bool,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str,
    whence: Whence,
) -> SetUpLink:
    link = staff.give_link(
        account=person.id, by=by, at=at, lost_second_factor=lost, auth=auth, key=key
    )
    tell = [person.id, *_managers_of(person.id, at=at)]
    kinds = [EventKind.LINK_GIVEN, *([EventKind.FACTORS_RESET] if lost else [])]
    for kind in kinds:
        note_event(kind=kind, about=person.id, by=by, at=at, whence=whence, tell=_but(tell, by))
    return link


def _note_appointed(
    worker: WorkerId, *, home: HomeId | None, by: WorkerId, at: datetime, whence: Whence
) -> None:
    tell = [worker, *(heads_of(home, at=at) if home else ())]
    note_event(
        kind=EventKind.APPOINTED, about=worker, by=by, at=at, whence=whence, tell=_but(tell, by)
    )


def _note(
    asked: RequestSeen,
    kind: EventKind,
    *,
    by: WorkerId,
    at: datetime,
    whence: Whence,
    tell: Iterable[WorkerId],
) -> None:
    note_event(
        kind=kind,
        about=asked.worker,
        by=by,
        at=at,
        whence=whence,
        what=asked.what.value,
        about_id=asked.id,
        tell=_but(tell, by),
    )


def _but(tell: Iterable[WorkerId], by: WorkerId) -> list[WorkerId]:
    return [worker for worker in tell if worker != by]


def _managers_of(worker: WorkerId, *, at: datetime) -> list[WorkerId]:
    return [head for home in reads.homes_of(worker, at=at) for head in heads_of(home, at=at)]


def _seal_answer(
    asked: RequestSeen,
    what: RequestState,
    reason: str,
    *,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str,
    with_sheet: bool = False,
) -> None:
    fact: Kind = AgreementAnswered(
        request_id=asked.id,
        full_name=asked.full_name,
        answer=what.value,
        reason=Words(reason),
        with_sheet=True if with_sheet else None,
    )
    seal_fact(fact=fact, book=_office(), once=Once.of(key, by), at=at, auth=auth)


def _reason(reason: str, *, needed: bool) -> str:
    words = " ".join(reason.split())
    if len(words) > LONGEST_REASON or (needed and not words):
        raise WhyNotError
    return words


def _office() -> BookId:
    book = book_of(None)
    if book is None:
        raise NoOfficeError
    return book
