"""The search page, as a browser asks for it."""

import pytest
from django.test import Client
from django.urls import reverse

from casebound.people.access.models import Reading
from casebound.people.duties.entries import Subject, SubjectKind
from tests.made_up import MadeUp
from tests.pages import as_shown

pytestmark = pytest.mark.django_db
URL = reverse("search:search")


@pytest.fixture
def sam(made_up: MadeUp) -> Client:
    return made_up.browser_of(made_up.sam)


def looks() -> list[tuple[str, int, int]]:
    return list(Reading.objects.order_by("id").values_list("what", "first", "last"))


def test_the_page_asks_for_words_and_shows_nothing_yet(sam: Client) -> None:
    page = sam.get(URL)

    assert page.status_code == 200
    assert 'method="post"' in page.text
    assert "app-entry" not in page.text
    assert looks() == []


@pytest.mark.policy("P08")
def test_what_is_found_is_shown_with_its_words_marked(made_up: MadeUp, sam: Client) -> None:
    made_up.write(made_up.jay, "Jay rode a horse.")

    page = sam.post(URL, {"q": "horses"})

    assert '<mark class="app-found">horse</mark>' in page.text
    assert reverse("chronology:entry", args=[made_up.jay.book, 2]).rsplit("/", 2)[0] in page.text


@pytest.mark.policy("P12")
def test_words_in_an_address_are_not_searched_for(made_up: MadeUp, sam: Client) -> None:
    made_up.write(made_up.jay, "Jay rode a horse.")

    assert "horse" not in sam.get(URL, {"q": "horse"}).text


@pytest.mark.policy("P63")
def test_each_entry_shown_is_on_the_read_trail_once(made_up: MadeUp, sam: Client) -> None:
    number = made_up.write(made_up.jay, "A horse.", "The horse again.").numbers[made_up.jay.book]

    sam.post(URL, {"q": "horse"})
    sam.post(URL, {"q": "unicorn"})

    assert looks() == [("search", number, number)]


def test_nothing_found_says_what_to_try(made_up: MadeUp, sam: Client) -> None:
    made_up.write(made_up.jay)

    page = sam.post(URL, {"q": "unicorn"})

    assert page.status_code == 200
    assert "Nothing found" in page.text


def test_what_cannot_be_searched_comes_back_as_typed_with_words(sam: Client) -> None:
    page = sam.post(URL, {"q": "wal* <x>"})

    assert page.status_code == 422
    assert 'value="wal* &lt;x&gt;"' in page.text
    assert "at least 4 letters" in page.text


def test_older_pages_are_turned_to_without_an_address(made_up: MadeUp, sam: Client) -> None:
    for _ in range(21):
        made_up.write(made_up.jay, "A horse.")
    first = sam.post(URL, {"q": "horse"})
    before = first.context["page"].next_before

    second = sam.post(URL, {"q": "horse", "before": str(before)})

    assert len(first.context["page"].found) == 20
    assert len(second.context["page"].found) == 1
    assert "Back to the newest" in as_shown(second)


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "²"])
def test_a_place_that_was_never_given_out_begins_with_the_newest(
    made_up: MadeUp, sam: Client, before: str
) -> None:
    made_up.write(made_up.jay, "A horse.")

    assert len(sam.post(URL, {"q": "horse", "before": before}).context["page"].found) == 1


@pytest.mark.policy("P40")
def test_a_book_or_home_of_others_answers_as_one_that_does_not_exist(
    made_up: MadeUp, sam: Client
) -> None:
    for within in (f"book-{made_up.noor.book}", f"book-{'0' * 32}", f"home-{made_up.elm}"):
        assert sam.post(URL, {"q": "tea", "within": within}).status_code == 404
    assert sam.post(URL, {"q": "tea", "within": f"book-{made_up.jay.book}"}).status_code == 200


@pytest.mark.policy("P63")
def test_the_administrator_has_no_search(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.alex)

    assert browser.get(URL).status_code == 404
    assert browser.post(URL, {"q": "tea"}).status_code == 404


def test_withheld_struck_and_late_are_said_in_words(made_up: MadeUp, sam: Client) -> None:
    made_up.mixed_life()

    assert "About a third party" in as_shown(sam.post(URL, {"q": "neighbour"}))
    assert "Late Entry" in sam.post(URL, {"q": '"night was quiet"'}).text
    assert "Struck through" in sam.post(URL, {"q": "belongs"}).text


def test_a_misspelt_name_is_offered_as_the_book_has_it(made_up: MadeUp, sam: Client) -> None:
    made_up.write(made_up.jay, "Łukasz rode a horse.")

    page = sam.post(URL, {"q": "lukash horse", "within": f"book-{made_up.jay.book}"})

    assert page.context["page"].found == []
    assert "Did you mean</h2>" in page.text
    assert 'dir="auto">Łukasz horse?</button>' in page.text
    form = page.text[page.text.index("Search with another spelling") :].partition("</form>")[0]
    assert 'name="q"' in form
    assert 'value="Łukasz horse"' in form
    assert f'name="within" value="book-{made_up.jay.book}"' in form
    assert "csrfmiddlewaretoken" in form
    assert "href" not in form
    again = sam.post(URL, {"q": "Łukasz horse", "within": f"book-{made_up.jay.book}"})
    assert len(again.context["page"].found) == 1
    assert "Did you mean" not in again.text
    assert looks() == [("search", 2, 2)]


def test_what_is_offered_is_escaped(made_up: MadeUp, sam: Client) -> None:
    made_up.write(made_up.jay, "Łukasz rode a horse.")

    page = sam.post(URL, {"q": "lukash <b>horse\"'"})

    assert page.context["instead"] == ["Łukasz <b>horse\"'"]
    assert 'value="Łukasz &lt;b&gt;horse&quot;&#x27;"' in page.text
    assert "<b>horse" not in page.text


@pytest.mark.policy("P40")
def test_a_name_of_another_home_is_offered_to_nobody_here(made_up: MadeUp, sam: Client) -> None:
    made_up.write(made_up.noor, "Łukasz rode a horse.", by=made_up.lin)

    assert "Did you mean" not in sam.post(URL, {"q": "lukash"}).text
    assert "Łukasz" in made_up.browser_of(made_up.lin).post(URL, {"q": "lukash"}).text


def test_a_later_page_offers_nothing(made_up: MadeUp, sam: Client) -> None:
    made_up.write(made_up.jay, "Łukasz rode a horse.")

    assert "Did you mean" not in sam.post(URL, {"q": "lukash", "before": "1"}).text


@pytest.mark.policy("P28")
def test_a_statement_that_was_told_says_whether_it_was_confirmed(
    made_up: MadeUp, sam: Client
) -> None:
    told = {"source": "told_by", "told_by": "Kit Adeyemi", "told_by_id": made_up.kit.id}
    sealed = made_up.write(
        made_up.jay,
        statements=[
            {"text": "Jay rode a horse.", **told},
            {"text": "Jay fed a donkey.", **told},
            {"text": "Jay saw a llama.", "source": "told_by", "told_by": "Mr Hale, next door"},
            {"text": "Jay saw a mule."},
        ],
    )
    read = (made_up.jay, sealed.numbers[made_up.jay.book], "originator_read")

    assert "Told, not confirmed yet" in sam.post(URL, {"q": "horse"}).text
    made_up.follow(*read, by=made_up.kit, subject=Subject(SubjectKind.STATEMENT, "1"))
    made_up.follow(
        *read, by=made_up.kit, subject=Subject(SubjectKind.STATEMENT, "2"),
        answers={"is_right": "no", "not_right": "It was a goat."},
    )  # fmt: skip

    assert "Told, and confirmed" in sam.post(URL, {"q": "horse"}).text
    assert "Disputed by the person who told it" in sam.post(URL, {"q": "donkey"}).text
    assert "Told, cannot be confirmed here" in sam.post(URL, {"q": "llama"}).text
    assert "Told" not in sam.post(URL, {"q": "mule"}).text
