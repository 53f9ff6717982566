"""What was refused is kept, shown to those who answer for the people, and never to themselves."""

import pytest
from django.urls import reverse

from casebound.people.events.kinds import EventKind
from casebound.people.events.reads import SecurityEventSeen, events_of
from tests.made_up import MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P13"), pytest.mark.policy("P63")]


def refused(worker: Worker) -> list[SecurityEventSeen]:
    kind = EventKind.REFUSED_LOOK
    return [event for event in events_of([worker.id]) if event.kind is kind]


def test_a_look_at_a_book_of_another_home_is_kept_and_its_manager_sees_it(made_up: MadeUp) -> None:
    made_up.browser_of(made_up.lin).get(made_up.book_url(made_up.jay))

    [event] = refused(made_up.lin)
    address = reverse("access:security")
    oak = made_up.browser_of(made_up.dana).get(address).text
    elm = made_up.browser_of(made_up.robin).get(address).text
    everybody = made_up.browser_of(made_up.alex).get(address).text

    assert (event.what, event.about_id) == ("chronology:book", made_up.jay.book)
    assert "Lin Osei" in oak
    assert "the book of Jay" in oak
    assert "Lin Osei" in elm
    assert "Jay" not in elm, "whose book it was, only who reads it is told"
    assert "Jay" not in everybody
    assert "Lin Osei" in everybody


def test_a_draft_of_somebody_else_and_a_page_of_others_are_kept(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    kit = made_up.browser_of(made_up.kit)
    kit.get(f"/drafts/{draft}/")
    kit.get("/people/")

    assert {event.what.split(":")[0] for event in refused(made_up.kit)} == {"drafting", "access"}


@pytest.mark.parametrize("path", ["/books/{none}/", "/books/{book}/999/", "/nothing/"])
def test_what_is_not_there_is_not_kept(made_up: MadeUp, path: str) -> None:
    made_up.browser_of(made_up.sam).get(path.format(none="0" * 32, book=made_up.jay.book))

    assert refused(made_up.sam) == []


def test_the_desk_counts_and_leads_there(made_up: MadeUp) -> None:
    made_up.browser_of(made_up.sam).get(made_up.book_url(made_up.noor))

    desk = made_up.browser_of(made_up.dana).get(reverse("desk:desk")).text

    assert "1 security event in seven days" in desk
    assert reverse("access:security") in desk


@pytest.mark.parametrize("who", ["sam", "kit", "lin"])
def test_workers_do_not_see_each_other_s_events(made_up: MadeUp, who: str) -> None:
    worker: Worker = getattr(made_up, who)

    assert made_up.browser_of(worker).get(reverse("access:security")).status_code == 404
