"""Doses that wait on Shift, due now or never recorded, and those never recorded, on the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.messages import gettext, ngettext
from casebound.people.access.reads import SeenBook
from casebound.people.rights.shape import Permission
from casebound.record.medicines.due import DoseState
from casebound.record.medicines.form_names import GIVEN
from casebound.record.medicines.reads import WaitingDose, due_now, unrecorded
from casebound.record.medicines.shown import allergies_words, given_by, moment, waits_words
from casebound.record.medicines.warnings import allergy_warnings

FIRST = 6  # doses shown unfolded; a round of a small home


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineDue:
    """A dose that waits, as a row of the Shift page."""

    book: SeenBook
    number: int  # of the prescription
    due: str
    what: str
    note: str
    when: str
    is_late: bool
    may_record: bool
    is_checked: bool
    allergies: str
    alerts: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DosesUnrecorded:
    """The doses of a child that nobody recorded, as a row of the desk."""

    book: SeenBook
    words: str
    since: str


@dataclass(frozen=True, slots=True)
class MedicinesDue:
    """The doses that wait: those shown, those folded away, and how many nobody recorded."""

    first: Sequence[MedicineDue]
    more: Sequence[MedicineDue]
    late: int

    @property
    def count(self) -> int:
        """How many doses wait."""
        return len(self.first) + len(self.more)


def due_medicines(books: Sequence[SeenBook], *, at: datetime) -> MedicinesDue:
    """Return the doses that wait in these books: those due now, then the missed, newest first.

    A missed dose is loud about an allergy in its first row, of each medicine; one due now always.
    1 query, or 2.
    """
    seen = {book.id: book for book in books}
    doses = due_now(books, at=at)
    late = [due for due in reversed(doses) if due.state is DoseState.NOT_RECORDED]
    rows, loud = [], set[tuple[BookId, int]]()
    for due in [*(due for due in doses if due.state is not DoseState.NOT_RECORDED), *late]:
        which = (due.book, due.dose.prescription.root)
        again = due.state is DoseState.NOT_RECORDED and which in loud
        rows.append(_row(due, seen[due.book], at, loud=not again))
        loud.add(which)
    return MedicinesDue(rows[:FIRST], rows[FIRST:], sum(row.is_late for row in rows))


def unrecorded_doses(books: Sequence[SeenBook], *, at: datetime) -> list[DosesUnrecorded]:
    """Return the children with doses that nobody recorded. 1 query, and 2 if one has a medicine."""
    seen = {book.id: book for book in books}
    return [
        DosesUnrecorded(
            book=seen[child.book],
            words=ngettext(
                "{number} dose was missed, or not recorded",
                "{number} doses were missed, or not recorded",
                child.count,
            ).format(number=child.count),
            since=gettext("the oldest was due {when}").format(when=moment(child.oldest, at)),
        )
        for child in unrecorded(books, at=at)
    ]


def _row(due: WaitingDose, book: SeenBook, at: datetime, *, loud: bool) -> MedicineDue:
    version = due.dose.version
    return MedicineDue(
        book=book,
        number=version.said.number,
        due=due.dose.at.isoformat(),
        what=f"{version.label}: {due.dose.dose}",
        note=given_by(due.dose),
        when=waits_words(due.dose, due.state, at),
        is_late=due.state is DoseState.NOT_RECORDED,
        may_record=book.may(Permission.WRITE_ENTRY, form=GIVEN) is not None,
        is_checked=bool(version.checked_by),
        allergies=allergies_words(due.allergies),
        alerts=[warned.words for warned in allergy_warnings(version.medicine, due.allergies)]
        if loud
        else [],
    )
