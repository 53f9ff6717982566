"""Beginning a draft from a page, and who may."""

import pytest
from django.test import Client
from django.urls import reverse

from casebound.foundation.base.ids import new_id
from casebound.ledger.sealing.reads import book_pages
from casebound.people.homes.actions import end_appointment
from casebound.people.homes.tests import build
from casebound.record.drafting.tests.pages import begun, draft_rows, form_of, last_page, url
from tests.made_up import PASSWORD, MadeUp

pytestmark = pytest.mark.django_db


@pytest.mark.policy("P01")
def test_one_tap_begins_a_draft_and_leads_to_it(made_up: MadeUp, sam: Client) -> None:
    answer = sam.post(url("begin", made_up.jay.book, "daily_log"))

    [draft] = draft_rows(made_up.sam.id)
    assert answer.headers["Location"] == url("write", draft)
    assert sam.get(url("write", draft)).status_code == 200


@pytest.mark.parametrize(
    "form", ["correction", "strike", "misfiled", "addendum", "none", "..", "é"]
)
def test_no_such_form_can_be_begun(made_up: MadeUp, sam: Client, form: str) -> None:
    assert sam.post(url("begin", made_up.jay.book, form)).status_code == 404
    assert draft_rows(made_up.sam.id) == []


@pytest.mark.policy("P63")
def test_nobody_begins_a_draft_in_a_book_they_do_not_see(made_up: MadeUp, sam: Client) -> None:
    for book in (made_up.noor.book, made_up.mika.book, new_id(), "jay"):
        assert sam.post(url("begin", book, "note")).status_code == 404
    assert draft_rows(made_up.sam.id) == []


@pytest.mark.policy("P63")
def test_of_a_child_who_has_moved_on_the_homes_manager_writes_and_others_read(
    made_up: MadeUp,
) -> None:
    build.appointed("responsible_individual", None, worker=made_up.alex.id)
    dana, alex = made_up.browser_of(made_up.dana), made_up.browser_of(made_up.alex)

    assert alex.get(made_up.book_url(made_up.mika)).status_code == 200
    refused = alex.post(url("begin", made_up.mika.book, "note"))
    assert refused.status_code == 403
    assert "Ask the registered manager" in refused.text
    assert dana.post(url("begin", made_up.mika.book, "note")).status_code == 302
    # What happens after the child left can be written as well: who was told, and when.
    number = made_up.write(made_up.mika, by=made_up.dana).numbers[made_up.mika.book]
    assert (
        dana.get(reverse("chronology:entry", args=[made_up.mika.book, number])).status_code == 200
    )


@pytest.mark.policy("P63")
def test_what_was_begun_before_a_child_moved_on_can_be_finished_and_no_more(
    made_up: MadeUp, sam: Client
) -> None:
    unwanted, draft = made_up.draft(made_up.jay), begun(made_up, sam)
    made_up.leave(made_up.jay)
    book, pages = made_up.book_url(made_up.jay), book_pages(made_up.jay.book)
    shift = sam.get("/").text
    page = sam.get(url("write", draft)).text

    kept = sam.post(url("write", draft), form_of(made_up, draft, read="1"))
    signed = sam.post(url("sign", draft), {"password": PASSWORD})
    discarded = sam.post(url("discard", unwanted), {"sure": "1"})

    assert "Jay, who has moved on" in shift
    assert f'href="{book}"' not in page
    assert kept.headers["Location"] == url("sign", draft)
    assert signed.headers["Location"] == f"/?sealed={pages + 1}&book={made_up.jay.book}"
    assert f"Sealed as no. {pages + 1} of Jay’s book" in sam.get(signed.headers["Location"]).text
    assert last_page(made_up).author.name == made_up.sam.full_name
    assert discarded.status_code == 302
    assert draft_rows(made_up.sam.id) == []
    for closed in (book, f"{book}{pages + 1}/"):
        assert sam.get(closed).status_code == 404
    assert sam.post(url("begin", made_up.jay.book, "note")).status_code == 404


@pytest.mark.policy("P63")
def test_who_no_longer_works_at_the_home_finishes_nothing_there(
    made_up: MadeUp, sam: Client
) -> None:
    draft = begun(made_up, sam)
    made_up.leave(made_up.jay)
    end_appointment(
        appointment=made_up.sams_appointment, to_at=made_up.now, by=made_up.alex.id, at=made_up.now
    )

    assert sam.get(url("write", draft)).status_code == 404
    assert sam.post(url("sign", draft), {"password": PASSWORD}).status_code == 404
    assert made_up.opened(draft)


@pytest.mark.policy("P63")
@pytest.mark.parametrize("page", ["write", "save", "discard", "sign"])
def test_the_draft_of_another_answers_404_as_one_that_does_not_exist(
    made_up: MadeUp, sam: Client, page: str
) -> None:
    draft = made_up.draft(made_up.jay, by=made_up.kit)

    for asked in (draft, new_id(), "draft"):
        for answer in (sam.get(url(page, asked)), sam.post(url(page, asked), {"sure": "1"})):
            assert answer.status_code in {404, 405}
        assert 404 in {answer.status_code, sam.get(url(page, asked)).status_code}
    assert made_up.opened(draft, by=made_up.kit)
