"""The policy is published in versions, and each person reads and acknowledges each version."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casebound.ledger.projecting.tests.rebuilding import assert_rebuild_equals_live
from casebound.ledger.sealing.reads import entry_at, last_entries, size
from casebound.people.access.reads import rights_of
from casebound.people.homes.reads import book_of
from casebound.rulebook.recording_policy import reads
from casebound.rulebook.recording_policy.actions import (
    NewerPolicyError,
    acknowledge_policy,
    publish_policy,
)
from casebound.rulebook.recording_policy.desk_lines import policy_not_read, policy_to_read
from casebound.rulebook.recording_policy.rules import blocks
from casebound.rulebook.recording_policy.tests.examples import publish_proposal
from tests.made_up import PASSWORD, MadeUp, Worker
from tests.pages import as_shown

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P83")]
PAGE = "/recording-policy/"
PEOPLE = f"{PAGE}people/"
PUBLISH = f"{PAGE}publish/"


def page(made_up: MadeUp, path: str = PAGE, *, by: Worker | None = None) -> str:
    return as_shown(made_up.browser_of(by or made_up.sam).get(path))


def acknowledge(made_up: MadeUp, worker: Worker, version: int = 1) -> str:
    typed = {"version": str(version), "password": PASSWORD}
    return as_shown(made_up.browser_of(worker).post(PAGE, typed, follow=True))


def waiting(made_up: MadeUp, *, days: int = 0) -> list[tuple[str, bool]]:
    at = made_up.now + timedelta(days=days)
    found = reads.readers(rights_of(made_up.dana.id, at=at), at=at)
    return [(reader.name, reader.is_overdue) for reader in found if reader.read_at is None]


def test_the_shipped_text_stands_there_and_binds_nobody_until_it_is_published(
    made_up: MadeUp,
) -> None:
    shown = page(made_up)

    assert "Your provider has not published a policy yet" in shown
    assert "A child may one day read everything we write about them." in shown
    assert "I have read it" not in shown
    assert "recording policy, version" not in page(made_up, "/")
    assert waiting(made_up) == []


def test_a_manager_publishes_and_everybody_is_asked_on_shift_and_acknowledges(
    made_up: MadeUp,
) -> None:
    dana = made_up.browser_of(made_up.dana)
    form = dana.get(PUBLISH)
    assert "What this policy is for" in form.text
    typed = {"text": reads.proposal(), "before": "0", "changed": "", "password": PASSWORD}
    assert "The version is published" in as_shown(dana.post(PUBLISH, typed, follow=True))
    assert "Read the recording policy, version 1: by " in page(made_up, "/")

    assert "You have read it" in acknowledge(made_up, made_up.sam)

    assert "recording policy, version 1" not in page(made_up, "/")
    assert "You said on " in page(made_up)
    office = book_of(None)
    assert office is not None
    [entry] = last_entries(office, 1)
    assert entry.signed_by == made_up.sam.id


def test_the_manager_sees_who_has_and_who_has_not_new_starters_included(made_up: MadeUp) -> None:
    publish_proposal(made_up)
    acknowledge(made_up, made_up.sam)
    nell = made_up._worker("nell.frost", "Nell Frost")
    from_at = made_up.now - timedelta(minutes=5)
    made_up.began = from_at
    made_up._appoint(nell, "residential_worker", made_up.oak)

    assert waiting(made_up) == [
        ("Dana Whitlock", False), ("Kit Adeyemi", False), ("Nell Frost", False),
    ]  # fmt: skip
    listed = page(made_up, PEOPLE, by=made_up.dana)
    assert "Nell Frost" in listed
    assert "Lin Osei" not in listed, "the other home's are not the manager's"
    assert page(made_up, "/", by=nell).count("Read the recording policy, version 1") == 1


def test_what_is_not_read_in_two_weeks_is_overdue_on_shift_and_on_the_desk(
    made_up: MadeUp,
) -> None:
    publish_proposal(made_up)
    late = made_up.now + timedelta(days=15)
    sam, dana = (rights_of(worker.id, at=late) for worker in (made_up.sam, made_up.dana))

    assert waiting(made_up, days=13) == [
        ("Dana Whitlock", False), ("Kit Adeyemi", False), ("Sam Okafor", False),
    ]  # fmt: skip
    on_shift, on_desk = policy_to_read(sam, late), policy_not_read(dana, late)
    assert on_shift is not None
    assert on_shift.is_overdue
    assert on_desk is not None
    assert on_desk.words == "3 people have not read the recording policy in time"
    assert policy_not_read(sam, late) is None


def test_a_new_version_is_read_again_and_says_what_changed(made_up: MadeUp) -> None:
    publish_proposal(made_up)
    acknowledge(made_up, made_up.sam)
    dana = made_up.browser_of(made_up.dana)
    text = f"{reads.proposal()}\n\nWe write with the child beside us where we can."
    typed = {"text": text, "before": "1", "changed": "", "password": PASSWORD}

    refused = as_shown(dana.post(PUBLISH, typed, follow=True))
    assert "They need to know what is new in it." in refused
    assert "We write with the child beside us" in refused, "what was typed stays"
    dana.post(PUBLISH, {**typed, "changed": "Writing together."}, follow=True)

    shown = page(made_up)
    assert "Version 2" in shown
    assert "What changed: Writing together." in shown
    assert "Read the recording policy, version 2" in page(made_up, "/")
    earlier = page(made_up, reverse("recording_policy:version", args=[1]))
    assert "We write with the child beside us" not in earlier
    assert made_up.browser_of(made_up.sam).get(f"{PAGE}versions/3/").status_code == 404


def test_nobody_acknowledges_a_version_that_no_longer_holds(made_up: MadeUp) -> None:
    publish_proposal(made_up)
    publish_policy(
        text="Another.", changed="All of it.", before=1, by=made_up.dana.id, at=made_up.now,
        auth="password",
    )  # fmt: skip
    before = size()

    assert "Another version was published meanwhile." in acknowledge(made_up, made_up.sam)
    with pytest.raises(NewerPolicyError):
        acknowledge_policy(version=3, by=made_up.sam.id, at=made_up.now, auth="password")
    assert size() == before


def test_two_managers_who_publish_at_once_do_not_overwrite_each_other(made_up: MadeUp) -> None:
    publish_proposal(made_up)

    with pytest.raises(NewerPolicyError):
        publish_policy(
            text="Mine.", changed="", before=0, by=made_up.robin.id, at=made_up.now,
            auth="password",
        )  # fmt: skip


def test_a_page_sent_twice_publishes_once_and_acknowledges_once(made_up: MadeUp) -> None:
    for _ in range(2):
        publish_policy(
            text="Ours.", changed="", before=0, by=made_up.dana.id, at=made_up.now,
            auth="password", key="k" * 32,
        )  # fmt: skip
        acknowledge_policy(
            version=1, by=made_up.sam.id, at=made_up.now, auth="password", key="s" * 32
        )

    assert len(reads.policy_versions()) == 1
    assert_rebuild_equals_live()


def test_only_managers_publish(made_up: MadeUp) -> None:
    assert made_up.browser_of(made_up.sam).get(PUBLISH).status_code == 404
    assert made_up.browser_of(made_up.sam).get(PEOPLE).status_code == 404
    assert made_up.browser_of(made_up.alex).get(PAGE).status_code == 404


def test_who_does_not_write_has_nothing_to_read(
    made_up: MadeUp, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1, using="derived"):
        assert reads.duty_of(made_up.sam.id, at=made_up.now) is None
    publish_proposal(made_up)
    assert reads.duty_of(made_up.alex.id, at=made_up.now) is None
    assert entry_at(made_up.jay.book, 3) is None, "nothing of it stands in a child's book"


def test_a_text_is_headings_and_paragraphs() -> None:
    found = [(block.text, block.is_heading) for block in blocks("# One\r\n\r\nTwo\nlines\n\n\n")]

    assert found == [("One", True), ("Two\nlines", False)]
