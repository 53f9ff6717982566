"""Sections, what meets Schedule 3 and days, from the entries."""

import json

from casebound.foundation.base.times import LONDON
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.record.book.entries import Entry, How
from casebound.record.profile.models import Day, Kept, Section
from casebound.record.profile.rules import DAY
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.catalogue.shape import Group

_TAKES_BACK = frozenset({How.STRIKE, How.MISFILED})


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add what the entry says of the child; or take back what an earlier one said."""
    form = catalogue.form(fact.form, fact.form_version)
    for one in fact.references:
        if one.how in _TAKES_BACK:
            rows.change(Section, {"entry_id": one.entry_id}, state=one.how.value)
            for book in entry.pages:  # in the wrong book: only there
                rows.change(Day, {"id": f"{one.entry_id}-{book}"}, state=one.how.value)
    if form.group is Group.PROFILE:
        book, number = next(iter(entry.pages.items()))
        rows.add(
            Section,
            leaf=entry.index,
            book_id=book,
            entry_id=entry.entry_id,
            number=number,
            form=fact.form,
            form_version=fact.form_version,
            author=fact.author.name,
            happened_at=fact.happened_from,
            signed_at=entry.signed_at,
            state="",
            answers=json.dumps(fact.answers),
        )
    for book, number in entry.pages.items():
        _keep(form.items, book, number, fact, rows)
        if DAY in fact.answers:
            rows.add(
                Day,
                id=f"{entry.entry_id}-{book}",
                book_id=book,
                number=number,
                on=fact.happened_from.astimezone(LONDON).date(),
                was=str(fact.answers[DAY]),
                state="",
            )


def _keep(items: tuple[int, ...], book: str, number: int, fact: Entry, rows: Rows) -> None:
    for item in items:
        key = f"{book}-{item}"
        newest = {"number": number, "form": fact.form, "happened_at": fact.happened_from}
        if before := rows.find(Kept, id=key):
            rows.change(Kept, {"id": key}, **newest, count=before[0].count + 1)
        else:
            rows.add(Kept, id=key, book_id=book, item=item, count=1, **newest)


PROJECTION = Projection(
    version=1,
    tables=(Section, Kept, Day),
    on={Entry.kind: entry_sealed},
    depends_on_files=(FORMS,),
)
