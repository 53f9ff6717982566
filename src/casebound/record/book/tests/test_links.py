"""Entries lead to each other both ways."""

import pytest

from casebound.record.book.models import Link
from casebound.record.book.relations import RELATIONS, Relation
from tests.made_up import MadeUp

pytestmark = pytest.mark.django_db


def test_an_entry_is_linked_to_each_note_it_drew_on(made_up: MadeUp) -> None:
    notes = [made_up.write(made_up.jay, f"Note {n}.", form="note") for n in (1, 2)]

    log = made_up.write(made_up.jay, drew_on=[note.entry_id for note in notes])

    links = Link.objects.filter(from_entry=log.entry_id).order_by("to_index")
    assert [(link.to_entry, link.to_index, link.relation) for link in links] == [
        (note.entry_id, note.index, "drew_on") for note in notes
    ]
    assert {link.from_index for link in links} == {log.index}
    [back] = Link.objects.filter(to_entry=notes[0].entry_id)
    assert (back.from_entry, back.from_form) == (log.entry_id, "daily_log")


@pytest.mark.policy("P64")
@pytest.mark.parametrize("how", sorted(RELATIONS))
def test_what_puts_an_entry_right_is_an_entry_of_its_own_that_leads_to_it(
    made_up: MadeUp, how: Relation
) -> None:
    wrong = made_up.write(made_up.jay)

    right = made_up.put_right(made_up.jay, wrong.numbers[made_up.jay.book], how)

    link = Link.objects.get(to_entry=wrong.entry_id)
    assert (link.from_entry, link.relation, link.from_form) == (
        right.entry_id,
        how.key,
        how.key,
    )
    assert right.numbers[made_up.jay.book] == wrong.numbers[made_up.jay.book] + 1


def test_a_note_of_another_book_cannot_be_drawn_on(made_up: MadeUp) -> None:
    other = made_up.write(made_up.noor, "Noor built a den.", form="note", by=made_up.lin)

    made_up.write(made_up.jay, drew_on=[other.entry_id, "0" * 32])

    assert not Link.objects.exists()


def test_a_link_names_itself_by_ids(made_up: MadeUp) -> None:
    note = made_up.write(made_up.jay, form="note")
    log = made_up.write(made_up.jay, drew_on=[note.entry_id])

    assert str(Link.objects.get()) == f"link {log.entry_id}-0-{made_up.jay.book}"
