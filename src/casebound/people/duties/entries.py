"""How a room's projection opens and closes duties. One mechanism for every clock."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.models import BarredWorker, Duty

LONGEST_WHAT = 300
LONGEST_SUBJECT = 80
LONGEST_NAME = 120


class Ended(StrEnum):
    """How a duty came to its end."""

    DONE = "done"
    CORRECTED = "corrected"  # done by putting right what it was about
    STRUCK = "struck"  # what it was about does not stand any more
    MISFILED = "misfiled"  # or belongs in another book


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyKind:
    """A duty of a room: its key (`room/what`), what to do in words, and the rule that asks.

    `form` is the form it is done with, if there is one to begin with a tap.
    """

    key: str
    what: str
    rule: str
    form: str = ""
    without_delay: bool = False


class SubjectKind(StrEnum):
    """What a duty or a follow-up is about, where an entry asks for several of the same."""

    NONE = ""  # the entry as a whole
    PERSON = "person"  # by the account's id, or by name if there is none
    CHILD = "child"
    ACTION = "action"  # that was agreed
    CLOCK = "clock"  # of a follow-up alone: where one form ends several clocks, this one


@dataclass(frozen=True, slots=True)
class Subject:
    """Which of several a duty or a follow-up is about. Its name is for reading, not for telling."""

    kind: SubjectKind = SubjectKind.NONE
    id: str = ""
    name: str = field(default="", compare=False)


WHOLE = Subject()


def open_duty(
    rows: Rows,
    kind: DutyKind,
    *,
    about: ReadEntry,
    book: str,
    home: str,
    assigned_to: str = "",
    managers: bool = False,
    barred: tuple[str, ...] = (),
    subject: Subject = WHOLE,
    since: datetime,
    due: datetime,
    goal: datetime | None = None,
    root: int | None = None,
) -> None:
    """Open a duty about an entry, due at an instant.

    It is assigned to one worker, or to those who manage the book, or to both. Workers in `barred`
    may not do it.
    `root` is the first entry of the chain that `about` follows, if it does.
    """
    key = _key(kind.key, about.index, subject)
    rows.add(
        Duty,
        id=key,
        key=kind.key,
        what=_cut(kind.what, LONGEST_WHAT),
        rule=kind.rule,
        form=kind.form,
        subject_kind=subject.kind.value,
        subject_id=subject.id[:LONGEST_SUBJECT],
        subject_name=_cut(subject.name, LONGEST_NAME),
        book_id=book,
        home_id=home,
        assigned_to=assigned_to,
        managers=managers,
        since_at=since,
        goal_at=goal,
        due_at=due,
        without_delay=kind.without_delay,
        about_index=about.index,
        about_number=next(n for one, n in about.pages.items() if one == book),
        root_index=about.index if root is None else root,
        ended="",
        done_index=None,
        done_number=None,
        done_at=None,
        done_by=None,
    )
    for worker in dict.fromkeys(barred):
        rows.add(BarredWorker, duty_id=key, worker_id=worker)


def close_duty(
    rows: Rows, kind: DutyKind, *, about: int, by: ReadEntry, subject: Subject = WHOLE
) -> None:
    """Close the duty about the entry of leaf `about`, done by an entry. Done once, stays done."""
    _end(rows, by, Ended.DONE, id=_key(kind.key, about, subject))


def close_following(
    rows: Rows,
    key: str,
    *,
    root: int,
    by: ReadEntry,
    subject: Subject = WHOLE,
    assigned_to: str = "",
    how: Ended = Ended.DONE,
) -> None:
    """Close the open duties of a kind in the chain that begins at leaf `root`.

    With a `subject`, only the duty about it; with `assigned_to`, only that worker's.
    """
    where: dict[str, Any] = {"assigned_to": assigned_to} if assigned_to else {}
    if subject != WHOLE:
        where |= {"subject_kind": subject.kind.value, "subject_id": subject.id}
    _end(rows, by, how, root_index=root, key=key, **where)


def close_in_book(rows: Rows, key: str, *, book: str, by: ReadEntry) -> None:
    """Close what is open of a kind in a book, whatever entry it is about."""
    _end(rows, by, Ended.DONE, book_id=book, key=key)


def end_duties(rows: Rows, *, about: int, by: ReadEntry, how: Ended) -> None:
    """End what is open about an entry in the books of a later one: there it stands no more."""
    for book in by.pages:
        _end(rows, by, how, about_index=about, book_id=book)


def _end(rows: Rows, by: ReadEntry, how: Ended, **where: Any) -> None:  # Any: values of columns
    for duty in rows.find(Duty, done_at=None, **where):
        rows.change(
            Duty,
            {"id": duty.id},
            ended=how.value,
            done_index=by.index,
            done_number=next((n for book, n in by.pages.items() if book == duty.book_id), None),
            done_at=by.signed_at,
            done_by=by.signed_by,
        )


def _key(key: str, about: int, subject: Subject) -> str:
    which = f"#{subject.id[:LONGEST_SUBJECT]}" if subject.id else ""
    return f"{key}#{about}{which}"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 2].rsplit(" ", 1)[0] + " …"
