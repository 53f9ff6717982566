"""A form that a page's script sends is done once, and its answer says where to go on."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from casebound.foundation.web.actions import forget_old
from casebound.foundation.web.models import SentForm
from casebound.foundation.web.sent_once import AT_WORK
from casebound.people.accounts.models import Account
from casebound.record.drafting.models import Draft
from tests.made_up import PASSWORD, MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P12")]
KEY, OTHER_KEY = "0f" * 16, "1e" * 16
NEW = {"full_name": "Nia Bell", "username": "nia.bell"}
ACCEPTED, DONE, FORBIDDEN, SIGNED_OUT = 202, 204, 403, 401


def send(
    browser: Client, path: str, typed: dict[str, str], *, by: Worker | None, key: str = KEY
) -> HttpResponse:
    """Send a form as the page's script does."""
    headers = {"X-Form-Key": key, "X-Form-Worker": by.id if by else ""}
    answer = Client.post(browser, path, typed, headers=headers)
    assert isinstance(answer, HttpResponse)
    return answer


def begin(made_up: MadeUp, browser: Client, key: str = KEY) -> HttpResponse:
    return send(browser, f"/books/{made_up.jay.book}/write/daily_log/", {}, by=made_up.sam, key=key)


def test_an_answer_that_was_lost_is_given_again_and_nothing_is_done_twice(made_up: MadeUp) -> None:
    sam = made_up.browser_of(made_up.sam)

    first, again, other = (begin(made_up, sam, key) for key in (KEY, KEY, OTHER_KEY))

    assert first.status_code == again.status_code == DONE
    assert "/drafts/" in first.headers["X-Go-To"]
    assert again.headers["X-Go-To"] == first.headers["X-Go-To"]
    assert other.headers["X-Go-To"] != first.headers["X-Go-To"]
    assert Draft.objects.filter(author_id=made_up.sam.id).count() <= len({KEY, OTHER_KEY})


def test_an_account_is_made_once_and_its_password_link_is_shown_at_the_second_try(
    made_up: MadeUp,
) -> None:
    alex = made_up.browser_of(made_up.alex)
    before = Account.objects.count()

    answers = [send(alex, "/people/new/", NEW, by=made_up.alex) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [DONE, DONE]
    assert answers[0].headers["X-Go-To"] == answers[1].headers["X-Go-To"]
    assert Account.objects.count() <= before + 1


def test_what_is_still_at_work_is_not_begun_again(made_up: MadeUp) -> None:
    sam = made_up.browser_of(made_up.sam)
    begin(made_up, sam)
    drafts = Draft.objects.count()
    SentForm.objects.update(body=b"")  # its answer is not there yet

    assert begin(made_up, sam).status_code == ACCEPTED
    assert Draft.objects.count() == drafts


def test_what_a_process_left_behind_as_it_died_is_done(made_up: MadeUp) -> None:
    sam = made_up.browser_of(made_up.sam)
    begin(made_up, sam)
    SentForm.objects.update(body=b"", sent_at=timezone.now() - AT_WORK - timedelta(seconds=1))

    assert begin(made_up, sam).status_code == DONE


def test_a_refused_form_is_answered_with_the_address_of_its_refusal(made_up: MadeUp) -> None:
    sam, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay, "A kite.")
    wrong = {"password": "wrong"}

    answers = [send(sam, f"/drafts/{draft}/sign/", wrong, by=made_up.sam) for _ in range(2)]

    assert "again=" in answers[0].headers["X-Go-To"]
    assert answers[0].headers["X-Go-To"] == answers[1].headers["X-Go-To"]
    assert "The password is not right" in sam.get(answers[0].headers["X-Go-To"]).text


@pytest.mark.policy("P09")
def test_nothing_is_sent_under_the_name_of_another_person(made_up: MadeUp) -> None:
    kit = made_up.browser_of(made_up.kit)

    answer = begin(made_up, kit)

    assert answer.status_code == FORBIDDEN
    assert f"{made_up.kit.full_name} is signed in here now" in answer.text
    assert not Draft.objects.exists()
    assert not SentForm.objects.exists()


def test_the_key_of_another_person_shows_no_answer(made_up: MadeUp) -> None:
    begin(made_up, made_up.browser_of(made_up.sam))

    answer = send(
        made_up.browser_of(made_up.kit),
        f"/books/{made_up.jay.book}/write/daily_log/",
        {},
        by=made_up.kit,
    )

    assert answer.status_code == ACCEPTED
    assert "X-Go-To" not in answer.headers


def test_a_session_that_ended_is_said_in_the_page_that_sent_the_form(made_up: MadeUp) -> None:
    answer = begin(made_up, Client())

    assert answer.status_code == SIGNED_OUT
    assert 'id="save-state"' in answer.text
    assert not SentForm.objects.exists()


def test_somebody_who_signs_in_is_told_where_to_go_on(made_up: MadeUp) -> None:
    browser, sam = Client(), made_up.sam
    wrong = send(browser, "/sign-in/", {"login": sam.username, "password": "wrong"}, by=None)
    right = send(browser, "/sign-in/", {"login": sam.username, "password": PASSWORD}, by=None)

    assert "again=" in wrong.headers["X-Go-To"]
    assert right.status_code == DONE
    assert "again=" not in right.headers["X-Go-To"]


def test_without_scripts_a_form_is_redirected_as_ever(made_up: MadeUp) -> None:
    sam = made_up.browser_of(made_up.sam)

    answer = Client.post(sam, f"/books/{made_up.jay.book}/write/daily_log/")

    assert answer.status_code in {302, 303}
    assert not SentForm.objects.exists()


def test_old_answers_are_taken_away(made_up: MadeUp) -> None:
    begin(made_up, made_up.browser_of(made_up.sam))

    forget_old(before=timezone.now() + timedelta(seconds=1))

    assert not SentForm.objects.exists()
