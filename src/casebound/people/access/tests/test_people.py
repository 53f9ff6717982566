import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casebound.people.access.tests import build
from casebound.people.access.tests.build import NO_ADMINISTRATORS, somebody
from casebound.people.accounts import reads
from casebound.people.accounts.actions import give_password
from casebound.people.homes.appointments import appointments_listed, appointments_of
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P09")]


def test_an_administrator_opens_an_account_and_gets_its_link_once(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.alex)

    made = browser.post("/people/new/", {"full_name": "Bo Li", "username": "Bo.Li"})
    bo = reads.account_named("bo.li")

    assert bo is not None
    assert f"http://testserver/sign-in/new-password/{bo.id}/" in made.text
    assert "Bo Li" in browser.get("/people/").text
    assert "new-password" not in browser.get(f"/people/{bo.id}/").text


def test_a_page_sent_twice_opens_one_account_and_leaves_its_password_alone(
    made_up: MadeUp,
) -> None:
    browser = made_up.browser_of(made_up.alex)
    key = browser.get("/people/new/").context["form"]["key"].value()
    page = {"full_name": "Bo Li", "username": "bo.li", "key": key}

    for _ in range(2):  # the first answer was lost on its way
        assert "/sign-in/new-password/" in browser.post("/people/new/", page).text
    bo = reads.account_named("bo.li")
    assert bo is not None
    give_password(account=bo.id, password=PASSWORD, by=None)

    again = browser.post("/people/new/", page)
    assert again.headers["Location"] == f"/people/{bo.id}/"
    assert reads.account(bo.id).can_sign_in  # type: ignore[union-attr]  # it is there
    taken = browser.post("/people/new/", page | {"key": "another page"})
    assert "Somebody has this user name" in taken.text


@pytest.mark.policy("P48")
def test_initials_are_refused_with_words_and_the_form_comes_back_full(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.alex)

    answer = browser.post("/people/new/", {"full_name": "B. L.", "username": "bo.li"})

    assert answer.status_code == 422
    assert "not with initials" in answer.text
    assert 'value="B. L."' in answer.text
    assert reads.account_named("bo.li") is None


@pytest.mark.parametrize("role", [None, *NO_ADMINISTRATORS])
def test_for_everybody_else_there_is_no_such_page(made_up: MadeUp, role: str | None) -> None:
    ada, bo = somebody(made_up, role), build.account(made_up, "bo.li", "Bo Li")
    browser = made_up.browser_of(ada)

    for path in ("/people/", "/people/new/", f"/people/{bo.id}/", f"/people/{ada.id}/"):
        assert browser.get(path).status_code == 404
    for path in ("/people/new/", f"/people/{bo.id}/link/", f"/people/{bo.id}/close/"):
        assert browser.post(path, {"full_name": "Cy Lund", "username": "cy"}).status_code == 404
    assert reads.account_named("cy") is None
    seen = reads.account(bo.id)
    assert seen is not None
    assert seen.closed_at is None


def test_an_administrator_gives_a_new_link_to_who_reads_no_book(made_up: MadeUp) -> None:
    ada = build.account(made_up, "ada.kern", "Ada Kern")
    browser = made_up.browser_of(made_up.alex)

    said = {"lost_second_factor": "yes", "password": PASSWORD}
    link = browser.post(f"/people/{ada.id}/link/", said)

    assert f"/sign-in/new-password/{ada.id}/" in link.text
    seen = reads.account(ada.id)
    assert seen is not None
    assert not seen.can_sign_in


@pytest.mark.policy("P13")
def test_who_leaves_is_out_and_all_their_appointments_end(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.alex)

    closed = browser.post(f"/people/{made_up.kit.id}/close/")

    assert closed.headers["Location"] == f"/people/{made_up.kit.id}/"
    seen = reads.account(made_up.kit.id)
    assert seen is not None
    assert seen.closed_at is not None
    assert appointments_of(made_up.kit.id, at=timezone.now()) == ()
    [ended] = appointments_listed(made_up.kit.id)
    assert ended.to_at is not None
    page = browser.get(f"/people/{made_up.kit.id}/").text
    assert "Closed" in page
    assert "End this appointment" not in page


def test_nobody_closes_their_own_account(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.alex)

    assert browser.post(f"/people/{made_up.alex.id}/close/").status_code == 409


def test_the_list_says_who_is_appointed_as_what_and_where(made_up: MadeUp) -> None:
    page = made_up.browser_of(made_up.alex).get("/people/").text

    assert "Registered manager, Oak House" in page
    assert "System administrator" in page


@pytest.mark.parametrize("more", [0, 30])
def test_the_list_is_as_many_queries_however_many_people(
    made_up: MadeUp, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        build.account(made_up, f"bo.li{number}", f"Bo Li the {number}th")
    browser = made_up.browser_of(made_up.alex)
    browser.get("/people/")

    # The right to the page, the homes, the roles, and the frame.
    with django_assert_num_queries(4, using="derived"):
        browser.get("/people/")


@pytest.mark.parametrize("more", [0, 12])
def test_a_persons_page_is_as_many_queries_however_many_appointments(
    made_up: MadeUp, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for days in range(more):
        build.once_appointed(made_up, made_up.sam, days_ago=days)
    browser = made_up.browser_of(made_up.alex)

    with django_assert_num_queries(6, using="derived"):
        browser.get(f"/people/{made_up.sam.id}/")


@pytest.mark.parametrize("account", ["0" * 32, "nobody"])
def test_who_does_not_exist_is_not_found(made_up: MadeUp, account: str) -> None:
    browser = made_up.browser_of(made_up.alex)

    assert browser.get(f"/people/{account}/").status_code == 404


def test_a_form_left_empty_opens_no_account(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.alex)
    before = len(reads.accounts())

    assert browser.get("/people/new/").status_code == 200
    assert browser.post("/people/new/", {"username": "bo.li"}).status_code == 422
    assert len(reads.accounts()) == before


def test_closing_an_account_leaves_what_has_ended_as_it_was(made_up: MadeUp) -> None:
    bo = build.account(made_up, "bo.li", "Bo Li")
    build.once_appointed(made_up, bo, days_ago=10)
    [before] = appointments_listed(bo.id)

    made_up.browser_of(made_up.alex).post(f"/people/{bo.id}/close/")

    assert appointments_listed(bo.id) == [before]
