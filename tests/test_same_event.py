"""Several entries of one event: offered, filled in, linked, and what became of each (P02, P40)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casebound.foundation.base.ids import DraftId
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.checking import full
from casebound.ledger.sealing.reads import entry_at
from casebound.reading.chronology.models import Line
from casebound.record.book.entries import Entry
from casebound.record.book.relations import (
    CORRECTION,
    JOINS,
    MISFILED,
    SAME_EVENT,
    STRIKE,
    Relation,
)
from casebound.record.drafting import actions
from casebound.record.drafting.reads import OpenDraft
from casebound.record.drafting.tests.pages import draft_rows, url
from casebound.record.rendering.audience import Reader
from casebound.record.rendering.entry_view import from_row
from casebound.record.rendering.html import entry_html
from casebound.record.rendering.samples import AS_WRITTEN
from casebound.rulebook.catalogue.content import HowKnown
from tests.made_up import PASSWORD, Child, MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P40")]
WHERE = "The garden"
BEFORE = "They had quarrelled about a game."


@pytest.fixture
def sam(made_up: MadeUp) -> Client:
    return made_up.browser_of(made_up.sam)


@pytest.fixture
def ada(made_up: MadeUp) -> Child:
    return made_up.admit("Ada Brightwater", "Ada", made_up.oak)


def incident(made_up: MadeUp, *others: Child, **said: object) -> Sealed:
    given: Any = {
        "where": WHERE,
        "also_about": [other.id for other in others],
        "answers": {"before": BEFORE, "injured": "child", "injuries": "A graze on the knee.",
                    "medical_help": "first_aid", "treatment": "A plaster, by Sam."},
        **said,
    }  # fmt: skip
    return made_up.write(made_up.jay, "A fence was broken.", form="incident", **given)


def begun(made_up: MadeUp, first: Sealed, form: str, child: Child, by: Worker) -> OpenDraft:
    """Press the button for a form on the page of an entry in Jay's book."""
    number = first.numbers[made_up.jay.book]
    browser = made_up.browser_of(by)
    answer = browser.post(url("same_event", made_up.jay.book, number, form), {"child": child.book})
    assert answer.status_code == 302
    return made_up.opened(DraftId(answer.headers["Location"].split("/")[2]), by=by)


def second(made_up: MadeUp, first: Sealed, form: str, child: Child) -> Sealed:
    """Write and sign another entry of the event, as Sam."""
    draft = begun(made_up, first, form, child, made_up.sam)
    known = draft.content
    given = {"same_event": list(known.same_event), "where": known.where,
             "also_about": list(known.also_about)}  # fmt: skip
    made_up.save(draft.id, made_up.content("Sam held an arm.", form=form, **given))
    return made_up.sign(draft.id)


def line(child: Child, number: int, reader: Reader = Reader.STAFF) -> str:
    row = Line.objects.get(book_id=child.book, number=number)
    return entry_html(from_row(row.body), reader=reader, old_names={}, other_names=AS_WRITTEN)


def page(browser: Client, child: Child, number: int) -> str:
    return str(browser.get(reverse("chronology:entry", args=[child.book, number])).text)


def test_what_is_known_is_filled_in_and_the_two_lead_to_each_other(
    made_up: MadeUp, sam: Client
) -> None:
    first = incident(made_up)
    number = first.numbers[made_up.jay.book]
    assert "Record restraint" in page(sam, made_up.jay, number)

    draft = begun(made_up, first, "restraint", made_up.jay, made_up.sam)
    known = draft.content
    assert known.where == WHERE
    assert known.how_known is HowKnown.WAS_THERE
    assert known.present_nobody
    assert known.answers["behaviour"] == BEFORE
    assert known.answers["injuries"] == "A graze on the knee."
    assert begun(made_up, first, "restraint", made_up.jay, made_up.sam).id == draft.id
    assert 'name="same_event"' in sam.get(url("write", draft.id)).text

    other = second(made_up, first, "restraint", made_up.jay)
    entry = entry_at(made_up.jay.book, other.numbers[made_up.jay.book])
    assert entry is not None
    assert [
        (reference.relation, reference.entry_id) for reference in Entry.read(entry).references
    ] == [(SAME_EVENT, first.entry_id)]
    assert full().ok
    for reader in (Reader.STAFF, Reader.CHILD):
        assert "Also recorded: Restraint no. 3" in line(made_up.jay, number, reader)
        assert "Also recorded: Incident no. 2" in line(made_up.jay, 3, reader)
    assert "Record restraint" not in page(sam, made_up.jay, number)


def test_of_a_colleague_s_entry_only_when_where_and_who_is_filled_in(made_up: MadeUp) -> None:
    first = incident(made_up)

    known = begun(made_up, first, "restraint", made_up.jay, made_up.dana).content

    assert known.where == WHERE
    assert [person.name for person in known.present] == ["Sam Okafor"]
    assert known.how_known is HowKnown.NOT_SAID
    assert "behaviour" not in known.answers


def test_a_draft_that_nobody_typed_in_is_empty(made_up: MadeUp) -> None:
    draft = begun(made_up, incident(made_up), "restraint", made_up.jay, made_up.sam)

    assert draft.content == draft.first
    assert draft_rows(made_up.sam.id) == [draft.id]


def test_each_of_several_children_is_offered_and_each_book_shows_its_own(
    made_up: MadeUp, sam: Client, ada: Child
) -> None:
    first = incident(made_up, ada)
    words = page(sam, made_up.jay, 2)
    assert "Record restraint: <bdi>Ada</bdi>" in words
    assert "Record restraint: <bdi>Jay</bdi>" in words

    known = begun(made_up, first, "restraint", ada, made_up.sam)
    assert known.book == ada.book
    assert [person.name for person in known.content.present] == ["Jay"]
    assert known.content.answers["behaviour"] == BEFORE
    assert "injuries" not in known.content.answers  # nobody said whose they were
    second(made_up, first, "restraint", made_up.jay)
    second(made_up, first, "restraint", ada)

    assert "Also recorded: Restraint no. 3" in line(made_up.jay, 2)
    assert "Also recorded: Restraint no. 3" in line(ada, 2)
    for child, other in ((made_up.jay, ada), (ada, made_up.jay)):
        for number in (2, 3):
            assert other.book not in line(child, number)
            assert other.called not in line(child, number, Reader.CHILD)
    staff = page(sam, made_up.jay, 3)
    assert f'/books/{ada.book}/3/">Restraint no. 3 in the book of another child (A.)' in staff
    assert "Restraint no. 3 in the book of another child (J.)" in page(sam, ada, 3)
    key_worker = page(made_up.browser_of(made_up.kit), made_up.jay, 3)
    assert "Incident no. 2" in key_worker


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (STRIKE, "Also recorded: Incident no. 2, struck through"),
        (CORRECTION, "Also recorded: Incident no. 2, corrected by no. 4"),
        (MISFILED, "Also recorded: no. 2, which is in the wrong book"),
    ],
)
def test_what_became_of_one_stands_at_the_other(made_up: MadeUp, how: Relation, words: str) -> None:
    first = incident(made_up)
    second(made_up, first, "restraint", made_up.jay)

    if how is CORRECTION:
        made_up.put_right(made_up.jay, 2, how, by=made_up.dana)
    else:
        made_up.withdraw(made_up.jay, 2, how)
    assert words in line(made_up.jay, 3)
    before = line(made_up.jay, 3)
    rebuild()
    assert line(made_up.jay, 3) == before


def test_two_entries_are_linked_later_and_a_strike_takes_the_link_back(
    made_up: MadeUp, sam: Client
) -> None:
    incident(made_up)
    made_up.write(made_up.jay, "Jay was held.", form="restraint")
    link = reverse("chronology:join", args=[made_up.jay.book, 2])
    assert "Restraint no. 3 in the book of Jay" in sam.get(link).text

    for wrong in ({"other_number": "2"}, {"other_number": "99"}, {"other_number": "x"}, {}):
        assert "These two are not linked." in sam.post(link, wrong, follow=True).text
    answer = sam.post(link, {"other_number": "3"})
    sign = answer.headers["Location"]
    assert "About one event: no. 2" in sam.get(sign).text or sign.endswith("/sign/")
    assert sam.post(sign, {"password": PASSWORD}).status_code == 302

    entry = entry_at(made_up.jay.book, 4)
    assert entry is not None
    assert {reference.relation for reference in Entry.read(entry).references} == {JOINS}
    assert "Also recorded: Restraint no. 3, linked by no. 4" in line(made_up.jay, 2)
    assert "Also recorded: Incident no. 2, linked by no. 4" in line(made_up.jay, 3)
    assert "About one event: no. 2" in line(made_up.jay, 4)
    assert "About one event: no. 3" in line(made_up.jay, 4)
    assert "These two are not linked." in sam.post(link, {"other_number": "3"}).text

    made_up.put_right(made_up.jay, 4, STRIKE, by=made_up.dana)
    assert "Also recorded" not in line(made_up.jay, 2)
    assert "Also recorded" not in line(made_up.jay, 3)
    rebuild()
    assert "Also recorded" not in line(made_up.jay, 2)


def test_entries_of_two_children_are_linked_for_those_who_read_both_books(
    made_up: MadeUp, sam: Client, ada: Child
) -> None:
    made_up.write(made_up.jay, "Jay was held.", form="restraint")
    other = made_up.write(ada, "Ada was held.", form="restraint")
    link = reverse("chronology:join", args=[made_up.jay.book, 2])
    sign = sam.post(link, {"other": other.entry_id}).headers["Location"]
    assert sam.post(sign, {"password": PASSWORD}).status_code == 302

    assert "Restraint no. 2 in the book of another child (A.)" in page(sam, made_up.jay, 2)
    assert "Restraint no. 2 in the book of another child (J.)" in page(sam, ada, 2)
    for child, other_child in ((made_up.jay, ada), (ada, made_up.jay)):
        assert other_child.book not in line(child, 2)
    assert ada.book not in line(made_up.jay, 3)


def test_an_entry_about_a_colleague_is_pointed_to_for_those_who_answer_for_the_book_alone(
    made_up: MadeUp, sam: Client
) -> None:
    incident(made_up)
    concern = made_up.write(
        made_up.jay, "Somebody said something.", form="allegation", by=made_up.kit
    )
    number = concern.numbers[made_up.jay.book]
    draft = made_up.draft(made_up.jay, form="note", same_event=[concern.entry_id])
    made_up.sign(draft)
    entry = entry_at(made_up.jay.book, number + 1)
    assert entry is not None
    assert Entry.read(entry).references == ()  # Sam does not answer for the book

    dana = made_up.browser_of(made_up.dana)
    link = reverse("chronology:join", args=[made_up.jay.book, 2])
    assert "Safeguarding" not in sam.get(link).text
    assert "These two are not linked." in sam.post(link, {"other_number": str(number)}).text
    sign = dana.post(link, {"other_number": str(number)}).headers["Location"]
    assert dana.post(sign, {"password": PASSWORD}).status_code == 302

    assert "Also recorded" not in line(made_up.jay, 2)
    assert "Also recorded: Safeguarding" in line(made_up.jay, 2, Reader.ANSWERS_FOR_BOOK)
    assert "Safeguarding" not in page(sam, made_up.jay, 2)
    assert f"no. {number}" not in line(made_up.jay, number + 2)


def test_an_entry_that_its_author_may_not_read_is_not_linked(made_up: MadeUp) -> None:
    foreign = made_up.write(made_up.noor, "Noor fell.", form="accident", by=made_up.lin)
    draft = made_up.draft(made_up.jay, form="accident", same_event=[foreign.entry_id])

    sealed = made_up.sign(draft)

    entry = entry_at(made_up.jay.book, sealed.numbers[made_up.jay.book])
    assert entry is not None
    assert Entry.read(entry).references == ()
    with pytest.raises(actions.NotOfEventError):
        actions.begin_joining(
            book=made_up.book(made_up.jay, by=made_up.sam), earlier=entry,
            other=foreign.entry_id, by=made_up.sam.id, at=made_up.now,
        )  # fmt: skip


def test_a_form_that_does_not_belong_to_the_event_and_a_struck_entry_answer_404(
    made_up: MadeUp, sam: Client, ada: Child
) -> None:
    incident(made_up)
    assert sam.post(url("same_event", made_up.jay.book, 2, "restraint")).status_code == 302
    for form, child in (("daily_log", made_up.jay), ("nothing", made_up.jay), ("restraint", ada)):
        address = url("same_event", made_up.jay.book, 2, form)
        assert sam.post(address, {"child": child.book}).status_code == 404
    made_up.withdraw(made_up.jay, 2, STRIKE)
    assert sam.post(url("same_event", made_up.jay.book, 2, "restraint")).status_code == 404
    assert "Record restraint" not in page(sam, made_up.jay, 2)
