"""Nothing is destroyed: no page, no command and no statement of SQL can do it (P77)."""

import pytest
from django.core.management import get_commands
from django.db import DatabaseError, connections, transaction
from django.urls import get_resolver, reverse

from casebound.ledger.sealing.reads import entry_at
from casebound.record.book.relations import MISFILED, STRIKE
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P77")]
DESTROYING = ("delete", "destroy", "dispose", "erase", "purge", "remove")
SEALED = ("sealed_entry", "entry_key", "log_leaf")


def test_what_was_struck_moved_or_left_behind_by_a_child_is_all_still_there(
    made_up: MadeUp,
) -> None:
    pages = [made_up.write(made_up.jay, words).numbers[made_up.jay.book] for words in "AB"]
    before = [entry_at(made_up.jay.book, number) for number in pages]
    for number, how in zip(pages, (STRIKE, MISFILED), strict=True):
        made_up.put_right(made_up.jay, number, how, by=made_up.dana)
    made_up.leave(made_up.jay)

    assert [entry_at(made_up.jay.book, number) for number in pages] == before
    for number in pages:
        answer = made_up.browser_of(made_up.dana).get(
            reverse("chronology:entry", args=[made_up.jay.book, number])
        )
        assert answer.status_code == 200


@pytest.mark.parametrize("table", SEALED)
def test_no_statement_of_sql_takes_a_sealed_row_away(made_up: MadeUp, table: str) -> None:
    made_up.write(made_up.jay)

    with (
        pytest.raises(DatabaseError, match="barred"),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)


def test_there_is_no_command_and_no_address_that_destroys_what_is_sealed() -> None:
    ours = [name for name, room in get_commands().items() if str(room).startswith("casebound")]
    addresses = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert "verify" in ours
    assert [name for name in ours if name.startswith(DESTROYING)] == []
    assert [name for name in addresses if name.startswith(DESTROYING)] == []
