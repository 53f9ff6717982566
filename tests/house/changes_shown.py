"""What holds once the changes of docs/changing-something.md are made.

Copied beside the tests of a scratch copy and run there; in this tree the changes are not made.
"""

from datetime import UTC, datetime, timedelta

import pytest

from casebound.people.duties.reads import duties_of
from casebound.people.rights.rights import role_of
from casebound.people.rights.shape import Permission, Situation
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.clocks.clocks import clock
from casebound.rulebook.glossary.actions import add_term
from casebound.rulebook.glossary.models import ProviderTerm
from tests.made_up import MadeUp
from tests.readers import reader


@pytest.mark.django_db
def test_a_new_log_asks_the_question_and_an_earlier_one_reads_as_it_was(made_up: MadeUp) -> None:
    old, new = catalogue.form("daily_log", 1), catalogue.form("daily_log")
    done = made_up.write(made_up.jay, answers={"screens": "An hour of football."})
    page = made_up.browser_of(made_up.sam).get(made_up.book_url(made_up.jay)).text

    assert new.version == 2
    names = [field.name for field in new.fields]
    assert names[names.index("activities") + 1] == "screens"
    assert [field.name for field in old.fields] == [name for name in names if name != "screens"]
    assert "An hour of football." in page
    assert done.numbers


def test_a_handover_has_eight_hours_from_april_on() -> None:
    before, after = datetime(2027, 3, 31, 12, tzinfo=UTC), datetime(2027, 4, 1, 12, tzinfo=UTC)

    for since, hours in [(before, 12), (after, 8)]:
        assert clock("handover/read", since=since).due(since) - since == timedelta(hours=hours)


@pytest.mark.django_db
def test_a_key_session_asks_for_the_next_one_and_ends_the_last(made_up: MadeUp) -> None:
    def due() -> list[str]:
        duties = duties_of(reader(made_up.sam.id), books=[made_up.jay.book], at=made_up.now)
        return [duty.key for duty in duties if duty.key == "key/session"]

    made_up.write(made_up.jay, "We planned a day out.", form="key_session")
    assert due() == ["key/session"]
    made_up.write(made_up.jay, "We went to the sea.", form="key_session")
    assert due() == ["key/session"]


@pytest.mark.django_db
def test_a_term_keeps_its_page(made_up: MadeUp) -> None:
    add_term(
        term="the office", instead="the staff room", why="", by=made_up.dana.id, at=made_up.now,
        auth="password",
    )  # fmt: skip

    assert vars(ProviderTerm.objects.get())["page"] >= 1


def test_a_night_worker_writes_logs_and_notes() -> None:
    role = role_of("waking_night")

    def writes(form: str) -> bool:
        return role.gives(Permission.WRITE_ENTRY, Situation.LIVES_HERE, form=form)

    assert [writes(form) for form in ("daily_log", "note", "contact")] == [True, True, False]
