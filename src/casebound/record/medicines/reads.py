"""Questions about medicines: what a child has, what is due, and what was written of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from casebound.foundation.base.calendar import A_DAY
from casebound.foundation.base.ids import BookId, HomeId
from casebound.people.access.reads import SeenBook
from casebound.record.medicines.allergies import Allergy, allergies_in
from casebound.record.medicines.due import USUAL, DoseState, DueDose, Windows, due_doses, is_of
from casebound.record.medicines.form_names import (
    ALLERGIES,
    GIVEN,
    OUTCOME,
    POLICY,
    PRESCRIBING,
    STOCK,
)
from casebound.record.medicines.limits import AsNeeded, as_needed
from casebound.record.medicines.models import MedicineEntry
from casebound.record.medicines.stock import Stock, stock_of
from casebound.record.medicines.values import (
    Dose,
    Prescription,
    Said,
    Version,
    doses_in,
    prescriptions_in,
)

LOOK_BACK: Final = timedelta(days=28)  # doses without an entry that Shift asks about
A_YEAR: Final = timedelta(days=366)  # and that the desk and the child's page ask about


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a home has decided: who watches, and when a dose counts as missed."""

    witness: str = "controlled"
    windows: Windows = USUAL

    def asks_for_witness(self, *, controlled: bool) -> bool:
        """Say whether a second worker watches a dose."""
        return self.witness == "all" or (self.witness == "controlled" and controlled)


HOMES_USUAL: Final = Policy()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildMedicines:
    """The medicines of a child: what the entries say, as far back as was asked."""

    book: BookId
    prescriptions: Sequence[Prescription]
    doses: Sequence[Dose]
    policy: Policy

    def current(self, at: datetime) -> list[Prescription]:
        """Return what the child has now, or is to have from a later day."""
        return [each for each in self.prescriptions if not each.ended(at)]

    def past(self, at: datetime) -> list[Prescription]:
        """Return what the child had."""
        return [each for each in self.prescriptions if each.ended(at)]

    def due(self, *, since: datetime, until: datetime) -> list[DueDose]:
        """Return the doses due in a time."""
        return due_doses(self.prescriptions, self.doses, since=since, until=until)

    def as_needed(self, at: datetime) -> list[AsNeeded]:
        """Return how each medicine stands that is given when needed."""
        return [
            as_needed(prescription, version, self.doses, now=at)
            for prescription in self.current(at)
            if (version := prescription.at(at)) is not None and not version.regular
        ]

    def of_none(self) -> list[Dose]:
        """Return the doses of medicines that are not prescribed here."""
        return [
            dose
            for dose in self.doses
            if not any(is_of(dose, prescription) for prescription in self.prescriptions)
        ]


@dataclass(frozen=True, slots=True)
class WaitingDose:
    """A dose that waits, in which child's book, and what that child must not have."""

    book: BookId
    dose: DueDose
    state: DoseState
    allergies: Sequence[Allergy] = ()


def medicines_of(
    book: SeenBook, *, since: datetime, until: datetime | None = None
) -> ChildMedicines:
    """Return the medicines of a child, with the doses since a time. 2 queries."""
    rows = MedicineEntry.objects.filter(
        Q(form__in=PRESCRIBING) | Q(form__in=(GIVEN, OUTCOME), happened_at__gte=since),
        book_id=book.id,
    )
    if until is not None:
        rows = rows.filter(Q(form__in=PRESCRIBING) | Q(happened_at__lt=until))
    entries = [said_in(row) for row in rows.order_by("leaf")]
    return ChildMedicines(
        book=book.id,
        prescriptions=prescriptions_in(entries),
        doses=doses_in(entries),
        policy=policy_of(book.home),
    )


def policy_of(home: HomeId) -> Policy:
    """Return what a home has decided about medicines. 1 query."""
    return _policies([home]).get(home, HOMES_USUAL)


def _policies(homes: Iterable[str]) -> dict[str, Policy]:
    rows = MedicineEntry.objects.filter(form=POLICY, home_id__in=set(homes))
    return {
        row.home_id: _policy(json.loads(row.answers))
        for row in rows.order_by("happened_at", "leaf")
    }


def _policy(answers: Mapping[str, object]) -> Policy:
    def minutes(name: str, usual: timedelta) -> timedelta:
        said = str(answers.get(name, ""))
        return timedelta(minutes=int(said)) if said.isdecimal() else usual

    return Policy(
        witness=str(answers.get("witness") or "controlled"),
        windows=Windows(
            late=minutes("late_minutes", USUAL.late), early=minutes("early_minutes", USUAL.early)
        ),
    )


def due_now(books: Sequence[SeenBook], *, at: datetime) -> list[WaitingDose]:
    """Return the doses that wait for the home's workers: those due now, and those not recorded.

    1 query, and 1 more if a child has a medicine. A dose without an entry stays for 28 days; then
    it stands on the child's page of medicines and on the desk (`unrecorded`).
    """
    children = _living_here(books)
    since = at - LOOK_BACK
    rows = MedicineEntry.objects.filter(
        Q(form__in=PRESCRIBING | ALLERGIES) | Q(form=GIVEN, happened_at__gte=since - A_DAY),
        book_id__in=list(children),
    )
    waiting = []
    for book, entries, windows in _with_medicines(children, rows):
        allergies = allergies_in(entries)
        for due in due_doses(
            prescriptions_in(entries), doses_in(entries), since=since, until=at + windows.early
        ):
            state = due.state(at, windows)
            if state in {DoseState.NOW, DoseState.NOT_RECORDED}:
                waiting.append(WaitingDose(book, due, state, allergies))
    return sorted(waiting, key=lambda seen: (seen.dose.at, seen.book))


def _living_here(books: Sequence[SeenBook]) -> dict[BookId, SeenBook]:
    return {book.id: book for book in books if book.child and book.left_at is None}


def _with_medicines(
    children: Mapping[BookId, SeenBook], rows: QuerySet[MedicineEntry]
) -> list[tuple[BookId, list[Said], Windows]]:
    """Return each child who has a prescription: the entries, as sealed, and the home's windows.

    1 query, and 1 more if a child has a medicine.
    """
    by_book: dict[BookId, list[Said]] = {}
    for row in rows.order_by("leaf"):
        by_book.setdefault(BookId(row.book_id), []).append(said_in(row))
    homes = {
        book: children[book].home
        for book, entries in by_book.items()
        if any(said.form in PRESCRIBING for said in entries)
    }
    policies = _policies(homes.values()) if homes else {}
    return [
        (book, by_book[book], policies.get(home, HOMES_USUAL).windows)
        for book, home in homes.items()
    ]


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """The doses of a child that were due and that nobody wrote about, as far back as a year."""

    book: BookId
    oldest: datetime
    count: int


def unrecorded(books: Sequence[SeenBook], *, at: datetime) -> list[Unrecorded]:
    """Return the children with doses that nobody wrote about in a year, oldest first.

    1 query, and 2 more if a child has a medicine. Of the doses that an entry is begun for, it
    reads no answers: a year of a busy home has thousands.
    """
    children = _living_here(books)
    since = at - A_YEAR
    given = MedicineEntry.objects.filter(form=GIVEN, book_id__in=list(children))
    with_medicines = _with_medicines(
        children,
        MedicineEntry.objects.filter(form__in=PRESCRIBING, book_id__in=list(children))
        | given.filter(root=None, happened_at__gte=since - A_DAY),
    )
    if not with_medicines:
        return []
    recorded = set(
        given.exclude(root=None).filter(due_at__gte=since).values_list("book_id", "root", "due_at")
    )
    found = []
    for book, entries, windows in with_medicines:
        missing = [
            due.at
            for due in due_doses(
                prescriptions_in(entries), doses_in(entries), since=since, until=at - windows.late
            )
            if not due.recorded and (book, due.prescription.root, due.at) not in recorded
        ]
        if missing:
            found.append(Unrecorded(book, missing[0], len(missing)))
    return sorted(found, key=lambda each: each.oldest)


def entry_rows(book: BookId, root: int) -> list[Said]:
    """Return everything that was written about one medicine of a child. 1 query."""
    rows = MedicineEntry.objects.filter(book_id=book, root=root).order_by("leaf")
    return [said_in(row) for row in rows]


def said_in(row: MedicineEntry) -> Said:
    """Return a row as a plain value."""
    return Said(
        leaf=row.leaf,
        number=row.number,
        form=row.form,
        root=row.root,
        about=row.about,
        at=row.happened_at,
        due_at=row.due_at,
        author=row.author,
        answers=json.loads(row.answers),
    )


def prescription_at(book: BookId, leaf: int) -> tuple[Prescription, Version] | None:
    """Return the prescription that an entry is a version of, and that version. 2 queries."""
    row = MedicineEntry.objects.filter(book_id=book, leaf=leaf).first()
    if row is None or row.root is None:
        return None
    for prescription in prescriptions_in(entry_rows(book, row.root)):
        for version in prescription.versions:
            if version.said.leaf == leaf:
                return prescription, version
    return None


def stocks_of(book: BookId, prescriptions: Sequence[Prescription]) -> dict[int, Stock]:
    """Return what is kept of each of these medicines, by their roots. 1 query."""
    roots = [prescription.root for prescription in prescriptions]
    rows = MedicineEntry.objects.filter(book_id=book, root__in=roots, form__in=(GIVEN, STOCK))
    by_root: dict[int | None, list[Said]] = {}
    for row in rows.order_by("leaf"):
        by_root.setdefault(row.root, []).append(said_in(row))
    return {root: stock_of(by_root.get(root, ())) for root in roots}
