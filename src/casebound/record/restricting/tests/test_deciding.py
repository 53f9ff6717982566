"""Who decides, two who decide at once, and who may not know of it (P13, P37, P42)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.refusals import NotAllowedError
from casebound.ledger.sealing.reads import book_pages
from casebound.people.restricted.holding import WHOLE, Scope
from casebound.people.restricted.models import Restriction
from casebound.record.book.reads import entry_in
from casebound.record.book.relations import ADDENDUM, CORRECTION, STRIKE
from casebound.record.restricting import reads, refusals
from casebound.record.restricting.actions import note_discussed, set_interval
from casebound.record.restricting.tests.test_restricting import (
    due,
    leaf_of,
    restrict,
    review,
    states,
    written,
)
from tests.made_up import MadeUp, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def lee(made_up: MadeUp) -> Worker:
    return made_up._deputy()


def test_of_two_managers_at_once_the_second_reads_what_the_first_decided(
    made_up: MadeUp, lee: Worker
) -> None:
    number = written(made_up)

    restrict(made_up, number, "s1", seen=0)
    with pytest.raises(refusals.ChangedMeanwhileError):
        restrict(made_up, number, "s2", seen=0, by=lee)
    with pytest.raises(refusals.RestrictedAlreadyError):
        restrict(made_up, number, "s1", by=lee)
    assert Restriction.objects.count() == 1


def test_of_two_reviews_at_once_one_counts(made_up: MadeUp, lee: Worker) -> None:
    which = restrict(made_up, written(made_up))
    seen = reads.last_step(made_up.jay.book, int(which.split("-", maxsplit=1)[0]))

    review(made_up, which, "released", reason="She was told.", seen=seen)
    with pytest.raises(refusals.NotHeldError):
        review(made_up, which, "renewed", seen=seen, by=lee)
    assert states(which) == ["released"]


def test_what_somebody_else_signs_meanwhile_refuses_nothing(made_up: MadeUp) -> None:
    number = written(made_up)
    seen = reads.last_step(made_up.jay.book, leaf_of(made_up, number))

    made_up.write(made_up.jay, "It rained.", by=made_up.kit)

    assert restrict(made_up, number, seen=seen)


def test_a_page_that_is_sent_twice_decides_once(made_up: MadeUp) -> None:
    number = written(made_up)
    which = restrict(made_up, number, seen=0, key="page")
    pages = book_pages(made_up.jay.book)

    assert restrict(made_up, number, seen=0, key="page") == which
    review(made_up, which, "released", key="other")
    review(made_up, which, "released", key="other", seen=0)
    assert book_pages(made_up.jay.book) == pages + 1


def test_only_who_answers_for_the_book_decides(made_up: MadeUp) -> None:
    number = written(made_up)

    with pytest.raises(refusals.NotYoursToDecideError):
        restrict(made_up, number, by=made_up.sam)
    with pytest.raises(NotAllowedError):
        set_interval(
            ground="risk_to_child", days=9, by=made_up.dana.id, at=made_up.now, auth="password"
        )


@pytest.mark.policy("P13")
def test_who_took_part_in_it_does_not_decide(made_up: MadeUp, lee: Worker) -> None:
    users = [{"id": made_up.dana.id}]
    sealed = made_up.write(
        made_up.jay, "Dana held Jay.", form="restraint", answers={"users": users}
    )
    number = sealed.numbers[made_up.jay.book]

    with pytest.raises(refusals.InvolvedError):
        restrict(made_up, number)
    assert restrict(made_up, number, by=lee)


@pytest.mark.policy("P13")
def test_who_it_is_about_knows_nothing_of_it_even_after_it_is_released(
    made_up: MadeUp, lee: Worker
) -> None:
    number = written(made_up, by=made_up.kit)
    entry = reverse("chronology:entry", args=[made_up.jay.book, number])
    which = restrict(made_up, number, WHOLE, scope=Scope.NEED_TO_KNOW, kept_from=[lee.id])
    page = reverse("restricting:restriction", args=[made_up.jay.book, which])
    browser, dana = made_up.browser_of(lee), made_up.browser_of(made_up.dana)

    def sees_nothing() -> bool:
        section, desk = browser.get(reverse("restricting:section")), browser.get("/desk/")
        return which not in section.text + desk.text and {
            browser.get(path).status_code for path in (entry, page)
        } == {404}

    assert sees_nothing()
    assert which in dana.get(reverse("restricting:section")).text
    review(made_up, which, "released", reason="It was not so.")
    assert sees_nothing()
    assert dana.get(entry).status_code == 200
    assert made_up.browser_of(made_up.sam).get(entry).status_code == 200


@pytest.mark.policy("P13", "P37")
def test_what_is_restricted_among_staff_later_is_gone_for_who_need_not_know(
    made_up: MadeUp,
) -> None:
    number = written(made_up, by=made_up.kit)
    sam = made_up.browser_of(made_up.sam)
    entry = reverse("chronology:entry", args=[made_up.jay.book, number])
    assert "Her aunt" in sam.get(made_up.book_url(made_up.jay)).text
    pages = [reverse("desk:shift"), made_up.book_url(made_up.jay)]
    pages += [reverse("handover:handover", args=[made_up.house(made_up.oak).book])]

    restrict(made_up, number, WHOLE, scope=Scope.NEED_TO_KNOW)

    assert sam.get(entry).status_code == 404
    assert not [page for page in pages if "Her aunt" in sam.get(page).text]
    found = sam.post(reverse("search:search"), {"q": "aunt"}, follow=True)
    assert "Her aunt" not in found.text
    kit = made_up.browser_of(made_up.kit)
    assert "Her aunt" in kit.get(entry).text
    assert "restricted" not in sam.get(reverse("desk:shift")).text.lower()


@pytest.mark.policy("P42")
def test_a_whole_entry_moves_to_the_managers_and_is_opened_again(made_up: MadeUp) -> None:
    number = written(made_up)
    entry = reverse("chronology:entry", args=[made_up.jay.book, number])
    kit, dana = made_up.browser_of(made_up.kit), made_up.browser_of(made_up.dana)
    part = restrict(made_up, number, "s2")
    with pytest.raises(refusals.NoSectionError):
        review(made_up, part, "moved", to="managers")
    which = restrict(made_up, number, WHOLE, scope=Scope.NEED_TO_KNOW)
    assert kit.get(entry).status_code == 200

    review(made_up, which, "moved", to="managers", reason="It is a complaint.")

    assert kit.get(entry).status_code == 404
    assert dana.get(entry).status_code == 200
    assert "For managers alone" in dana.get(reverse("restricting:section")).text
    assert len(due(made_up)) == 2
    review(made_up, which, "moved", to="need_to_know", reason="He looks after her.")
    assert kit.get(entry).status_code == 200
    assert states(which) == ["moved", "moved", "held"]
    review(made_up, which, "released")
    assert made_up.browser_of(made_up.sam).get(entry).status_code == 200
    decisions = range(number + 1, book_pages(made_up.jay.book) + 1)
    for decision in decisions:
        page = reverse("chronology:entry", args=[made_up.jay.book, decision])
        assert (kit.get(page).status_code, dana.get(page).status_code) == (404, 200)


def test_what_is_struck_through_stays_restricted_and_is_looked_at_again(made_up: MadeUp) -> None:
    on = day_of(made_up.now) + timedelta(days=9)
    withheld = {
        "text": "Her aunt has not been told yet.", "sharing": "withheld",
        "ground": "risk_to_child", "reason": "She would hear it alone.", "review_on": f"{on}",
    }  # fmt: skip
    number = written(made_up, statements=[withheld])

    made_up.withdraw(made_up.jay, number, STRIKE)

    assert due(made_up) == [on]


def test_the_social_worker_is_told_and_nobody_waits_for_it_any_more(made_up: MadeUp) -> None:
    which = restrict(made_up, written(made_up))
    assert len(due(made_up, "restricted/tell")) == 2

    for who in ("social_worker", "author"):
        note_discussed(
            book=made_up.book(made_up.jay, by=made_up.dana), which=which, what="told", who=who,
            name="Ruth Abara", how="phone", on=day_of(made_up.now), by=made_up.dana.id,
            at=made_up.now, auth="password",
        )  # fmt: skip

    assert due(made_up, "restricted/tell") == []


@pytest.mark.policy("P42")
def test_the_provider_sets_how_far_off_the_day_may_be(made_up: MadeUp) -> None:
    ursula = made_up._worker("ursula.hale", "Ursula Hale")
    made_up._appoint(ursula, "responsible_individual", None)
    far = day_of(made_up.now) + timedelta(days=100)
    number = written(made_up)

    with pytest.raises(refusals.ReviewDayError):
        restrict(made_up, number, review_on=far)
    set_interval(ground="risk_to_child", days=100, by=ursula.id, at=made_up.now, auth="password")
    assert restrict(made_up, number, review_on=far)
    with pytest.raises(refusals.ReviewDayError):
        restrict(made_up, number, "s2", review_on=far + timedelta(days=1))
    page = made_up.browser_of(ursula).get(reverse("restricting:intervals"))
    assert "Ursula Hale" in page.text


def test_an_entry_about_two_children_is_restricted_in_both_books(made_up: MadeUp) -> None:
    ada = made_up.admit("Ada Marigold", "Ada", made_up.oak)
    sealed = made_up.write(
        made_up.jay, "They told of their aunt.", form="incident", also_about=[ada.id]
    )
    number = sealed.numbers[made_up.jay.book]

    restrict(made_up, number)

    assert set(Restriction.objects.values_list("book_id", flat=True)) == {
        made_up.jay.book, ada.book,
    }  # fmt: skip


@pytest.mark.policy("P63")
def test_what_told_more_of_an_entry_before_it_was_restricted_is_kept_with_it(
    made_up: MadeUp,
) -> None:
    jay, kit = made_up.jay, made_up.kit
    number = made_up.write(jay, "She hurt herself.", by=kit).numbers[jay.book]
    added = made_up.put_right(jay, number, ADDENDUM, "It was her arm.", by=kit)
    again = made_up.put_right(jay, added.numbers[jay.book], CORRECTION, "Her left one.", by=kit)
    numbers = [number, added.numbers[jay.book], again.numbers[jay.book]]

    def open_to(worker: Worker) -> list[bool]:
        book = made_up.book(jay, by=worker)
        return [entry_in(book, each) is not None for each in numbers]

    assert open_to(made_up.sam) == [True] * 3
    which = restrict(made_up, number, WHOLE, scope=Scope.NEED_TO_KNOW)
    assert open_to(made_up.sam) == [False] * 3
    assert open_to(made_up.dana) == open_to(kit) == [True] * 3
    review(made_up, which, "released", reason="It is known.")
    assert open_to(made_up.sam) == [True] * 3


@pytest.mark.policy("P63")
def test_what_told_more_of_an_entry_moves_to_the_managers_with_it(made_up: MadeUp) -> None:
    jay, kit = made_up.jay, made_up.kit
    number = made_up.write(jay, "She hurt herself.").numbers[jay.book]
    numbers = [number, made_up.put_right(jay, number, ADDENDUM, "Her arm.").numbers[jay.book]]

    def open_to(worker: Worker) -> list[bool]:
        book = made_up.book(jay, by=worker)
        return [entry_in(book, each) is not None for each in numbers]

    which = restrict(made_up, number, WHOLE, scope=Scope.NEED_TO_KNOW)
    review(made_up, which, "moved", to="managers", reason="It is a complaint.")
    later = made_up.put_right(jay, number, ADDENDUM, "The left one.", by=made_up.dana)
    numbers.append(later.numbers[jay.book])

    assert open_to(kit) == [False] * 3
    assert open_to(made_up.dana) == [True] * 3
    assert open_to(made_up.sam) == [True, True, False]  # his own
    review(made_up, which, "moved", to="need_to_know", reason="He looks after her.")
    assert open_to(kit) == [True] * 3
    review(made_up, which, "released", reason="It is known.")
    assert open_to(made_up.sam) == [True] * 3
