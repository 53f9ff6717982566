"""Questions about what is restricted: a manager's whole section, one restriction, its history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Max, Q, QuerySet

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import BookId, WorkerId
from casebound.foundation.base.messages import gettext
from casebound.people.access.colleagues import colleagues_at
from casebound.people.access.reads import SeenBook, reader_of, seen_among
from casebound.people.accounts.reads import full_names
from casebound.people.restricted.holding import RestrictionRow, Scope, State
from casebound.people.restricted.reads import books_restricted, known_in
from casebound.people.rights.shape import Permission
from casebound.record.restricting.models import RestrictionStep, ReviewInterval
from casebound.record.restricting.parts import key_of, part_in, part_words
from casebound.record.restricting.sections import DecisionStep, Section, scope_words
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.marks import Ground

PAGE: Final = 25
PRINTED: Final = 500  # restrictions in one print; a longer section is printed in parts


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionSeen:
    """A restriction as a manager sees it, without a word of what it holds.

    Attributes:
        book: the book it holds in.
        which: its name within the book.
        number: the number of the entry in the book; `title` is what its form is called.
        part: what of it is restricted, in words.
        days: how many days it has been held, or was.
        overdue: by how many days the review is late; 0 if it is not.
    """

    id: str
    book: SeenBook
    which: str
    number: int
    title: str
    part: str
    section: Section
    ground: str
    reason: str
    reference: str
    officer: str
    decided_by: str
    decided_on: date
    days: int
    review_on: date | None
    overdue: int
    state: State

    @property
    def where(self) -> str:
        """The section it stands in, in words."""
        return scope_words(self.section)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionWanted:
    """Which restrictions to show: of a book, a ground, a section; those that ended; from where.

    `after` and `before` are the ends of a page: a day and an id.
    """

    book: str = ""
    ground: str = ""
    scope: str = ""
    ended: bool = False
    after: tuple[date, str] | None = None
    before: tuple[date, str] | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.book or self.ground or self.scope or self.ended)


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A page of the restricted section: what is due first stands first."""

    rows: Sequence[RestrictionSeen]
    newer: tuple[date, str] | None  # before the first row, if there is more
    older: tuple[date, str] | None  # after the last row, if there is more
    overdue: int  # in the whole section
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSeen:
    """One step in the history of a restriction."""

    step: DecisionStep
    at: datetime
    number: int
    signed_by: str
    decided_by: str
    reason: str
    to: str
    ground: str
    who: str
    name: str
    how: str
    on: date | None
    review_on: date | None


def books_answered_for(worker: WorkerId, *, at: datetime) -> dict[BookId, SeenBook]:
    """Return the books with something restricted that a worker answers for, by id. 2 queries.

    Books of children who have moved on are among them.
    """
    return seen_among(worker, books_restricted(), at=at, to=Permission.ANSWER_FOR_BOOK)


def section(
    books: Mapping[BookId, SeenBook],
    wanted: SectionWanted,
    *,
    worker: WorkerId,
    at: datetime,
    count: int = PAGE,
) -> SectionPage:
    """Return a page of what is restricted in these books. 5 queries, however much it is."""
    today = day_of(at)
    known = known_in(books, reader_of(books.values(), worker=worker))
    held = known.filter(state=State.HELD)
    rows = known.exclude(state=State.HELD) if wanted.ended else held
    for column, value in (
        ("book_id", wanted.book), ("ground", wanted.ground), ("scope", wanted.scope),
    ):  # fmt: skip
        rows = rows.filter(**{column: value}) if value else rows
    page, newer, older = _page(rows, wanted, count=count)
    return SectionPage(
        restrictions_seen(page, books, at=at),
        newer,
        older,
        held.filter(review_on__lt=today).count(),
        held.count(),
    )


def _page(
    rows: QuerySet[RestrictionRow], wanted: SectionWanted, *, count: int
) -> tuple[list[RestrictionRow], tuple[date, str] | None, tuple[date, str] | None]:
    """Return a page by its key, and the places before and after it."""
    if wanted.before is not None:
        day, last = wanted.before
        earlier = rows.filter(Q(review_on__lt=day) | Q(review_on=day, id__lt=last))
        page = list(earlier.order_by("-review_on", "-id")[: count + 1])
        more, page = len(page) > count, page[:count]
        page.reverse()
        return page, _place(page[:1]) if more else None, _place(page[-1:])
    if wanted.after is not None:
        day, last = wanted.after
        rows = rows.filter(Q(review_on__gt=day) | Q(review_on=day, id__gt=last))
    page = list(rows.order_by("review_on", "id")[: count + 1])
    more, page = len(page) > count, page[:count]
    return page, _place(page[:1]) if wanted.after else None, _place(page[-1:]) if more else None


def _place(rows: Sequence[RestrictionRow]) -> tuple[date, str] | None:
    return next(((row.review_on, row.id) for row in rows if row.review_on), None)


def restrictions_seen(
    rows: Iterable[RestrictionRow], books: Mapping[BookId, SeenBook], *, at: datetime
) -> list[RestrictionSeen]:
    """Return these rows as a manager sees them. 2 queries, none without rows."""
    wanted, today = list(rows), day_of(at)
    if not wanted:
        return []
    begun = _begun(wanted)
    names = full_names({WorkerId(row.decided_by) for row in wanted})
    return [
        _seen(row, begun[_key(row)], books[BookId(row.book_id)], names, today)
        for row in wanted
        if _key(row) in begun
    ]


def _begun(rows: Sequence[RestrictionRow]) -> dict[tuple[str, str, int], RestrictionStep]:
    """Return the first step of each restriction, which says of which entry it is."""
    steps = RestrictionStep.objects.filter(
        book_id__in={row.book_id for row in rows},
        which__in={_which(row) for row in rows},
        leaf__in={row.set_in for row in rows},
        step=DecisionStep.SET,
    )
    return {(step.book_id, step.which, step.leaf): step for step in steps}


def _key(row: RestrictionRow) -> tuple[str, str, int]:
    return row.book_id, _which(row), row.set_in


def _which(row: RestrictionRow) -> str:
    return key_of(row.leaf, row.part, row.scope)


def _seen(
    row: RestrictionRow,
    step: RestrictionStep,
    book: SeenBook,
    names: Mapping[WorkerId, str],
    today: date,
) -> RestrictionSeen:
    form = catalogue.form(step.form, step.form_version)
    decided_on = day_of(row.decided_at)
    held = row.state == State.HELD
    return RestrictionSeen(
        id=row.id,
        book=book,
        which=step.which,
        number=step.entry_number,
        title=form.title,
        part=part_words(row.part, form),
        section=section_of(row, step),
        ground=ground_words(row.ground),
        reason=row.reason,
        reference=row.reference,
        officer=row.officer,
        decided_by=names.get(WorkerId(row.decided_by), ""),
        decided_on=decided_on,
        days=(today - decided_on).days,
        review_on=row.review_on,
        overdue=max(0, (today - row.review_on).days) if held and row.review_on else 0,
        state=State(row.state),
    )


def restriction_of(book: SeenBook, which: str) -> RestrictionRow | None:
    """Return a restriction of a book by its name, the newest of that name; None if there is none.

    Nor is there one for a manager from who the entry is kept, or who the part is about. 1 query.
    """
    of = part_in(which)
    if of is None or book.may(Permission.ANSWER_FOR_BOOK) is None:
        return None
    leaf, part, scope = of
    rows = known_in([book.id], book.reader).filter(leaf=leaf, part=part, scope=scope.value)
    return rows.order_by("-set_in").first()


def restrictions_of_entry(book: SeenBook, leaf: int) -> list[RestrictionRow]:
    """Return what is held of an entry in a book and the manager may know of. 1 query."""
    if book.may(Permission.ANSWER_FOR_BOOK) is None:
        return []
    rows = known_in([book.id], book.reader).filter(leaf=leaf, state=State.HELD)
    return list(rows.order_by("part", "scope"))


def history(book: SeenBook, which: str) -> list[StepSeen]:
    """Return what was decided and said about a restriction, newest first. 2 queries."""
    steps = list(RestrictionStep.objects.filter(book_id=book.id, which=which).order_by("-leaf"))
    names = full_names(
        {WorkerId(who) for step in steps for who in (step.signed_by, step.decided_by)}
    )
    return [
        StepSeen(
            step=DecisionStep(step.step),
            at=step.at,
            number=step.number,
            signed_by=names.get(WorkerId(step.signed_by), ""),
            decided_by=names.get(WorkerId(step.decided_by), ""),
            reason=step.reason,
            to=step.to,
            ground=ground_words(step.ground) if step.ground else "",
            who=step.who,
            name=step.name,
            how=step.how,
            on=step.on,
            review_on=step.review_on,
        )
        for step in steps
    ]


def first_step(row: RestrictionRow) -> RestrictionStep | None:
    """Return the step with which a restriction began, which says of which entry it is. 1 query."""
    return _begun([row]).get(_key(row))


def section_of(row: RestrictionRow, step: RestrictionStep | None) -> Section:
    """Return the section that a restriction stands in, which its first step may narrow."""
    return Section(step.to) if step is not None and step.to else Section(row.scope)


def held_now(book: SeenBook, leaf: int, part: str, scope: Scope) -> bool:
    """Say whether a part is held in a section of the book. 1 query."""
    rows = restrictions_of_entry(book, leaf)
    return any((row.part, row.scope) == (part, scope.value) for row in rows)


def last_step(book: BookId, leaf: int) -> int:
    """Return the leaf of the newest decision about an entry in a book; 0 if none. 1 query.

    Two managers who decide about the same entry at once are told apart by it.
    """
    steps = RestrictionStep.objects.filter(book_id=book, which__startswith=f"{leaf}-")
    return int(steps.aggregate(newest=Max("leaf"))["newest"] or 0)


def own_intervals() -> dict[str, int]:
    """Return how many days the provider allows at most, of the grounds it set. 1 query."""
    return dict(ReviewInterval.objects.values_list("ground", "days"))


def intervals_set() -> list[ReviewInterval]:
    """Return what the provider set, with who set it and when. 1 query."""
    return list(ReviewInterval.objects.order_by("ground"))


def ground_words(ground: str) -> str:
    """Return a ground in words; as it was sealed, if this version does not know it."""
    known = {member.value: member for member in Ground}
    if not ground:
        return gettext("Not said")
    return known[ground].label if ground in known else ground


def managers_of(book: SeenBook, *, at: datetime) -> dict[WorkerId, str]:
    """Return who answers for the book, of those who work at its home, by name. 2 queries."""
    return {
        colleague.id: colleague.name
        for colleague in colleagues_at(book, at=at)
        if colleague.may(Permission.ANSWER_FOR_BOOK)
    }
