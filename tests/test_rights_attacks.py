"""Single attacks on rights: what ended a second ago, what overlaps, and ids that are guessed."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from casebound.people.access.actions import grant_access
from casebound.people.access.tests.build import account
from casebound.people.homes import actions as homes
from casebound.people.homes.models import Appointment
from casebound.record.book.relations import ADDENDUM
from tests.made_up import MadeUp, Worker
from tests.oracle.crawling import guesses, look, posts

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]

A_SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
WORDS = "heliotrope"


@pytest.fixture
def nell(made_up: MadeUp) -> Worker:
    """Return somebody who works nowhere."""
    return account(made_up, "nell.grant", "Nell Grant")


def grant(made_up: MadeUp, worker: Worker, hours: int, **part: object) -> None:
    """Let somebody read Jay's book, or a part of it, for some hours from now."""
    grant_access(
        book=made_up.book(made_up.jay, by=made_up.dana), worker=worker.id, reason="They cover.",
        from_at=made_up.now, to_at=made_up.now + hours * HOUR, by=made_up.dana.id, at=made_up.now,
        auth="password", **part,  # type: ignore[arg-type]  # as a test says
    )  # fmt: skip


def shown(made_up: MadeUp, worker: Worker, number: int) -> bool:
    """Say whether somebody reads an entry of Jay's book, now."""
    page = reverse("chronology:entry", args=[made_up.jay.book, number])
    answer = made_up.browser_of(worker).get(page)
    assert answer.status_code in {200, 404}
    return answer.status_code == 200


def test_a_grant_that_ended_a_second_ago_opens_nothing(made_up: MadeUp, nell: Worker) -> None:
    number = made_up.write(made_up.jay, WORDS).numbers[made_up.jay.book]
    grant(made_up, nell, 2)
    end = made_up.now + 2 * HOUR

    for moment, wanted in ((end - A_SECOND, True), (end, False), (end + A_SECOND, False)):
        with time_machine.travel(moment.timestamp(), tick=False):
            assert shown(made_up, nell, number) is wanted


def test_of_two_grants_that_overlap_each_opens_its_own_part_for_its_own_time(
    made_up: MadeUp, nell: Worker
) -> None:
    log = made_up.write(made_up.jay, WORDS).numbers[made_up.jay.book]
    rang = made_up.write(made_up.jay, WORDS, form="contact").numbers[made_up.jay.book]
    other = made_up.write(made_up.jay, WORDS, form="incident").numbers[made_up.jay.book]
    grant(made_up, nell, 2, form="daily_log")
    grant(made_up, nell, 4, form="contact")

    for hours, wanted in ((1, [True, True, False]), (3, [False, True, False]), (5, [False] * 3)):
        with time_machine.travel((made_up.now + hours * HOUR).timestamp(), tick=False):
            assert [shown(made_up, nell, number) for number in (log, rang, other)] == wanted


def test_a_manager_of_two_homes_who_leaves_one_reads_on_in_the_other_alone(
    made_up: MadeUp,
) -> None:
    jays = made_up.write(made_up.jay, WORDS).numbers[made_up.jay.book]
    noors = made_up.write(made_up.noor, WORDS, by=made_up.lin).numbers[made_up.noor.book]
    dana = made_up.dana
    made_up._appoint(dana, "registered_manager", made_up.elm)
    pages = [
        reverse("chronology:entry", args=[child.book, number])
        for child, number in ((made_up.jay, jays), (made_up.noor, noors))
    ]
    desk = reverse("desk:desk")
    browser = made_up.browser_of(dana)
    assert [browser.get(page).status_code for page in pages] == [200, 200]
    oak = Appointment.objects.get(worker_id=dana.id, home_id=made_up.oak)
    homes.end_appointment(appointment=oak.id, to_at=made_up.now, by=made_up.alex.id, at=made_up.now)

    assert [browser.get(page).status_code for page in pages] == [404, 200]
    for path in (desk, "/"):
        assert "Jay" not in browser.get(path).text
    assert made_up.jay.book not in browser.get("/").text


def test_who_was_granted_one_entry_reaches_no_other_by_its_number(
    made_up: MadeUp, nell: Worker
) -> None:
    theirs = made_up.write(made_up.jay, "A quiet day.")
    other = made_up.write(made_up.jay, f"A {WORDS} day.")
    draft = made_up.draft(made_up.jay, f"A {WORDS} day.")
    made_up.attach(draft, f"A {WORDS} list.".encode(), name="list.txt")
    file = made_up.sign(draft)
    grant(made_up, nell, 2, leaf=theirs.index)
    browser, book = made_up.browser_of(nell), made_up.jay.book
    numbers = [entry.numbers[book] for entry in (theirs, other, file)]

    for path in guesses(book, [*numbers, 1, 99]):
        assert WORDS not in look(browser, path).text, path
    for path in posts(book, numbers):
        assert WORDS not in look(browser, path, post={}).text, path
    assert shown(made_up, nell, numbers[0])
    assert not shown(made_up, nell, numbers[1])


def test_a_draft_of_somebody_else_is_neither_read_nor_saved_by_its_id_and_version(
    made_up: MadeUp,
) -> None:
    draft = made_up.draft(made_up.jay, f"A {WORDS} day.")
    version = made_up.opened(draft).version
    browser = made_up.browser_of(made_up.kit)

    for name in ("write", "save", "sign", "files", "move", "discard", "names", "hints"):
        path = reverse(f"drafting:{name}", args=[draft])
        for number in (version, version + 1, 0, -1):
            answer = browser.post(path, {"version": str(number), "text": "Mine."})
            assert answer.status_code in {403, 404, 405}, path
        assert WORDS not in look(browser, path).text, path
    assert made_up.opened(draft).version == version


def test_somebody_who_is_named_while_they_read_reads_no_further(made_up: MadeUp) -> None:
    tom = account(made_up, "tom.fairweather", "Tom Fairweather")
    made_up._appoint(tom, "deputy_manager", made_up.oak)
    jay = made_up.jay
    told = made_up.write(
        jay, f"Jay told of {WORDS}.", form="allegation",
        answers={"about_whom": [{"id": made_up.kit.id}]},
    )  # fmt: skip
    number = told.numbers[jay.book]
    browser, page = made_up.browser_of(tom), reverse("chronology:entry", args=[jay.book, number])
    assert WORDS in browser.get(page).text
    draft = made_up.begin_following(jay, number, "lado_told", by=tom)
    assert WORDS in browser.get(reverse("drafting:write", args=[draft])).text

    made_up.put_right(
        jay, number, ADDENDUM, "Jay names Tom as well.", by=made_up.dana, form="addendum",
        answers={"about_whom": [{"id": tom.id}]},
    )  # fmt: skip

    assert browser.get(page).status_code == 404
    for path in (reverse("drafting:write", args=[draft]), "/", "/desk/"):
        assert WORDS not in browser.get(path, follow=True).text, path
    assert "Nothing found" in browser.post(reverse("search:search"), {"q": WORDS}).text
