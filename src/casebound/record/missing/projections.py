"""Episodes, the lines of their logs and what is due next, from the entries.

The clocks that an entry's form and answers start and end are `record.followups`' affair.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from casebound.foundation.base.messages import gettext_noop
from casebound.foundation.base.times import instant
from casebound.foundation.proof.canonical import Json
from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.entries import (
    DutyKind,
    Subject,
    SubjectKind,
    open_duty,
)
from casebound.record.book.entries import Entry
from casebound.record.followups.reads import root_as_projected
from casebound.record.missing.duties import NEXT, STRATEGY
from casebound.record.missing.models import Episode, LogLine, MeetingNumbers
from casebound.record.missing.rules import USUAL, Numbers, Time, too_often
from casebound.rulebook.clocks.clocks import TABLE
from casebound.rulebook.clocks.shape import Clock

FIRST: Final = "missing"
LINE: Final = "missing_line"
RETURN: Final = "returned"
NUMBERS: Final = "missing_numbers"
BACK: Final = "returned_at"
TOO_OFTEN: Final = gettext_noop("Ask for a strategy meeting: missing {times} times (no. {numbers})")


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Begin an episode, add a line to its log, end it, or keep a home's numbers."""
    if fact.form == FIRST:
        _begin(entry, fact, rows)
    elif fact.form == LINE:
        _add_line(entry, fact, _episode_of(fact, rows), rows)
    elif fact.form == RETURN:
        _end(entry, fact, rows)
    elif fact.form == NUMBERS:
        _keep_numbers(entry, fact, rows)


def _begin(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    book, number = next(iter(entry.pages.items()))
    back = _moment(fact.answers, BACK)
    earlier = [Time(row.since_at, row.number) for row in rows.find(Episode, book_id=book)]
    rows.add(
        Episode,
        leaf=entry.index,
        book_id=book,
        home_id=fact.home_id,
        number=number,
        kind=str(fact.answers.get("kind", "")),
        since_at=fact.happened_from,
        returned_at=back,
        returned_in=entry.index if back else None,
    )
    _add_line(entry, fact, entry.index, rows)
    _ask_for_meeting(entry, fact, earlier, Time(fact.happened_from, number), rows)


def _ask_for_meeting(
    entry: ReadEntry, fact: Entry, earlier: list[Time], new: Time, rows: Rows
) -> None:
    """Ask for a strategy meeting if the child was missing too often, and name the entries."""
    often = too_often(earlier, new, _numbers_of(fact.home_id, rows))
    if not often:
        return
    numbers = ", ".join(str(time.number) for time in often)
    what = TOO_OFTEN.format(times=len(often), numbers=numbers)
    open_duty(
        rows,
        _kind(STRATEGY, what),
        about=entry,
        book=next(iter(entry.pages)),
        home=fact.home_id,
        managers=True,
        since=entry.signed_at,
        due=STRATEGY.due(entry.signed_at),
    )


def _numbers_of(home: str, rows: Rows) -> Numbers:
    own = rows.find(MeetingNumbers, home_id=home)
    return Numbers(own[-1].times, own[-1].days) if own else USUAL


def _add_line(entry: ReadEntry, fact: Entry, root: int | None, rows: Rows) -> None:
    if root is None:
        return
    book, number = next(iter(entry.pages.items()))
    rows.add(
        LogLine,
        leaf=entry.index,
        root_index=root,
        book_id=book,
        number=number,
        entry_id=entry.entry_id,
        form=fact.form,
        form_version=fact.form_version,
        happened_at=fact.happened_from,
        signed_at=entry.signed_at,
        author=fact.author.name[:160],
        told_by=fact.content.originator[:160],
        late=fact.late,
        words=" ".join(said.text for said in fact.content.statements if said.text),
        answers=json.dumps(fact.answers),
        status="",
        does=_does(fact),
    )
    _open_next(entry, fact, root, rows)


def _open_next(entry: ReadEntry, fact: Entry, root: int, rows: Rows) -> None:
    """Open what the line says is due next."""
    due, what = _moment(fact.answers, "next_at"), fact.answers.get("next_what")
    if due is None or not isinstance(what, str):
        return
    who = fact.answers.get("next_who")
    open_duty(
        rows,
        _kind(NEXT, f"{what} ({who})" if who else what),
        about=entry,
        book=next(iter(entry.pages)),
        home=fact.home_id,
        assigned_to=fact.author.id,
        managers=True,
        subject=Subject(SubjectKind.ACTION, f"next-{entry.index}", what),
        since=entry.signed_at,
        due=due,
        root=root,
    )


def _end(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """End the episode it follows, and any other that two workers began at once."""
    root, back = _episode_of(fact, rows), _moment(fact.answers, BACK)
    if root is None or back is None:
        return
    for episode in rows.find(Episode, book_id=next(iter(entry.pages)), returned_at=None):
        if episode.leaf == root or episode.since_at <= back:
            ended = {"returned_at": back, "returned_in": entry.index}
            rows.change(Episode, {"leaf": episode.leaf}, **ended)
    _add_line(entry, fact, root, rows)


def _keep_numbers(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    times, days = fact.answers.get("times"), fact.answers.get("days")
    if isinstance(times, int) and isinstance(days, int):
        rows.add(MeetingNumbers, leaf=entry.index, home_id=fact.home_id, times=times, days=days)


def _episode_of(fact: Entry, rows: Rows) -> int | None:
    """Return the first entry of the chain: a line may be begun from the return, or a line."""
    about = next((about.index for about in fact.references if about.relation.follows), None)
    return None if about is None else root_as_projected(about, rows)


def _does(fact: Entry) -> str:
    about = next((about for about in fact.references if about.relation.follows), None)
    return about.subject.id if about and about.subject.kind is SubjectKind.ACTION else ""


def _moment(answers: Mapping[str, Json], name: str) -> datetime | None:
    answer = answers.get(name)
    return instant(answer) if isinstance(answer, str) and answer else None


def _kind(clock: Clock, what: str) -> DutyKind:
    return DutyKind(
        key=clock.key,
        what=what,
        rule=clock.rule,
        form=clock.next_form,
        without_delay=clock.without_delay,
    )


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Take a struck or misfiled entry out: no episode, no return, and a line that is struck."""
    leaf, book = withdrawal.leaf, withdrawal.book
    rows.change(LogLine, {"leaf": leaf, "book_id": book}, status=withdrawal.status)
    rows.remove(Episode, leaf=leaf, book_id=book)
    rows.change(Episode, {"returned_in": leaf, "book_id": book}, returned_at=None, returned_in=None)
    rows.remove(MeetingNumbers, leaf=leaf)


PROJECTION = Projection(
    version=2,
    tables=(Episode, LogLine, MeetingNumbers),
    on={Entry.kind: entry_sealed},
    withdraw=withdraw,
    reads_rows_of=("followups",),
    writes_rows_of=("duties",),
    depends_on_files=(TABLE,),
)
