"""After one child's log, the next child's of the same shift (P26, P40)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from casebound.foundation.base.ids import DraftId
from casebound.people.accounts.reads import full_names
from casebound.record.drafting.reads import OpenDraft
from casebound.record.drafting.tests.pages import draft_rows, url
from casebound.rulebook.catalogue.content import HowKnown, Person
from tests.made_up import Child, MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P26"), pytest.mark.policy("P40")]
KIT = {"name": "Kit Adeyemi", "role": "key worker"}


@pytest.fixture
def sam(made_up: MadeUp) -> Client:
    return made_up.browser_of(made_up.sam)


@pytest.fixture
def ada(made_up: MadeUp) -> Child:
    return made_up.admit("Ada Brightwater", "Ada", made_up.oak)


def sealed_page(made_up: MadeUp, sam: Client, number: int) -> str:
    address = reverse("chronology:entry", args=[made_up.jay.book, number])
    return str(sam.get(f"{address}?sealed=1").text)


def next_draft(made_up: MadeUp, sam: Client, number: int, child: Child) -> OpenDraft:
    answer = sam.post(url("same_shift", made_up.jay.book, number, child.book))
    assert answer.status_code == 302
    draft = DraftId(answer.headers["Location"].split("/")[2])
    return made_up.opened(draft)


def test_the_next_log_begins_with_the_times_and_the_adults_of_the_shift(
    made_up: MadeUp, sam: Client, ada: Child
) -> None:
    began = (made_up.now - timedelta(hours=8)).isoformat()
    log = made_up.write(
        made_up.jay,
        "Jay sang.",
        happened_from=began,
        happened_to=made_up.now.isoformat(),
        present_nobody=False,
        present=[KIT, {"name": "Ada", "role": "lives here too"}],
    )
    number = log.numbers[made_up.jay.book]

    page = sealed_page(made_up, sam, number)
    assert "Next: Ada’s daily log" in page
    assert "Back to Shift" in page
    draft = next_draft(made_up, sam, number, ada)

    first = made_up.content(happened_from=began, happened_to=made_up.now.isoformat())
    assert draft.book == ada.book
    assert draft.content.happened_from[:16] == first.happened_from[:16]
    assert draft.content.happened_to
    assert draft.content.how_known is HowKnown.WAS_THERE
    assert draft.content.present == (Person("Kit Adeyemi", "key worker"),)
    assert draft.content.statements == ()
    again = next_draft(made_up, sam, number, ada)
    assert again.id == draft.id
    assert len(draft_rows(made_up.sam.id)) == 1


def test_of_a_colleague_s_log_only_the_times_are_filled_in(
    made_up: MadeUp, sam: Client, ada: Child
) -> None:
    log = made_up.write(made_up.jay, "Jay sang.", by=made_up.kit)
    number = log.numbers[made_up.jay.book]

    assert "Next:" not in sealed_page(made_up, sam, number)
    draft = next_draft(made_up, sam, number, ada)
    assert full_names([draft.author]) == {made_up.sam.id: "Sam Okafor"}
    assert draft.content.happened_from
    assert draft.content.how_known is HowKnown.NOT_SAID
    assert not draft.content.present_nobody


def test_only_children_whose_log_of_this_shift_is_not_written_are_offered(
    made_up: MadeUp, sam: Client, ada: Child
) -> None:
    made_up.write(ada, "Ada read.", after=timedelta(hours=12))
    number = made_up.write(made_up.jay, "Jay sang.").numbers[made_up.jay.book]
    assert "Next: Ada’s daily log" in sealed_page(made_up, sam, number)

    made_up.write(ada, "Ada danced.", after=timedelta(hours=2))
    assert "daily log</button>" not in sealed_page(made_up, sam, number)


def test_a_child_of_another_home_and_another_form_answer_404(
    made_up: MadeUp, sam: Client, ada: Child
) -> None:
    number = made_up.write(made_up.jay, "Jay sang.").numbers[made_up.jay.book]
    note = made_up.write(made_up.jay, "Jay rang.", form="note").numbers[made_up.jay.book]

    assert sam.post(url("same_shift", made_up.jay.book, number, ada.book)).status_code == 302
    for at, child in ((number, made_up.noor.book), (note, ada.book), (99, ada.book), (1, ada.book)):
        assert sam.post(url("same_shift", made_up.jay.book, at, child)).status_code == 404
    assert "Next:" not in sealed_page(made_up, sam, note)
