"""A draft that its author has signed leads to its entry, and is signed once."""

import pytest
from django.test import Client

from casebound.foundation.base.ids import DraftId
from casebound.ledger.sealing.reads import book_pages
from casebound.record.drafting.tests.pages import begun, form_of, url
from tests.made_up import PASSWORD, MadeUp

pytestmark = pytest.mark.django_db


def signed(made_up: MadeUp, sam: Client, **said: str) -> tuple[DraftId, str]:
    """Sign a draft; return its id and where its author was led."""
    draft = made_up.draft(made_up.jay)
    answer = sam.post(url("sign", draft), {"password": PASSWORD, **said})
    assert answer.status_code == 302
    return draft, answer.headers["Location"]


def test_a_second_tap_on_sign_leads_to_the_same_entry(made_up: MadeUp, sam: Client) -> None:
    draft, entry = signed(made_up, sam)
    pages = book_pages(made_up.jay.book)

    again = sam.post(url("sign", draft), {"password": PASSWORD})

    assert again.headers["Location"] == entry
    assert book_pages(made_up.jay.book) == pages


def test_a_note_that_was_sealed_is_not_sealed_again(made_up: MadeUp, sam: Client) -> None:
    draft = begun(made_up, sam, "note")
    typed = form_of(made_up, draft, keep="1", password=PASSWORD)
    entry = sam.post(url("write", draft), typed).headers["Location"]
    pages = book_pages(made_up.jay.book)

    assert sam.post(url("write", draft), typed).headers["Location"] == entry
    assert book_pages(made_up.jay.book) == pages


@pytest.mark.parametrize("page", ["write", "sign"])
def test_going_back_after_signing_says_where_the_entry_is(
    made_up: MadeUp, sam: Client, page: str
) -> None:
    draft, entry = signed(made_up, sam)
    number = book_pages(made_up.jay.book)

    back = sam.get(url(page, draft))

    assert back.status_code == 200
    assert f"sealed as no. {number} of <bdi>Jay</bdi>’s book" in back.text
    assert f'href="{entry.removesuffix("?sealed=1")}"' in back.text


@pytest.mark.policy("P12")
def test_saving_from_a_window_left_open_says_that_it_was_signed(
    made_up: MadeUp, sam: Client
) -> None:
    draft, _ = signed(made_up, sam)
    typed = {"version": "2", "statements-1-text": "More."}

    part = sam.post(url("save", draft), typed, headers={"HX-Request": "true"})
    page = sam.post(url("write", draft), typed)

    assert (part.status_code, page.status_code) == (410, 410)
    assert "you signed this already" in part.text
    assert 'id="save-state"' in part.text
    assert "was not saved" in page.text


@pytest.mark.policy("P63")
def test_nobody_else_learns_that_a_draft_was_signed(made_up: MadeUp, sam: Client) -> None:
    draft, _ = signed(made_up, sam)

    for other in (made_up.kit, made_up.dana, made_up.lin):
        for page in ("write", "sign"):
            assert made_up.browser_of(other).get(url(page, draft)).status_code == 404


@pytest.mark.policy("P63")
def test_an_author_who_may_no_longer_read_the_book_is_told_the_number_and_led_nowhere(
    made_up: MadeUp, sam: Client
) -> None:
    draft, entry = signed(made_up, sam)
    number = book_pages(made_up.jay.book)
    made_up.leave(made_up.jay)

    page = sam.get(url("sign", draft)).text
    again = sam.post(url("sign", draft), {"password": PASSWORD})

    assert "You signed this" in page
    assert entry.removesuffix("?sealed=1") not in page
    assert again.headers["Location"] == f"/?sealed={number}&book={made_up.jay.book}"


def test_a_draft_that_was_thrown_away_is_signed_nowhere(made_up: MadeUp, sam: Client) -> None:
    draft = made_up.draft(made_up.jay)
    sam.post(url("discard", draft), {"sure": "1"})

    assert sam.get(url("sign", draft)).status_code == 404
