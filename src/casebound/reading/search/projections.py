"""Every statement of every entry, and what was typed into the form's own fields, to be searched."""

from collections.abc import Iterator
from typing import Final

from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.reading.search.models import Found
from casebound.record.book.entries import Entry, How, Reference
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import FieldType

# A key: the leaf, then 4 bits for which of its books, then 8 for which of its texts.
LEAF: Final = 12
BOOK: Final = 8
ANSWERS: Final = 128  # the first answer; an entry holds at most 60 statements

_TYPED = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add the entry's texts to each of its books, and see to those it puts right."""
    texts = list(_texts(fact))
    for ordinal, (book, number) in enumerate(sorted(entry.pages.items())):
        for place, anchor, kind, sharing, text in texts:
            rows.add(
                Found,
                id=(entry.index << LEAF) | (ordinal << BOOK) | place,
                book_id=book,
                home_id=fact.home_id,
                number=number,
                anchor=anchor,
                form=fact.form,
                form_version=fact.form_version,
                happened_at=fact.happened_from,
                kind=kind,
                sharing=sharing,
                late=fact.late,
                state="",
                text=text,
            )
    for reference in fact.references:
        _put_right(reference, rows)


def _texts(fact: Entry) -> Iterator[tuple[int, int, str, str, str]]:
    for place, one in enumerate(fact.content.statements, start=1):
        yield place, place, one.kind.value, one.sharing.value, one.text
    form = catalogue.form(fact.form, fact.form_version)
    for place, field in enumerate(form.fields, start=ANSWERS):
        answer = fact.answers.get(field.name)
        if field.type in _TYPED and isinstance(answer, str) and answer:
            yield place, 0, "", "shared", answer


def _put_right(reference: Reference, rows: Rows) -> None:
    """Take what is in the wrong book out of the search; show what is struck or corrected as such.

    A misfiled entry is barred in its book, so nothing of it may come up there (architecture 4).
    """
    if reference.how not in {How.MISFILED, How.STRIKE, How.CORRECTION}:
        return
    first = reference.index << LEAF
    for text in rows.find(Found, id__range=(first, first | ((1 << LEAF) - 1))):
        if reference.how is How.MISFILED:
            rows.remove(Found, id=text.id)
        elif reference.how is How.STRIKE:
            rows.change(Found, {"id": text.id}, state="struck")
        else:
            rows.change(Found, {"id": text.id, "state": ""}, state="corrected")


PROJECTION = Projection(version=1, tables=(Found,), on={Entry.kind: entry_sealed})
