"""How this room's events read as a line of a home's book."""

from collections.abc import Mapping

from django.utils.translation import gettext

from casebound.foundation.base.times import in_words, instant
from casebound.ledger.projecting.titles import EventWords, Title
from casebound.ledger.sealing.reads import ReadEntry
from casebound.record.drafting.entries import DraftHandedOver


def _handed_over(event: DraftHandedOver, entry: ReadEntry) -> EventWords:
    words = gettext(
        "A draft of {author}, last saved {saved}, was handed to {to}. The words stay {author}’s"
        " until {to} signs for what they were told."
    )
    if event.author_left:
        words = gettext(
            "A draft of {author}, who can no longer sign it, last saved {saved}, was handed to"
            " {to}. The words stay {author}’s until {to} signs for what they were told."
        )
    return EventWords(
        gettext("Draft handed to a colleague"),
        entry.signed_at,
        words.format(
            author=event.author_name, to=event.to_name, saved=in_words(instant(event.saved_at))
        ),
    )


TITLES: Mapping[str, Title] = {DraftHandedOver.kind: _handed_over}
