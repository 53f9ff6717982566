"""Which children an entry names by id: pages show the name each has now, and not as it was then."""

from casebound.foundation.base.ids import EntryId
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.models import NamedChild
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.several import ids_in
from casebound.rulebook.catalogue.shape import FieldType


def children_named(entry: Entry) -> list[str]:
    """Return the ids of the children that it names by id, whose names are looked up to show.

    Those its answers name, and those it is about.
    """
    form = catalogue.form(entry.form, entry.form_version)
    return [
        *entry.children,
        *(
            child
            for field in form.fields
            if field.type is FieldType.CHILDREN
            for child in ids_in(entry.answers.get(field.name))
        ),
    ]


def books_led_to(entry: Entry) -> list[str]:
    """Return the books of the entries it leads to in other books, as a handover does."""
    led_to = (
        entry_of(reference.entry_id)
        for reference in entry.references
        if reference.relation.into_other_books
    )
    return [book for earlier in led_to if earlier is not None for book in earlier.pages]


def entries_naming(children: list[str], rows: Rows) -> list[ReadEntry]:
    """Return the entries that name one of these children by id, in their order.

    For a later room's projection, which shows them again. 1 query a child and 1 an entry.
    """
    leaves: dict[int, EntryId] = {
        row.leaf: EntryId(row.entry_id)
        for child in children
        for row in rows.find(NamedChild, child_id=child)
    }
    entries = (entry_of(leaves[leaf]) for leaf in sorted(leaves))
    return [entry for entry in entries if entry is not None and is_written(entry)]
