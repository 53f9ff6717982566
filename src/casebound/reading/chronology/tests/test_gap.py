"""The gap between an event, the notes about it and the signature, wherever an entry shows (P03)."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from casebound.foundation.base.times import LONDON, in_words
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P03")]
FIVE_MINUTES, FORTY_MINUTES = timedelta(minutes=5), timedelta(minutes=40)


def yesterday(made_up: MadeUp, hour: int, minute: int) -> datetime:
    day = made_up.now.astimezone(LONDON) - timedelta(days=1)
    return day.replace(hour=hour, minute=minute, second=0)


@pytest.mark.parametrize("page", ["entry", "book", "print"])
def test_the_gap_between_event_note_and_signature_shows_on_every_entry(
    made_up: MadeUp, page: str
) -> None:
    noted_at = yesterday(made_up, 14, 5)
    note = made_up.write(made_up.jay, form="note", after=FIVE_MINUTES, signed_at=noted_at)
    log = made_up.write(made_up.jay, drew_on=[note.entry_id], after=FORTY_MINUTES)

    number = log.numbers[made_up.jay.book]
    where = [made_up.jay.book, number] if page == "entry" else [made_up.jay.book]
    shown = made_up.browser_of(made_up.sam).get(reverse(f"chronology:{page}", args=where)).text

    assert "40 minutes after" in shown
    assert f"no. {note.numbers[made_up.jay.book]}, noted 14:05, 5 minutes after" in shown


def test_a_note_of_the_day_after_says_its_day(made_up: MadeUp) -> None:
    noted_at = yesterday(made_up, 9, 0)
    note = made_up.write(made_up.jay, form="note", after=timedelta(hours=20), signed_at=noted_at)
    log = made_up.write(made_up.jay, drew_on=[note.entry_id])

    address = reverse("chronology:entry", args=[made_up.jay.book, log.numbers[made_up.jay.book]])
    shown = made_up.browser_of(made_up.sam).get(address).text

    assert f"noted {in_words(noted_at)}, 20 hours after" in shown
