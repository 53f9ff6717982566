"""Our home: who lives there, for those who manage it, and for nobody else."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casebound.ledger.sealing.reads import book_pages, entry_at
from casebound.people.access.reads import seen_book
from casebound.people.access.tests import build
from casebound.people.access.tests.build import moment, people_named, somebody
from casebound.people.homes import actions, reads
from casebound.people.homes.appointments import appointments_listed
from casebound.people.homes.reads import children_at
from casebound.people.rights.rights import roles
from casebound.people.rights.shape import Permission
from tests.made_up import PASSWORD, Child, MadeUp, Worker
from tests.pages import as_shown

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.policy("P13"),
    pytest.mark.policy("P63"),
    pytest.mark.every_clock,
]
MIKA_BORN = "2012-02-29"
REMI = {
    "full_name": "Remi Larkspur",
    "called": "Remi",
    "pronouns": "he, him",
    "birth": "exact",
    "born_on": "2013-04-09",
    "password": PASSWORD,
}


@pytest.fixture
def dana(made_up: MadeUp) -> Client:
    """The browser of the registered manager of Oak House."""
    return made_up.browser_of(made_up.dana)


def admit(made_up: MadeUp, by: Client, **said: str) -> "Answer":
    return by.post(f"/homes/{made_up.oak}/admit/", {**REMI, **moment("from_at"), **said})


def names_at_oak(made_up: MadeUp) -> list[str]:
    return [child.called for child in children_at([made_up.oak], at=timezone.now())]


def form_of(page: "Answer") -> str:
    found = re.search(r'name="key" value="([^"]+)"', page.text)
    assert found is not None
    return found[1]


def test_a_manager_sees_who_lives_here_and_nobody_of_elsewhere(
    made_up: MadeUp, dana: Client
) -> None:
    page = dana.get(f"/homes/{made_up.oak}/").text

    assert made_up.jay.full_name in page
    assert "Kit Adeyemi" in page
    assert made_up.mika.called not in page
    assert made_up.noor.called not in page
    assert f'href="/homes/{made_up.oak}/">Our home' in page


@pytest.mark.policy("P01")
def test_a_child_who_is_admitted_has_a_book_whose_first_page_is_the_admission(
    made_up: MadeUp, dana: Client
) -> None:
    answer = admit(made_up, dana)

    assert answer.headers["Location"] == f"/homes/{made_up.oak}/?done=admitted"
    [remi] = [
        child for child in children_at([made_up.oak], at=timezone.now()) if child.called == "Remi"
    ]
    assert book_pages(remi.book) == 1
    first = entry_at(remi.book, 1)
    assert first is not None
    assert first.signed_by == made_up.dana.id
    assert first.values()["full_name"] == "Remi Larkspur"
    assert seen_book(made_up.sam.id, remi.book, at=timezone.now()) is not None
    assert seen_book(made_up.lin.id, remi.book, at=timezone.now()) is None
    assert "Remi Larkspur" in dana.get(answer.headers["Location"]).text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"full_name": ""}, "Schedule 3, paragraph 1"),
        ({"full_name": "\u202e "}, "Schedule 3, paragraph 1"),
        ({"full_name": "R" * 121}, "120 characters"),
        ({"called": "R" * 61}, "60 characters"),
        ({"pronouns": "p" * 41}, "40 characters"),
        ({"born_on": ""}, "Schedule 3, paragraph 2"),
        ({"born_on": "yesterday"}, "Give a date, such as 23 November 2026"),
        ({"born_on": "2999-01-01"}, "not yet born, or over 25"),
        ({"born_on": "1990-01-01"}, "not yet born, or over 25"),
        ({"from_at_date": "2999-01-01"}, "too far ahead"),
        ({"from_at_time": "25:00"}, "Give a time of day, such as 18:30"),
        ({"password": "wrong"}, "The password is not right."),
    ],
)
def test_what_cannot_be_is_refused_with_words_and_the_form_comes_back_full(
    made_up: MadeUp, dana: Client, said: dict[str, str], words: str
) -> None:
    answer = admit(made_up, dana, **said)

    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{said.get("pronouns", "he, him")}"' in answer.text
    assert PASSWORD not in answer.text
    assert names_at_oak(made_up) == ["Jay"]


def test_a_page_that_is_sent_twice_is_answered_as_the_first_time(
    made_up: MadeUp, dana: Client
) -> None:
    form = form_of(dana.get(f"/homes/{made_up.oak}/admit/"))

    first, again = (admit(made_up, dana, key=form) for _ in range(2))

    assert first.status_code == again.status_code == 302
    assert first.headers["Location"] == again.headers["Location"]
    assert names_at_oak(made_up) == ["Jay", "Remi"]


def test_a_form_that_is_sent_twice_admits_one_child(made_up: MadeUp, dana: Client) -> None:
    form = form_of(dana.get(f"/homes/{made_up.oak}/admit/"))
    admit(made_up, dana, key=form)

    # The second time with another name, so that only the form itself can tell.
    again = admit(made_up, dana, key=form, full_name="Remy Larkspur")

    assert again.status_code == 422
    assert "already admitted" in again.text
    assert names_at_oak(made_up) == ["Jay", "Remi"]


def test_a_child_of_the_same_name_and_birth_is_already_admitted(
    made_up: MadeUp, dana: Client
) -> None:
    admit(made_up, dana)

    again = admit(made_up, dana, full_name="REMI  Larkspur")
    twin = admit(made_up, dana, full_name="Rory Larkspur", called="Rory")

    assert again.status_code == 422
    assert "already admitted" in again.text
    assert twin.status_code == 302
    assert names_at_oak(made_up) == ["Jay", "Remi", "Rory"]


def test_a_child_who_goes_by_no_other_name_goes_by_the_first(made_up: MadeUp, dana: Client) -> None:
    admit(made_up, dana, called="", pronouns="")

    assert names_at_oak(made_up) == ["Jay", "Remi"]


def test_a_planned_admission_is_listed_and_its_book_opens_on_the_day(
    made_up: MadeUp, dana: Client
) -> None:
    comes = timezone.now() + timedelta(days=7)
    admit(made_up, dana, **moment("from_at", f"{timezone.localtime(comes):%Y-%m-%dT%H:%M}"))

    page = dana.get(f"/homes/{made_up.oak}/").text

    assert "Arrives on" in page
    assert names_at_oak(made_up) == ["Jay"]
    [remi] = [
        child for child in reads.placements_at(made_up.oak, at=comes) if child.called == "Remi"
    ]
    assert f"/books/{remi.child}/" not in page


@pytest.mark.policy("P01")
def test_a_child_who_has_moved_on_leaves_the_list_and_the_manager_keeps_the_book(
    made_up: MadeUp, dana: Client
) -> None:
    [jay] = reads.placements_at(made_up.oak, at=timezone.now())
    path = f"/homes/{made_up.oak}/{jay.id}/moved-on/"
    asked = dana.get(path)
    assert names_at_oak(made_up) == ["Jay"]

    answer = dana.post(path, {**moment("to_at"), "password": PASSWORD})

    assert "moved on?" in asked.text
    assert answer.headers["Location"] == f"/homes/{made_up.oak}/?done=moved_on"
    assert names_at_oak(made_up) == []
    assert seen_book(made_up.dana.id, made_up.jay.book, at=timezone.now()) is not None
    assert seen_book(made_up.sam.id, made_up.jay.book, at=timezone.now()) is None
    page = dana.get(answer.headers["Location"]).text
    assert "Still key workers of children who have moved on" in page
    again = dana.post(path, {**moment("to_at"), "password": PASSWORD})
    assert again.status_code == 422
    assert "It has ended already" in again.text


def back(made_up: MadeUp, by: Client, child: Child, **said: str) -> "Answer":
    path = f"/children/{child.book}/lives-again/"
    return by.post(path, {"home": made_up.oak, "password": PASSWORD, **moment("from_at"), **said})


@pytest.mark.policy("P01")
def test_a_child_who_comes_back_has_the_same_book_and_its_workers_read_it_again(
    made_up: MadeUp, dana: Client
) -> None:
    mika = made_up.mika
    pages = book_pages(mika.book)
    book = dana.get(made_up.book_url(mika)).text
    assert f"/children/{mika.book}/lives-again/" in book
    assert f"/children/{mika.book}/lives-again/" in dana.get("/desk/moved-on/").text
    asked = dana.get(f"/children/{mika.book}/lives-again/").text

    answer = back(made_up, dana, mika)

    assert "Mika" in asked
    assert "Hazel Care" not in asked  # the office is no home
    assert answer.headers["Location"] == made_up.book_url(mika)
    assert names_at_oak(made_up) == ["Jay", "Mika"]
    assert book_pages(mika.book) == pages + 1
    assert "Came to live at Oak House" in dana.get(made_up.book_url(mika)).text
    seen = seen_book(made_up.sam.id, mika.book, at=timezone.now())
    assert seen is not None
    assert (bool(seen.may(Permission.WRITE_ENTRY)), seen.left_at) == (True, None)
    assert f"/children/{mika.book}/lives-again/" not in dana.get("/desk/moved-on/").text
    assert dana.get(f"/children/{mika.book}/lives-again/").status_code == 404


@pytest.mark.policy("P13")
def test_a_child_who_goes_on_to_another_home_is_its_workers_to_write_about(
    made_up: MadeUp, dana: Client
) -> None:
    back(made_up, dana, made_up.mika, home=made_up.elm)

    found = {
        who.username: seen_book(who.id, made_up.mika.book, at=timezone.now())
        for who in (made_up.lin, made_up.sam, made_up.dana)
    }
    rights = {
        name: (answer.home_name, bool(answer.may(Permission.WRITE_ENTRY))) if answer else None
        for name, answer in found.items()
    }
    assert rights == {
        made_up.lin.username: ("Elm House", True),
        made_up.sam.username: None,
        made_up.dana.username: ("Oak House", False),
    }
    assert dana.get(f"/children/{made_up.mika.book}/lives-again/").status_code == 404


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"home": "0" * 32}, "Choose a home."),
        ({"from_at_date": "2020-01-01"}, "before the child left"),
        ({"from_at_date": "2999-01-01"}, "too far ahead"),
        ({"from_at_time": "25:00"}, "Give a time of day, such as 18:30"),
        ({"password": "wrong"}, "The password is not right."),
    ],
)
def test_a_return_that_cannot_be_is_refused_with_words(
    made_up: MadeUp, dana: Client, said: dict[str, str], words: str
) -> None:
    pages = book_pages(made_up.mika.book)

    answer = back(made_up, dana, made_up.mika, **said)

    assert answer.status_code == 422
    assert words in answer.text
    assert book_pages(made_up.mika.book) == pages


def test_who_lived_here_before_is_not_admitted_with_a_second_book(
    made_up: MadeUp, dana: Client
) -> None:
    [mika] = reads.placements_of(made_up.mika.id)

    answer = admit(made_up, dana, full_name=mika.full_name, called="", born_on=MIKA_BORN)

    assert answer.status_code == 422
    assert "lived here before and has a book already" in answer.text
    assert names_at_oak(made_up) == ["Jay"]


@pytest.mark.parametrize(("days", "words"), [(2, "too far ahead"), (-1000, "before the beginning")])
def test_a_child_leaves_neither_tomorrow_nor_before_they_came(
    made_up: MadeUp, dana: Client, days: int, words: str
) -> None:
    [jay] = reads.placements_at(made_up.oak, at=timezone.now())
    when = timezone.localtime() + timedelta(days=days)

    answer = dana.post(
        f"/homes/{made_up.oak}/{jay.id}/moved-on/",
        {**moment("to_at", f"{when:%Y-%m-%dT%H:%M}"), "password": PASSWORD},
    )

    assert answer.status_code == 422
    assert words in answer.text
    assert names_at_oak(made_up) == ["Jay"]


def test_a_manager_names_a_key_worker_among_those_who_work_here_and_ends_it(
    made_up: MadeUp, dana: Client
) -> None:
    [jay] = reads.placements_at(made_up.oak, at=timezone.now())
    path = f"/homes/{made_up.oak}/{jay.id}/key-worker/"
    offered = dana.get(path).text
    said = {**moment("from_at"), "password": PASSWORD}

    named = dana.post(path, {**said, "worker": made_up.sam.id})
    twice = dana.post(path, {**said, "worker": made_up.sam.id})
    elsewhere = dana.post(path, {**said, "worker": made_up.lin.id})

    assert "Sam Okafor" in offered
    assert "Lin Osei" not in offered
    assert "Alex Moreau" not in offered
    assert named.headers["Location"] == f"/homes/{made_up.oak}/?done=key_worker"
    assert twice.status_code == elsewhere.status_code == 422
    assert "has the role there already" in twice.text
    [key_work] = [
        appointment for appointment in appointments_listed(made_up.sam.id) if appointment.child
    ]
    assert key_work.child == made_up.jay.id
    end = f"/homes/{made_up.oak}/key-workers/{key_work.id}/end/"
    assert "Sam Okafor" in dana.get(end).text
    ended = dana.post(end, {**moment("to_at"), "password": PASSWORD})
    assert ended.status_code == 302
    assert "Sam Okafor" not in dana.get(f"/homes/{made_up.oak}/").text


def test_who_can_be_key_worker_is_sorted_by_name(made_up: MadeUp, dana: Client) -> None:
    people_named(made_up, "Zoë Li", "Łukasz Bąk", "O'Hara Lee", "Oakley May", "Émile Roy")
    [jay] = reads.placements_at(made_up.oak, at=timezone.now())

    offered = dana.get(f"/homes/{made_up.oak}/{jay.id}/key-worker/")

    names = [name for _, name in offered.context["form"].fields["worker"].choices]
    by_name = ["Émile Roy", "Łukasz Bąk", "Oakley May", "O'Hara Lee", "Zoë Li"]
    assert [name for name in names if name in by_name] == by_name


def paths(made_up: MadeUp) -> list[str]:
    """Return every page of Oak House's manager."""
    [jay] = reads.placements_at(made_up.oak, at=made_up.now)
    [kit] = appointments_listed(made_up.kit.id)
    oak = f"/homes/{made_up.oak}/"
    return [
        oak,
        f"{oak}admit/",
        f"{oak}{jay.id}/moved-on/",
        f"/children/{made_up.mika.book}/lives-again/",
        f"{oak}{jay.id}/key-worker/",
        f"{oak}key-workers/{kit.id}/end/",
    ]


def not_found(made_up: MadeUp, who: Worker) -> bool:
    said = {**REMI, **moment("from_at"), **moment("to_at"), "worker": made_up.sam.id}
    browser = made_up.browser_of(who)
    answers = [browser.get(path).status_code for path in paths(made_up)]
    answers += [browser.post(path, said).status_code for path in paths(made_up)[1:]]
    return set(answers) == {404}


@pytest.mark.parametrize(
    "role",
    [role.key for role in roles() if not role.gives_today(Permission.MANAGE_HOME)],
)
def test_for_who_does_not_manage_a_home_there_is_no_such_page(made_up: MadeUp, role: str) -> None:
    they = somebody(made_up, role)
    before = book_pages(made_up.jay.book)

    assert not_found(made_up, they)
    assert names_at_oak(made_up) == ["Jay"]
    assert book_pages(made_up.jay.book) == before


def test_the_manager_of_another_home_gets_404_for_this_one(made_up: MadeUp) -> None:
    ruth = build.account(made_up, "ruth.abara", "Ruth Abara")
    actions.appoint(
        worker=ruth.id, full_name=ruth.full_name, role="registered_manager",
        home=made_up.elm, from_at=made_up.began, by=made_up.alex.id, at=made_up.now,
    )  # fmt: skip

    assert not_found(made_up, ruth)
    assert made_up.browser_of(ruth).get(f"/homes/{made_up.elm}/").status_code == 200
    assert names_at_oak(made_up) == ["Jay"]


def test_a_manager_cannot_reach_another_homes_child_through_their_own_home(
    made_up: MadeUp, dana: Client
) -> None:
    [noor] = reads.placements_at(made_up.elm, at=made_up.now)
    [lin] = appointments_listed(made_up.lin.id)

    for path in (f"{noor.id}/moved-on/", f"{noor.id}/key-worker/", f"key-workers/{lin.id}/end/"):
        assert dana.get(f"/homes/{made_up.oak}/{path}").status_code == 404
        assert dana.post(f"/homes/{made_up.oak}/{path}").status_code == 404


@pytest.mark.parametrize("home", ["0" * 32, "oak", "\x00"])
def test_a_home_that_does_not_exist_is_not_found(dana: Client, home: str) -> None:
    assert dana.get(f"/homes/{home}/").status_code == 404


def test_who_manages_two_homes_goes_from_one_to_the_other(made_up: MadeUp, dana: Client) -> None:
    actions.appoint(
        worker=made_up.dana.id, full_name=made_up.dana.full_name, role="deputy_manager",
        home=made_up.elm, from_at=made_up.began, by=made_up.alex.id, at=made_up.now,
    )  # fmt: skip

    page = dana.get(f"/homes/{made_up.elm}/").text

    assert f'href="/homes/{made_up.oak}/">Oak House' in page
    assert made_up.noor.full_name in page
    assert made_up.jay.full_name not in page


@pytest.mark.parametrize("more", [0, 20])
def test_our_home_is_as_many_queries_however_many_children(
    made_up: MadeUp, dana: Client, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        child = actions.admit_child(
            home=made_up.oak, full_name=f"Remi{number} Lark", called="", pronouns="",
            born_on=timezone.localdate() - timedelta(days=4000), from_at=made_up.began,
            by=made_up.dana.id, at=made_up.now,
        )  # fmt: skip
        actions.appoint(
            worker=made_up.sam.id, full_name="Sam Okafor", role="key_worker",
            home=made_up.oak, child=child, from_at=made_up.began, by=made_up.dana.id,
            at=made_up.now,
        )  # fmt: skip

    # The right to the page and the frame, the home, placements (2), and key work.
    with django_assert_num_queries(6, using="derived"):
        page = dana.get(f"/homes/{made_up.oak}/")

    assert as_shown(page).count("This child has moved on") == more + 1
