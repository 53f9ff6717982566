"""What the pages of the story ask for by the table of clocks, and what was done about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from casebound.foundation.base.times import LONDON
from casebound.record.followups.rules import actions_in, began, day_end
from casebound.rulebook.catalogue.catalogue import form
from casebound.rulebook.clocks.clocks import ended_by, started_by
from casebound.rulebook.clocks.shape import Clock, Each, End, Start, Within
from casebound.upkeep.demo.story.days import WrittenPage
from casebound.upkeep.demo.story.tests.reading import answers_of, event_of


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    """One thing that a page asks for: of which clock and of which of several."""

    page: str
    root: str
    book: str
    clock: Clock
    of: str
    due: datetime
    done_at: datetime | None = None

    @property
    def name(self) -> str:
        """Return it as `lives/open.toml` names it."""
        return " ".join(word for word in (self.page, self.clock.key, self.of) if word)

    @property
    def is_late(self) -> bool:
        """Say whether it was done too late."""
        return self.done_at is not None and self.done_at > self.due


def followed_up(told: list[WrittenPage]) -> list[FollowUpDue]:
    """Return all that the pages ask for, with when it was done."""
    roots: dict[str, str] = {}
    asked: list[FollowUpDue] = []
    for page in told:
        roots[page.key] = roots[page.follows[0]] if page.follows else page.key
        if page.after is None:
            ends = list(ended_by(page.form, answers_of(page)))
            asked = [
                replace(due, done_at=min(event_of(page)[1], page.signed_at))
                if due.done_at is None and _ends(page, roots, due, ends)
                else due
                for due in asked
            ]
            asked += _asked(page, roots[page.key])
    return asked


def _ends(
    page: WrittenPage, roots: Mapping[str, str], due: FollowUpDue, ends: list[tuple[Clock, End]]
) -> bool:
    end = next((end for clock, end in ends if clock.key == due.clock.key), None)
    if end is None:
        return False
    if due.clock.apart and answers_of(page).get(due.clock.apart) != due.of:
        return False
    if due.clock.within is Within.BOOK:
        return due.book == (page.children[0] if page.children else page.home)
    if page.follows is None or roots[page.follows[0]] != due.root:
        return False
    about, of = page.follows
    if "/" in of:
        return of == due.clock.key or end.when is not None
    return of == due.of and (about == due.page or not due.of)


def _asked(page: WrittenPage, root: str) -> Iterator[FollowUpDue]:
    answers = answers_of(page)
    for clock, start in started_by(page.form, answers):
        if clock.record or start.prohibited or start.originator or start.kind:
            continue
        book = page.children[0] if page.children else page.home
        if start.tracked:
            week = clock.due(page.signed_at, start=start)
            for action in actions_in(form(page.form), answers, without_a_day=week):
                yield FollowUpDue(page.key, root, book, clock, action.key, action.due)
            continue
        until = day_end(answers.get(start.until)) if start.until else None
        if start.until and (until is None or (start.if_ahead and until <= page.signed_at)):
            continue
        since = _since(page, start)
        if since is not None and clock.holds_at(since):
            for of in _each(clock, page):
                due = until or clock.due(since, start=start)
                yield FollowUpDue(page.key, root, book, clock, of, due)


def _since(page: WrittenPage, start: Start) -> datetime | None:
    begins, ends = event_of(page)
    return began(
        start,
        happened_from=begins.astimezone(LONDON),
        happened_to=ends.astimezone(LONDON),
        signed_at=page.signed_at,
        answers=answers_of(page),
    )


def _each(clock: Clock, page: WrittenPage) -> list[str]:
    if clock.each in {Each.USERS, Each.READERS}:
        return [person["id"] for person in answers_of(page).get(clock.each.value, ())]
    return [str(answers_of(page).get(clock.apart, "")) if clock.apart else ""]
