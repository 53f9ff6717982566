"""The book, its entries and its print, as a browser asks for them; every look is on the trail."""

import re
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.ids import new_id
from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.models import Reading
from casebound.record.book.relations import MISFILED
from tests.made_up import MadeUp
from tests.pages import as_shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(made_up: MadeUp) -> Client:
    return made_up.browser_of(made_up.sam)


def url(made_up: MadeUp, name: str = "book", *more: object) -> str:
    return reverse(f"chronology:{name}", args=[made_up.jay.book, *more])


def looks() -> list[tuple[str, int, int]]:
    return list(Reading.objects.order_by("id").values_list("what", "first", "last"))


@pytest.mark.policy("P01")
@pytest.mark.policy("P08")
def test_the_book_shows_what_is_written_newest_first(made_up: MadeUp, sam: Client) -> None:
    made_up.write(made_up.jay, "Earlier.", after=timedelta(hours=2))
    made_up.write(made_up.jay, "Later.")

    page = sam.get(url(made_up)).text

    assert page.index("Later.") < page.index("Earlier.")


@pytest.mark.policy("P63")
def test_a_look_at_the_book_an_entry_and_a_print_is_on_the_trail(
    made_up: MadeUp, sam: Client
) -> None:
    first = 1  # the admission
    last = made_up.write(made_up.jay).numbers[made_up.jay.book]

    sam.get(url(made_up))
    sam.get(url(made_up, "entry", last))
    sam.get(url(made_up, "print"))

    assert looks() == [("book", first, last), ("entry", last, last), ("print", first, last)]
    row = Reading.objects.order_by("id")[0]
    assert (row.worker_id, row.book_id) == (made_up.sam.id, made_up.jay.book)
    assert row.at >= made_up.now


def test_a_page_with_nothing_on_it_is_no_look(made_up: MadeUp, sam: Client) -> None:
    assert sam.get(f"{url(made_up)}?form=contact").status_code == 200
    assert looks() == []


@pytest.mark.policy("P63")
@pytest.mark.parametrize("page", ["book", "print", "entry"])
def test_a_book_one_may_not_see_answers_404_and_leaves_no_look(made_up: MadeUp, page: str) -> None:
    number = made_up.write(made_up.jay).numbers[made_up.jay.book]
    where = url(made_up, page, *([number] if page == "entry" else []))

    for worker in (made_up.lin, made_up.alex):
        browser = made_up.browser_of(worker)
        hidden, nothing = browser.get(where), browser.get(where.replace(made_up.jay.book, new_id()))
        assert (hidden.status_code, nothing.status_code) == (404, 404)
    assert looks() == []
    assert made_up.browser_of(made_up.kit).get(where).status_code == 200


@pytest.mark.policy("P63")
def test_a_stranger_is_led_to_sign_in(made_up: MadeUp) -> None:
    answer = made_up.browser_of(None).get(url(made_up))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")


def test_filters_by_form_author_and_day(made_up: MadeUp, sam: Client) -> None:
    made_up.write(made_up.jay, "A log.")
    made_up.write(made_up.jay, "A note.", form="note", by=made_up.kit)
    made_up.write(made_up.jay, "Long ago.", after=timedelta(days=40))
    day = (made_up.now - timedelta(days=30)).date()

    def shown(query: str) -> list[str]:
        page = sam.get(f"{url(made_up)}?{query}").text
        return [words for words in ("A log.", "A note.", "Long ago.") if words in page]

    assert shown("form=note") == ["A note."]
    assert shown(f"author={made_up.kit.id}") == ["A note."]
    assert shown(f"upto={day}") == ["Long ago."]
    assert shown(f"form=note&upto={day}") == []
    assert shown("form=&author=&upto=") == ["A log.", "A note.", "Long ago."]


@pytest.mark.parametrize(
    "query",
    ["upto=never", "upto=2026-02-30", "upto=0001-01-01", "upto=9999-12-31", "form=%00",
     "author=%00", "form=%F0%9F%99%82", "author=x", "no=", "no=x"],
)  # fmt: skip
def test_a_filter_that_means_nothing_is_no_error(made_up: MadeUp, sam: Client, query: str) -> None:
    made_up.write(made_up.jay)

    for page in ("book", "print"):
        assert sam.get(f"{url(made_up, page)}?{query}").status_code == 200


@pytest.mark.parametrize("place", ["x", "1", "1.x", "1." + "9" * 40, "%00", "9" * 40 + ".1"])
@pytest.mark.parametrize("way", ["before", "after"])
@pytest.mark.parametrize("page", ["book", "print"])
def test_a_place_that_was_never_given_out_is_said_and_the_newest_are_shown(
    made_up: MadeUp, sam: Client, page: str, way: str, place: str
) -> None:
    made_up.write(made_up.jay)

    answer = sam.get(f"{url(made_up, page)}?{way}={place}")

    assert answer.status_code == 200
    assert "The newest entries are shown." in answer.text
    assert looks() != []


def test_a_number_leads_to_the_entry(made_up: MadeUp, sam: Client) -> None:
    number = made_up.write(made_up.jay).numbers[made_up.jay.book]

    answer = sam.get(f"{url(made_up)}?no={number}")

    assert answer.headers["Location"] == url(made_up, "entry", number)
    for none in ("99", "0", "999999999999"):
        assert sam.get(f"{url(made_up)}?no={none}").status_code == 200


@pytest.mark.parametrize("number", [0, 99, 2**31 - 1, 2**31, 2**63, 10**40])
def test_a_number_the_book_does_not_have_is_404(made_up: MadeUp, sam: Client, number: int) -> None:
    made_up.write(made_up.jay)

    assert sam.get(url(made_up, "entry", number)).status_code == 404
    assert looks() == []


@pytest.mark.policy("P64")
def test_an_entry_shows_its_words_its_proof_and_the_ways_to_put_it_right(
    made_up: MadeUp, sam: Client
) -> None:
    number = made_up.write(made_up.jay, "Jay made toast.").numbers[made_up.jay.book]

    page = sam.get(url(made_up, "entry", number)).text

    assert "Jay made toast." in page
    assert f"/books/{made_up.jay.book}/{number}/correction/" in page
    assert f"/{number - 1}/" in page


@pytest.mark.policy("P64")
def test_what_is_misfiled_is_barred_on_its_page_in_the_book_and_in_print(
    made_up: MadeUp, sam: Client
) -> None:
    number = made_up.write(made_up.jay, "Jay was at the seaside.").numbers[made_up.jay.book]
    made_up.put_right(made_up.jay, number, MISFILED, "It was Mika.")

    for page in (
        url(made_up, "entry", number),
        url(made_up, "entry", number + 1),
        url(made_up),
        url(made_up, "print"),
    ):
        text = sam.get(page).text
        assert "Jay was at the seaside." not in text
        assert "It was [another child]." in text


def test_the_first_page_of_a_book_is_shown_as_the_fact_it_is(made_up: MadeUp, sam: Client) -> None:
    assert sam.get(url(made_up, "entry", 1)).status_code == 200
    assert book_pages(made_up.jay.book) == 1


@pytest.mark.policy("P08")
def test_the_print_shows_the_oldest_first_who_printed_it_and_says_it_is_on_the_trail(
    made_up: MadeUp, sam: Client
) -> None:
    made_up.write(made_up.jay, "Earlier.", after=timedelta(hours=2))
    made_up.write(made_up.jay, "Later.")

    page = as_shown(sam.get(url(made_up, "print")))

    assert page.index("Earlier.") < page.index("Later.")
    assert "Sam Okafor" in page
    assert "printing is recorded" in page


@pytest.mark.parametrize("entries", [1, 30])
def test_a_page_of_the_book_is_as_many_queries_however_long(
    made_up: MadeUp,
    sam: Client,
    entries: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(entries):
        made_up.write(made_up.jay, f"Entry {number}.")
    sam.get(url(made_up))

    # Who may read and what the frame shows, who is missing, who lives there, the page, who wrote.
    with django_assert_max_num_queries(5, using="derived"):
        sam.get(url(made_up))
    # Session, account and the line of the read trail.
    with django_assert_max_num_queries(3, using="default"):
        sam.get(url(made_up))


def test_turning_the_page_shows_the_rest(made_up: MadeUp, sam: Client) -> None:
    for number in range(26):
        made_up.write(made_up.jay, f"Entry {number:02}.")
    first = sam.get(url(made_up))

    older = next(part for part in first.text.split('"') if part.startswith("?before="))
    second = sam.get(f"{url(made_up)}{older}").text
    newer = next(part for part in second.split('"') if part.startswith("?after="))
    again = sam.get(f"{url(made_up)}{newer}").text

    assert "Entry 00." in second
    assert "Entry 01." not in second
    assert "Entry 00." not in first.text + again
    assert "Entry 25." in again


@pytest.mark.policy("P63")
def test_what_stands_around_the_lines_is_each_person_s_own(made_up: MadeUp, sam: Client) -> None:
    made_up.write(made_up.jay, "First.")
    manager = made_up.browser_of(made_up.dana)

    mine, hers, again = (worker.get(url(made_up)).text for worker in (sam, manager, sam))

    assert made_up.sam.full_name in mine
    assert made_up.sam.full_name in again
    assert made_up.dana.full_name in hers.split("<main")[0]
    assert made_up.sam.full_name not in hers.split("<main")[0]
    assert "Desk" in hers.split("<main")[0]
    assert "Desk" not in mine.split("<main")[0]


def test_a_page_put_together_again_has_a_form_s_token_that_works(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, "First.")
    sam = made_up.browser_of(made_up.sam)
    sam.handler.enforce_csrf_checks = True
    tokens = [
        re.findall('name="csrfmiddlewaretoken" value="([^"]+)"', sam.get(url(made_up)).text)
        for _ in range(2)
    ]

    assert tokens[0][0] != tokens[1][0]
    begin = reverse("drafting:begin", args=[made_up.jay.book, "daily_log"])
    assert sam.post(begin, {"csrfmiddlewaretoken": tokens[1][0]}).status_code == 302
    assert sam.post(begin, {"csrfmiddlewaretoken": "x" * 64}).status_code == 403


@pytest.mark.parametrize(
    "asked",
    [{"upto": "23 November 2026"}, {"upto_date": "23", "upto_month": "11", "upto_year": "2026"}],
)
def test_the_day_of_the_filter_is_read_as_people_type_it(
    made_up: MadeUp, sam: Client, asked: dict[str, str]
) -> None:
    page = sam.get(url(made_up), asked).text

    assert "p to Monday 23 November 2026" in page
    assert 'name="upto_year"' in page


def test_a_filter_that_cannot_be_read_is_not_ignored_without_a_word(
    made_up: MadeUp, sam: Client
) -> None:
    page = sam.get(url(made_up), {"upto_date": "31", "upto_month": "2", "upto_year": "2026"}).text

    assert "There is no such date or time in the calendar." in page
    assert 'value="31"' in page


@pytest.mark.policy("P84")
def test_only_the_chosen_entries_are_printed_and_only_they_are_on_the_trail(
    made_up: MadeUp, sam: Client
) -> None:
    first, _, third = (
        made_up.write(made_up.jay, words).numbers[made_up.jay.book]
        for words in ("Jay made toast.", "Jay slept.", "Jay sang.")
    )

    page = sam.get(f"{url(made_up, 'print')}?no={first}&no={third}&no=x").text

    assert "Jay made toast." in page
    assert "Jay sang." in page
    assert "Jay slept." not in page
    assert looks() == [("print", first, first), ("print", third, third)]


@pytest.mark.parametrize(
    ("how_much", "words"),
    [("date", "born 29 February 2012"), ("year", "born 2012"), ("nothing", "")],
)
def test_the_provider_chooses_how_much_of_the_birth_is_printed(
    made_up: MadeUp, sam: Client, how_much: str, words: str
) -> None:
    made_up.write(made_up.jay)

    with override_settings(PRINT_BIRTH=how_much):
        page = as_shown(sam.get(url(made_up, "print")))

    assert f"<bdi>Jay Quillfeather</bdi>{', ' if words else ''}{words}</span>" in page


def test_a_day_typed_into_its_boxes_narrows_the_print_as_well(made_up: MadeUp, sam: Client) -> None:
    made_up.write(made_up.jay)

    page = sam.get(f"{url(made_up)}?upto_date=3&upto_month=5&upto_year=2026").text

    assert "print/?upto=3%2F5%2F2026" in page
