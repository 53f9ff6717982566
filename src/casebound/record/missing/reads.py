"""Who is missing now, and the log of one time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casebound.foundation.base.ids import BookId, EntryId, WorkerId
from casebound.foundation.base.messages import gettext
from casebound.people.access.reads import SeenBook, WorkerRights, reader_of, seen_among
from casebound.people.duties.reads import DutySeen, duties_about, duties_in
from casebound.people.rights.shape import Permission
from casebound.record.book.reads import referred_to
from casebound.record.book.relations import CORRECTION
from casebound.record.followups.reads import can_be_begun, subject_of
from casebound.record.missing.duties import ORDER, ROOM
from casebound.record.missing.models import Episode, LogLine
from casebound.record.missing.wording import (
    LineWords,
    for_how_long,
    line_words,
    missing_words,
    next_words,
    since_words,
)
from casebound.record.profile.reads import current_answers
from casebound.rulebook.catalogue import catalogue

MOST_LINES = 400
NONE_OPEN: Sequence["MissingNow"] = ()


@dataclass(frozen=True, slots=True)
class MissingNow:
    """A child who is missing: the book, the entry, since when, and what is due next, in words."""

    book: BookId
    number: int
    name: str
    words: str
    next: str
    overdue: bool


def missing_now(rights: WorkerRights, *, at: datetime) -> Sequence[MissingNow]:
    """Return who is missing from the homes where this worker reads the books. 1 query.

    4 queries if somebody is. A grant of one child's book gives nothing here: it is for the people
    of the home, and for those who read every book of the provider.
    """
    open_episodes = list(Episode.objects.filter(returned_at=None).order_by("since_at", "leaf"))
    if not open_episodes:
        return NONE_OPEN
    homes, everywhere = set(rights.homes(Permission.READ_BOOK)), rights.reads_everything()
    known = {row.book_id: row for row in reversed(open_episodes)
             if everywhere or row.home_id in homes}  # fmt: skip
    books = seen_among(rights.worker, map(BookId, known), at=at)
    due: dict[BookId, DutySeen] = {}
    for duty in sorted(_due_in(books, worker=rights.worker, at=at), key=soonest):
        if duty.key.startswith(ROOM):
            due.setdefault(duty.book, duty)
    return [
        MissingNow(
            book=book.id,
            number=row.number,
            name=book.title,
            words=missing_words(row.since_at, at, away=row.kind == "away"),
            next=next_words(due[book.id].what, due[book.id].due_at, at) if book.id in due else "",
            overdue=book.id in due and due[book.id].overdue,
        )
        for row in sorted(known.values(), key=lambda row: (row.since_at, row.leaf))
        if (book := books.get(BookId(row.book_id))) is not None and book.left_at is None
    ]


def _due_in(books: Mapping[BookId, SeenBook], *, worker: WorkerId, at: datetime) -> list[DutySeen]:
    if not books:
        return []
    return duties_in(books, reader=reader_of(books.values(), worker=worker), at=at)


def soonest(duty: DutySeen) -> tuple[datetime, int]:
    """Sort what is due by its limit, then in the order of the table: the police come first."""
    return duty.due_at, ORDER.get(duty.key, len(ORDER))


def open_episode(book: BookId) -> int | None:
    """Return the number of the entry with which the child is missing now, or None. 1 query."""
    rows = Episode.objects.filter(book_id=book, returned_at=None).order_by("since_at", "leaf")
    return rows.values_list("number", flat=True).first()


@dataclass(frozen=True, slots=True)
class LineSeen:
    """A line of the log as a page shows it."""

    number: int
    leaf: int
    words: LineWords
    author: str
    told_by: str
    late: bool
    status: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class AskSeen:
    """Something that is due: what, by when, and what begins it with one tap.

    Attributes:
        tried: when somebody was tried and not reached, in words.
        fills: the answers that the entry begins with, besides those of its clock.
    """

    what: str
    when: str
    overdue: bool
    done: bool
    form: str
    number: int
    subject_kind: str = ""
    subject_id: str = ""
    tried: str = ""
    fills: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class EpisodeSeen:
    """One time a child was missing, with its log."""

    number: int
    away: bool
    since: str
    lasted: str
    returned: str
    lines: Sequence[LineSeen]
    due: Sequence[AskSeen]
    done: Sequence[AskSeen]
    parents: Sequence[AskSeen]
    risk: str
    last: int  # leaf of the newest line


def episode_of(book: SeenBook, number: int) -> Episode | None:
    """Return the episode that an entry of the book belongs to; None if it has none. 2 queries."""
    line = LogLine.objects.filter(book_id=book.id, number=number).first()
    return Episode.objects.filter(leaf=line.root_index).first() if line else None


def episode_seen(book: SeenBook, episode: Episode, *, at: datetime) -> EpisodeSeen:
    """Return what a page shows of an episode. At most 7 queries, however long its log."""
    rows = list(LogLine.objects.filter(root_index=episode.leaf).order_by("leaf")[:MOST_LINES])
    corrected = referred_to([EntryId(row.entry_id) for row in rows], by=CORRECTION, book=book.id)
    duties = [
        duty
        for duty in sorted(
            duties_about(episode.leaf, book=book.id, reader=book.reader, at=at), key=soonest
        )
        if duty.key.startswith(ROOM)
    ]
    lines = [_line(row, EntryId(row.entry_id) in corrected, book) for row in rows]
    standing = [row for row in rows if not row.status]
    asked = [_asked(duty, book, standing, at) for duty in duties]
    return EpisodeSeen(
        number=episode.number,
        away=episode.kind == "away",
        since=since_words(episode.since_at, at),
        lasted=for_how_long(episode.since_at, episode.returned_at or at),
        returned=since_words(episode.returned_at, at) if episode.returned_at else "",
        lines=sorted(lines, key=lambda line: (line.words.at, line.leaf)),
        due=[ask for ask in asked if not ask.done],
        done=[ask for ask in asked if ask.done],
        parents=_parents(book, episode, standing, at) if not episode.returned_at else (),
        risk=_risk(standing),
        last=rows[-1].leaf if rows else 0,
    )


def _line(row: LogLine, corrected: bool, book: SeenBook) -> LineSeen:  # noqa: FBT001 (a value)
    barred = row.status == "misfiled" and book.may(Permission.ANSWER_FOR_BOOK) is None
    form = catalogue.form(row.form, row.form_version)
    return LineSeen(
        number=row.number,
        leaf=row.leaf,
        words=line_words(form, json.loads(row.answers), "" if barred else row.words,
                         at=row.happened_at, barred=barred),
        author=row.author,
        told_by="" if barred else row.told_by,
        late=row.late,
        status=row.status,
        corrected=corrected,
    )  # fmt: skip


def _asked(duty: DutySeen, book: SeenBook, lines: Sequence[LogLine], at: datetime) -> AskSeen:
    subject = subject_of(duty)
    may = duty.ended is None and can_be_begun(duty, book)
    return AskSeen(
        what=duty.what,
        when=since_words(duty.done_at, at) if duty.done_at else next_words("", duty.due_at, at),
        overdue=duty.overdue,
        done=duty.ended is not None,
        form=duty.form if may else "",
        number=duty.number,
        subject_kind=subject.kind.value,
        subject_id=subject.id,
        tried=_tried(duty, lines, at),
    )


_TOLD = {
    "missing/police": ("told_to", {"police"}),
    "missing/authority": ("told_to", {"placing_authority", "out_of_hours"}),
    "missing/parents": ("told_to", {"parent"}),
    "missing/back-police": ("back_to", {"police"}),
    "missing/back-authority": ("back_to", {"placing_authority", "out_of_hours"}),
    "missing/back-parents": ("back_to", {"parent"}),
}


def _tried(duty: DutySeen, lines: Sequence[LogLine], at: datetime) -> str:
    """Say when somebody was last tried and not reached."""
    if duty.ended is not None or duty.key not in _TOLD:
        return ""
    name, values = _TOLD[duty.key]
    tried = [
        row.happened_at
        for row in lines
        if (answers := json.loads(row.answers)).get(name) in values
        and answers.get("reached") in {"message", "no_answer"}
    ]
    if not tried:
        return ""
    return gettext("Tried {when}, not reached").format(when=since_words(max(tried), at))


def _parents(
    book: SeenBook, episode: Episode, lines: Sequence[LogLine], at: datetime
) -> list[AskSeen]:
    """Return each parent that the profile names: told when, or still to be told. 1 query."""
    rows = current_answers(book.id, catalogue.form("profile_family")).get("parents")
    parents = rows if isinstance(rows, tuple) else ()
    names = [str(row.get("name", "")) for row in parents if not isinstance(row, str)]
    told: dict[str, datetime] = {}
    for row in lines:
        answers = json.loads(row.answers)
        if answers.get("told_to") == "parent" and answers.get("reached") in {"yes", "decided_not"}:
            told[" ".join(str(answers.get("who", "")).split()).casefold()] = row.happened_at
    may = book.may(Permission.WRITE_ENTRY, form="missing_line") is not None
    return [
        AskSeen(
            what=name,
            when=since_words(when, at) if when else "",
            overdue=False,
            done=when is not None,
            form="missing_line" if may and not when else "",
            number=episode.number,
            fills=(("kind", "told"), ("told_to", "parent"), ("who", name)),
        )
        for name in filter(None, names)
        for when in [_when_told(name, told)]
    ]


def _when_told(name: str, told: dict[str, datetime]) -> datetime | None:
    """Return when somebody of this name was told, also if the line has only a part of it."""
    words = set(name.casefold().split())
    return next(
        (when for who, when in told.items() if who and set(who.replace(",", " ").split()) & words),
        None,
    )


def _risk(lines: Sequence[LogLine]) -> str:
    """Return the newest judgement of risk by each who judged it."""
    newest: dict[str, str] = {}
    for row in sorted(lines, key=lambda row: (row.happened_at, row.leaf)):
        answers = json.loads(row.answers)
        if answers.get("kind") == "risk" and row.form == "missing_line":
            field = catalogue.form(row.form, row.form_version).field
            labels = {choice.value: choice.label for choice in field("risk").choices}
            whose = {choice.value: choice.label for choice in field("risk_by").choices}
            by = str(answers.get("risk_by"))
            newest[by] = f"{gettext(whose.get(by, by))}: {gettext(labels[answers['risk']])}"
    return "; ".join(newest.values())
