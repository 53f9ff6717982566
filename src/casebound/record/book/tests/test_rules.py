"""Who may withdraw an entry: not those it tells of."""

from typing import Any

import pytest
from django.urls import reverse

from casebound.ledger.sealing.actions import Sealed
from casebound.record.book.relations import ADDENDUM, MISFILED, STRIKE, Relation
from casebound.record.book.rules import (
    NamedInEntryError,
    UsedMeasureError,
    WithdrawalStaysError,
)
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import FieldType
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P64")]
WITHDRAWING = [STRIKE, MISFILED]


def write(made_up: MadeUp, **said: Any) -> Sealed:
    return made_up.write(made_up.jay, by=made_up.kit, **said)


def number(made_up: MadeUp, sealed: Sealed) -> int:
    return sealed.numbers[made_up.jay.book]


@pytest.mark.parametrize("how", WITHDRAWING)
def test_who_used_a_measure_cannot_withdraw_its_record(made_up: MadeUp, how: Relation) -> None:
    answers = {"users": [{"id": made_up.sam.id}]}
    sealed = write(made_up, form="restraint", answers=answers)

    with pytest.raises(UsedMeasureError):
        made_up.put_right(made_up.jay, number(made_up, sealed), how, by=made_up.sam)
    made_up.put_right(made_up.jay, number(made_up, sealed), how, by=made_up.dana)


@pytest.mark.parametrize("how", WITHDRAWING)
@pytest.mark.parametrize(
    "said",
    [
        {"present": [{"name": "sam  okafor", "role": ""}], "present_nobody": False},
        {
            "how_known": "told_by",
            "originator": "Sam Okafor",
            "statements": [{"text": "He ran.", "source": "told_by", "told_by": "a neighbour"}],
        },
        {"statements": [{"text": "He ran.", "source": "told_by", "told_by": "Sam Okafor"}]},
    ],
)
def test_who_is_named_in_an_entry_cannot_withdraw_it(
    made_up: MadeUp, how: Relation, said: dict[str, Any]
) -> None:
    sealed = write(made_up, **said)

    with pytest.raises(NamedInEntryError):
        made_up.put_right(made_up.jay, number(made_up, sealed), how, by=made_up.sam)
    made_up.put_right(made_up.jay, number(made_up, sealed), ADDENDUM, by=made_up.sam)
    made_up.put_right(made_up.jay, number(made_up, sealed), how, by=made_up.dana)


@pytest.mark.parametrize("first", WITHDRAWING)
def test_what_withdraws_an_entry_is_not_withdrawn_itself(made_up: MadeUp, first: Relation) -> None:
    sealed = write(made_up)
    strike = made_up.put_right(made_up.jay, number(made_up, sealed), first, by=made_up.dana)

    with pytest.raises(WithdrawalStaysError):
        made_up.put_right(made_up.jay, number(made_up, strike), STRIKE, by=made_up.dana)


def test_the_page_offers_no_strike_to_who_is_named_and_refuses_one(made_up: MadeUp) -> None:
    sealed = write(made_up, present=[{"name": "Sam Okafor", "role": ""}], present_nobody=False)
    place = [made_up.jay.book, number(made_up, sealed)]
    sams, danas = made_up.browser_of(made_up.sam), made_up.browser_of(made_up.dana)
    page = reverse("chronology:entry", args=place)

    assert "Add to this entry" in sams.get(page).text
    assert "Strike this entry through" not in sams.get(page).text
    assert "Strike this entry through" in danas.get(page).text
    refused = sams.post(reverse("drafting:put_right", args=[*place, "strike"]))
    assert refused.status_code == 403
    assert "You are named in it." in refused.text
    assert danas.post(reverse("drafting:put_right", args=[*place, "strike"])).status_code == 302


@pytest.mark.policy("P40")
def test_misfiled_words_are_readable_to_those_who_answer_for_the_book(made_up: MadeUp) -> None:
    sealed = made_up.write(made_up.jay, "The lighthouse was loud.", by=made_up.kit)
    why = "It was another house."
    made_up.put_right(made_up.jay, number(made_up, sealed), MISFILED, why, by=made_up.kit)
    page = reverse("chronology:entry", args=[made_up.jay.book, number(made_up, sealed)])

    sams = made_up.browser_of(made_up.sam).get(page).text
    danas = made_up.browser_of(made_up.dana).get(page).text

    assert why in sams
    assert "lighthouse" not in sams
    assert why in danas
    assert "The lighthouse was loud." in danas


@pytest.mark.policy("P60")
@pytest.mark.parametrize(
    ("form", "field"),
    [
        ("search", "searched_by"),
        ("access_limit", "decided_by"),
        ("surveillance", "used_by"),
        ("bedroom_observation", "used_by"),
        ("contact_limit", "decided_by"),
        ("single_separation", "used_by"),
        ("single_separation", "authorised_by"),
    ],
)
def test_who_used_or_decided_a_measure_is_picked_and_does_not_withdraw_its_record(
    made_up: MadeUp, form: str, field: str
) -> None:
    asked = catalogue.form(form).field(field)
    assert (asked.type, asked.party) == (FieldType.WORKERS, True)
    if catalogue.form(form).only_in:
        return  # no secure home is made up

    sealed = write(made_up, form=form, answers={field: [{"id": made_up.dana.id}]})
    with pytest.raises(NamedInEntryError):
        made_up.put_right(made_up.jay, number(made_up, sealed), STRIKE, by=made_up.dana)
    made_up.put_right(made_up.jay, number(made_up, sealed), STRIKE, by=made_up.kit)
