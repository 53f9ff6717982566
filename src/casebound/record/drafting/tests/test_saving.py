"""Saving while typing: what a page and the server tell each other."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from casebound.foundation.base.ids import DraftId, is_id, new_id
from casebound.record.drafting.tests.pages import form_of, texts, url
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P12")]
PART = {"HX-Request": "true"}
OK, FORBIDDEN, NOT_FOUND, STALE = 200, 403, 404, 409


@pytest.fixture
def draft(made_up: MadeUp) -> DraftId:
    """Return a draft of Sam's."""
    return made_up.draft(made_up.jay, "Toast.")


def save(browser: Client, draft: DraftId, posted: dict[str, str]) -> HttpResponse:
    answer = browser.post(url("save", draft), posted, headers=PART)
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_save_whose_answer_was_lost_is_no_conflict(made_up: MadeUp, draft: DraftId) -> None:
    sam, page = made_up.browser_of(made_up.sam), {"page": new_id()}
    posted = form_of(made_up, draft, **page, save_number="1")
    assert save(sam, draft, posted).status_code == OK
    more = {**posted, "save_number": "2", "statements-1-text": "Jay made toast and tea."}

    assert save(sam, draft, more).status_code == OK
    assert texts(made_up, draft) == ["Jay made toast and tea."]


def test_an_earlier_save_that_arrives_later_changes_nothing(
    made_up: MadeUp, draft: DraftId
) -> None:
    sam, page = made_up.browser_of(made_up.sam), {"page": new_id()}
    later = form_of(made_up, draft, **page, save_number="2")
    earlier = {**later, "save_number": "1", "statements-1-text": "Jay"}
    assert save(sam, draft, later).status_code == OK

    assert save(sam, draft, earlier).status_code == OK
    assert texts(made_up, draft) == ["Jay made toast."]


def test_another_page_is_told_and_overwrites_nothing(made_up: MadeUp, draft: DraftId) -> None:
    sam = made_up.browser_of(made_up.sam)
    first = form_of(made_up, draft, page=new_id(), save_number="1")
    other = {**first, "page": new_id(), "statements-1-text": "Other words."}
    assert save(sam, draft, first).status_code == OK

    assert save(sam, draft, other).status_code == STALE
    assert texts(made_up, draft) == ["Jay made toast."]


@pytest.mark.parametrize("page", ["", "x", "0" * 31, "'; --"])
def test_a_page_that_we_did_not_name_is_saved_by_its_version_alone(
    made_up: MadeUp, draft: DraftId, page: str
) -> None:
    sam = made_up.browser_of(made_up.sam)
    posted = form_of(made_up, draft, page=page, save_number="1")
    assert save(sam, draft, posted).status_code == OK
    assert save(sam, draft, posted).status_code == STALE


@pytest.mark.policy("P09")
@pytest.mark.parametrize("name", ["save", "write", "sign"])
def test_nothing_is_saved_or_signed_under_another_name(
    made_up: MadeUp, draft: DraftId, name: str
) -> None:
    kit = made_up.browser_of(made_up.kit)
    posted = form_of(made_up, draft, writer=made_up.sam.id)
    answer = kit.post(url(name, draft), posted)

    assert answer.status_code == FORBIDDEN
    assert "Kit" in answer.content.decode()
    assert "Jay made toast." in answer.content.decode()
    assert texts(made_up, draft) == ["Toast."]


@pytest.mark.policy("P09")
def test_who_does_not_know_the_draft_and_its_writer_is_told_nothing(
    made_up: MadeUp, draft: DraftId
) -> None:
    lin = made_up.browser_of(made_up.lin)
    for writer in ("", made_up.lin.id, made_up.kit.id, new_id()):
        posted = form_of(made_up, draft, writer=writer)
        assert save(lin, draft, posted).status_code == NOT_FOUND


def test_the_page_names_itself_its_writer_and_its_version(made_up: MadeUp, draft: DraftId) -> None:
    sam = made_up.browser_of(made_up.sam)
    pages = [sam.get(url("write", draft)).content.decode() for _ in range(2)]
    named = [re.findall(r'name="(writer|page|version)" value="(\w+)"', page) for page in pages]
    first, second = (dict(fields) for fields in named)

    assert first["writer"] == second["writer"] == made_up.sam.id
    assert first["version"] == second["version"] == str(made_up.opened(draft).version)
    assert is_id(first["page"])
    assert first["page"] != second["page"]
