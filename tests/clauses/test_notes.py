"""The record grows out of notes, and a note stays as it was first written (P02, P07)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from casebound.ledger.sealing import blobs
from casebound.ledger.sealing.reads import entry_at, files_known
from casebound.record.attachments.reads import files_known as files_of_drafts
from casebound.record.attachments.tests import build
from casebound.record.book.entries import Entry
from tests.made_up import Child, MadeUp
from tests.pages import as_shown

pytestmark = pytest.mark.django_db
TALK = {"taken_during": "key_session"}
WORDS = "Jay: “I would like to ring my brother.”"


def page(made_up: MadeUp, child: Child, number: int) -> str:
    """Return the page of an entry as Sam reads it, without its markup."""
    address = reverse("chronology:entry", args=[child.book, number])
    return strip_tags(as_shown(made_up.browser_of(made_up.sam).get(address)))


@pytest.mark.policy("P02")
def test_an_entry_leads_to_every_note_it_grew_out_of_and_each_note_to_every_entry(
    made_up: MadeUp,
) -> None:
    first = made_up.write(made_up.jay, WORDS, form="note", answers=TALK)
    second = made_up.write(made_up.jay, "Ring at six.", form="note", answers=TALK, by=made_up.kit)
    drew = [first.entry_id, second.entry_id]
    session = made_up.write(made_up.jay, "We planned a call.", form="key_session", drew_on=drew)
    contact = made_up.write(made_up.jay, "They talked.", form="contact", drew_on=drew[:1])

    numbers = [sealed.numbers[made_up.jay.book] for sealed in (first, second, session, contact)]
    pages = {number: page(made_up, made_up.jay, number) for number in numbers}
    one, other, talk, call = numbers

    assert f"Used in no. {talk}" in pages[one]
    assert f"no. {call}" in pages[one].split("Used in", 1)[1]
    assert f"Used in no. {talk}" in pages[other]
    assert f"no. {call}" not in pages[other].split("Used in", 1)[1][:40]
    assert {f"no. {one}" in pages[talk], f"no. {other}" in pages[talk]} == {True}
    assert f"no. {one}" in pages[call]


@pytest.mark.policy("P07")
def test_what_was_first_noted_and_photographed_stays_when_the_entry_is_written_from_it(
    made_up: MadeUp,
) -> None:
    photographed = build.picture("PNG", (80, 82))
    draft = made_up.draft(made_up.jay, WORDS, form="note", answers=TALK)
    made_up.attach(draft, photographed, kind="page")
    note = made_up.sign(draft)
    number = note.numbers[made_up.jay.book]
    before = entry_at(made_up.jay.book, number)

    made_up.write(made_up.jay, "We talked.", form="key_session", drew_on=[note.entry_id])
    known = files_known() | files_of_drafts()
    blobs.remove_strays(known, before=timezone.now() + timedelta(days=400))

    after = entry_at(made_up.jay.book, number)
    assert before is not None
    assert after == before
    assert [statement.text for statement in Entry.read(after).content.statements] == [WORDS]
    address = reverse("attachments:file", args=[made_up.jay.book, number, 1, "original"])
    answer = made_up.browser_of(made_up.sam).get(address)
    assert answer.getvalue() == photographed
