"""Nothing is edited: what was wrong is put right by an entry of its own."""

from dataclasses import replace

import pytest
from django.urls import reverse

from casebound.ledger.projecting.actions import catch_up, seal_and_project
from casebound.ledger.sealing.actions import NewEntry, Sealed, StaleBookError
from casebound.ledger.sealing.reads import book_pages, entry_at, entry_of, size
from casebound.record.book.entries import Entry, Reference
from casebound.record.book.relations import CORRECTION, MISFILED, RELATIONS, STRIKE, Relation
from casebound.record.drafting import actions
from casebound.record.drafting.reads import About, OpenDraft
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P64")]


def read(sealed: Sealed) -> Entry:
    found = entry_of(sealed.entry_id)
    assert found is not None
    return Entry.read(found)


def correction(made_up: MadeUp, wrong: Sealed) -> OpenDraft:
    """Begin to correct an entry, and write what is to be said."""
    number = wrong.numbers[made_up.jay.book]
    draft = actions.begin_draft(
        book=made_up.book(made_up.jay),
        form="correction",
        by=made_up.sam.id,
        at=made_up.now,
        about=About(
            relation=CORRECTION,
            entry_id=wrong.entry_id,
            index=wrong.index,
            number=number,
            pages=book_pages(made_up.jay.book),
        ),
        content=made_up.content("It was Tuesday."),
    )
    return made_up.opened(draft)


@pytest.mark.parametrize("how", sorted(RELATIONS))
def test_the_original_stays_word_for_word_in_the_ledger(made_up: MadeUp, how: Relation) -> None:
    wrong = made_up.write(made_up.jay, "It was Monday.")
    before = entry_of(wrong.entry_id)

    right = made_up.put_right(made_up.jay, wrong.numbers[made_up.jay.book], how)

    assert entry_of(wrong.entry_id) == before
    fact = read(right)
    assert (fact.form, fact.references) == (
        how.key,
        (Reference(how, wrong.entry_id, wrong.index),),
    )


def test_a_correction_can_itself_be_corrected(made_up: MadeUp) -> None:
    wrong = made_up.write(made_up.jay)
    first = made_up.put_right(made_up.jay, wrong.numbers[made_up.jay.book], CORRECTION)

    second = made_up.put_right(made_up.jay, first.numbers[made_up.jay.book], CORRECTION)

    assert read(second).references[0].entry_id == first.entry_id


def test_what_is_put_right_in_a_book_that_has_grown_is_refused_with_the_new_pages(
    made_up: MadeUp,
) -> None:
    draft = correction(made_up, made_up.write(made_up.jay))
    new = made_up.write(made_up.jay, "Kit saw it too.", by=made_up.kit)
    number = new.numbers[made_up.jay.book]

    with pytest.raises(StaleBookError, match=f"New since then: no. {number}"):
        made_up.sign(draft.id)

    assert book_pages(made_up.jay.book) == number
    assert made_up.opened(draft.id).content.statements[0].text == "It was Tuesday."


def test_many_new_pages_are_named_from_the_first_to_the_last(made_up: MadeUp) -> None:
    draft = correction(made_up, made_up.write(made_up.jay))
    new = [made_up.write(made_up.jay).numbers[made_up.jay.book] for _ in range(12)]

    with pytest.raises(StaleBookError, match=f"nos {new[0]} to {new[-1]}"):
        made_up.sign(draft.id)


def test_who_has_read_what_is_new_can_sign(made_up: MadeUp) -> None:
    draft = correction(made_up, made_up.write(made_up.jay))
    new = made_up.write(made_up.jay, by=made_up.kit).numbers[made_up.jay.book]

    actions.read_again(draft=draft, pages=new, at=made_up.now)
    done = made_up.sign(draft.id)

    assert done.numbers[made_up.jay.book] == new + 1


def test_an_ordinary_entry_is_never_stale(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    new = made_up.write(made_up.jay, by=made_up.kit).numbers[made_up.jay.book]

    assert made_up.sign(draft).numbers[made_up.jay.book] == new + 1
    other = made_up.opened(made_up.draft(made_up.jay))
    assert actions.read_again(draft=other, pages=new, at=made_up.now) is other


def test_reading_again_loses_nothing_typed_in_another_window(made_up: MadeUp) -> None:
    draft = correction(made_up, made_up.write(made_up.jay))
    actions.save_draft(
        draft=draft, content=made_up.content("Typed since."), version=draft.version,
        at=made_up.now,
    )  # fmt: skip

    with pytest.raises(actions.DraftChangedError):
        actions.read_again(draft=draft, pages=99, at=made_up.now)

    assert made_up.opened(draft.id).content.statements[0].text == "Typed since."


def test_an_admission_is_nothing_that_can_be_drawn_on(made_up: MadeUp) -> None:
    admission = entry_at(made_up.jay.book, 1)
    assert admission is not None

    log = made_up.write(made_up.jay, drew_on=[admission.entry_id])

    assert read(log).references == ()


def test_what_is_about_a_page_nobody_wrote_stops_no_other_page_from_showing(
    made_up: MadeUp,
) -> None:
    log = read(made_up.write(made_up.jay))
    admission = entry_at(made_up.jay.book, 1)
    assert admission is not None
    fact = replace(log, references=(Reference(STRIKE, admission.entry_id, admission.index),))

    seal_and_project(
        NewEntry(
            books=(made_up.jay.book,), parts=fact.parts(), signed_by=made_up.sam.id,
            signed_at=made_up.now, auth="password",
        )
    )  # fmt: skip

    assert catch_up() == size()


@pytest.mark.policy("P63")
def test_what_is_barred_from_view_is_not_shown_by_beginning_to_put_it_right(
    made_up: MadeUp,
) -> None:
    wrong = made_up.write(made_up.jay, "This belongs somewhere else.")
    number = wrong.numbers[made_up.jay.book]
    address = reverse("drafting:put_right", args=[made_up.jay.book, number, "addendum"])
    browser = made_up.browser_of(made_up.sam)

    assert browser.post(address).status_code == 302
    made_up.put_right(made_up.jay, number, MISFILED)
    assert browser.post(address).status_code == 404
