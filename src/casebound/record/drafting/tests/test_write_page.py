"""The writing page: saving, other windows, throwing away, notes sealed at once."""

import pytest
from django.test import Client
from django.urls import reverse

from casebound.ledger.sealing.reads import book_pages
from casebound.record.drafting.tests.pages import begun, draft_rows, form_of, last_page, texts, url
from tests.made_up import PASSWORD, MadeUp
from tests.pages import as_shown

pytestmark = pytest.mark.django_db


@pytest.mark.policy("P12")
def test_what_is_typed_is_kept_and_said_to_be(made_up: MadeUp, sam: Client) -> None:
    draft = begun(made_up, sam)

    answer = sam.post(url("save", draft), form_of(made_up, draft), headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert 'name="version" value="2"' in answer.text
    assert texts(made_up, draft) == ["Jay made toast."]


@pytest.mark.policy("P12")
def test_a_save_from_a_window_that_is_behind_keeps_both(made_up: MadeUp, sam: Client) -> None:
    draft = begun(made_up, sam)
    behind = form_of(made_up, draft, **{"statements-1-text": "Behind."})
    sam.post(url("save", draft), form_of(made_up, draft))

    part = sam.post(url("save", draft), behind)
    page = sam.post(url("write", draft), behind)

    assert (part.status_code, page.status_code) == (409, 409)
    assert "Behind." in page.text
    assert "Jay made toast." in page.text
    assert texts(made_up, draft) == ["Jay made toast."]


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "٢"])
def test_a_version_that_was_never_given_out_is_stale_and_no_error(
    made_up: MadeUp, sam: Client, version: str
) -> None:
    draft = begun(made_up, sam)

    answer = sam.post(url("save", draft), {**form_of(made_up, draft), "version": version})

    assert answer.status_code == 409


def test_a_draft_is_thrown_away_only_when_that_was_confirmed(made_up: MadeUp, sam: Client) -> None:
    draft = made_up.draft(made_up.jay, "Kept so far.")

    asked = sam.post(url("discard", draft))
    assert asked.headers["Location"] == url("discard", draft)
    assert texts(made_up, draft) == ["Kept so far."]
    assert "Delete this draft?" in sam.get(url("discard", draft)).text
    done = sam.post(url("discard", draft), {"sure": "yes"})

    assert done.headers["Location"] == reverse("desk:shift")
    assert draft_rows(made_up.sam.id) == []


@pytest.mark.policy("P03")
def test_a_note_is_kept_and_sealed_at_once(made_up: MadeUp, sam: Client) -> None:
    draft = begun(made_up, sam, "note")

    answer = sam.post(url("write", draft), form_of(made_up, draft, keep="1", password=PASSWORD))

    assert answer.headers["Location"].endswith("?sealed=1")
    assert (last_page(made_up).form, draft_rows(made_up.sam.id)) == ("note", [])


@pytest.mark.policy("P03")
@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"how_known": ""}])
def test_a_note_that_cannot_be_sealed_keeps_every_word(
    made_up: MadeUp, sam: Client, wrong: dict[str, str]
) -> None:
    draft = begun(made_up, sam, "note")
    pages = book_pages(made_up.jay.book)

    answer = sam.post(
        url("write", draft),
        {**form_of(made_up, draft, keep="1", password=PASSWORD), **wrong},
    )

    assert answer.status_code == 422
    assert "Jay made toast." in answer.text
    assert book_pages(made_up.jay.book) == pages
    assert texts(made_up, draft) == ["Jay made toast."]


def test_another_form_is_not_sealed_without_being_read_through(
    made_up: MadeUp, sam: Client
) -> None:
    draft = begun(made_up, sam)
    pages = book_pages(made_up.jay.book)

    sam.post(url("write", draft), form_of(made_up, draft, keep="1", password=PASSWORD))

    assert book_pages(made_up.jay.book) == pages


def test_read_through_leads_to_signing(made_up: MadeUp, sam: Client) -> None:
    draft = begun(made_up, sam)

    answer = sam.post(url("write", draft), form_of(made_up, draft, read="1"))

    assert answer.headers["Location"] == url("sign", draft)


@pytest.mark.policy("P12")
def test_a_session_that_ended_while_writing_loses_nothing(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    nobody = made_up.browser_of(None)

    part = nobody.post(url("save", draft), form_of(made_up, draft), headers={"HX-Request": "true"})
    page = nobody.post(url("write", draft), form_of(made_up, draft))

    assert (part.status_code, page.status_code) == (401, 401)
    assert "Nothing you typed is lost" in part.text
    assert "Jay made toast." in page.text


@pytest.mark.policy("P12")
def test_no_page_of_a_draft_may_be_stored_by_the_browser(made_up: MadeUp, sam: Client) -> None:
    draft = made_up.draft(made_up.jay)

    for name in ("write", "sign"):
        assert "no-store" in sam.get(url(name, draft)).headers["Cache-Control"]


@pytest.mark.policy("P65")
def test_a_sign_that_turns_letters_round_is_shown_at_its_place_and_removed_by_a_button(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, "One line.\nJay\u202e laughed.")

    page = as_shown(sam.get(f"{url('write', draft)}?check=1"))
    typed = {"statements-1-text": "One line.\nJay\u202e laughed.", "save": "signs"}
    after = sam.post(url("write", draft), form_of(made_up, draft, **typed), follow=True)

    assert "One line. Jay<b" in page
    assert "</span> laughed.…" in page
    assert "Remove these signs" in page
    assert "Remove these signs" not in after.text
    assert made_up.opened(draft).content.statements[0].text == "One line.\nJay laughed."


@pytest.mark.policy("P49")
def test_a_save_says_what_is_still_missing_and_where_it_can_be_said(
    made_up: MadeUp, sam: Client
) -> None:
    draft = begun(made_up, sam)
    typed = {"statements-1-text": "I think he was proud.", "statements-1-kind": "opinion"}
    typed["how_known"] = ""

    answer = sam.post(url("save", draft), form_of(made_up, draft, **typed))

    assert 'id="still"' in answer.text
    assert 'href="#statements-1-basis"' in answer.text
    assert 'href="#how_known"' in answer.text
    typed |= {"statements-1-basis": "He showed it round.", "how_known": "was_there"}
    later = sam.post(url("save", draft), form_of(made_up, draft, version="2", **typed))
    assert 'href="#statements-1-basis"' not in later.text
    assert 'href="#how_known"' not in later.text
