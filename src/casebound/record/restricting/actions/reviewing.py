"""Looking again at what is restricted: it stays, it is released, or it moves (P42)."""

from datetime import datetime

from casebound.foundation.base.ids import WorkerId
from casebound.ledger.projecting.kinds import Words
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.once import Once
from casebound.people.access.reads import SeenBook
from casebound.people.restricted.holding import WHOLE, Scope, State
from casebound.record.restricting import refusals as refused
from casebound.record.restricting.deciding import of_restriction, seal_decided
from casebound.record.restricting.entries import RestrictionReviewed
from casebound.record.restricting.grounds import (
    Grounds,
    checked,
    checked_day,
    reason_typed,
)
from casebound.record.restricting.reads import first_step, held_now, restriction_of, section_of
from casebound.record.restricting.sections import ReviewOutcome, Section, others_than, scope_of
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.all_staff import is_for_all_staff


def review(
    *,
    book: SeenBook,
    which: str,
    outcome: str,
    grounds: Grounds,
    to: str = "",
    seen: int,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> Sealed:
    """Seal what a manager decided about a restriction of the book.

    Args:
        book: where it holds.
        which: its name there (`parts.key_of`).
        outcome: renewed, released or moved.
        grounds: the reason; the day of the next look, unless it is released; if it moves, the
            ground of the section it moves to.
        to: the section it moves to.
        seen: the newest decision about the entry that the manager saw (`reads.last_step`).
        by: who decides and signs.
        at: now.
        auth: how `by` proved who they are.
        key: made with the page, so that a page sent twice decides once.

    Raises:
        NotYoursToDecideError: `by` does not answer for the book, or may not know of it.
        InvolvedError: they took part in what the entry records.
        NotHeldError: it is not restricted any more.
        WrongOutcomeError: nothing was decided.
        NoSectionError: it would move to where it is, or is restricted there already.
        ForAllStaffError: it would be kept from staff who act on it.
        ChangedMeanwhileError: another manager decided about the entry meanwhile.
        RefusedError: what `checked` says of the grounds.
    """
    row = restriction_of(book, which)
    of = of_restriction(book, row, by=by, at=at)
    if row is None:  # `of_restriction` has refused it
        raise refused.NotYoursToDecideError
    once = Once.of(key, by)
    if row.state != State.HELD and not once.sealed():
        raise refused.NotHeldError
    if outcome not in set(ReviewOutcome):
        raise refused.WrongOutcomeError
    scope, moves = Scope(row.scope), outcome == ReviewOutcome.MOVED
    section = section_of(row, first_step(row))
    if moves and to not in others_than(section, is_whole=row.part == WHOLE):
        raise refused.NoSectionError
    if moves:
        form = catalogue.form(of.fact.form, of.fact.form_version)
        if scope_of(Section(to)) is Scope.NEED_TO_KNOW and is_for_all_staff(form):
            raise refused.ForAllStaffError
        right = checked(grounds, scope=scope_of(Section(to)), book=book, by=by, at=at)
    else:
        day = (
            None
            if outcome == ReviewOutcome.RELEASED
            else checked_day(grounds.review_on, row.ground, at=at)
        )
        right = Grounds(ground="", reason=reason_typed(grounds.reason), review_on=day)
    fact = RestrictionReviewed(
        entry_id=of.entry.entry_id,
        index=of.entry.index,
        part=row.part,
        scope=row.scope,
        outcome=outcome,
        reason=Words(right.reason),
        to=to if moves else None,
        ground=right.ground or None,
        reference=Words(right.reference) if right.reference else None,
        officer=Words(right.officer) if right.officer else None,
        kept_from=tuple(right.kept_from),
        review_on=f"{right.review_on}" if right.review_on else None,
    )

    def check() -> None:
        if not held_now(book, row.leaf, row.part, scope):
            raise refused.NotHeldError
        other = scope_of(Section(to)) if moves else scope
        if other is not scope and held_now(book, row.leaf, row.part, other):
            raise refused.NoSectionError

    return seal_decided(fact, of, seen=seen, check=check, once=once, at=at, auth=auth)
