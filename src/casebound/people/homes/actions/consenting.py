"""Sealing what a child or a placing authority says about the independent person (reg 44(2)(b)).

`people.access` checks who may record it.
"""

from datetime import datetime

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.foundation.base.times import utc_text
from casebound.ledger.projecting.kinds import Words
from casebound.ledger.sealing.once import Once
from casebound.people.homes import reads
from casebound.people.homes.actions.sealing import seal_checked
from casebound.people.homes.consented import consent as consent_seen
from casebound.people.homes.consents import LONGEST_NAME, LONGEST_WORDS, How, Party
from casebound.people.homes.entries import ConsentAnswered, ConsentWithdrawn
from casebound.people.homes.refusals import (
    ConsentWordsError,
    NobodySaidItError,
    NoConsentToWithdrawError,
    NotLivingHereError,
    SaidLaterError,
)
from casebound.people.homes.rules import is_likely


def answer_consent(
    *,
    child: ChildId,
    home: HomeId,
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
    """Seal that a party gave or refused consent. Return the id of the answer.

    It counts from now on, and the earlier answer of the same party no longer does.

    Raises:
        NobodySaidItError: it does not say who spoke for the party, or in too many letters.
        SaidLaterError: it was said in the future, or too long ago.
        ConsentWordsError: the words are too long.
        NotLivingHereError: the child does not live at the home and will not come.
    """
    said_by, words = _checked(said_by, said_at, words, at=at)

    def check() -> None:
        if not reads.lives_at(child, home, at=at):
            raise NotLivingHereError

    once = Once.of(key, by)
    consent = once.id_of("consent")
    fact = ConsentAnswered(
        consent_id=consent,
        home_id=home,
        party=party.value,
        given=given,
        said_by=said_by,
        how=how.value,
        said_at=utc_text(said_at),
        words=Words(words) if words else None,
    )
    seal_checked(fact=fact, book=BookId(child), check=check, once=once, at=at, auth=auth)
    return consent


def withdraw_consent(
    *,
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
    """Seal that a consent is withdrawn. It ends with the moment of signing.

    Raises:
        NobodySaidItError: it does not say who withdrew it, or in too many letters.
        SaidLaterError: it was said in the future, or too long ago.
        ConsentWordsError: the words are too long.
        NoConsentToWithdrawError: the consent does not count any more, or was a refusal.
    """
    said_by, words = _checked(said_by, said_at, words, at=at)
    ending = consent_seen(consent)
    if ending is None:
        raise NoConsentToWithdrawError

    def check() -> None:
        now = consent_seen(consent)
        if now is None or not (now.given and now.counts(at)):
            raise NoConsentToWithdrawError

    fact = ConsentWithdrawn(
        consent_id=consent,
        party=ending.party.value,
        said_by=said_by,
        how=how.value,
        said_at=utc_text(said_at),
        words=Words(words) if words else None,
    )
    once = Once.of(key, by)
    seal_checked(fact=fact, book=BookId(ending.child), check=check, once=once, at=at, auth=auth)


def _checked(said_by: str, said_at: datetime, words: str, *, at: datetime) -> tuple[str, str]:
    name, more = " ".join(said_by.split()), " ".join(words.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise NobodySaidItError
    if not is_likely(said_at, now=at):
        raise SaidLaterError
    if len(more) > LONGEST_WORDS:
        raise ConsentWordsError
    return name, more
