"""The same words twice in a row in one book are asked about, and hold up nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from casebound.record.book.relations import STRIKE
from casebound.record.drafting.same_words import FEWEST_WORDS, same_words
from casebound.record.drafting.tests.pages import url
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P48")]
LONG = "We walked to the harbour and counted eleven grey seals on the rocks."
FOUND = 302


def numbers(made_up: MadeUp, *texts: str, **said: object) -> list[int]:
    draft = made_up.draft(made_up.jay, *texts, **said)  # type: ignore[arg-type]
    return [same.number for same in same_words(made_up.prepared(draft))]


@pytest.mark.parametrize(
    "again",
    [
        LONG,
        f"  {LONG.upper()}  ",
        LONG.replace(" ", "  ").replace("harbour", "harbour,").replace(".", "!"),
    ],
)
def test_the_same_words_are_found_whatever_spacing_case_and_signs(
    made_up: MadeUp, again: str
) -> None:
    number = made_up.write(made_up.jay, LONG).numbers[made_up.jay.book]

    assert numbers(made_up, "Something else.", again) == [number]
    assert numbers(made_up, LONG.replace("eleven", "twelve")) == []


def test_a_short_routine_line_is_not_asked_about(made_up: MadeUp) -> None:
    short = " ".join(["tea"] * (FEWEST_WORDS - 1))
    made_up.write(made_up.jay, short)

    assert numbers(made_up, short) == []


def test_the_last_entry_of_anybody_and_the_last_few_of_the_author(made_up: MadeUp) -> None:
    own = made_up.write(made_up.jay, LONG).numbers[made_up.jay.book]
    theirs = "Jay told us about a film with a lighthouse and a dog."
    made_up.write(made_up.jay, theirs, by=made_up.kit)
    assert len(numbers(made_up, theirs)) == 1
    made_up.write(made_up.jay, "A quiet evening.", by=made_up.kit)

    assert numbers(made_up, LONG) == [own]
    assert numbers(made_up, theirs) == []  # a colleague's, and not the last


def test_an_entry_that_was_struck_is_not_asked_about(made_up: MadeUp) -> None:
    number = made_up.write(made_up.jay, LONG).numbers[made_up.jay.book]
    made_up.put_right(made_up.jay, number, STRIKE, "It was another day.", by=made_up.dana)

    assert numbers(made_up, LONG) == []


def test_another_childs_book_is_never_looked_at(made_up: MadeUp) -> None:
    made_up.write(made_up.noor, LONG, by=made_up.lin)

    assert numbers(made_up, LONG) == []


def test_the_read_through_asks_and_links_and_signing_takes_the_one_tap(
    made_up: MadeUp, sam: Client
) -> None:
    number = made_up.write(made_up.jay, LONG, after=timedelta(hours=2)).numbers[made_up.jay.book]
    draft = made_up.draft(made_up.jay, LONG)

    page = sam.get(url("sign", draft)).text

    assert "Did it happen in the same way again?" in page
    assert f"/books/{made_up.jay.book}/{number}/" in page
    assert sam.post(url("sign", draft), {"password": PASSWORD}).status_code == FOUND
