"""Saying that the author, the social worker or somebody else was asked or told (P42)."""

from datetime import date, datetime

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import WorkerId
from casebound.ledger.projecting.kinds import Words
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.once import Once
from casebound.people.access.reads import SeenBook
from casebound.record.restricting import refusals as refused
from casebound.record.restricting.deciding import of_restriction, seal_decided
from casebound.record.restricting.entries import RestrictionDiscussed
from casebound.record.restricting.grounds import LONGEST_LINE, LONGEST_REASON
from casebound.record.restricting.reads import restriction_of
from casebound.record.restricting.sections import HOW, Consulted, DecisionStep


def note_discussed(
    *,
    book: SeenBook,
    which: str,
    what: str,
    who: str,
    name: str,
    how: str,
    on: date | None,
    said: str = "",
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> Sealed:
    """Seal that somebody was asked what they think, or told what was decided.

    Raises:
        NotYoursToDecideError: `by` does not answer for the book, or may not know of it.
        InvolvedError: they took part in what the entry records.
        NotSpokenError: who, how or the day is missing, or the day is still to come.
    """
    row = restriction_of(book, which)
    of = of_restriction(book, row, by=by, at=at)
    person = " ".join(name.split())
    if row is None or not _is_whole(what, who, how):
        raise refused.NotSpokenError
    if not 0 < len(person) <= LONGEST_LINE or len(said.strip()) > LONGEST_REASON:
        raise refused.NotSpokenError
    if on is None or on > day_of(at):
        raise refused.NotSpokenError
    fact = RestrictionDiscussed(
        entry_id=of.entry.entry_id,
        index=of.entry.index,
        part=row.part,
        scope=row.scope,
        what=what,
        who=who,
        name=person,
        how=how,
        on=f"{on}",
        said=Words(said.strip()) if said.strip() else None,
    )
    return seal_decided(fact, of, seen=None, once=Once.of(key, by), at=at, auth=auth)


def _is_whole(what: str, who: str, how: str) -> bool:
    return what in {DecisionStep.ASKED, DecisionStep.TOLD} and who in set(Consulted) and how in HOW
