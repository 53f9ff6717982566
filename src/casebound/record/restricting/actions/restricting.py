"""Restricting an entry, or parts of it, that was sealed before (P36, P37)."""

from collections.abc import Collection
from datetime import datetime

from casebound.foundation.base.ids import WorkerId
from casebound.ledger.projecting.kinds import Words
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.once import Once
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import full_names
from casebound.people.restricted.holding import WHOLE, Scope
from casebound.record.book.reads import entry_in
from casebound.record.restricting import refusals as refused
from casebound.record.restricting.deciding import decided, seal_decided
from casebound.record.restricting.entries import Restricted
from casebound.record.restricting.grounds import Grounds, checked
from casebound.record.restricting.parts import parts_of
from casebound.record.restricting.reads import managers_of, restrictions_of_entry
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.all_staff import is_for_all_staff


def restrict(
    *,
    book: SeenBook,
    number: int,
    parts: Collection[str],
    scope: Scope,
    grounds: Grounds,
    seen: int,
    decided_by: WorkerId | None = None,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> Sealed:
    """Restrict the parts of entry `number` in each of its books that the manager answers for.

    Args:
        book: where the manager read the entry.
        number: of the entry there.
        parts: the whole entry (empty), statements, answers, files (`parts.parts_of`).
        scope: from the child, or need to know among staff.
        grounds: the ground with what it asks for, and the day of the next look.
        seen: the newest decision about the entry that the manager saw (`reads.last_step`).
        decided_by: who decided, if it was another manager.
        by: who signs.
        at: now.
        auth: how `by` proved who they are.
        key: made with the page, so that a page sent twice restricts once.

    Raises:
        NotYoursToDecideError: `by` does not answer for the book, or `decided_by` does not.
        InvolvedError: they took part in what it records.
        NothingChosenError: a part is none of the entry's.
        ForAllStaffError: all staff act on what the form asks.
        RestrictedAlreadyError: a part is restricted in this way already.
        ChangedMeanwhileError: another manager decided about the entry meanwhile.
        RefusedError: what `checked` says.
    """
    of = decided(book, entry_in(book, number), by=by, at=at)
    wanted = {WHOLE} if WHOLE in parts else set(parts)
    chosen = tuple(part.key for part in parts_of(of.fact, book.id) if part.key in wanted)
    if not chosen or len(chosen) != len(wanted):
        raise refused.NothingChosenError
    form = catalogue.form(of.fact.form, of.fact.form_version)
    if scope is Scope.NEED_TO_KNOW and is_for_all_staff(form):
        raise refused.ForAllStaffError
    right = checked(grounds, scope=scope, book=book, by=by, at=at)
    who = decided_by or by
    if who != by and who not in managers_of(book, at=at):
        raise refused.NotYoursToDecideError
    fact = Restricted(
        entry_id=of.entry.entry_id,
        index=of.entry.index,
        chosen=chosen,
        scope=scope.value,
        ground=right.ground,
        reason=Words(right.reason),
        reference=Words(right.reference) if right.reference else None,
        officer=Words(right.officer) if right.officer else None,
        kept_from=tuple(right.kept_from),
        decided_by=who,
        decided_by_name=full_names({who}).get(who, ""),
        review_on=f"{right.review_on}",
    )

    def check() -> None:
        held = restrictions_of_entry(book, of.entry.index)
        if any(row.part in chosen and row.scope == scope for row in held):
            raise refused.RestrictedAlreadyError

    return seal_decided(fact, of, seen=seen, check=check, once=Once.of(key, by), at=at, auth=auth)
