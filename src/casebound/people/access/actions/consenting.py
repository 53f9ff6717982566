"""Recording consents to the independent person's reading (reg 44(2)(b)): who may record what."""

from datetime import datetime

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.refusals import NotAllowedError
from casebound.people.access.reads import SeenBook
from casebound.people.homes import actions as homes
from casebound.people.homes.consented import consent as consent_seen
from casebound.people.homes.consents import How, Party
from casebound.people.rights.shape import Permission


def answer_consent(
    *,
    book: SeenBook,
    party: Party,
    given: bool,
    said_by: str,
    how: How,
    said_at: datetime,
    words: str = "",
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> str:
    """Record that a party gave or refused consent. Return the id of the answer.

    Raises:
        NotAllowedError: `by` does not manage the home of the child whose book this is.
        HomesRefusedError: as `homes.actions.answer_consent` says.
    """
    if book.worker != by or book.child is None:
        raise NotAllowedError
    book.check_may(Permission.MANAGE_HOME)
    return homes.answer_consent(
        child=book.child, home=book.home, party=party, given=given, said_by=said_by, how=how,
        said_at=said_at, words=words, by=by, at=at, auth=auth, key=key,
    )  # fmt: skip


def withdraw_consent(
    *,
    book: SeenBook,
    consent: str,
    said_by: str,
    how: How,
    said_at: datetime,
    words: str = "",
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> None:
    """Record that a consent is withdrawn. Everybody who writes in the book may, at any hour.

    A child who says "I do not want that any more" says it to the worker on shift.

    Raises:
        NotAllowedError: `by` does not write in this book, or the consent is of another child.
        HomesRefusedError: as `homes.actions.withdraw_consent` says.
    """
    ending = consent_seen(consent)
    if book.worker != by or ending is None or ending.child != book.child:
        raise NotAllowedError
    book.check_may(Permission.WRITE_ENTRY)
    homes.withdraw_consent(
        consent=consent, said_by=said_by, how=how, said_at=said_at, words=words, by=by, at=at,
        auth=auth, key=key,
    )  # fmt: skip
