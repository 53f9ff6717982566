"""The demo is made through the product's own actions, once, and never over real records."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.keyring.actions import forget_keys
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.checking import full
from casebound.people.access.reads import seen_book
from casebound.people.accounts import reads as accounts
from casebound.people.accounts.models import Account
from casebound.people.homes import reads as homes
from casebound.record.drafting.actions import begin_draft
from casebound.record.drafting.reads import drafts_of
from casebound.upkeep.demo.building import PASSWORD
from casebound.upkeep.demo.management.commands.demo import NotADemoError
from casebound.upkeep.demo.story import people
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_passwords")]


def demo() -> str:
    """Make a demo of one day, and return what is said meanwhile."""
    said = StringIO()
    call_command("demo", no_serve=True, days=1, stdout=said)
    return said.getvalue()


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    """Let this be a demo whose folder is empty."""
    forget_keys()
    settings.INSTALLATION = replace(settings.INSTALLATION, data=tmp_path)
    settings.DEMO, settings.DATA = True, tmp_path
    return tmp_path


@pytest.mark.usefixtures("data")
def test_the_demo_has_its_people_with_their_password_its_homes_and_a_book_for_every_child() -> None:
    said = demo()

    now = datetime.now(UTC)
    assert "entries are sealed" in said
    assert len(accounts.accounts(count=50)) == len(people.WORKERS) + len(people.VISITORS)
    open_homes = [home for home in homes.homes() if not home.is_office]
    assert {home.name for home in open_homes} == {home.name for home in people.HOMES}
    children = homes.children_at([home.id for home in open_homes], at=now)
    called = sorted(child.called for child in children)
    assert called == sorted(
        [*(child.called for child in people.CHILDREN if not child.left), "Diyar"]
    )
    names = {child.short_name for child in children}
    assert {"Diyar H.", "Diyar S."} <= names
    assert "Ellis" not in names  # moved on
    newcomer = next(child for child in children if child.short_name == "Diyar H.")
    assert "estimated" in homes.births_of(newcomer.id)[-1].birth.age_words(now.date())
    keira = next(child for child in children if child.called == "Keira")
    assert [name.old_shown for name in homes.names_of(keira.id)][-1]
    assert len(homes.names_of(keira.id)) == 2
    assert all(sealed.book_pages(child.book) for child in children)
    assert all(account.check_password(PASSWORD) for account in Account.objects.all())


@pytest.mark.usefixtures("made_up")
def test_a_demo_that_is_there_is_left_as_it_is(data: Path) -> None:
    size = sealed.size()
    (data / "demo-finished").touch()

    assert demo() == ""

    assert sealed.size() == size


@pytest.mark.usefixtures("data", "made_up")
def test_a_demo_that_was_not_finished_is_not_gone_on_with() -> None:
    size = sealed.size()

    with pytest.raises(RefusedError, match="was not finished"):
        demo()

    assert sealed.size() == size


def test_over_real_records_no_demo_is_made(made_up: MadeUp, settings: Settings) -> None:
    assert not settings.DEMO
    size = sealed.size()

    with pytest.raises(NotADemoError):
        demo()

    assert sealed.size() == size
    assert made_up.jay


@pytest.mark.policy("P64")
def test_the_log_of_the_demo_is_whole_and_that_it_is_finished_is_kept(data: Path) -> None:
    demo()

    assert (data / "demo-finished").exists()
    found = full(workers=1)

    assert found.ok, found.problems
    assert found.entries == sealed.size() - 1


@pytest.mark.usefixtures("data")
def test_a_draft_of_the_demo_stays_when_its_author_begins_another() -> None:
    demo()
    now = datetime.now(UTC) + timedelta(seconds=1)
    drafts = [line for account in accounts.accounts(count=50) for line in drafts_of(account.id)]
    assert drafts

    for line in drafts:
        book = seen_book(line.author, line.book, at=now)
        assert book is not None
        begin_draft(book=book, form=line.form, by=line.author, at=now)
        assert line.id in {draft.id for draft in drafts_of(line.author)}
