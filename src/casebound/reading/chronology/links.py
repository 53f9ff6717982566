"""The lines of an entry that lead to restricted entries, for one reader.

A row of the chronology is read by many people. Which restricted entries they may read is asked for
each of them when the page is made.
"""

from msgspec.structs import replace

from casebound.people.access.reads import SeenBook
from casebound.people.restricted.reads import hidden_among
from casebound.record.rendering.entry_view import EntryView


def without_hidden_links(view: EntryView | None, book: SeenBook) -> EntryView | None:
    """Return an entry without what leads to entries that this worker may not read.

    1 query, none if it leads to no restricted entry.
    """
    if view is None:
        return None
    leaves = {link.leaf for link in view.links} | {matter.leaf for matter in view.standing}
    hidden = {leaf for _, leaf in hidden_among(leaves - {0}, book.reader)}
    if not hidden:
        return view
    return replace(
        view,
        links=tuple(link for link in view.links if link.leaf not in hidden),
        standing=tuple(matter for matter in view.standing if matter.leaf not in hidden),
    )
