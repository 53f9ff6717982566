"""What the next shift should know of, from the entries."""

from collections.abc import Mapping

from casebound.foundation.base.times import instant
from casebound.foundation.proof.canonical import Json
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.reading.handover.models import Coming, Point, Turn
from casebound.reading.handover.rules import HANDOVER, NEXT_AT, is_to_hand_over, words_for_next
from casebound.record.book.entries import Entry, How
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.catalogue.shape import BookKind

_STATES = {How.STRIKE: "struck", How.MISFILED: "misfiled"}


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add what the next shift should know of; take out what does not stand any more."""
    form = catalogue.form(fact.form, fact.form_version)
    for one in fact.references:
        if one.how in _STATES:
            for book in entry.pages:
                for table in (Point, Coming):
                    key = {"id": f"{one.index}-{book}"}
                    rows.change(table, key, state=_STATES[one.how])
    if fact.form == HANDOVER:
        book, number = next(iter(entry.pages.items()))
        rows.add(
            Turn,
            leaf=entry.index,
            home_id=fact.home_id,
            book_id=book,
            number=number,
            signed_at=entry.signed_at,
            author=fact.author.name,
        )
    if form.book is not BookKind.CHILD:
        return
    for book, number in entry.pages.items():
        if is_to_hand_over(form, fact.answers):
            rows.add(
                Point,
                id=f"{entry.index}-{book}",
                leaf=entry.index,
                entry_id=entry.entry_id,
                book_id=book,
                number=number,
                home_id=fact.home_id,
                form=form.title,
                happened_at=fact.happened_from,
                signed_at=entry.signed_at,
                words=words_for_next(fact.answers),
                state="",
            )
        if coming := _coming(fact.answers):
            rows.add(
                Coming,
                id=f"{entry.index}-{book}",
                leaf=entry.index,
                book_id=book,
                number=number,
                home_id=fact.home_id,
                at=instant(coming),
                state="",
            )


def _coming(answers: Mapping[str, Json]) -> str:
    given = answers.get(NEXT_AT)
    return given if isinstance(given, str) and "T" in given else ""


PROJECTION = Projection(
    version=1,
    tables=(Point, Coming, Turn),
    on={Entry.kind: entry_sealed},
    depends_on_files=(FORMS,),
)
