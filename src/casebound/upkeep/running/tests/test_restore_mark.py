"""The high-water mark is made again only after somebody compared the log."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections

from casebound.ledger.sealing import highwater
from casebound.ledger.sealing.reads import size
from casebound.upkeep.running.management.commands.restore_mark import MarkNotRestoredError
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.policy("P58")]


def run(*words: str) -> str:
    said = StringIO()
    call_command("restore_mark", *words, stdout=said)
    return said.getvalue()


def test_it_says_what_to_compare_and_writes_only_what_was_compared(made_up: MadeUp) -> None:
    mark = highwater.read()
    highwater.path().unlink()
    highwater._known.clear()

    told = run()
    assert f"The log has {size():,} lines" in told
    assert "receipt" in told
    assert highwater.read() is None
    with pytest.raises(MarkNotRestoredError, match=f"has {size():,} lines"):
        run("--lines", "1")
    run("--lines", str(size()))

    assert highwater.read() == mark
    made_up.write(made_up.jay, "Toast.")  # and people sign again


@pytest.mark.usefixtures("made_up")
def test_it_never_lowers_a_mark_that_is_there() -> None:
    with pytest.raises(MarkNotRestoredError, match="It is there"):
        run("--lines", str(size()))


@pytest.mark.sqlite
@pytest.mark.usefixtures("made_up")
def test_it_marks_no_log_in_which_something_is_wrong() -> None:
    highwater.path().unlink()
    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE log_head SET size = size - 1")
    with pytest.raises(MarkNotRestoredError, match="Something else is wrong"):
        run("--lines", str(size()))
    assert highwater.read() is None
