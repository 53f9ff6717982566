"""Restrictions and what became of them, from the entries; and what they ask of the managers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import BookId, EntryId, WorkerId
from casebound.foundation.base.messages import gettext
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.duties.entries import Subject, SubjectKind, close_in_book, is_asked, open_duty
from casebound.people.homes.reads import home_of_book_as_projected, is_home_book_as_projected
from casebound.people.restricted.entries import families_of, restrict
from casebound.people.restricted.holding import (
    WHOLE,
    Holding,
    RestrictionRow,
    Scope,
    State,
    end,
    held_as_projected,
    hold,
    hold_with,
    keep_for_managers,
    kept_from_as_projected,
    open_to_others,
    review_again,
)
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import telling_more
from casebound.record.followups.duties import AGREE
from casebound.record.restricting.duties import (
    OVERDUE,
    REVIEW,
    TELL,
    asked,
    overdue_since,
    review_by,
)
from casebound.record.restricting.entries import (
    Restricted,
    RestrictionDiscussed,
    RestrictionReviewed,
    ReviewIntervalSet,
)
from casebound.record.restricting.models import RestrictionStep, ReviewInterval
from casebound.record.restricting.parts import key_of, part_words, parts_of
from casebound.record.restricting.rules import latest_review
from casebound.record.restricting.sections import (
    CONSULTED,
    Consulted,
    DecisionStep,
    ReviewOutcome,
    Section,
    scope_of,
    scope_words,
)
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.catalogue.shape import Form
from casebound.rulebook.clocks.clocks import TABLE

_AGREES: Final = frozenset(end.form for end in AGREE.ends)


@dataclass(frozen=True, slots=True)
class HeldPart:
    """What a restriction is of, in one book: the entry, as its author wrote it, and the part."""

    book: BookId
    entry: ReadEntry
    part: str
    scope: Scope
    fact: Entry

    @property
    def leaf(self) -> int:
        """The leaf of the entry."""
        return self.entry.index

    @property
    def which(self) -> str:
        """Its name within the book."""
        return key_of(self.leaf, self.part, self.scope)

    @property
    def subject(self) -> Subject:
        """What its duties are about: one in each book, so that the book is in the id."""
        place = sorted(self.entry.pages).index(self.book)
        return Subject(SubjectKind.RESTRICTION, f"{place}-{self.which}", self.which)

    @property
    def words(self) -> str:
        """What is restricted, without a word of it."""
        return f"{part_words(self.part, _form(self.fact))}, {scope_words(self.scope).casefold()}"


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Ask to look again at what an author restricted, and at what is withdrawn but restricted."""
    for row in held_as_projected(rows, entry.index):
        about = HeldPart(BookId(row.book_id), entry, row.part, Scope(row.scope), fact)
        _begun(entry, about, row, rows)
    for withdrawn in _withdrawn_by(entry, fact):
        _ask_again(entry, withdrawn, rows)


def _withdrawn_by(entry: ReadEntry, fact: Entry) -> list[ReadEntry]:
    """Return the entries that this one withdraws, or whose withdrawal it agrees to."""
    about = [entry_of(reference.entry_id) for reference in fact.references]
    agreed = [
        withdrawal
        for found in about
        if fact.form in _AGREES and found is not None and is_written(found)
        for withdrawal in Entry.read(found).withdraws(found)
    ]
    ids = {withdrawal.entry_id for withdrawal in (*fact.withdraws(entry), *agreed)}
    found = (_written(entry_id) for entry_id in sorted(ids))
    return [withdrawn for withdrawn in found if withdrawn is not None]


def restricted(entry: ReadEntry, fact: Restricted, rows: Rows) -> None:
    """Restrict the parts in each of the books, and ask to look again."""
    target = _written(fact.entry_id)
    if target is None:
        return
    written = Entry.read(target)
    families = families_of(rows, [fact.index])
    for book in entry.pages:
        shown = {part.key for part in parts_of(written, BookId(book))}
        for part in fact.chosen:
            if part in shown:
                about = HeldPart(BookId(book), target, part, Scope(fact.scope), written)
                _hold(entry, about, fact, rows, review_on=date.fromisoformat(fact.review_on))
                _ask_to_tell(entry, about, rows)
    _for_managers(entry, fact.index, fact.chosen, families, rows)


def reviewed(entry: ReadEntry, fact: RestrictionReviewed, rows: Rows) -> None:
    """Renew, release or move what is held of the part, in each of the books."""
    target = _written(fact.entry_id)
    if target is None:
        return
    written = Entry.read(target)
    families = families_of(rows, [fact.index])
    for book in entry.pages:
        about = HeldPart(BookId(book), target, fact.part, Scope(fact.scope), written)
        for row in _held(about, rows):
            _review(entry, fact, about, row, rows)
    _for_managers(entry, fact.index, (fact.part,), families, rows)


def discussed(entry: ReadEntry, fact: RestrictionDiscussed, rows: Rows) -> None:
    """Add that somebody was asked or told; who was told need not be told again."""
    target = _written(fact.entry_id)
    if target is None:
        return
    written = Entry.read(target)
    for book in entry.pages:
        about = HeldPart(BookId(book), target, fact.part, Scope(fact.scope), written)
        _step(
            rows, entry, about, DecisionStep(fact.what), reason=fact.said or "", who=fact.who,
            name=fact.name, how=fact.how, on=date.fromisoformat(fact.on),
        )  # fmt: skip
        if fact.what == DecisionStep.TOLD:
            subject = _told_subject(about, Consulted(fact.who))
            close_in_book(rows, TELL.key, book=book, by=entry, subject=subject)
    families = families_of(rows, [fact.index])
    _for_managers(entry, fact.index, (fact.part,), families, rows)


def interval_set(entry: ReadEntry, fact: ReviewIntervalSet, rows: Rows) -> None:
    """Keep the longest interval of a ground, the newest one."""
    rows.remove(ReviewInterval, ground=fact.ground)
    rows.add(
        ReviewInterval,
        ground=fact.ground,
        days=fact.days,
        number=next(iter(entry.pages.values())),
        set_by=entry.signed_by,
        set_at=entry.signed_at,
    )


def _hold(
    entry: ReadEntry,
    about: HeldPart,
    fact: Restricted | RestrictionReviewed,
    rows: Rows,
    *,
    review_on: date,
    section: Section | None = None,
) -> None:
    """Hold a part from now on, on the ground that the entry names."""
    decided_by = fact.decided_by if isinstance(fact, Restricted) else entry.signed_by
    hold(
        rows,
        Holding(
            book=about.book,
            leaf=about.leaf,
            part=about.part,
            scope=about.scope,
            ground=fact.ground or "",
            reason=fact.reason,
            reference=fact.reference or "",
            officer=fact.officer or "",
            decided_by=WorkerId(decided_by),
            decided_at=entry.signed_at,
            review_on=review_on,
            set_in=entry.index,
            kept_from=frozenset(WorkerId(worker) for worker in fact.kept_from),
        ),
    )
    if about.part == WHOLE and about.scope is Scope.NEED_TO_KNOW:
        hold_with(
            rows,
            book=about.book,
            leaf=about.leaf,
            others=telling_more(about.leaf, about.book, rows),
        )
    for row in _held(about, rows):
        _begun(entry, about, row, rows, section=section)


def _begun(
    entry: ReadEntry,
    about: HeldPart,
    row: RestrictionRow,
    rows: Rows,
    *,
    section: Section | None = None,
) -> None:
    """Add the first step of a restriction that this entry set, and ask to look at it again."""
    if row.set_in != entry.index:
        return
    if section is Section.MANAGERS:
        for leaf in (about.leaf, *telling_more(about.leaf, about.book, rows)):
            keep_for_managers(rows, book=about.book, leaf=leaf, by=entry.index)
    on = row.review_on or latest_review(row.ground, {}, today=day_of(entry.signed_at))
    if row.review_on is None:
        review_again(
            rows, book=about.book, leaf=about.leaf, part=about.part, scope=about.scope, on=on
        )
    _step(
        rows, entry, about, DecisionStep.SET, reason=row.reason, ground=row.ground,
        decided_by=row.decided_by, review_on=on, to=section.value if section else "",
    )  # fmt: skip
    _ask_to_review(entry, about, rows, on=on)


def _review(
    entry: ReadEntry, fact: RestrictionReviewed, about: HeldPart, row: RestrictionRow, rows: Rows
) -> None:
    on = date.fromisoformat(fact.review_on) if fact.review_on else None
    _step(
        rows, entry, about, DecisionStep(fact.outcome), reason=fact.reason, to=fact.to or "",
        review_on=on, ground=fact.ground or row.ground,
    )  # fmt: skip
    for duty in (REVIEW, OVERDUE):
        close_in_book(rows, duty.key, book=about.book, by=entry, subject=about.subject)
    which: dict[str, Any] = {
        "book": about.book, "leaf": about.leaf, "part": about.part, "scope": about.scope,
    }  # fmt: skip
    if fact.outcome != ReviewOutcome.RENEWED:
        open_to_others(rows, book=about.book, by=row.set_in)
    if fact.outcome == ReviewOutcome.RENEWED and on is not None:
        review_again(rows, **which, on=on)
        _ask_to_review(entry, about, rows, on=on)
    elif fact.outcome == ReviewOutcome.RELEASED:
        end(rows, **which, state=State.RELEASED)
    elif fact.to and on is not None:
        end(rows, **which, state=State.MOVED)
        to = Section(fact.to)
        _hold(entry, replace(about, scope=scope_of(to)), fact, rows, review_on=on, section=to)
    if fact.outcome != ReviewOutcome.RENEWED:
        _ask_to_tell(entry, about, rows)


def _for_managers(
    entry: ReadEntry, leaf: int, parts: Iterable[str], families: set[int], rows: Rows
) -> None:
    """Keep the decision itself for those who answer for the book, and from those it is about."""
    kept = {worker for part in parts for worker in kept_from_as_projected(rows, leaf, part)}
    restrict(rows, entry, families=families | families_of(rows, [leaf]), parties=kept)


# What it asks for


def _ask_to_review(entry: ReadEntry, about: HeldPart, rows: Rows, *, on: date) -> None:
    """Ask the managers to look again, and the responsible individual once that is overdue."""
    kept = kept_from_as_projected(rows, about.leaf, about.part)
    for clock, above in ((REVIEW, False), (OVERDUE, True)):
        since = overdue_since(on) if above else entry.signed_at
        open_duty(
            rows,
            asked(clock, about.words),
            about=entry,
            book=about.book,
            home=home_of_book_as_projected(about.book, rows),
            managers=True,
            above=above,
            barred=kept,
            subject=about.subject,
            since=since,
            due=clock.due(since) if above else review_by(on),
            confidential=about.scope is Scope.NEED_TO_KNOW,
            shown_from=since if above else None,
        )


def _ask_again(entry: ReadEntry, withdrawn: ReadEntry, rows: Rows) -> None:
    """Ask again to look at what is restricted of a withdrawn entry, in the books of this one.

    When somebody agrees that it was rightly withdrawn, what it asked for ends; this still holds.
    """
    for row in held_as_projected(rows, withdrawn.index):
        if row.book_id not in entry.pages or row.review_on is None:
            continue
        fact = Entry.read(withdrawn)
        about = HeldPart(BookId(row.book_id), withdrawn, row.part, Scope(row.scope), fact)
        if not is_asked(rows, REVIEW.key, book=about.book, subject=about.subject):
            _ask_to_review(entry, about, rows, on=row.review_on)


def _ask_to_tell(entry: ReadEntry, about: HeldPart, rows: Rows) -> None:
    """Ask to tell the author and the social worker what was decided, unless that is asked."""
    kept = kept_from_as_projected(rows, about.leaf, about.part)
    to_tell = [] if about.fact.author.id in {entry.signed_by, *kept} else [Consulted.AUTHOR]
    if not is_home_book_as_projected(about.book, rows):
        to_tell.append(Consulted.SOCIAL_WORKER)
    for who in to_tell:
        subject = _told_subject(about, who)
        if not is_asked(rows, TELL.key, book=about.book, subject=subject):
            open_duty(
                rows,
                asked(TELL, gettext(CONSULTED[who]).casefold()),
                about=entry,
                book=about.book,
                home=home_of_book_as_projected(about.book, rows),
                managers=True,
                barred=kept,
                subject=subject,
                since=entry.signed_at,
                due=TELL.due(entry.signed_at),
                confidential=about.scope is Scope.NEED_TO_KNOW,
            )


def _told_subject(about: HeldPart, who: Consulted) -> Subject:
    return replace(about.subject, id=f"{about.subject.id}-{who.value}")


# What it reads


def _held(about: HeldPart, rows: Rows) -> list[RestrictionRow]:
    """Return what is held of the part in the book; 1 query."""
    return [
        row
        for row in held_as_projected(rows, about.leaf, book=about.book)
        if (row.part, row.scope) == (about.part, about.scope.value)
    ]


def _form(fact: Entry) -> Form:
    return catalogue.form(fact.form, fact.form_version)


def _written(entry_id: str) -> ReadEntry | None:
    found = entry_of(EntryId(entry_id))
    return found if found is not None and is_written(found) else None


def _step(
    rows: Rows,
    entry: ReadEntry,
    about: HeldPart,
    step: DecisionStep,
    *,
    decided_by: str = "",
    **values: Any,  # Any: of the columns that this step has
) -> None:
    empty = {"to": "", "ground": "", "who": "", "name": "", "how": "", "on": None}
    rows.add(
        RestrictionStep,
        id=f"{entry.index}-{about.book}-{about.which}-{step.value}",
        book_id=about.book,
        which=about.which,
        entry_id=about.entry.entry_id,
        entry_number=about.entry.pages[about.book],
        form=about.fact.form,
        form_version=about.fact.form_version,
        leaf=entry.index,
        number=entry.pages[about.book],
        step=step.value,
        signed_by=entry.signed_by,
        decided_by=decided_by or entry.signed_by,
        at=entry.signed_at,
        **{**empty, "review_on": None, "reason": "", **values},
    )


PROJECTION = Projection(
    version=1,
    tables=(RestrictionStep, ReviewInterval),
    on={
        Entry.kind: entry_sealed,
        Restricted.kind: restricted,
        RestrictionReviewed.kind: reviewed,
        RestrictionDiscussed.kind: discussed,
        ReviewIntervalSet.kind: interval_set,
    },
    reads_rows_of=("homes", "book"),
    writes_rows_of=("restricted", "duties"),
    shows_withdrawn="a withdrawn entry is still readable, so what is restricted of it stays so",
    depends_on_files=(FORMS, TABLE),
)
