"""The screens of writing and signing, as a browser asks for them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from casebound.foundation.base.ids import DraftId, new_id
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.reads import book_pages, entry_at
from casebound.people.accounts.models import Account
from casebound.people.homes.actions import end_appointment
from casebound.people.homes.tests import build
from casebound.record.book.entries import Entry
from casebound.record.drafting.reads import drafts_of
from tests.made_up import PASSWORD, MadeUp

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(made_up: MadeUp) -> Client:
    return made_up.browser_of(made_up.sam)


def form_of(made_up: MadeUp, draft: DraftId, **said: str) -> dict[str, str]:
    """Return what the page posts for a draft that lacks nothing."""
    day, _, time = made_up.opened(draft).content.happened_from[:16].partition("T")
    return {
        "version": str(made_up.opened(draft).version),
        "happened_from_was": made_up.opened(draft).content.happened_from,
        "happened_from_date": day,
        "happened_from_time": time,
        "how_known": "was_there",
        "present_nobody": "1",
        "statements-1-text": "Jay made toast.",
        "answers-view_missing": "not_asked",
        **said,
    }


def url(name: str, *words: object) -> str:
    return reverse(f"drafting:{name}", args=words)


def texts(made_up: MadeUp, draft: DraftId) -> list[str]:
    return [one.text for one in made_up.opened(draft).content.statements if not one.is_blank]


def last_page(made_up: MadeUp) -> Entry:
    found = entry_at(made_up.jay.book, book_pages(made_up.jay.book))
    assert found is not None
    return Entry.read(found)


def begun(made_up: MadeUp, sam: Client, form: str = "daily_log") -> DraftId:
    answer = sam.post(url("begin", made_up.jay.book, form))
    assert answer.status_code == 302
    return drafts_of(made_up.sam.id)[0].id


@pytest.mark.policy("P01")
def test_one_tap_begins_a_draft_and_leads_to_it(made_up: MadeUp, sam: Client) -> None:
    answer = sam.post(url("begin", made_up.jay.book, "daily_log"))

    [line] = drafts_of(made_up.sam.id)
    assert answer.headers["Location"] == url("write", line.id)
    assert sam.get(url("write", line.id)).status_code == 200


@pytest.mark.parametrize(
    "form", ["correction", "strike", "misfiled", "addendum", "none", "..", "é"]
)
def test_no_such_form_can_be_begun(made_up: MadeUp, sam: Client, form: str) -> None:
    assert sam.post(url("begin", made_up.jay.book, form)).status_code == 404
    assert drafts_of(made_up.sam.id) == []


@pytest.mark.policy("P63")
def test_nobody_begins_a_draft_in_a_book_they_do_not_see(made_up: MadeUp, sam: Client) -> None:
    for book in (made_up.noor.book, made_up.mika.book, new_id(), "jay"):
        assert sam.post(url("begin", book, "note")).status_code == 404
    assert drafts_of(made_up.sam.id) == []


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
    assert signed.headers["Location"] == f"/?sealed={pages + 1}"
    assert f"Sealed as no. {pages + 1}" in sam.get(signed.headers["Location"]).text
    assert last_page(made_up).author.name == made_up.sam.full_name
    assert discarded.status_code == 302
    assert drafts_of(made_up.sam.id) == []
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
@pytest.mark.parametrize("page", ["write", "save", "saved_version", "discard", "sign"])
def test_the_draft_of_another_answers_404_as_one_that_does_not_exist(
    made_up: MadeUp, sam: Client, page: str
) -> None:
    draft = made_up.draft(made_up.jay, by=made_up.kit)

    for asked in (draft, new_id(), "draft"):
        for answer in (sam.get(url(page, asked)), sam.post(url(page, asked), {"sure": "1"})):
            assert answer.status_code in {404, 405}
        assert 404 in {answer.status_code, sam.get(url(page, asked)).status_code}
    assert made_up.opened(draft, by=made_up.kit)


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
    assert url("saved_version", draft) in page.text
    assert "Jay made toast." in sam.get(url("saved_version", draft)).text
    assert texts(made_up, draft) == ["Jay made toast."]


def test_pressing_save_again_then_keeps_what_is_in_the_boxes(made_up: MadeUp, sam: Client) -> None:
    draft = begun(made_up, sam)
    behind = form_of(made_up, draft, **{"statements-1-text": "Behind."})
    sam.post(url("save", draft), form_of(made_up, draft))
    page = sam.post(url("write", draft), behind).text
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found

    sam.post(url("write", draft), {**behind, "version": found[1]})

    assert texts(made_up, draft) == ["Behind."]


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
    assert (asked.status_code, texts(made_up, draft)) == (200, ["Kept so far."])
    done = sam.post(url("discard", draft), {"sure": "yes"})

    assert done.headers["Location"] == reverse("desk:shift")
    assert drafts_of(made_up.sam.id) == []


@pytest.mark.policy("P48")
def test_reading_through_shows_the_entry_the_full_name_and_asks_for_the_password(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, "Jay made toast.")

    page = sam.get(url("sign", draft)).text

    assert "Jay made toast." in page
    assert "Sam Okafor" in page
    assert 'name="password"' in page


@pytest.mark.policy("P49")
def test_reading_through_names_what_is_missing_and_which_rule_asks_for_it(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, how_known="", statements=[{"text": "A", "kind": "opinion"}])

    page = sam.get(url("sign", draft)).text

    assert "P26" in page
    assert "P53" in page
    assert 'name="password"' not in page
    assert "#how_known" in page


@pytest.mark.policy("P48")
@pytest.mark.policy("P61")
def test_signing_with_the_password_seals_and_says_as_which_number(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, "Jay made toast.")
    number = book_pages(made_up.jay.book) + 1

    answer = sam.post(url("sign", draft), {"password": PASSWORD})

    there = reverse("chronology:entry", args=[made_up.jay.book, number])
    assert answer.headers["Location"] == f"{there}?sealed=1"
    assert f"Sealed as no. {number} of this book" in sam.get(answer.headers["Location"]).text
    assert last_page(made_up).author.name == "Sam Okafor"


@pytest.mark.policy("P48")
@pytest.mark.parametrize("password", ["", "wrong", PASSWORD.upper()])
def test_signing_without_the_password_seals_nothing_and_keeps_the_draft(
    made_up: MadeUp, sam: Client, password: str
) -> None:
    draft = made_up.draft(made_up.jay, "Jay made toast.")
    pages = book_pages(made_up.jay.book)

    answer = sam.post(url("sign", draft), {"password": password})

    assert answer.status_code == 422
    assert "Jay made toast." in answer.text
    assert book_pages(made_up.jay.book) == pages
    assert texts(made_up, draft) == ["Jay made toast."]


@pytest.mark.policy("P48")
def test_an_account_of_initials_cannot_sign_on_the_screen_either(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, "Jay made toast.")
    Account.objects.filter(pk=made_up.sam.id).update(full_name="S. O.")

    answer = sam.post(url("sign", draft), {"password": PASSWORD})

    assert answer.status_code == 422
    assert "not with initials (P48)" in answer.text
    assert len(drafts_of(made_up.sam.id)) == 1


@pytest.mark.policy("P48")
def test_only_what_was_read_through_is_signed(made_up: MadeUp, sam: Client) -> None:
    draft = made_up.draft(made_up.jay, "Read through.")
    found = re.search(r'name="version" value="(\d+)"', sam.get(url("sign", draft)).text)
    assert found
    sam.post(url("save", draft), form_of(made_up, draft))
    pages = book_pages(made_up.jay.book)

    answer = sam.post(url("sign", draft), {"password": PASSWORD, "version": found[1]})

    assert answer.status_code == 409
    assert "Read it through again" in answer.text
    assert "Jay made toast." in answer.text
    assert book_pages(made_up.jay.book) == pages


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
    assert f"sealed as no. {number} of the book of <bdi>Jay</bdi>" in back.text
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
    assert again.headers["Location"] == f"/?sealed={number}"


def test_a_draft_that_was_thrown_away_is_signed_nowhere(made_up: MadeUp, sam: Client) -> None:
    draft = made_up.draft(made_up.jay)
    sam.post(url("discard", draft), {"sure": "1"})

    assert sam.get(url("sign", draft)).status_code == 404


@pytest.mark.policy("P03")
def test_a_note_is_kept_and_sealed_at_once(made_up: MadeUp, sam: Client) -> None:
    draft = begun(made_up, sam, "note")

    answer = sam.post(url("write", draft), form_of(made_up, draft, keep="1", password=PASSWORD))

    assert answer.headers["Location"].endswith("?sealed=1")
    assert (last_page(made_up).form, drafts_of(made_up.sam.id)) == ("note", [])


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


# Putting right


def put_right(made_up: MadeUp, sam: Client, wrong: Sealed, how: str = "correction") -> DraftId:
    answer = sam.post(url("put_right", made_up.jay.book, wrong.numbers[made_up.jay.book], how))
    assert answer.status_code == 302
    return drafts_of(made_up.sam.id)[0].id


@pytest.mark.policy("P64")
@pytest.mark.parametrize("how", ["addendum", "correction", "strike", "misfiled"])
def test_an_entry_is_put_right_from_its_own_page(made_up: MadeUp, sam: Client, how: str) -> None:
    wrong = made_up.write(made_up.jay, "It was Monday.")

    draft = put_right(made_up, sam, wrong, how)
    sam.post(url("save", draft), form_of(made_up, draft))
    answer = sam.post(url("sign", draft), {"password": PASSWORD})

    assert answer.status_code == 302
    assert [one.entry_id for one in last_page(made_up).references] == [wrong.entry_id]


@pytest.mark.parametrize("how", ["drew_on", "daily_log", "edit", "delete"])
def test_there_is_no_other_way_to_be_about_an_entry(made_up: MadeUp, sam: Client, how: str) -> None:
    wrong = made_up.write(made_up.jay).numbers[made_up.jay.book]

    assert sam.post(url("put_right", made_up.jay.book, wrong, how)).status_code == 404


@pytest.mark.parametrize("number", [0, 1, 99, 2**31, 10**30])
def test_what_nobody_wrote_cannot_be_put_right(made_up: MadeUp, sam: Client, number: int) -> None:
    made_up.write(made_up.jay)

    answer = sam.post(url("put_right", made_up.jay.book, number, "strike"))

    assert answer.status_code == 404
    assert drafts_of(made_up.sam.id) == []


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
    done = sam.post(url("sign", draft), {"password": PASSWORD, "pages": found[1]})

    assert done.status_code == 302
    assert book_pages(made_up.jay.book) == number + 1


@pytest.mark.parametrize("pages", ["x", "-1", "9" * 5000, "999999999"])
def test_pages_that_were_never_there_sign_nothing(made_up: MadeUp, sam: Client, pages: str) -> None:
    draft = put_right(made_up, sam, made_up.write(made_up.jay))
    sam.post(url("save", draft), form_of(made_up, draft))
    before = made_up.write(made_up.jay, by=made_up.kit).numbers[made_up.jay.book]

    answer = sam.post(url("sign", draft), {"password": PASSWORD, "pages": pages})

    assert answer.status_code == 409
    assert book_pages(made_up.jay.book) == before


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

    for name in ("write", "sign", "saved_version"):
        assert "no-store" in sam.get(url(name, draft)).headers["Cache-Control"]
