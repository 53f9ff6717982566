"""Events as lines of a book. An event is a sealed entry without a form, in its room's words."""

from typing import Final

from casebound.foundation.base.times import in_words
from casebound.ledger.projecting.titles import EventWords
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.accounts.reads import account
from casebound.record.rendering.entry_view import EntryView, StatementView

FORM: Final = "fact"  # stands in the form column of an event's line


def view_of(entry: ReadEntry, event: EventWords, *, number: int, href: str) -> EntryView:
    """Return an event as data to show. 1 query, for the full name of the signer."""
    signer = account(entry.signed_by)
    return EntryView(
        number=number,
        form=event.title,
        happened=in_words(event.happened_at),
        signed=in_words(entry.signed_at),
        author=signer.full_name if signer else "casebound, at its beginning",
        role="",
        statements=(StatementView(event.words),),
        href=href,
    )
