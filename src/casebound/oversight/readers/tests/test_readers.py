"""Who may read a book: given on a page, seen at once, and over by itself (P13, P63)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casebound.foundation.base.ids import DraftId
from casebound.foundation.base.times import LONDON
from casebound.ledger.sealing.reads import book_pages
from casebound.oversight.readers.tests.examples import give, shift
from casebound.people.access.actions import appoint_for_a_time
from casebound.people.access.reads import seen_among, seen_book
from casebound.people.access.roles import role_in
from casebound.people.access.tests.build import account, somebody
from casebound.people.homes.appointments import for_a_time_at, visitors_of
from casebound.people.homes.reads import grants_of
from casebound.people.rights.rights import role_of
from casebound.people.rights.shape import Permission
from casebound.people.staff.actions import close_account
from casebound.record.drafting.actions import Signing, sign_draft
from casebound.record.drafting.prepared import PreparedDraft
from tests.clock import set_to
from tests.made_up import PASSWORD, MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]
AN_HOUR = timedelta(hours=1)


def said(name: str, at: datetime) -> dict[str, str]:
    """Return what the boxes of a day and a time send."""
    local = at.astimezone(LONDON)
    return {
        f"{name}_date": f"{local:%Y-%m-%d}", f"{name}_time": f"{local:%H:%M}",
        f"{name}_zone": f"{local:%Z}",
    }  # fmt: skip


def page(made_up: MadeUp, path: str = "", *, home: bool = False) -> str:
    book = made_up.house(made_up.oak).book if home else made_up.jay.book
    return f"/books/{book}/readers/{path}"


def send(
    made_up: MadeUp, by: Worker, path: str, answers: Mapping[str, str], *, home: bool = False,
    until: timedelta = 12 * AN_HOUR,
) -> Any:  # fmt: skip
    now = timezone.now()
    usual = {
        "worker": made_up.lin.id, "reason": "Kit is ill.", "password": PASSWORD,
        **said("from_at", now), **said("to_at", now + until),
    }  # fmt: skip
    return made_up.browser_of(by).post(page(made_up, path, home=home), {**usual, **answers})


def reads(made_up: MadeUp, who: Worker, *, at: datetime | None = None) -> bool:
    return seen_book(who.id, made_up.jay.book, at=at or timezone.now()) is not None


# One shift


@pytest.mark.policy("P13")
def test_the_manager_gives_an_agency_worker_one_shift_which_ends_by_itself(
    made_up: MadeUp,
) -> None:
    answer = send(made_up, made_up.dana, "appoint/", {"role": "agency_worker"}, home=True)

    assert answer.headers["Location"] == page(made_up, home=True) + "?done=appointed"
    shown = made_up.browser_of(made_up.dana).get(answer.headers["Location"]).text
    for words in ("Lin Osei", "Agency worker", "Kit is ill.", "Dana Whitlock"):
        assert words in shown
    now = timezone.now()
    assert reads(made_up, made_up.lin)
    assert not reads(made_up, made_up.lin, at=now + 13 * AN_HOUR)
    lin = made_up.browser_of(made_up.lin)
    assert lin.get(made_up.book_url(made_up.jay)).status_code == 200
    assert lin.get(made_up.book_url(made_up.noor)).status_code == 200, "their own home stays"
    made_up.write(made_up.jay, "We played draughts.", by=made_up.lin)


def shift_of_ada(made_up: MadeUp) -> tuple[Worker, DraftId]:
    """Give somebody with no other role a shift, in which they begin to write."""
    ada = account(made_up, "ada.kern", "Ada Kern")
    send(made_up, made_up.dana, "appoint/", {"role": "agency_worker", "worker": ada.id}, home=True)
    return ada, made_up.draft(made_up.jay, "We played draughts.", by=ada)


def sign(made_up: MadeUp, draft: DraftId, *, by: Worker) -> str:
    """Sign a draft in a book that its author no longer reads; return the role they sign in."""
    now, opened = timezone.now(), made_up.opened(draft, by=by)
    book = seen_among(by.id, [opened.book], at=now, to=Permission.FINISH_OWN_DRAFT)[opened.book]
    role = role_in(book, at=now, form=opened.form.name)
    signing = Signing(worker=by.id, full_name=by.full_name, role=role, auth="password")
    sign_draft(draft=PreparedDraft(opened, book, at=now), signing=signing)
    return role


def test_after_the_shift_what_was_begun_is_signed_and_nothing_is_read(made_up: MadeUp) -> None:
    ada, draft = shift_of_ada(made_up)
    jay = made_up.book_url(made_up.jay)
    assert made_up.browser_of(ada).get(jay).status_code == 200

    with set_to((timezone.now() + 13 * AN_HOUR).timestamp()):
        browser = made_up.browser_of(ada)
        shown = browser.get("/").text
        assert browser.get(jay).status_code == 404
        assert "Finish and sign what you began" in shown
        assert draft in shown
        assert "We played draughts." in browser.get(f"/drafts/{draft}/").text
        made_up.now = timezone.now()
        assert sign(made_up, draft, by=ada) == "agency worker"
        assert "agency worker" in made_up.browser_of(made_up.sam).get(jay).text
        assert browser.get("/").headers["Location"] == "/nothing-here/"


def test_long_after_the_shift_the_draft_is_for_the_manager_to_hand_on(made_up: MadeUp) -> None:
    ada, draft = shift_of_ada(made_up)

    with set_to((timezone.now() + 25 * AN_HOUR).timestamp()):
        assert made_up.browser_of(ada).get(f"/drafts/{draft}/").status_code == 404
        assert str(draft) in made_up.browser_of(made_up.dana).get("/desk/").text


def test_a_shift_is_ended_before_its_time_with_a_reason(made_up: MadeUp) -> None:
    which = shift(made_up)
    dana, end = (
        made_up.browser_of(made_up.dana),
        page(made_up, f"appointed/{which}/end/", home=True),
    )

    assert "As agreed." in dana.get(end).text
    assert dana.post(end, {"reason": " ", "password": PASSWORD}).status_code == 422
    answer = dana.post(end, {"reason": "Kit is well.", "password": PASSWORD})

    assert answer.headers["Location"] == page(made_up, home=True) + "?done=ended"
    assert not reads(made_up, made_up.robin)
    assert for_a_time_at(made_up.oak, at=timezone.now()) == []
    assert "It has ended already" in dana.post(end, {"reason": "x", "password": PASSWORD}).text


@pytest.mark.parametrize(
    ("answers", "until", "words"),
    [
        ({}, 27 * AN_HOUR, "26 hours at most"),
        ({}, timedelta(0), "The end is"),
        ({"reason": ""}, AN_HOUR, "Give the reason."),
        ({"worker": ""}, AN_HOUR, "Choose who it is for."),
        ({"worker": "0" * 32}, AN_HOUR, "Choose who it is for."),
        ({"role": "registered_manager"}, AN_HOUR, "Select a valid choice."),
        ({"role": "social_worker"}, AN_HOUR, "Select a valid choice."),
        ({"password": "wrong"}, AN_HOUR, "The password is not right."),
        ({"to_at_date": "", "to_at_time": ""}, AN_HOUR, "Give the day and the time."),
    ],
)
def test_what_is_no_shift_is_refused_in_words(
    made_up: MadeUp, answers: dict[str, str], until: timedelta, words: str
) -> None:
    answer = send(
        made_up, made_up.dana, "appoint/", {"role": "agency_worker", **answers}, home=True,
        until=until,
    )  # fmt: skip

    assert answer.status_code == 422
    assert words in answer.text
    assert for_a_time_at(made_up.oak, at=timezone.now()) == []


@pytest.mark.policy("P13")
def test_nobody_gives_themselves_a_shift_or_a_closed_account(made_up: MadeUp) -> None:
    close_account(account=made_up.lin.id, by=made_up.alex.id, at=made_up.now)
    for worker in (made_up.dana.id, made_up.lin.id):
        answer = send(
            made_up,
            made_up.dana,
            "appoint/",
            {"role": "agency_worker", "worker": worker},
            home=True,
        )
        assert answer.status_code == 422
    assert for_a_time_at(made_up.oak, at=timezone.now()) == []


@pytest.mark.policy("P13")
@pytest.mark.parametrize("role", ["residential_worker", "senior", "agency_worker", "inspector"])
def test_who_gives_no_shift_has_no_such_page(made_up: MadeUp, role: str) -> None:
    browser = made_up.browser_of(somebody(made_up, role))

    for path in ("", "give/", "appoint/"):
        for home in (True, False):
            assert browser.get(page(made_up, path, home=home)).status_code == 404
            assert browser.post(page(made_up, path, home=home)).status_code in {404, 405}


def test_a_deputy_gives_a_shift_and_no_access_by_name(made_up: MadeUp) -> None:
    ada = somebody(made_up, "deputy_manager")
    browser = made_up.browser_of(ada)

    offered = browser.get(page(made_up, "appoint/", home=True)).text
    assert "Agency worker" in offered
    assert "Inspector" not in offered
    assert browser.get(page(made_up, "give/", home=True)).status_code == 404
    assert browser.get(page(made_up)).status_code == 404
    answer = send(made_up, ada, "appoint/", {"role": "covering_worker"}, home=True)
    assert answer.status_code == 302
    assert reads(made_up, made_up.lin)


def test_the_manager_of_the_other_home_opens_nothing_here(made_up: MadeUp) -> None:
    which, given = shift(made_up), give(made_up)

    for path in ("", "give/", "appoint/", f"given/{given}/end/", f"appointed/{which}/end/"):
        for home in (True, False):
            answer = made_up.browser_of(made_up.robin).get(page(made_up, path, home=home))
            assert answer.status_code == 404


def test_a_page_that_is_sent_twice_gives_one_shift(made_up: MadeUp) -> None:
    for _ in range(2):
        send(
            made_up, made_up.dana, "appoint/", {"role": "agency_worker", "key": "k" * 32}, home=True
        )

    assert len(for_a_time_at(made_up.oak, at=timezone.now())) == 1


# A visitor of one child


def test_a_social_worker_reads_the_book_of_their_child_wherever_the_child_lives(
    made_up: MadeUp,
) -> None:
    ada = account(made_up, "ada.kern", "Ada Kern")

    answer = send(
        made_up, made_up.dana, "appoint/", {"role": "social_worker", "worker": ada.id},
        until=timedelta(days=90),
    )  # fmt: skip

    assert answer.status_code == 302
    assert [line.worker for line in visitors_of(made_up.jay.id, at=timezone.now())] == [ada.id]
    browser = made_up.browser_of(ada)
    assert browser.get(made_up.book_url(made_up.jay)).status_code == 200
    assert browser.get(f"/books/{made_up.house(made_up.oak).book}/").status_code == 404
    assert browser.get(made_up.book_url(made_up.mika)).status_code == 404
    made_up.leave(made_up.jay)
    assert browser.get(made_up.book_url(made_up.jay)).status_code == 200


def test_an_interpreter_reads_a_few_forms_alone(made_up: MadeUp) -> None:
    ada = somebody(made_up, "interpreter")
    made_up.write(made_up.jay, "Tea.")
    made_up.write(made_up.jay, form="profile_communication", statements=[])
    browser, jay = made_up.browser_of(ada), made_up.book_url(made_up.jay)

    assert "Tea." not in browser.get(jay).text
    assert "How the child communicates" in browser.get(jay).text
    assert jay in browser.get("/").text
    assert browser.get(f"{jay}profile/").status_code == 404


def test_an_advocate_reads_what_the_child_may_read(made_up: MadeUp) -> None:
    ada = somebody(made_up, "advocate")
    number = made_up.write(
        made_up.jay,
        statements=[
            {"text": "Jay laughed."},
            {"text": "His aunt rang.", "sharing": "third_party", "third_party": "his aunt"},
        ],
    ).numbers[made_up.jay.book]
    browser, jay = made_up.browser_of(ada), made_up.book_url(made_up.jay)

    for path in (jay, f"{jay}{number}/", f"{jay}print/"):
        text = browser.get(path).text
        assert "Jay laughed." in text
        assert "aunt" not in text
    found = browser.post("/search/", {"q": "aunt", "within": ""}, follow=True)
    assert "rang" not in found.text


# By name


def test_a_manager_lets_a_colleague_read_one_entry(made_up: MadeUp) -> None:
    number = made_up.write(made_up.jay, "We found a note.").numbers[made_up.jay.book]
    made_up.write(made_up.jay, "We had tea.")
    dana = made_up.browser_of(made_up.dana)
    entry = dana.get(f"{made_up.book_url(made_up.jay)}{number}/").text
    assert f"readers/give/?entry={number}" in entry
    assert f'value="{number}"' in dana.get(page(made_up, f"give/?entry={number}")).text

    answer = send(made_up, made_up.dana, "give/", {"what": "entry", "entry": f"No. {number}"})

    assert answer.headers["Location"] == page(made_up) + "?done=given"
    lin, jay = made_up.browser_of(made_up.lin), made_up.book_url(made_up.jay)
    assert "one entry" in lin.get("/").text
    assert "We found a note." in lin.get(jay).text
    assert "We had tea." not in lin.get(jay).text
    assert f"Entry no. {number}" in dana.get(page(made_up)).text


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"what": ""}, "Choose what they may read."),
        ({"what": "entry"}, "The book has no entry of this number"),
        ({"what": "entry", "entry": "9999"}, "The book has no entry of this number"),
        ({"what": "form"}, "It does not say which form."),
        ({"what": "form", "form": "allegation"}, "Select a valid choice."),
        ({"what": "register"}, "It does not say which register."),
        ({"what": "register", "register": "allegation"}, "Select a valid choice."),
        ({"what": "days"}, "It does not say from which day to which."),
        ({"what": "days", "first_date": "2026-03-09", "last_date": "2026-03-01"}, "from which day"),
        ({"what": "book", "reason": " "}, "Give the reason."),
    ],
)
def test_what_is_no_part_is_refused_in_words(
    made_up: MadeUp, answers: dict[str, str], words: str
) -> None:
    answer = send(made_up, made_up.dana, "give/", answers)

    assert answer.status_code == 422
    assert words in answer.text
    assert grants_of(made_up.jay.book) == []


def test_an_entry_for_managers_is_opened_to_nobody(made_up: MadeUp) -> None:
    number = made_up.write(made_up.jay, form="allegation").numbers[made_up.jay.book]

    answer = send(made_up, made_up.dana, "give/", {"what": "entry", "entry": str(number)})

    assert answer.status_code == 422
    assert "opened to nobody else" in answer.text


@pytest.mark.parametrize(
    "answers",
    [
        {"what": "book"},
        {"what": "form", "form": "note"},
        {"what": "register", "register": "restraint"},
        {"what": "days", "first_date": "2026-03-01", "last_date": "2026-03-09"},
    ],
)
def test_each_part_is_given_listed_and_ended(made_up: MadeUp, answers: dict[str, str]) -> None:
    pages = book_pages(made_up.jay.book)

    assert send(made_up, made_up.dana, "give/", answers).status_code == 302
    [given] = grants_of(made_up.jay.book)
    browser = made_up.browser_of(made_up.dana)
    assert "Lin Osei" in browser.get(page(made_up)).text
    end = page(made_up, f"given/{given.id}/end/")
    assert browser.post(end, {"reason": "Done.", "password": PASSWORD}).status_code == 302

    assert book_pages(made_up.jay.book) == pages + 2
    assert made_up.browser_of(made_up.lin).get(made_up.book_url(made_up.jay)).status_code == 404


def test_a_register_of_the_home_is_read_by_who_it_was_given_to(made_up: MadeUp) -> None:
    made_up.write(
        made_up.jay, "Sam held Jay's arm.", form="restraint",
        answers={"users": [{"id": made_up.sam.id}]},
    )  # fmt: skip
    oak = f"/books/{made_up.house(made_up.oak).book}/"
    send(made_up, made_up.dana, "give/", {"what": "register", "register": "restraint"}, home=True)
    lin = made_up.browser_of(made_up.lin)

    assert f"{oak}registers/restraint/" in lin.get(oak).text
    assert lin.get(f"{oak}registers/restraint/").status_code == 200
    assert lin.get(f"{oak}registers/missing/").status_code == 404
    assert lin.get(f"{oak}registers/").status_code == 404
    assert lin.get(f"{oak}handover/").status_code == 404


def test_the_page_says_who_reads_the_book_because_of_where_they_work(made_up: MadeUp) -> None:
    shown = made_up.browser_of(made_up.dana).get(page(made_up)).text

    for words in ("Sam Okafor", "residential worker", "Kit Adeyemi", "Dana Whitlock"):
        assert words in shown
    assert "Lin Osei" not in shown
    assert "Alex Moreau" not in shown


# Everybody who reads it is listed
def test_the_page_of_a_childs_book_lists_the_visitors_of_the_home_who_read_it(
    made_up: MadeUp,
) -> None:
    inspector, independent = (
        appoint_for_a_time(
            book=made_up.book(made_up.house(made_up.oak), by=made_up.dana), worker=who.id,
            role=role_of(role), reason="The visit of this month.", from_at=made_up.now,
            to_at=made_up.now + AN_HOUR, by=made_up.dana.id, at=made_up.now, auth="password",
        )
        for who, role in ((made_up.lin, "inspector"), (made_up.robin, "independent_person"))
    )  # fmt: skip
    assert inspector != independent

    seen = made_up.browser_of(made_up.dana).get(page(made_up)).text

    assert f"{made_up.lin.full_name}</bdi>, inspector" in seen
    assert f"{made_up.robin.full_name}</bdi>, independent person" not in seen  # no consent
    book = made_up.browser_of(made_up.dana).get(f"/books/{made_up.house(made_up.oak).book}/").text
    assert "The visit of this month." in book
    assert "Until " in book
