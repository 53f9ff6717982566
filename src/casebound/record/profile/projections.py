"""Sections, what meets Schedule 3 and days, from the entries."""

import json

from casebound.foundation.base.times import LONDON
from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.record.book.entries import Entry
from casebound.record.book.holding import for_all_staff
from casebound.record.profile.models import DayRating, ProfileSection, Schedule3Record
from casebound.record.profile.rules import DAY
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.catalogue.shape import Group


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add what the entry says of the child, as all staff read it."""
    fact = for_all_staff(fact)
    form = catalogue.form(fact.form, fact.form_version)
    if form.group is Group.PROFILE:
        book, number = next(iter(entry.pages.items()))
        rows.add(
            ProfileSection,
            leaf=entry.index,
            book_id=book,
            entry_id=entry.entry_id,
            number=number,
            form=fact.form,
            form_version=fact.form_version,
            author=fact.author.name,
            happened_at=fact.happened_from,
            signed_at=entry.signed_at,
            answers=json.dumps(fact.answers),
        )
    for book, number in entry.pages.items():
        for item in form.items:
            rows.add(
                Schedule3Record,
                id=f"{entry.entry_id}-{book}-{item}",
                book_id=book,
                item=item,
                leaf=entry.index,
                number=number,
                form=fact.form,
                happened_at=fact.happened_from,
            )
        if DAY in fact.answers:
            rows.add(
                DayRating,
                id=f"{entry.entry_id}-{book}",
                book_id=book,
                number=number,
                on=fact.happened_from.astimezone(LONDON).date(),
                was=str(fact.answers[DAY]),
            )


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Take back what a withdrawn entry said of the child."""
    rows.remove(ProfileSection, leaf=withdrawal.leaf, book_id=withdrawal.book)
    rows.remove(Schedule3Record, leaf=withdrawal.leaf, book_id=withdrawal.book)
    rows.remove(DayRating, id=f"{withdrawal.entry_id}-{withdrawal.book}")


PROJECTION = Projection(
    version=4,
    tables=(ProfileSection, Schedule3Record, DayRating),
    on={Entry.kind: entry_sealed},
    withdraw=withdraw,
    depends_on_files=(FORMS,),
)
