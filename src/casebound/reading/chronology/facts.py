"""Events as lines of a book. An event is a sealed entry without a form, in its room's words."""

from typing import Final

from django.utils.translation import gettext

from casebound.foundation.base.times import in_words
from casebound.ledger.projecting.damaged import cause_words
from casebound.ledger.projecting.entries import Damaged
from casebound.ledger.projecting.titles import EventWords
from casebound.ledger.sealing.reads import ReadEntry
from casebound.record.rendering.audience import STAFF, STAFF_AND_CHILD
from casebound.record.rendering.entry_view import DAMAGED, EntryView, ReasonView, StatementView

FORM: Final = "fact"  # stands in the form column of an event's line


def view_of(
    entry: ReadEntry, event: EventWords, *, number: int, href: str, signer: str
) -> EntryView:
    """Return an event as data to show. `signer` is the name the worker signed with."""
    return EntryView(
        number=number,
        form=event.title,
        happened=in_words(event.happened_at),
        signed=in_words(entry.signed_at),
        author=signer or "casebound, at its beginning",
        role="",
        statements=(
            StatementView(event.words, audience=STAFF_AND_CHILD if event.for_child else STAFF),
        ),
        href=href,
    )


def damaged_view(entry: ReadEntry, fact: Damaged, *, number: int, href: str) -> EntryView:
    """Return an entry that cannot be read as data to show: its number, its time, what is wrong."""
    return EntryView(
        number=number,
        form=gettext("Damaged entry"),
        happened="",
        signed=in_words(entry.sealed_at),
        author="",
        role="",
        state=DAMAGED,
        state_reason=(ReasonView(cause_words(fact.cause), STAFF_AND_CHILD),),
        href=href,
    )
