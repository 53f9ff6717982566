"""Who told it reads it, and confirms it or corrects it (P28)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.actions import Sealed
from casebound.people.duties.entries import Ended
from casebound.people.duties.reads import duties_of
from casebound.record.book.entries import Entry
from casebound.record.book.relations import CORRECTION, MISFILED, STRIKE, Relation
from casebound.record.followups.relations import CONFIRMS, DISPUTES
from casebound.record.followups.rules import OriginatorOnlyError
from casebound.record.followups.tests.build import about, due, read
from tests.made_up import MadeUp
from tests.readers import reader

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P28")]
KEY = "originator/read"
TOLD = {
    "how_known": "told_by",
    "statements": [
        {"text": "Jay sang in the car.", "source": "told_by", "told_by": "Kit Adeyemi, key worker"}
    ],
}


def told(made_up: MadeUp, **said: Any) -> Sealed:  # Any: whatever a content says
    """Let Sam write what Kit told."""
    given: dict[str, Any] = {
        "originator": "Kit Adeyemi, key worker",
        "originator_id": made_up.kit.id,
        **TOLD,
    }
    return made_up.write(made_up.jay, **{**given, **said})


def page_of(made_up: MadeUp, sealed: Sealed) -> str:
    url = reverse("chronology:entry", args=[made_up.jay.book, sealed.numbers[made_up.jay.book]])
    return made_up.browser_of(made_up.dana).get(url).text


def test_an_entry_names_who_told_and_who_wrote_and_waits_for_who_told(made_up: MadeUp) -> None:
    sealed = told(made_up)

    fact = Entry.read(read(sealed, made_up.jay))
    assert (fact.author.id, fact.content.originator_id) == (made_up.sam.id, made_up.kit.id)
    [waits] = due(made_up, made_up.jay, KEY)
    assert (waits.assigned_to, waits.managers) == (made_up.kit.id, False)
    assert waits.due_at == made_up.now + timedelta(hours=24)
    mine = duties_of(reader(made_up.kit.id), books=[made_up.jay.book], at=made_up.now)
    assert [duty.key for duty in mine] == [KEY]
    assert "To be read by Kit Adeyemi, key worker" in page_of(made_up, sealed)


def test_who_was_there_or_read_it_waits_for_nobody(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, originator_id=made_up.kit.id)
    told(made_up, how_known="was_there")

    assert due(made_up, made_up.jay, KEY) == []


def test_somebody_outside_the_staff_stays_as_typed_and_it_says_that_they_cannot_be_asked(
    made_up: MadeUp,
) -> None:
    sealed = told(made_up, originator="Dawn, their gran", originator_id="")

    assert due(made_up, made_up.jay, KEY) == []
    page = page_of(made_up, sealed)
    assert page.count("The person who told it cannot be asked here to confirm it") == 2
    assert "Dawn, their gran" in page


def test_its_originator_puts_it_right_by_an_entry_of_their_own_and_both_say_so(
    made_up: MadeUp,
) -> None:
    sealed = told(made_up)
    number = sealed.numbers[made_up.jay.book]

    by_dana = made_up.put_right(made_up.jay, number, CORRECTION, by=made_up.dana)
    assert len(due(made_up, made_up.jay, KEY)) == 1
    by_kit = made_up.put_right(made_up.jay, number, CORRECTION, by=made_up.kit)

    assert due(made_up, made_up.jay, KEY) == []
    [ended] = about(made_up, sealed, made_up.jay).values()
    assert (ended.ended, ended.done_by) == (Ended.CORRECTED, made_up.kit.id)
    assert ended.done_number == by_kit.numbers[made_up.jay.book] > by_dana.numbers[made_up.jay.book]
    assert "Corrected by Kit Adeyemi, key worker, who told it" in page_of(made_up, sealed)


@pytest.mark.parametrize(("how", "ended"), [(STRIKE, Ended.STRUCK), (MISFILED, Ended.MISFILED)])
def test_what_does_not_stand_is_not_waited_for_any_more(
    made_up: MadeUp, how: Relation, ended: Ended
) -> None:
    sealed = told(made_up)

    made_up.put_right(made_up.jay, sealed.numbers[made_up.jay.book], how, by=made_up.dana)

    assert due(made_up, made_up.jay, KEY) == due(made_up, made_up.jay, "withdrawn/agree") == []
    [duty] = about(made_up, sealed, made_up.jay).values()
    assert duty.ended is ended
    assert "To be read by Kit" not in page_of(made_up, sealed)


def test_worked_out_again_it_waits_for_the_same(made_up: MadeUp) -> None:
    first, second = told(made_up), told(made_up)
    made_up.put_right(made_up.jay, first.numbers[made_up.jay.book], CORRECTION, by=made_up.kit)
    before = [about(made_up, sealed, made_up.jay) for sealed in (first, second)]

    rebuild()

    assert [about(made_up, sealed, made_up.jay) for sealed in (first, second)] == before


def test_an_id_that_is_none_is_not_kept(made_up: MadeUp) -> None:
    told(made_up, originator_id="<script>")

    assert due(made_up, made_up.jay, KEY) == []


def test_its_originator_confirms_it_and_nobody_else_can(made_up: MadeUp) -> None:
    sealed = told(made_up)
    number = sealed.numbers[made_up.jay.book]

    for other in (made_up.sam, made_up.dana):
        with pytest.raises(OriginatorOnlyError, match="the person who told it"):
            made_up.begin_following(made_up.jay, number, "originator_read", by=other)
    confirmed = made_up.follow(made_up.jay, number, "originator_read", by=made_up.kit)

    assert due(made_up, made_up.jay, KEY) == []
    fact = Entry.read(read(confirmed, made_up.jay))
    assert [reference.relation for reference in fact.references] == [CONFIRMS]
    page = page_of(made_up, sealed)
    assert "Read and confirmed by Kit Adeyemi, key worker" in page
    assert f"/books/{made_up.jay.book}/{confirmed.numbers[made_up.jay.book]}/" in page


def test_an_originator_who_says_what_is_not_right_disputes_it(made_up: MadeUp) -> None:
    sealed = told(made_up)

    corrected = made_up.follow(
        made_up.jay, sealed.numbers[made_up.jay.book], "originator_read", by=made_up.kit,
        answers={"is_right": "no", "not_right": "Jay hummed."},
    )  # fmt: skip

    fact = Entry.read(read(corrected, made_up.jay))
    assert [reference.relation for reference in fact.references] == [DISPUTES]
    assert due(made_up, made_up.jay, KEY) == []
    page = page_of(made_up, sealed)
    assert "Kit Adeyemi, key worker says that this is not what they said" in page
    assert "Disputed by no." in page
