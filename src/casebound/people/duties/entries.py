"""How a room's projection opens and closes duties. One mechanism for every clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.models import BarredWorker, Duty, DutyClosing

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
        about_number=next(n for subject_book, n in about.pages.items() if subject_book == book),
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
    _close(rows, Closes(kind.key, about=about, subject=subject), by, Ended.DONE)


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
    _close(rows, Closes(key, root=root, subject=subject, assigned_to=assigned_to), by, how)


def close_in_book(rows: Rows, key: str, *, book: str, by: ReadEntry) -> None:
    """Close what is open of a kind in a book, whatever entry it is about."""
    _close(rows, Closes(key, in_book=book), by, Ended.DONE)


def end_duties(rows: Rows, *, about: int, book: str, by: ReadEntry, how: Ended) -> None:
    """End what is open about an entry in one book, or opens again there: it stands no more."""
    rows.add_missing(DutyClosing, **_closing_of(Closes("", about=about), by, how, book))
    for duty in rows.find(Duty, done_at=None, about_index=about, book_id=book):
        _end(rows, duty, _closing_of(Closes("", about=about), by, how, book))


@dataclass(frozen=True, slots=True)
class Closes:
    """Which duties an entry closes: of a kind, about an entry, in a chain, or in a book."""

    key: str
    about: int | None = None
    root: int | None = None
    in_book: str = ""
    subject: Subject = WHOLE
    assigned_to: str = ""

    def where(self) -> dict[str, Any]:
        """Return which columns of a duty have which value."""
        columns: dict[str, Any] = {"key": self.key}
        if self.about is not None:
            columns |= {"about_index": self.about}
        if self.root is not None:
            columns |= {"root_index": self.root}
        if self.in_book:
            columns |= {"book_id": self.in_book}
        if self.assigned_to:
            columns |= {"assigned_to": self.assigned_to}
        if self.about is not None or self.subject != WHOLE:
            columns |= self.subject_columns()
        return columns

    def subject_columns(self) -> dict[str, Any]:
        """Return the columns that tell what they are about."""
        kind, subject = self.subject.kind.value, self.subject.id[:LONGEST_SUBJECT]
        return {"subject_kind": kind, "subject_id": subject}


def _close(rows: Rows, closes: Closes, by: ReadEntry, how: Ended) -> None:
    """Close what is open, and keep that the entry closes it, in case another is withdrawn."""
    for book in by.pages:
        closing = _closing_of(closes, by, how, book)
        rows.add_missing(DutyClosing, **closing)
    for duty in rows.find(Duty, done_at=None, **closes.where()):
        page = duty.book_id if duty.book_id in by.pages else next(iter(by.pages))
        _end(rows, duty, _closing_of(closes, by, how, page))


def _closing_of(closes: Closes, by: ReadEntry, how: Ended, book: str) -> dict[str, Any]:
    subject = closes.subject_columns()
    which = (closes.key, closes.about, closes.root, closes.in_book, *subject.values())
    parts = (by.index, book, *which, closes.assigned_to)
    return {
        "id": "#".join("" if part is None else str(part) for part in parts),
        "key": closes.key,
        "about_index": closes.about,
        "root_index": closes.root,
        "in_book": closes.in_book,
        **subject,
        "assigned_to": closes.assigned_to,
        "ended": how.value,
        "leaf": by.index,
        "book_id": book,
        "number": next(number for page, number in by.pages.items() if page == book),
        "signed_at": by.signed_at,
        "signed_by": by.signed_by,
        "withdrawn": False,
    }


def _end(rows: Rows, duty: Duty, closing: Mapping[str, Any]) -> None:
    rows.change(
        Duty,
        {"id": duty.id},
        ended=closing["ended"],
        done_index=closing["leaf"],
        done_number=closing["number"] if closing["book_id"] == duty.book_id else None,
        done_at=closing["signed_at"],
        done_by=closing["signed_by"],
    )


# When an entry that closed duties is withdrawn


def reopen_duties(rows: Rows, *, by: int, book: str) -> None:
    """Open again what the entry of leaf `by` closed, now that it is withdrawn in a book.

    A duty that another entry closes stays done, by that one. What an entry closed about itself
    stays as it is: that it was recorded in time does not change.
    """
    rows.change(DutyClosing, {"leaf": by, "book_id": book}, withdrawn=True)
    for duty in rows.find(Duty, done_index=by):
        if duty.about_index == by:
            continue
        closing = next(_closings_that_stand(rows, duty), None)
        if closing is None:
            nothing = dict.fromkeys(("done_index", "done_number", "done_at", "done_by"))
            rows.change(Duty, {"id": duty.id}, ended="", **nothing)
        else:
            _end(rows, duty, closing)


def _closings_that_stand(rows: Rows, duty: Duty) -> Iterator[dict[str, Any]]:
    """Give the entries that close a duty and stand, the earliest first.

    An entry counts in the duty's own book if it has a page there, else in any of its books.
    """
    closings = [
        closing
        for where in (
            {"key": "", "about_index": duty.about_index},
            {"key": duty.key, "about_index": duty.about_index, "subject_id": duty.subject_id},
            {"key": duty.key, "root_index": duty.root_index},
            {"key": duty.key, "in_book": duty.book_id},
        )
        for closing in rows.find(DutyClosing, **where)
        if closing.leaf > duty.about_index
        and closing.subject_id in {"", duty.subject_id}
        and closing.assigned_to in {"", duty.assigned_to}
    ]
    for _, pages in groupby(sorted(closings, key=lambda row: row.leaf), key=lambda row: row.leaf):
        every = list(pages)
        own = [page for page in every if page.book_id == duty.book_id] or every
        if not any(page.withdrawn for page in own):
            yield {name: getattr(own[0], name) for name in _OF_A_CLOSING}


_OF_A_CLOSING = ("ended", "leaf", "number", "book_id", "signed_at", "signed_by")


def _key(key: str, about: int, subject: Subject) -> str:
    which = f"#{subject.id[:LONGEST_SUBJECT]}" if subject.id else ""
    return f"{key}#{about}{which}"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 2].rsplit(" ", 1)[0] + " …"
