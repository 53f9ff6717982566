"""What the page of an episode and its changing part show."""

from datetime import datetime
from typing import Any, Final

from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.people.access.reads import SeenBook
from casebound.people.rights.shape import Permission
from casebound.record.missing import reads

# One tap each: the kind that a line begins with, and the words of its button.
KINDS: Final = (
    ("did", gettext_noop("Did something")),
    ("news", gettext_noop("Heard something")),
    ("told", gettext_noop("Told somebody")),
    ("risk", gettext_noop("Judged the risk")),
    ("decided", gettext_noop("Decided something")),
)


def shown(book: SeenBook, number: int, *, at: datetime) -> dict[str, Any] | None:
    """Return what the page of an entry's episode shows; None if it belongs to none."""
    row = reads.episode_of(book, number)
    if row is None:
        return None
    episode = reads.episode_seen(book, row, at=at)
    return {
        "book": book,
        "episode": episode,
        "facts": _facts(episode),
        "kinds": KINDS,
        "may_write": book.may(Permission.WRITE_ENTRY, form="missing_line") is not None,
        "may_return": book.may(Permission.WRITE_ENTRY, form="returned") is not None
        and row.returned_at is None,
    }


def _facts(episode: reads.EpisodeSeen) -> list[tuple[str, str]]:
    lasted = gettext("{since} ({lasted})").format(since=episode.since, lasted=episode.lasted)
    facts = [(gettext("Noticed"), lasted)]
    if episode.returned:
        facts.append((gettext("Back"), episode.returned))
    facts.append((gettext("Risk"), episode.risk or gettext("Not judged yet")))
    return facts
