"""Who reads very many pages in a day is asked why; writing goes on."""

from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from casebound.people.access.actions import note_reading, note_readings, say_why
from casebound.people.access.models import Reading
from casebound.people.access.reading_much import ReadMuchError, different_pages
from casebound.people.access.tests.build import account
from casebound.people.events.kinds import EventKind
from casebound.people.events.reads import SecurityEventSeen, events_of, notices_of
from casebound.people.events.whys import WHY_WORDS, Why
from casebound.people.homes.tests.build import appointed
from tests.made_up import MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P13"), pytest.mark.policy("P63")]
LIMIT = 20
WHY = "/why/"


@pytest.fixture(autouse=True)
def limit(settings: Settings) -> None:
    settings.READ_MUCH = LIMIT


def read(made_up: MadeUp, pages: int, *, what: str = "print", at: datetime | None = None) -> None:
    book = made_up.book(made_up.jay)
    note_reading(book, what=what, first=1, last=pages, at=at or timezone.now())


def answered(worker: Worker) -> list[SecurityEventSeen]:
    return [event for event in events_of([worker.id]) if event.kind is EventKind.READ_MUCH]


def entry_of(made_up: MadeUp) -> str:
    made_up.write(made_up.jay, "Jay made toast.")
    return f"{made_up.book_url(made_up.jay)}1/"


def asks(browser: Client, path: str) -> bool:
    answer = browser.get(path, follow=False)
    return (
        answer.status_code == 302 and answer.headers["Location"] == f"{WHY}?next={quote(path, '')}"
    )


def test_nobody_is_asked_up_to_the_limit_and_everybody_above(made_up: MadeUp) -> None:
    path = entry_of(made_up)
    sam = made_up.browser_of(made_up.sam)
    read(made_up, LIMIT)

    assert sam.get(path).status_code == 200, "a page that was read before counts once"
    with pytest.raises(ReadMuchError):
        read(made_up, LIMIT + 1)
    assert Reading.objects.filter(last=LIMIT + 1).count() == 0, "what was not shown is no look"


def test_above_the_limit_no_page_opens_and_the_answer_leads_back(made_up: MadeUp) -> None:
    path = entry_of(made_up)
    read(made_up, LIMIT)
    elsewhere = made_up.house(made_up.oak).book
    sam, other_device = made_up.browser_of(made_up.sam), made_up.browser_of(made_up.sam)
    unread = f"/books/{elsewhere}/"

    assert asks(sam, unread)
    assert asks(other_device, unread)
    answer = sam.post(f"{WHY}?next={quote(path, '')}", {"why": Why.SAMPLE.value}, follow=False)

    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert sam.get(path).status_code == 200
    assert other_device.get(unread).status_code == 200


def test_a_print_asks_if_it_has_too_many_pages(made_up: MadeUp, settings: Settings) -> None:
    settings.READ_MUCH = 2
    for text in ("Jay made toast.", "Jay slept well.", "Jay went out."):
        made_up.write(made_up.jay, text)
    printed, sam = f"{made_up.book_url(made_up.jay)}print/", made_up.browser_of(made_up.sam)

    assert asks(sam, printed)
    sam.post(WHY, {"why": Why.CHILD_ASKED.value})

    assert "Jay made toast." in sam.get(printed).text


def test_search_asks_too(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, "Jay made toast.")
    note_readings(
        [(made_up.book(made_up.jay), page, page) for page in range(100, 100 + LIMIT)],
        what="search",
        at=timezone.now(),
    )

    page = made_up.browser_of(made_up.sam).post("/search/", {"q": "toast"}, follow=True)

    assert "Why do you read so much?" in page.text
    assert "toast" not in page.text


def test_a_long_print_counts_every_page_and_opens_after_one_answer(made_up: MadeUp) -> None:
    with pytest.raises(ReadMuchError):
        read(made_up, 5 * LIMIT)
    say_why(why=Why.INSPECTION, by=made_up.sam.id, at=timezone.now())

    read(made_up, 5 * LIMIT)

    with pytest.raises(ReadMuchError):
        read(made_up, 5 * LIMIT + 1)


def test_after_an_answer_as_many_pages_open_again(made_up: MadeUp) -> None:
    read(made_up, LIMIT)
    say_why(why=Why.REVIEW, by=made_up.sam.id, at=timezone.now())

    read(made_up, LIMIT)
    with pytest.raises(ReadMuchError):
        read(made_up, LIMIT + 1)


def test_yesterday_does_not_count(made_up: MadeUp) -> None:
    now = timezone.now()
    yesterday = now - timedelta(hours=24, minutes=1)
    say_why(why=Why.REVIEW, by=made_up.sam.id, at=yesterday - timedelta(minutes=1))
    read(made_up, LIMIT, at=yesterday)

    read(made_up, LIMIT, at=now)
    with pytest.raises(ReadMuchError):
        read(made_up, LIMIT + 1, at=now)


def test_the_answer_is_kept_and_told_to_the_manager_and_the_administrator(made_up: MadeUp) -> None:
    read(made_up, LIMIT)
    say_why(why=Why.ASKED_OUTSIDE, by=made_up.sam.id, at=timezone.now())

    [event] = answered(made_up.sam)
    assert event.what == Why.ASKED_OUTSIDE
    for told in (made_up.dana, made_up.alex):
        page = made_up.browser_of(told).get(reverse("accounts:told")).text
        assert "Read very many entries in a day" in page
        assert WHY_WORDS[Why.ASKED_OUTSIDE] in page
        assert "Sam Okafor" in page
    assert notices_of(made_up.robin.id) == [], "no book of Elm House was read"
    desk = made_up.browser_of(made_up.dana).get(reverse("desk:desk")).text
    assert "1 security event in seven days" in desk


def test_a_manager_is_asked_as_well_and_told_of_to_others(made_up: MadeUp) -> None:
    ira = account(made_up, "ira.holt", "Ira Holt")
    appointed("responsible_individual", None, worker=ira.id)
    dana = made_up.book(made_up.jay, by=made_up.dana)
    with pytest.raises(ReadMuchError):
        note_reading(dana, what="print", first=1, last=LIMIT + 1, at=timezone.now())
    say_why(why=Why.HANDING_OVER, by=made_up.dana.id, at=timezone.now())

    assert notices_of(made_up.dana.id) == []
    for told in (made_up.alex, ira):
        assert [event.worker for event in notices_of(told.id)] == [made_up.dana.id]


def test_writing_is_never_held_up(made_up: MadeUp) -> None:
    path = entry_of(made_up)
    draft = made_up.draft(made_up.jay, "Jay slept well.")
    read(made_up, LIMIT)
    sam = made_up.browser_of(made_up.sam)
    assert asks(sam, f"/books/{made_up.house(made_up.oak).book}/")

    begun = sam.post(f"{path}follow/addendum/", follow=False)

    assert "Jay slept well." in sam.get(f"/drafts/{draft}/").text
    assert WHY not in begun.headers.get("Location", "")
    assert made_up.sign(draft).numbers


def test_who_is_in_the_house_opens_in_an_alarm(made_up: MadeUp) -> None:
    house = made_up.book(made_up.house(made_up.oak))
    read(made_up, LIMIT)

    note_readings([(house, page, page) for page in (1, 2)], what="in-house", at=timezone.now())

    assert Reading.objects.filter(what="in-house").count() == 2


def test_a_look_costs_one_statement_far_from_the_limit_and_four_near_it(
    made_up: MadeUp, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        read(made_up, LIMIT)
    with django_assert_num_queries(4):
        read(made_up, LIMIT)


def test_a_page_counts_once_and_a_page_about_the_whole_book_counts_one() -> None:
    looks = {
        ("book", "entry", 1, 1),
        ("book", "print", 1, 3),
        ("other", "entry", 1, 1),
        ("book", "profile", 1, 900),
        ("book", "book", 1, 900),
    }

    assert different_pages(looks) == 3 + 1 + 1 + 25


@pytest.mark.parametrize("why", ["", "why_not", "An inspection"])
def test_an_answer_that_is_no_reason_opens_nothing(made_up: MadeUp, why: str) -> None:
    page = made_up.browser_of(made_up.sam).post(WHY, {"why": why}, follow=True)

    assert "This is not sent yet" in page.text
    assert answered(made_up.sam) == []


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "x", ""])
def test_the_answer_leads_only_to_a_page_of_this_site(made_up: MadeUp, back: str) -> None:
    sam = made_up.browser_of(made_up.sam)

    answer = sam.post(f"{WHY}?next={quote(back, '')}", {"why": "why_sample"}, follow=False)

    assert answer.headers["Location"] == "/"
