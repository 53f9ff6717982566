"""What the tests of this room do: a night missing, by the people of Oak House."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.test import Client

from casebound.foundation.base.times import LONDON
from casebound.ledger.sealing.actions import Sealed
from casebound.people.duties.entries import WHOLE, Subject
from casebound.people.duties.reads import DutySeen, duties_in
from casebound.record.missing import reads
from casebound.record.missing.reads import EpisodeSeen
from tests.made_up import MadeUp, Worker
from tests.readers import MANAGER

MINUTE = timedelta(minutes=1)


def typed(moment: datetime) -> str:
    """Return a moment as somebody in London types it, also in the hour that comes twice."""
    return moment.astimezone(LONDON).isoformat(timespec="minutes")


BACK: Mapping[str, object] = {
    "back": "yes",
    "returned_how": "On foot. Sam opened.",
    "mood": "Tired.",
    "whereabouts": "Not known.",
    "police_check": "not_reported",
    "told_back": ["nobody"],
    "interview_asked_for": "yes",
    "injured": "nobody",
    "view_missing": "asleep",
}


def gone(
    made_up: MadeUp, *, ago: timedelta = 30 * MINUTE, by: Worker | None = None, **answers: object
) -> Sealed:
    """Write that Jay is not where they should be, noticed so long ago."""
    last_seen = typed(made_up.now - ago - 10 * MINUTE)
    answers = {**BACK, **answers} if "returned_at" in answers else answers
    return made_up.write(
        made_up.jay,
        form="missing",
        by=by,
        after=ago,
        answers={"back": "no", "last_seen_at": last_seen, **answers},
    )


def line(
    made_up: MadeUp,
    missing: Sealed,
    *,
    by: Worker | None = None,
    subject: Subject = WHOLE,
    at: datetime | None = None,
    said: Mapping[str, object] | None = None,
    **answers: object,
) -> Sealed:
    """Add a line to the log."""
    answers |= said or {}
    return made_up.follow(
        made_up.jay, number(made_up, missing), "missing_line", by=by or made_up.sam,
        subject=subject, at=at, answers=answers,
    )  # fmt: skip


def back(made_up: MadeUp, missing: Sealed, *, ago: timedelta = MINUTE, **answers: object) -> Sealed:
    """Write that Jay is back."""
    return made_up.follow(
        made_up.jay, number(made_up, missing), "returned", by=made_up.sam,
        answers={"returned_at": typed(made_up.now - ago), **answers},
    )  # fmt: skip


def number(made_up: MadeUp, sealed: Sealed) -> int:
    """Return the number of an entry in Jay's book."""
    return sealed.numbers[made_up.jay.book]


def due(made_up: MadeUp) -> list[str]:
    """Return the keys of what is due about Jay being missing, in the order of their names."""
    return sorted({duty.key for duty in _due(made_up)})


def what_is_due(made_up: MadeUp, key: str) -> list[DutySeen]:
    """Return what is due of one kind."""
    return [duty for duty in _due(made_up) if duty.key == key]


def _due(made_up: MadeUp) -> list[DutySeen]:
    every = duties_in([made_up.jay.book], reader=MANAGER, at=made_up.now)
    return [duty for duty in every if duty.key.startswith("missing/")]


def seen(made_up: MadeUp, missing: Sealed, *, by: Worker | None = None) -> EpisodeSeen:
    """Return the page of an episode, as somebody sees it."""
    book = made_up.book(made_up.jay, by=by or made_up.sam)
    episode = reads.episode_of(book, number(made_up, missing))
    assert episode is not None
    return reads.episode_seen(book, episode, at=made_up.now)


def banner(browser: Client, address: str) -> str:
    """Return what a page says above everything of who is missing; empty if it says nothing."""
    text = browser.get(address).content.decode()
    if "app-notices" not in text:
        return ""
    return text.split("app-notices", 1)[1].split("</aside>", 1)[0]
