"""A wrong clock as people meet it: told above every page, refused at signing, put right."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from casebound.ledger.sealing import watched_clock
from casebound.ledger.sealing.reads import clock_corrections
from casebound.ledger.sealing.watched_clock import ClockAheadError, ClockReading
from casebound.upkeep.running.alarms import alarms
from tests import clock
from tests.made_up import MadeUp

YEARS = timedelta(days=730)


@pytest.fixture
def leapt() -> Iterator[None]:
    """Let the clock be two years ahead of what is known."""
    watched_clock.watch()
    now = ClockReading.now()
    watched_clock.watched_clock().believe(replace(now, wall=now.wall - YEARS.total_seconds()))
    yield
    watched_clock.unwatch()
    watched_clock.watched_clock().noted.unlink(missing_ok=True)


@pytest.mark.django_db
@pytest.mark.policy("P58")
@pytest.mark.usefixtures("leapt")
def test_those_who_answer_are_told_and_signing_is_refused(made_up: MadeUp) -> None:
    read = {
        worker.id: made_up.browser_of(worker).get("/", follow=True).content.decode()
        for worker in (made_up.dana, made_up.alex, made_up.sam)
    }
    assert "Nothing can be signed until it is right" in read[made_up.dana.id]
    assert "Run `casebound clock`" in read[made_up.alex.id]
    assert "casebound clock" not in read[made_up.sam.id]
    with pytest.raises(ClockAheadError, match="Your draft is kept"):
        made_up.write(made_up.jay, "Toast.")

    watched_clock.watched_clock().believe()
    made_up.write(made_up.jay, "Toast.")


def run(*words: str) -> str:
    said = StringIO()
    call_command("clock", *words, stdout=said)
    return said.getvalue()


@pytest.mark.django_db(transaction=True)
@pytest.mark.policy("P43", "P64")
def test_after_a_bad_minute_a_persons_word_puts_the_log_right(made_up: MadeUp) -> None:
    with clock.set_to(clock.BEGAN + YEARS.total_seconds()):
        sealed = made_up.write(made_up.jay, "Toast.")
    assert "Compare the first line" in run()
    assert clock_corrections() == ()

    with clock.set_to(clock.BEGAN + 600):  # the provider was built in less time
        told = run("--is-right")

    assert "1 lines before it ran ahead" in told
    [correction] = clock_corrections()
    assert (correction.first, correction.line) == (sealed.index, sealed.index + 1)
    page = made_up.browser_of(made_up.dana).get(f"{made_up.book_url(made_up.jay)}")
    assert "2028" not in page.content.decode()
    assert alarms() == []
    checked = StringIO()
    call_command("verify", "--workers", "1", stdout=checked)
    assert "The clock was put right at line" in checked.getvalue()
    assert "All is as it was sealed" in checked.getvalue()
