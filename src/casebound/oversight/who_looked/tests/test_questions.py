"""Looking out of the ordinary is a question to the manager, and the answer is an entry."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import Settings

from casebound.ledger.projecting.tests.rebuilding import assert_rebuild_equals_live
from casebound.ledger.sealing.reads import book_pages, size
from casebound.oversight.who_looked.entries import answers_book
from casebound.oversight.who_looked.models import LookingAnswer
from casebound.oversight.who_looked.rules import LookingVerdict, WhyAsked
from casebound.oversight.who_looked.tests.build import (
    looks_at,
    opens_off_roster,
    plan,
    question_about,
    questions_for,
    words,
    yesterday,
)
from casebound.people.homes.actions import begin_placement
from tests.made_up import PASSWORD, MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]
LIST = "/who-looked/questions/"


def page(made_up: MadeUp, path: str = LIST, *, by: Worker | None = None) -> str:
    return words(made_up.browser_of(by or made_up.dana).get(path).text)


def answer(made_up: MadeUp, **typed: str) -> str:
    path = reverse("who_looked:answer", args=[question_about(made_up).id])
    given = {"answer": LookingVerdict.FOR_WORK.value, "words": "", "password": PASSWORD, **typed}
    return words(made_up.browser_of(made_up.dana).post(path, given, follow=True).text)


def test_a_look_without_a_shift_is_asked_about_and_answered_once(made_up: MadeUp) -> None:
    opens_off_roster(made_up)
    assert question_about(made_up).ground is WhyAsked.NO_SHIFT
    assert "They were not on the roster that day." in page(made_up)
    assert "1 question about looking" in page(made_up, "/who-looked/")
    assert "1 question about who looked" in page(made_up, "/desk/")

    done = answer(made_up, words="Sam stayed for the birthday.")

    assert "Your answer is sealed" in done
    assert "It was for their work. Sam stayed for the birthday." in done
    assert "answered by Dana Whitlock" in done
    assert "Nothing is out of the ordinary." in done
    assert "question about who looked" not in page(made_up, "/desk/")
    assert book_pages(answers_book(made_up.oak)) == 1


def test_nobody_reads_the_answers_book(made_up: MadeUp) -> None:
    opens_off_roster(made_up)
    answer(made_up)

    for worker in (made_up.dana, made_up.sam):
        path = f"/books/{answers_book(made_up.oak)}/"
        assert made_up.browser_of(worker).get(path).status_code == 404
        assert made_up.browser_of(worker).get(f"{path}1/").status_code == 404


def test_an_answer_that_needs_words_is_refused_without(made_up: MadeUp) -> None:
    opens_off_roster(made_up)
    before = size()

    refused = answer(made_up, answer=LookingVerdict.NOT_RIGHT.value)

    assert "Somebody who reads it later must be able to follow what you did." in refused
    assert size() == before
    assert "Choose what it was." in answer(made_up, answer="")


def test_what_is_looked_into_stays_open_until_it_is_answered(made_up: MadeUp) -> None:
    opens_off_roster(made_up)

    first = answer(made_up, answer=LookingVerdict.LOOKING_INTO.value, words="I ask Sam on Monday.")
    assert "Answered" not in first
    assert "I ask Sam on Monday." in first
    second = answer(
        made_up, answer=LookingVerdict.TOLD_ME.value, words="A swap that nobody wrote down."
    )

    assert "Nothing is out of the ordinary." in second
    assert LookingAnswer.objects.get().words == "A swap that nobody wrote down."
    assert_rebuild_equals_live()


def test_a_page_sent_twice_seals_one_answer(made_up: MadeUp) -> None:
    opens_off_roster(made_up)
    answer(made_up, key="k" * 32)
    lines = size()

    answer(made_up, key="k" * 32)

    assert size() == lines


def test_who_is_on_the_roster_is_not_asked_about(made_up: MadeUp) -> None:
    plan(made_up, "Sam O.")
    looks_at(made_up, made_up.jay, yesterday(made_up))

    assert questions_for(made_up) == []


def test_a_list_of_several_books_opens_none_of_them(made_up: MadeUp) -> None:
    plan(made_up, "Kit Adeyemi")
    for what in ("shift", "handover", "search"):
        looks_at(made_up, made_up.jay, yesterday(made_up), what=what)

    assert questions_for(made_up) == []


def test_a_manager_of_the_home_a_child_left_is_asked_about_at_the_home_they_came_to(
    made_up: MadeUp,
) -> None:
    deputy = made_up._worker("tom.reed", "Tom Reed")
    made_up._appoint(deputy, "deputy_manager", made_up.oak)
    child = made_up.admit("Remi Ashdown", "Remi", made_up.oak)
    made_up.leave(child, days_ago=5)
    begin_placement(
        child=child.id, home=made_up.elm, from_at=made_up.now - timedelta(days=5),
        by=made_up.robin.id, at=made_up.now, auth="password",
    )  # fmt: skip
    looks_at(made_up, child, yesterday(made_up), by=deputy)

    [question] = questions_for(made_up, made_up.robin)

    assert (question.worker, question.ground) == (deputy.id, WhyAsked.ELSEWHERE)
    assert "Remi" in page(made_up, by=made_up.robin)


def test_many_books_within_an_hour_are_asked_about(made_up: MadeUp, settings: Settings) -> None:
    settings.MANY_BOOKS = 1
    looks_at(made_up, made_up.jay, yesterday(made_up))
    looks_at(made_up, made_up.house(made_up.oak), yesterday(made_up) + timedelta(minutes=30))

    [question] = questions_for(made_up)

    assert question.ground is WhyAsked.MANY_BOOKS


def test_a_manager_is_not_asked_about_themselves_and_cannot_answer_it(
    made_up: MadeUp, settings: Settings
) -> None:
    settings.MANY_BOOKS = 1
    ursula = made_up._worker("ursula.hale", "Ursula Hale")
    made_up._appoint(ursula, "responsible_individual", None)
    later = yesterday(made_up) + timedelta(minutes=1)
    looks_at(made_up, made_up.jay, yesterday(made_up), by=made_up.dana)
    looks_at(made_up, made_up.house(made_up.oak), later, by=made_up.dana)

    assert questions_for(made_up) == []
    [question] = questions_for(made_up, ursula)
    path = reverse("who_looked:answer", args=[question.id])
    assert made_up.browser_of(made_up.dana).get(path).status_code == 404
    assert made_up.browser_of(ursula).get(path).status_code == 200


def test_a_question_of_another_home_is_not_there(made_up: MadeUp) -> None:
    opens_off_roster(made_up)
    path = reverse("who_looked:answer", args=[question_about(made_up).id])

    assert made_up.browser_of(made_up.robin).get(path).status_code == 404
    assert made_up.browser_of(made_up.sam).get(path).status_code == 404
