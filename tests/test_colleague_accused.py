"""An allegation about a colleague: as the accused, the reporter, the manager and those above (P39).

Who it is about is picked, and the entry is kept from them everywhere (decision 0119).
"""

import pytest
from django.test import Client
from django.urls import reverse

from casebound.record.book.relations import CORRECTION
from casebound.record.drafting.actions import IncompleteError
from tests.made_up import MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P39", "P63")]
WORDS = "Jay said that somebody had pushed them on the stairs."


@pytest.fixture
def ursula(made_up: MadeUp) -> Worker:
    """Return the responsible individual of the provider."""
    ursula = made_up._worker("ursula.hale", "Ursula Hale")
    made_up._appoint(ursula, "responsible_individual", None)
    return ursula


def allege(made_up: MadeUp, *about: dict[str, str], by: Worker | None = None) -> int:
    answers = {"about_whom": list(about)}
    sealed = made_up.write(made_up.jay, WORDS, form="allegation", by=by, answers=answers)
    return sealed.numbers[made_up.jay.book]


def picked(worker: Worker) -> dict[str, str]:
    return {"id": worker.id}


def answer(made_up: MadeUp, worker: Worker, number: int) -> int:
    """Return how the page of the entry answers a worker."""
    address = reverse("chronology:entry", args=[made_up.jay.book, number])
    return made_up.browser_of(worker).get(address).status_code


def finds(browser: Client, words: str) -> str:
    return browser.post(reverse("search:search"), {"q": words}, follow=True).text


def test_the_accused_meets_nothing_of_it(made_up: MadeUp) -> None:
    number = allege(made_up, picked(made_up.kit))
    browser, book = made_up.browser_of(made_up.kit), made_up.jay.book

    for address in (
        reverse("desk:shift"),
        reverse("chronology:book", args=[book]),
        reverse("chronology:print", args=[book]),
        reverse("handover:handover", args=[made_up.house(made_up.oak).book]),
    ):
        page = browser.get(address).text
        assert WORDS not in page
        assert f"/books/{book}/{number}/" not in page
    assert "pushed them" not in finds(browser, "stairs")
    assert answer(made_up, made_up.kit, number) == answer(made_up, made_up.kit, 999) == 404
    for how in ("addendum", "correction", "strike", "misfiled"):
        address = reverse("drafting:put_right", args=[book, number, how])
        assert browser.post(address).status_code == 404
    follow = reverse("drafting:follow", args=[book, number, "concern_outcome"])
    assert browser.post(follow).status_code == 404


def test_the_reporter_reads_their_own_words_and_nothing_that_follows(
    made_up: MadeUp, ursula: Worker
) -> None:
    number = allege(made_up, picked(made_up.kit))
    outcome = made_up.follow(made_up.jay, number, "concern_outcome", "It was looked into.")
    browser = made_up.browser_of(made_up.sam)
    page = browser.get(reverse("chronology:entry", args=[made_up.jay.book, number])).text

    assert WORDS in page
    after = outcome.numbers[made_up.jay.book]
    assert f"/books/{made_up.jay.book}/{after}/" not in page
    assert answer(made_up, made_up.sam, after) == 404
    assert [answer(made_up, who, after) for who in (made_up.dana, ursula)] == [200, 200]


def test_the_manager_has_it_to_do_and_in_the_register(made_up: MadeUp) -> None:
    number = allege(made_up, picked(made_up.kit))
    browser = made_up.browser_of(made_up.dana)
    oak = made_up.house(made_up.oak)
    address = f"/books/{made_up.jay.book}/{number}/"

    assert address in browser.get(reverse("desk:shift")).text
    assert address in browser.get(reverse("registers:register", args=[oak.book, "allegation"])).text
    assert "pushed them" in finds(browser, "stairs")


def test_of_the_only_manager_the_responsible_individual_alone_reads(
    made_up: MadeUp, ursula: Worker
) -> None:
    number = allege(made_up, picked(made_up.dana))
    browser = made_up.browser_of(made_up.dana)
    oak = made_up.house(made_up.oak)

    assert answer(made_up, made_up.dana, number) == 404
    assert answer(made_up, ursula, number) == 200
    register = browser.get(reverse("registers:register", args=[oak.book, "allegation"])).text
    assert "no. 1" not in register.lower()
    assert WORDS not in browser.get(reverse("desk:desk")).text


def test_a_draft_of_it_is_on_no_desk(made_up: MadeUp, ursula: Worker) -> None:
    made_up.draft(
        made_up.jay, WORDS, form="allegation", answers={"about_whom": [picked(made_up.dana)]}
    )

    for worker in (made_up.dana, ursula):
        assert "Sam Okafor" not in made_up.browser_of(worker).get(reverse("desk:desk")).text


def test_a_name_in_words_is_a_person_picked(made_up: MadeUp) -> None:
    number = allege(made_up, {"name": "kit  adeyemi", "role": "worker"})

    assert answer(made_up, made_up.kit, number) == 404


def test_who_was_named_once_stays_apart_from_it(made_up: MadeUp) -> None:
    number = allege(made_up, picked(made_up.dana))
    made_up.put_right(made_up.jay, number, CORRECTION, "It was somebody else.")

    assert answer(made_up, made_up.dana, number) == 404


def test_somebody_named_in_it_does_not_write_it(made_up: MadeUp) -> None:
    with pytest.raises(IncompleteError, match="This names you, so somebody else writes it"):
        allege(made_up, picked(made_up.sam))


def test_a_note_it_was_written_from_does_not_lead_to_it(made_up: MadeUp) -> None:
    note = made_up.write(made_up.jay, "Talked.", form="note", answers={"taken_during": "call"})
    made_up.write(
        made_up.jay, WORDS, form="allegation", drew_on=[note.entry_id],
        answers={"about_whom": [picked(made_up.kit)]},
    )  # fmt: skip
    address = reverse("chronology:entry", args=[made_up.jay.book, note.numbers[made_up.jay.book]])

    assert "Used in" not in made_up.browser_of(made_up.kit).get(address).text
    assert "Used in" in made_up.browser_of(made_up.dana).get(address).text
