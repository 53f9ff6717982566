"""Putting an entry right from its own page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from casebound.foundation.base.ids import DraftId
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.reads import book_pages
from casebound.record.drafting.tests.pages import draft_rows, form_of, last_page, url
from tests.made_up import PASSWORD, MadeUp
from tests.pages import as_shown

pytestmark = pytest.mark.django_db


def put_right(made_up: MadeUp, sam: Client, wrong: Sealed, how: str = "correction") -> DraftId:
    answer = sam.post(url("put_right", made_up.jay.book, wrong.numbers[made_up.jay.book], how))
    assert answer.status_code == 302
    return draft_rows(made_up.sam.id)[0]


@pytest.mark.policy("P64")
@pytest.mark.parametrize("how", ["addendum", "correction", "strike", "misfiled"])
def test_an_entry_is_put_right_from_its_own_page(made_up: MadeUp, sam: Client, how: str) -> None:
    wrong = made_up.write(made_up.jay, "It was Monday.")

    draft = put_right(made_up, sam, wrong, how)
    sam.post(url("save", draft), form_of(made_up, draft))
    answer = sam.post(url("sign", draft), {"password": PASSWORD})

    assert answer.status_code == 302
    assert [reference.entry_id for reference in last_page(made_up).references] == [wrong.entry_id]


@pytest.mark.parametrize("how", ["drew_on", "daily_log", "edit", "delete"])
def test_there_is_no_other_way_to_be_about_an_entry(made_up: MadeUp, sam: Client, how: str) -> None:
    wrong = made_up.write(made_up.jay).numbers[made_up.jay.book]

    assert sam.post(url("put_right", made_up.jay.book, wrong, how)).status_code == 404


@pytest.mark.parametrize("number", [0, 1, 99, 2**31, 10**30])
def test_what_nobody_wrote_cannot_be_put_right(made_up: MadeUp, sam: Client, number: int) -> None:
    made_up.write(made_up.jay)

    answer = sam.post(url("put_right", made_up.jay.book, number, "strike"))

    assert answer.status_code == 404
    assert draft_rows(made_up.sam.id) == []


@pytest.mark.policy("P64")
def test_a_book_that_has_grown_is_read_again_before_signing(made_up: MadeUp, sam: Client) -> None:
    draft = put_right(made_up, sam, made_up.write(made_up.jay))
    sam.post(url("save", draft), form_of(made_up, draft))
    new = made_up.write(made_up.jay, "Kit saw it too.", by=made_up.kit)
    number = new.numbers[made_up.jay.book]

    stale = sam.post(url("sign", draft), {"password": PASSWORD})
    assert stale.status_code == 409
    assert reverse("chronology:entry", args=[made_up.jay.book, number]) in stale.text
    found = re.search(r'name="pages" value="(\d+)"', stale.text)
    assert found
    assert "signed by <bdi>Kit Adeyemi</bdi>" in as_shown(stale)
    read = {"pages": found[1], "pages_of": made_up.jay.book}
    done = sam.post(url("sign", draft), {"password": PASSWORD, **read})

    assert done.status_code == 302
    assert book_pages(made_up.jay.book) == number + 1


@pytest.mark.policy("P64")
def test_what_is_new_is_said_before_signing_and_one_s_own_entry_as_one_s_own(
    made_up: MadeUp, sam: Client
) -> None:
    draft = put_right(made_up, sam, made_up.write(made_up.jay))
    sam.post(url("save", draft), form_of(made_up, draft))
    number = made_up.write(made_up.jay, "One more thing.").numbers[made_up.jay.book]

    page = sam.get(url("sign", draft))
    shown = as_shown(page)
    assert "New in the book since you began this" in shown
    assert "signed by you" in shown
    assert f"No. {number}, Daily log" in shown
    read = dict(re.findall(r'name="(pages|pages_of)" value="(\w+)"', page.text))
    done = sam.post(url("sign", draft), {"password": PASSWORD, **read})

    assert done.headers["Location"].endswith(f"/{number + 1}/?sealed=1")


def test_a_wrong_password_is_named_at_its_box_and_linked_from_the_summary(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, "A kite.")

    page = sam.post(url("sign", draft), {"password": "wrong"})

    assert page.status_code == 422
    assert 'href="#password">The password is not right.' in as_shown(page)
    assert 'aria-invalid="true"' in page.text


@pytest.mark.parametrize("pages", ["x", "-1", "9" * 5000, "999999999"])
def test_pages_that_were_never_there_sign_nothing(made_up: MadeUp, sam: Client, pages: str) -> None:
    draft = put_right(made_up, sam, made_up.write(made_up.jay))
    sam.post(url("save", draft), form_of(made_up, draft))
    before = made_up.write(made_up.jay, by=made_up.kit).numbers[made_up.jay.book]

    read = {"pages_of": made_up.jay.book, "pages": pages}
    answer = sam.post(url("sign", draft), {"password": PASSWORD, **read})

    assert answer.status_code == 409
    assert book_pages(made_up.jay.book) == before


@pytest.mark.parametrize("how", ["strike", "misfiled"])
def test_withdrawing_asks_for_the_reason_alone(made_up: MadeUp, sam: Client, how: str) -> None:
    draft = put_right(made_up, sam, made_up.write(made_up.jay), how)
    page = sam.get(url("write", draft)).text
    for name in ("happened_from_date", "happened_from_day", "how_known", "present", "where"):
        assert f'name="{name}"' not in page
    version = str(made_up.opened(draft).version)

    sam.post(url("save", draft), {"version": version, "statements-1-text": "Another child."})
    answer = sam.post(url("sign", draft), {"password": PASSWORD})

    assert answer.status_code == 302
    entry = last_page(made_up)
    assert entry.content.present == ()
    assert not entry.content.present_nobody  # nothing is sealed that nobody said
    assert not entry.late
    assert "was there" not in sam.get(answer["Location"]).text


@pytest.mark.policy("P53")
def test_an_opinion_is_its_writers_unless_somebody_else_is_named(
    made_up: MadeUp, sam: Client
) -> None:
    marks = {"kind": "opinion", "basis": "He smiled."}
    draft = made_up.draft(
        made_up.jay,
        statements=[
            {"text": "I think he was proud.", **marks},
            {"text": "She thinks so too.", "whose": "Ruth Abara", **marks},
        ],
    )

    sam.post(url("sign", draft), {"password": PASSWORD})

    whose = [statement.whose for statement in last_page(made_up).content.statements]
    assert whose == ["Sam Okafor", "Ruth Abara"]
