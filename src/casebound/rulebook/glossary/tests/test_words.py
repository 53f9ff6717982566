import pytest
from django.urls import reverse

from casebound.foundation.base.refusals import NotAllowedError
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing import reads as sealed
from casebound.rulebook.glossary.actions import (
    TermKnownError,
    TermRefusedError,
    add_term,
    withdraw_term,
)
from casebound.rulebook.glossary.reads import own_terms, vocabulary
from casebound.rulebook.language.hints import hints
from tests.made_up import PASSWORD, MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P46", "P47")]


def add(
    made_up: MadeUp, term: str = "the office", *, by: Worker | None = None, key: str = ""
) -> str:
    return add_term(
        term=term,
        instead="the staff room",
        why="It is where people sit, not where files lie.",
        by=(by or made_up.dana).id,
        at=made_up.now,
        auth="password",
        key=key,
    )


def found(text: str = "Go to the office.") -> list[str]:
    return [hint.found for hint in hints(text, vocabulary=vocabulary())]


def test_a_provider_s_own_word_is_hinted_at_from_then_on_until_it_is_withdrawn(
    made_up: MadeUp,
) -> None:
    assert found() == []
    term = add(made_up)
    assert found() == ["the office"]

    withdraw_term(term=term, by=made_up.dana.id, at=made_up.now, auth="password")

    assert found() == []
    assert own_terms() == []


def test_only_who_answers_for_records_adds_words(made_up: MadeUp) -> None:
    with pytest.raises(NotAllowedError):
        add(made_up, by=made_up.sam)
    term = add(made_up)
    with pytest.raises(NotAllowedError):
        withdraw_term(term=term, by=made_up.sam.id, at=made_up.now, auth="password")
    assert [term.term for term in own_terms()] == ["the office"]


@pytest.mark.parametrize("term", ["", "  ", "x" * 61, "\u202e"])
def test_a_word_that_is_none_is_refused_and_nothing_is_kept(made_up: MadeUp, term: str) -> None:
    with pytest.raises(TermRefusedError):
        add(made_up, term)
    assert own_terms() == []


def test_a_word_is_added_once_capital_letters_or_not(made_up: MadeUp) -> None:
    add(made_up)
    with pytest.raises(TermKnownError):
        add(made_up, "The Office")


def test_a_manager_adds_a_word_on_the_page_and_a_worker_reads_it(made_up: MadeUp) -> None:
    page, change = reverse("glossary:words"), reverse("glossary:change")
    browser = made_up.browser_of(made_up.dana)
    typed = {"term": "the office", "instead": "the staff room", "why": ""}

    wrong = browser.post(change, {**typed, "password": "no"})
    done = browser.post(change, {**typed, "password": PASSWORD})

    assert (wrong.status_code, "the staff room" in wrong.text) == (422, True)
    assert done.status_code == 302
    read = made_up.browser_of(made_up.sam).get(page).text
    assert "the staff room" in read
    assert "child and adolescent mental health service" in read
    assert change not in read
    assert made_up.browser_of(made_up.sam).get(change).status_code == 404


def test_rebuilt_equals_live(made_up: MadeUp) -> None:
    withdraw_term(term=add(made_up), by=made_up.dana.id, at=made_up.now, auth="password")
    add(made_up, "the unit")
    live = own_terms()

    rebuild()

    assert own_terms() == live


def test_a_word_is_added_and_withdrawn_once_however_often_the_page_is_sent(
    made_up: MadeUp,
) -> None:
    before = sealed.size()

    first, again = (add(made_up, key="a page") for _ in range(2))
    for _ in range(2):
        withdraw_term(
            term=first, by=made_up.dana.id, at=made_up.now, auth="password", key="another page"
        )

    assert again == first
    assert sealed.size() == before + 2
