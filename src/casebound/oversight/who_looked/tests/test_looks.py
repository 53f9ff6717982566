"""Who looked, as a manager sees it: filtered, in plain words, a page at a time."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.calendar import day_of
from casebound.oversight.who_looked import reads
from casebound.oversight.who_looked.tests.build import looks_at, words, yesterday
from casebound.people.access.actions import grant_access
from casebound.people.access.looks import LooksWanted, looks
from casebound.people.access.models import Reading
from tests.made_up import MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]
PAGE = "/who-looked/"


def shown(made_up: MadeUp, query: str = "", *, by: Worker | None = None, path: str = PAGE) -> str:
    answer = made_up.browser_of(by or made_up.dana).get(f"{path}{query}")
    assert answer.status_code == 200
    return words(answer.text)


def lines(made_up: MadeUp, query: str = "") -> list[str]:
    """Return the lines of the page, without what surrounds them."""
    answer = made_up.browser_of(made_up.dana).get(f"{PAGE}{query}")
    return [
        words(line)
        for line in re.findall(r'<li class="app-due">(.*?)</li>', answer.text, re.DOTALL)
    ]


def test_a_manager_reads_in_plain_words_who_looked_when_and_under_which_right(
    made_up: MadeUp,
) -> None:
    made_up.write(made_up.jay, "Jay made toast.")
    sam = made_up.browser_of(made_up.sam)
    for _ in range(2):
        sam.get(f"{made_up.book_url(made_up.jay)}1/")
    sam.get(made_up.book_url(made_up.jay))

    [line] = [line for line in lines(made_up) if "Sam Okafor" in line]

    assert "(residential worker, Oak House)" in line
    assert "Jay" in line
    assert "read one entry (2 times); read pages of the book." in line
    assert "a browser they had not signed in on before, inside your own network" in line


def test_the_list_is_filtered_by_child_person_and_day(made_up: MadeUp) -> None:
    house, day = made_up.house(made_up.oak), yesterday(made_up)
    looks_at(made_up, made_up.jay, day)
    looks_at(made_up, house, day - timedelta(days=1))
    looks_at(made_up, made_up.jay, day, by=made_up.kit)
    looks_at(made_up, made_up.noor, day, by=made_up.lin)

    assert len(lines(made_up)) == 3, "the other home's are not the manager's"
    assert len(lines(made_up, f"?child={made_up.jay.book}")) == 2
    assert len(lines(made_up, f"?person={made_up.sam.id}")) == 2
    assert len(lines(made_up, f"?day={day_of(day).isoformat()}")) == 2
    both = f"?child={made_up.jay.book}&person={made_up.kit.id}&day={day_of(day).isoformat()}"
    assert len(lines(made_up, both)) == 1
    assert "Nobody looked." in shown(made_up, f"?person={made_up.robin.id}")


def test_a_filter_that_means_nothing_is_said_and_never_opens_another_book(made_up: MadeUp) -> None:
    looks_at(made_up, made_up.noor, yesterday(made_up), by=made_up.lin)

    page = shown(made_up, f"?child={made_up.noor.book}&person=nobody&before=x&day=2026-13-40")

    assert "Lin Osei" not in page
    assert "Looks at every book are shown." in page
    assert "Looks of everybody are shown." in page


def test_turning_the_pages_shows_every_look_once(made_up: MadeUp) -> None:
    begun = yesterday(made_up)
    for minute in range(25):
        looks_at(made_up, made_up.jay, begun + timedelta(minutes=minute // 3))
    wanted, found, place = made_up.jay.book, list[int](), None

    while True:
        page = looks(LooksWanted(books=(wanted,), before=place), count=7)
        found += [look.id for look in page]
        if not page:
            break
        place = page[-1].place

    assert found == list(Reading.objects.order_by("-at", "-id").values_list("id", flat=True))


def test_many_books_are_merged_in_the_order_of_time(made_up: MadeUp) -> None:
    begun, house = yesterday(made_up), made_up.house(made_up.oak)
    for minute in range(6):
        looks_at(made_up, house if minute % 2 else made_up.jay, begun + timedelta(minutes=minute))
    books = (house.book, made_up.jay.book, *(made_up.noor.book for _ in range(150)))

    found = looks(LooksWanted(books=books), count=5)

    assert [look.at.minute for look in found] == [5, 4, 3, 2, 1]


def test_a_look_at_one_page_that_the_manager_may_not_read_is_left_out(made_up: MadeUp) -> None:
    ursula = made_up._worker("ursula.hale", "Ursula Hale")
    made_up._appoint(ursula, "responsible_individual", None)
    about = {"about_whom": [{"id": made_up.dana.id}]}
    sealed = made_up.write(made_up.jay, "Jay told.", form="allegation", answers=about)
    path = f"{made_up.book_url(made_up.jay)}{sealed.numbers[made_up.jay.book]}/"
    for worker in (ursula, made_up.sam):
        assert made_up.browser_of(worker).get(path).status_code == 200

    assert lines(made_up) == []
    by_ursula = shown(made_up, by=ursula)
    assert "Sam Okafor" in by_ursula


def test_looks_under_a_grant_say_its_reason(made_up: MadeUp) -> None:
    now, dana = timezone.now(), made_up.dana.id
    grant_access(
        book=made_up.book(made_up.jay, by=made_up.dana), worker=made_up.lin.id,
        reason="Covers the late shift.", from_at=now, to_at=now + timedelta(days=1), by=dana,
        at=now, auth="password",
    )  # fmt: skip
    made_up.browser_of(made_up.lin).get(made_up.book_url(made_up.jay))

    [line] = [line for line in lines(made_up) if "Lin Osei" in line]
    assert "by name, for a time: Covers the late shift." in line


def test_who_looked_at_one_childs_record(made_up: MadeUp) -> None:
    path = reverse("who_looked:of_book", args=[made_up.jay.book])
    assert "Nobody has looked yet." in shown(made_up, path=path)
    looks_at(made_up, made_up.jay, yesterday(made_up), what="print")

    page = shown(made_up, path=path)

    assert "Sam Okafor" in page
    assert "printed pages of the book." in page
    assert made_up.browser_of(made_up.sam).get(path).status_code == 404
    assert made_up.browser_of(made_up.robin).get(path).status_code == 404


def test_the_print_is_a_table_with_who_printed_it(made_up: MadeUp) -> None:
    looks_at(made_up, made_up.jay, yesterday(made_up))

    page = shown(made_up, f"?person={made_up.sam.id}", path=f"{PAGE}print/")

    assert "Sam Okafor. Printed by Dana Whitlock" in page
    assert "(residential worker, Oak House)" in page
    assert "There is nothing" not in page


def test_the_responsible_individual_sees_looks_at_every_book(made_up: MadeUp) -> None:
    ursula = made_up._worker("ursula.hale", "Ursula Hale")
    made_up._appoint(ursula, "responsible_individual", None)
    looks_at(made_up, made_up.jay, yesterday(made_up))
    looks_at(made_up, made_up.noor, yesterday(made_up), by=made_up.lin)

    page = shown(made_up, by=ursula)

    assert "Sam Okafor" in page
    assert "Lin Osei" in page


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_takes_as_many_queries_however_many_looks(
    made_up: MadeUp, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for minute in range(count):
        looks_at(made_up, made_up.jay, yesterday(made_up) + timedelta(minutes=minute))
    wanted = LooksWanted(books=(made_up.jay.book,))

    with (
        django_assert_max_num_queries(2, using="default"),  # the trail, names
        django_assert_max_num_queries(5, using="derived"),
    ):
        page = reads.looks_page(wanted, reader=made_up.dana.id, at=made_up.now)

    assert len(page.days) == 1
