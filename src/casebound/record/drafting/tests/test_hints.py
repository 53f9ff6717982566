"""Hints on the writing page, in the read-through, and the words that hold up signing."""

import pytest
from django.urls import reverse

from casebound.ledger.sealing.reads import entry_of
from casebound.record.book.entries import Entry
from casebound.record.drafting.actions import IncompleteError
from tests.made_up import MadeUp

pytestmark = pytest.mark.django_db

OFFENDS = "The handicapped toilet was closed."


def hinted(made_up: MadeUp, text: str, **more: str) -> str:
    address = reverse("drafting:hints", args=[made_up.draft(made_up.jay)])
    return made_up.browser_of(made_up.sam).post(address, {"text": text, **more}).text


@pytest.mark.policy("P46")
def test_a_statement_is_hinted_at_while_it_is_typed(made_up: MadeUp) -> None:
    shown = hinted(made_up, "Jay absconded at nine.", kind="fact")

    assert "went missing" in shown
    assert 'data-use="went missing"' in shown
    assert hinted(made_up, "Jay went to school.", kind="fact") == ""


@pytest.mark.policy("P46")
@pytest.mark.parametrize(
    "more", [{"kind": "view"}, {"kind": "account"}, {"dismissed_hints": "absconded"}]
)
def test_somebody_s_own_words_and_what_was_waved_away_are_left_alone(
    made_up: MadeUp, more: dict[str, str]
) -> None:
    assert hinted(made_up, "Jay absconded at nine.", **more) == ""


def test_what_was_waved_away_is_kept_with_the_draft_and_never_sealed(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, "Jay absconded.", dismissed_hints=["absconded"])
    browser = made_up.browser_of(made_up.sam)

    assert (
        'name="dismissed_hints" value="absconded"'
        in browser.get(reverse("drafting:write", args=[draft])).text
    )
    assert "Words to look at again" not in browser.get(reverse("drafting:sign", args=[draft])).text
    sealed = entry_of(made_up.sign(draft).entry_id)
    assert sealed is not None
    assert "dismissed_hints" not in sealed.values()


@pytest.mark.policy("P46")
def test_the_read_through_says_them_once_more_without_scripts(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, "Jay absconded at nine.")

    page = made_up.browser_of(made_up.sam).get(reverse("drafting:sign", args=[draft])).text

    assert "Words to look at again" in page
    assert "went missing" in page


@pytest.mark.policy("P45")
def test_an_offending_word_holds_up_signing_until_a_reason_stands(made_up: MadeUp) -> None:
    with pytest.raises(IncompleteError) as refused:
        made_up.write(made_up.jay, OFFENDS)
    assert [(missing.field, missing.rule) for missing in refused.value.missing] == [
        ("statements-1-text", "P45")
    ]

    sealed = made_up.write(made_up.jay, OFFENDS, word_reason="It is what the door says.")

    entry = entry_of(sealed.entry_id)
    assert entry is not None
    assert Entry.read(entry).content.word_reason == "It is what the door says."
    page = made_up.browser_of(made_up.sam).get(made_up.book_url(made_up.jay)).text
    assert "It is what the door says." in page


@pytest.mark.policy("P45")
@pytest.mark.parametrize("statement", [
    {"text": "“The handicapped toilet”, it says."},
    {"text": OFFENDS, "kind": "view"},
    {"text": OFFENDS, "kind": "account", "speaker": "the caretaker"},
])  # fmt: skip
def test_a_quotation_holds_up_nothing(made_up: MadeUp, statement: dict[str, str]) -> None:
    assert made_up.write(made_up.jay, statements=[statement]).entry_id


@pytest.mark.policy("P45")
def test_an_answer_holds_up_signing_as_well(made_up: MadeUp) -> None:
    with pytest.raises(IncompleteError) as refused:
        made_up.write(made_up.jay, "We went out.", answers={"meals": OFFENDS})
    assert [missing.field for missing in refused.value.missing] == ["answers-meals"]
