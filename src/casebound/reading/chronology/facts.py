"""Events as lines of a book: what is sealed and is no entry on a form, in its room's words."""

from typing import Final

from casebound.foundation.base.times import in_words
from casebound.ledger.projecting.titles import EventWords
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.accounts.reads import account
from casebound.record.rendering.entry_view import EntryView, StatementView

FORM: Final = "fact"  # what a line of an event has in place of a form


def view_of(entry: ReadEntry, event: EventWords, *, number: int, href: str) -> EntryView:
    """Return an event as data to be shown. 1 query: who signed it, by the account's full name."""
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
