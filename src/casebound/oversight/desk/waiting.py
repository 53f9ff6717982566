"""What waits or is done, as a row of the Shift page and of the desk: what, who about, by when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.calendar import day_of, end_of
from casebound.foundation.base.ids import BookId, WorkerId
from casebound.foundation.base.times import clock, near_day
from casebound.people.access.reads import SeenBook
from casebound.people.duties.entries import WHOLE, Ended, Subject
from casebound.people.duties.reads import DutySeen
from casebound.people.rights.shape import Permission
from casebound.record.drafting.reads import DraftLine
from casebound.record.followups.duties import BIRTH
from casebound.record.followups.reads import can_be_begun, subject_of
from casebound.record.followups.wording import ended_words
from casebound.record.restricting.duties import ROOM as RESTRICTED
from casebound.record.restricting.duties import page_of
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.clocks.clocks import recorded_by

_NEAR = {-1: gettext_noop("yesterday"), 0: gettext_noop("today"), 1: gettext_noop("tomorrow")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that waits or is done: what, who it is about, by when, and where to go.

    Attributes:
        number: the number of the entry it is about; 0 if there is none.
        form: the form to do it on, begun by one tap; empty if there is none, or if this worker may
            not write it.
        subject: which of several things it is for.
        is_left: it is a draft whose author can no longer finish it.
        page: the page on which it is done, where no form records it.
    """

    what: str
    about: str
    when: str
    state: str
    book: str
    number: int = 0
    draft: str = ""
    form: str = ""
    subject: Subject = WHOLE
    is_left: bool = False
    page: str = ""


def _asked(duty: DutySeen) -> str:
    """Return what is due, with the law that asks for it. Our own clauses stand on the entry."""
    return duty.what if duty.rule.startswith("P") else f"{duty.what} ({duty.rule})"


def due_row(
    duty: DutySeen, seen: Mapping[BookId, SeenBook], names: Mapping[WorkerId, str], at: datetime
) -> Waiting:
    """Show a duty that is open."""
    book = seen[duty.book]
    return Waiting(
        what=_asked(duty),
        about=f"{book.title}{_assigned_to(duty, names)}",
        when=_by(duty, at),
        state="overdue" if duty.overdue else "due",
        book=duty.book,
        number=duty.number,
        form=duty.form if can_be_begun(duty, book) else "",
        subject=subject_of(duty),
        page=_page(duty, book),
    )


def _page(duty: DutySeen, book: SeenBook) -> str:
    """Return the page on which a duty is done that no form records."""
    if duty.key == BIRTH.key and book.may(Permission.MANAGE_HOME):
        return reverse("access:birth", args=[book.id])
    if duty.key.startswith(RESTRICTED) and book.may(Permission.ANSWER_FOR_BOOK):
        return page_of(duty)
    return ""


def _assigned_to(duty: DutySeen, names: Mapping[WorkerId, str]) -> str:
    """Name the person who has to do it, on pages that show everybody's duties."""
    if not names:
        return ""
    who = [names[duty.assigned_to]] if duty.assigned_to and duty.assigned_to in names else []
    if who and duty.managers:
        return gettext(", for {who} and the managers").format(who=who[0])
    if duty.above:
        return gettext(", for the responsible individual")
    if duty.managers:
        return gettext(", for the managers")
    return gettext(", for {who}").format(who=who[0]) if who else ""


def _by(duty: DutySeen, at: datetime) -> str:
    limit = moment_words(duty.due_at, at)
    if duty.overdue:
        return gettext("was due {limit}").format(limit=limit)
    if duty.without_delay:
        return gettext("without delay, at the latest {limit}").format(limit=limit)
    if duty.goal_at is not None and at <= duty.goal_at < duty.due_at:
        return gettext("best by {goal_at}, at the latest {limit}").format(
            goal_at=moment_words(duty.goal_at, at), limit=limit
        )
    return gettext("by {limit}").format(limit=limit)


def ended_row(
    duty: DutySeen, seen: Mapping[BookId, SeenBook], names: Mapping[WorkerId, str], at: datetime
) -> Waiting:
    """Show a duty that has ended, with who did it."""
    who = f"{names[duty.done_by]}, " if duty.done_by and duty.done_by in names else ""
    late = duty.ended is Ended.DONE and not duty.in_time
    was_due = (
        gettext(", was due {due_at}").format(due_at=moment_words(duty.due_at, at)) if late else ""
    )
    return Waiting(
        what=_asked(duty),
        about=seen[duty.book].title,
        when=f"{_how_ended(duty)}{who}{moment_words(duty.done_at or at, at)}{was_due}",
        state="done-late" if late else "done",
        book=duty.book,
        number=duty.done_number or duty.number,
    )


def _how_ended(duty: DutySeen) -> str:
    """Say how a duty ended, after the word Done: `in time: `, `not needed, struck through: `."""
    if duty.ended is Ended.DONE:
        return gettext("in time: ") if duty.in_time else ""
    words = ended_words(duty)
    return f"{words[:1].lower()}{words[1:]}: "


def draft_row(
    draft: DraftLine,
    seen: Mapping[BookId, SeenBook],
    names: Mapping[WorkerId, str],
    at: datetime,
    *,
    begun_by: Mapping[WorkerId, str],
    left: Collection[str] = (),
) -> Waiting:
    """Say by when a draft must be signed, by the clock of its record (P43, reg 35(3)(a))."""
    clock = recorded_by(draft.form, since=draft.clock_at)
    by = clock.due(draft.clock_at) if draft.clock_at else None
    late = by is not None and at > by
    who = f", {names[draft.author]}" if draft.author in names else ""
    if draft.begun_by is not None and draft.begun_by in begun_by:
        who += gettext(", begun by {name}").format(name=begun_by[draft.begun_by])
    book = seen[draft.book]
    moved_on = gettext(", who has moved on") if book.left_at else ""
    return Waiting(
        what=catalogue.form(draft.form).title,
        about=f"{book.title}{moved_on}{who}",
        when=(
            gettext("saved {saved_at}").format(saved_at=moment_words(draft.saved_at, at))
            if by is None
            else gettext("was due {by}").format(by=moment_words(by, at))
            if late
            else gettext("sign by {by}").format(by=moment_words(by, at))
        ),
        state="overdue" if late else "draft",
        book=draft.book,
        draft=draft.id,
        is_left=draft.id in left,
    )


def moment_words(moment: datetime, now: datetime) -> str:
    """Write a moment near now as people say it: `22:40 today`, `08:05 on Sunday`."""
    days = (day_of(moment) - day_of(now)).days
    if moment == end_of(day_of(moment)):
        return gettext("the end of {value}").format(
            value=gettext(_NEAR.get(days, "")) or near_day(day_of(moment), day_of(now))
        )
    if days in _NEAR:
        return f"{clock(moment)} {gettext(_NEAR[days])}"
    return gettext("{moment} on {moment_2}").format(
        moment=clock(moment), moment_2=near_day(day_of(moment), day_of(now))
    )
