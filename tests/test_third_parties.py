"""The register of third parties: who may keep it, what it says, what their permission decides."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.refusals import NotAllowedError
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing import reads as sealed
from casebound.reading.chronology.models import Line
from casebound.record.rendering.audience import Reader
from casebound.record.rendering.entry_view import StatementView, from_row
from casebound.record.rendering.seen import seen_by
from casebound.record.third_parties import actions
from casebound.record.third_parties.reads import entries_about, people_of
from casebound.record.third_parties.tests import build
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P39")]
HER_NEWS = "The aunt is in hospital."


def write(made_up: MadeUp, *people: str, words: str = "", said: str = "not_asked") -> int:
    """Write an entry with a statement about some people, by id or in words; return its number."""
    statement = {
        "text": HER_NEWS,
        "sharing": "third_party",
        "third_party": words or "Joan Fairweather",
        "third_party_ids": list(people),
        "permission": said,
    }
    written = made_up.write(made_up.jay, statements=[{"text": "We had tea."}, statement])
    return written.numbers[made_up.jay.book]


def child_reads(made_up: MadeUp, number: int) -> bool:
    """Say whether the child may read the statement in an entry, by the row of the book."""
    row = Line.objects.get(book_id=made_up.jay.book, number=number)
    seen = seen_by(from_row(row.body), Reader.CHILD)
    assert seen is not None
    staff = [statement for statement in from_row(row.body).statements if statement.text == HER_NEWS]
    assert staff
    assert isinstance(staff[0], StatementView)
    return any(statement.text == HER_NEWS for statement in seen.statements)


def test_what_the_register_says_decides_what_the_child_reads_at_once_and_in_every_entry(
    made_up: MadeUp,
) -> None:
    joan = build.add(made_up)
    numbers = [write(made_up, joan), write(made_up, joan)]
    assert [child_reads(made_up, number) for number in numbers] == [False, False]

    build.answer(made_up, joan, "given")
    assert [child_reads(made_up, number) for number in numbers] == [True, True]
    later = write(made_up, joan)
    assert child_reads(made_up, later)

    build.answer(made_up, joan, "withdrawn")
    assert [child_reads(made_up, number) for number in [*numbers, later]] == [False] * 3
    page = made_up.browser_of(made_up.sam).get(
        reverse("chronology:entry", args=[made_up.jay.book, later])
    )
    assert "permission withdrawn" in page.text
    assert HER_NEWS in page.text


def test_an_answer_for_one_entry_opens_that_entry_alone(made_up: MadeUp) -> None:
    joan = build.add(made_up)
    first, second = write(made_up, joan), write(made_up, joan)

    build.answer(made_up, joan, "given", number=first)

    assert (child_reads(made_up, first), child_reads(made_up, second)) == (True, False)
    build.answer(made_up, joan, "withdrawn", number=first)
    assert not child_reads(made_up, first)


def test_a_name_that_was_typed_and_not_picked_means_the_person_of_the_register(
    made_up: MadeUp,
) -> None:
    before = write(made_up, words="joan fairweather", said="given")
    assert child_reads(made_up, before)

    joan = build.add(made_up, also="Auntie J")
    assert not child_reads(made_up, before)
    nick = write(made_up, words="Auntie J")
    build.answer(made_up, joan, "given")
    assert child_reads(made_up, before)
    assert child_reads(made_up, nick)


def test_of_several_people_everybody_has_to_agree(made_up: MadeUp) -> None:
    joan, bo = build.add(made_up), build.add(made_up, "Bo Tandy", relation="neighbour")
    both = write(made_up, joan, bo, words="Joan Fairweather and Bo Tandy")
    with_a_stranger = write(made_up, joan, words="Joan Fairweather, the postman")

    build.answer(made_up, joan, "given")
    assert not child_reads(made_up, both)
    build.answer(made_up, bo, "given")

    assert child_reads(made_up, both)
    assert not child_reads(made_up, with_a_stranger)


def test_the_day_of_an_answer_counts_and_to_be_asked_again_changes_none(made_up: MadeUp) -> None:
    joan, today = build.add(made_up), day_of(made_up.now)
    number = write(made_up, joan)
    build.answer(made_up, joan, "given", on=today - timedelta(days=2))
    build.answer(made_up, joan, "asked", on=today)
    assert child_reads(made_up, number)

    build.answer(made_up, joan, "refused", on=today - timedelta(days=1))
    build.answer(made_up, joan, "given", on=today - timedelta(days=4))

    assert not child_reads(made_up, number)


def test_a_change_keeps_the_person_and_finds_what_was_written_under_the_earlier_name(
    made_up: MadeUp,
) -> None:
    joan = build.add(made_up)
    number = write(made_up, words="Joan Fairweather")
    book = made_up.book(made_up.jay, by=made_up.sam)

    actions.change_person(
        book=book,
        person=joan,
        said=actions.PersonSaid(
            name="Joan Carter", relation="aunt", standing="private", known="no"
        ),
        by=made_up.sam.id,
        at=made_up.now,
        auth="password",
    )

    (person,) = people_of(book)
    assert (person.id, person.name, person.known) == (joan, "Joan Carter", "no")
    assert entries_about(book, person) == [number]
    build.answer(made_up, joan, "given")
    assert child_reads(made_up, number)


def test_what_cannot_be_is_refused(made_up: MadeUp) -> None:
    joan = build.add(made_up)
    with pytest.raises(actions.InRegisterAlreadyError):
        build.add(made_up, "joan  fairweather")
    with pytest.raises(actions.NotInRegisterError):
        build.add(made_up, " ")
    with pytest.raises(actions.NothingToWithdrawError):
        build.answer(made_up, joan, "withdrawn")
    with pytest.raises(actions.PermissionToComeError):
        build.answer(made_up, joan, "given", on=day_of(made_up.now) + timedelta(days=1))
    with pytest.raises(actions.NoSuchEntryError):
        build.answer(made_up, joan, "given", number=1)  # the admission: nobody wrote it
    with pytest.raises(NotAllowedError):
        build.answer(made_up, "0" * 32, "given")
    with pytest.raises(NotAllowedError):
        actions.note_permission(
            book=made_up.book(made_up.noor, by=made_up.lin),
            person=joan,
            answer="given",
            on=day_of(made_up.now),
            how="By letter.",
            for_what="",
            number=None,
            by=made_up.lin.id,
            at=made_up.now,
            auth="password",
        )


def test_a_page_that_is_sent_twice_adds_one_person(made_up: MadeUp) -> None:
    before = sealed.size()

    first, again = (build.add(made_up, key="a page") for _ in range(2))

    assert first == again
    assert sealed.size() == before + 1


def test_the_event_of_a_person_is_no_line_of_the_child_s(made_up: MadeUp) -> None:
    joan = build.add(made_up)
    build.answer(made_up, joan, "given")

    for row in Line.objects.filter(book_id=made_up.jay.book).order_by("-number")[:2]:
        assert "Joan Fairweather" in row.staff_html
        assert seen_by(from_row(row.body), Reader.CHILD) is None


def test_a_worker_keeps_the_register_on_its_pages(made_up: MadeUp) -> None:
    browser, book = made_up.browser_of(made_up.sam), made_up.jay.book
    register = reverse("third_parties:register", args=[book])
    assert "Nobody is in the register yet" in browser.get(register).text
    typed = {
        "name": "Joan Fairweather", "also": "Auntie J, Nan", "relation": "aunt",
        "standing": "private", "known": "yes", "child_knows": "That she is ill.",
    }  # fmt: skip

    short = browser.post(reverse("third_parties:add", args=[book]), {"password": PASSWORD})
    wrong = browser.post(reverse("third_parties:add", args=[book]), {**typed, "password": "no"})
    done = browser.post(reverse("third_parties:add", args=[book]), {**typed, "password": PASSWORD})

    assert (short.status_code, wrong.status_code, done.status_code) == (422, 422, 302)
    assert "Say who they are to the child." in short.text
    page = browser.get(register).text
    assert "Joan Fairweather" in page
    assert "For staff only" in page
    (person,) = people_of(made_up.book(made_up.jay, by=made_up.sam))
    answered = browser.post(
        reverse("third_parties:permission", args=[book, person.id]),
        {"answer": "given", "on_date": day_of(made_up.now).isoformat(), "how": "By letter.",
         "password": PASSWORD},
    )  # fmt: skip
    assert answered.status_code == 302, answered.text
    shown = browser.get(reverse("third_parties:person", args=[book, person.id])).text
    assert "By letter." in shown
    assert "Sam Okafor" in shown
    changed = browser.post(
        reverse("third_parties:change", args=[book, person.id]),
        {**typed, "relation": "great-aunt", "password": PASSWORD},
    )
    assert changed.status_code == 302
    assert "great-aunt" in browser.get(register).text


def test_rebuilt_equals_live(made_up: MadeUp) -> None:
    joan = build.add(made_up)
    number = write(made_up, joan)
    build.answer(made_up, joan, "given")
    book = made_up.book(made_up.jay, by=made_up.sam)
    live = people_of(book)

    rebuild()

    assert people_of(book) == live
    assert child_reads(made_up, number)
