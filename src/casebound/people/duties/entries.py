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
    """How a duty ended."""

    DONE = "done"
    CORRECTED = "corrected"  # done by correcting the entry it was about
    DISPUTED = "disputed"  # the person who was asked said that it is not what they said
    UNASKED = "unasked"  # the person who was asked cannot be asked any more
    STRUCK = "struck"  # the entry it was about was struck through
    MISFILED = "misfiled"  # the entry it was about belongs in another book


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyKind:
    """A duty of a room: its key (`room/what`), what to do in words, and the rule that asks.

    `form` is the form to do it on, if a worker can begin one with a tap.
    """

    key: str
    what: str
    rule: str
    form: str = ""
    without_delay: bool = False


class SubjectKind(StrEnum):
    """What a duty or a follow-up is about, if an entry starts several of the same kind."""

    NONE = ""  # the entry as a whole
    PERSON = "person"  # the account's id, or the name of a person without an account
    CHILD = "child"
    ACTION = "action"  # an action that was agreed
    STATEMENT = "statement"  # its number in the entry
    DOSE = "dose"  # of a medicine: the moment it was due
    KIND = "kind"  # a kind of meeting or appointment, of which the next is awaited
    CLOCK = "clock"  # only for a follow-up: which clock it ends, if its form ends several
    RESTRICTION = "restriction"  # of an entry or a part of it


@dataclass(frozen=True, slots=True)
class Subject:
    """Which of several things a duty or a follow-up is about. `name` is only for display."""

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
    above: bool = False,
    barred: tuple[str, ...] = (),
    subject: Subject = WHOLE,
    since: datetime,
    due: datetime,
    goal: datetime | None = None,
    root: int | None = None,
    confidential: bool = False,
    shown_from: datetime | None = None,
) -> None:
    """Open a duty about an entry, due at an instant.

    It is assigned to one worker, to the book's managers, or to both. Workers in `barred` may not do
    it. A duty that is `above` the managers is only for those who answer for what is about them.
    `root` is the first entry of the chain that `about` is in, if `about` follows an entry. Only
    managers who may do it are shown a `confidential` duty. One with `shown_from` waits until then.
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
        above=above,
        confidential=confidential,
        shown_from=shown_from,
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
    """Close the duty about the entry of leaf `about`. A duty that is already done stays done."""
    close_about(rows, kind.key, about=about, by=by, subject=subject)


def close_about(
    rows: Rows,
    key: str,
    *,
    about: int,
    by: ReadEntry,
    subject: Subject = WHOLE,
    assigned_to: str = "",
    how: Ended = Ended.DONE,
    done_at: datetime | None = None,
) -> None:
    """Close the duty of a kind about the entry of leaf `about` and this subject.

    With `assigned_to`, only that worker's. A duty that is already done stays done.
    """
    closes = Closes(key, about=about, subject=subject, assigned_to=assigned_to)
    _close(rows, closes, by, how, done_at)


def close_following(
    rows: Rows,
    key: str,
    *,
    root: int,
    by: ReadEntry,
    subject: Subject = WHOLE,
    assigned_to: str = "",
    how: Ended = Ended.DONE,
    done_at: datetime | None = None,
) -> None:
    """Close the open duties of a kind in the chain that begins at leaf `root`.

    With a `subject`, only the duty about it; with `assigned_to`, only that worker's.
    """
    closes = Closes(key, root=root, subject=subject, assigned_to=assigned_to)
    _close(rows, closes, by, how, done_at)


def close_in_book(
    rows: Rows,
    key: str,
    *,
    book: str,
    by: ReadEntry,
    subject: Subject = WHOLE,
    how: Ended = Ended.DONE,
    done_at: datetime | None = None,
    early: bool = True,
) -> None:
    """Close the open duties of a kind in a book, whatever entry they are about.

    With a `subject`, only the duties about it. Not `early`: what was done before a duty began does
    not end it, such as a visit of last month that is signed after this month's.
    """
    _close(rows, Closes(key, in_book=book, subject=subject, early=early), by, how, done_at)


def is_overtaken(rows: Rows, key: str, *, book: str, since: datetime) -> bool:
    """Say whether a duty of this kind in a book began later: an older entry starts none again."""
    return any(duty.since_at > since for duty in rows.find(Duty, key=key, book_id=book))


def is_asked(rows: Rows, key: str, *, book: str, subject: Subject) -> bool:
    """Say whether a duty of this kind about this subject is open in a book. 1 query."""
    where = {"key": key, "book_id": book, "subject_id": subject.id[:LONGEST_SUBJECT]}
    return bool(rows.find(Duty, **where, done_at=None))


def end_duties(rows: Rows, *, about: int, book: str, by: ReadEntry, how: Ended) -> None:
    """End an entry's duties in a book where it no longer stands: those open now or opened later."""
    rows.add_missing(DutyClosing, **_closing_of(Closes("", about=about), by, how, book))
    for duty in rows.find(Duty, done_at=None, about_index=about, book_id=book):
        _end(rows, duty, _closing_of(Closes("", about=about), by, how, book))


def move_duty(
    rows: Rows, key: str, *, about: int, subject: Subject, book: str, number: int
) -> None:
    """Ask for a duty in another book that the entry it is about is in, at its number there."""
    rows.change(Duty, {"id": _key(key, about, subject)}, book_id=book, about_number=number)


@dataclass(frozen=True, slots=True)
class Closes:
    """Which duties an entry closes: those of a kind about an entry, in a chain, or in a book."""

    key: str
    about: int | None = None
    root: int | None = None
    in_book: str = ""
    subject: Subject = WHOLE
    assigned_to: str = ""
    early: bool = True

    def where(self) -> dict[str, Any]:
        """Return the column values by which the duties are found."""
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
        """Return the values of the columns that hold the subject."""
        kind, subject = self.subject.kind.value, self.subject.id[:LONGEST_SUBJECT]
        return {"subject_kind": kind, "subject_id": subject}


def _close(
    rows: Rows, closes: Closes, by: ReadEntry, how: Ended, done_at: datetime | None = None
) -> None:
    """Close the open duties. Store that this entry closes them, in case another is withdrawn."""
    for book in by.pages:
        closing = _closing_of(closes, by, how, book, done_at)
        rows.add_missing(DutyClosing, **closing)
    for duty in rows.find(Duty, done_at=None, **closes.where()):
        page = duty.book_id if duty.book_id in by.pages else next(iter(by.pages))
        closing = _closing_of(closes, by, how, page, done_at)
        if closes.early or duty.since_at <= closing["done_at"]:
            _end(rows, duty, closing)


def _closing_of(
    closes: Closes, by: ReadEntry, how: Ended, book: str, done_at: datetime | None = None
) -> dict[str, Any]:
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
        "done_at": done_at or by.signed_at,
        "early": closes.early,
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
        done_at=closing["done_at"],
        done_by=closing["signed_by"],
    )


# When an entry that closed duties is withdrawn


def reopen_duties(rows: Rows, *, by: int, book: str) -> None:
    """Open again the duties that the entry of leaf `by` closed, now that it is withdrawn in a book.

    A duty that another entry also closes stays done by that entry. A duty that an entry closed
    about itself stays done, because the entry was still recorded in time.
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
    """Yield the standing entries that close a duty, earliest first.

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
        and (closing.early or duty.since_at <= closing.done_at)
    ]
    for _, pages in groupby(sorted(closings, key=lambda row: row.leaf), key=lambda row: row.leaf):
        every = list(pages)
        own = [page for page in every if page.book_id == duty.book_id] or every
        if not any(page.withdrawn for page in own):
            yield {name: getattr(own[0], name) for name in _OF_A_CLOSING}


_OF_A_CLOSING = ("ended", "leaf", "number", "book_id", "done_at", "signed_by")


def _key(key: str, about: int, subject: Subject) -> str:
    which = f"#{subject.id[:LONGEST_SUBJECT]}" if subject.id else ""
    return f"{key}#{about}{which}"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 2].rsplit(" ", 1)[0] + " …"
