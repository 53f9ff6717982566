"""What is held back from the child is plainly marked as such, wherever it shows (P38)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casebound.ledger.sealing.reads import entry_at
from casebound.record.book.entries import Entry
from casebound.record.book.relations import CORRECTION
from casebound.rulebook.catalogue.content import Ground, Sharing
from tests.made_up import MadeUp
from tests.pages import as_shown

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P38")]
WORDS = "A man waited at the gate."
MARK = "Withheld from the child"


def held_back(made_up: MadeUp) -> dict[str, str]:
    return {
        "text": WORDS, "sharing": "withheld", "ground": Ground.RISK_TO_CHILD.value,
        "reason": "Jay would go and look for him.",
        "review_on": f"{(made_up.now + timedelta(days=30)).date()}",
    }  # fmt: skip


def test_the_mark_stands_on_the_statement_on_screen_in_print_and_in_the_sealed_entry(
    made_up: MadeUp,
) -> None:
    statements = [{"text": "We walked home by the river."}, held_back(made_up)]
    sealed = made_up.write(made_up.jay, statements=statements)
    number = sealed.numbers[made_up.jay.book]
    browser = made_up.browser_of(made_up.sam)

    for name, given in (("entry", [number]), ("book", []), ("print", [])):
        page = as_shown(browser.get(reverse(f"chronology:{name}", args=[made_up.jay.book, *given])))
        assert page.count(MARK) == 1, name
        open_to_all, restricted = page.split(WORDS)[0], page.split("by the river.")[1]
        assert MARK in restricted or MARK in open_to_all, name

    found = entry_at(made_up.jay.book, number)
    assert found is not None
    assert [(part.text, part.sharing) for part in Entry.read(found).content.statements] == [
        ("We walked home by the river.", Sharing.SHARED),
        (WORDS, Sharing.WITHHELD),
    ]


def test_the_mark_that_once_stood_there_stays_in_the_history(made_up: MadeUp) -> None:
    number = made_up.write(made_up.jay, statements=[held_back(made_up)]).numbers[made_up.jay.book]
    corrected = made_up.put_right(made_up.jay, number, CORRECTION, WORDS)

    browser = made_up.browser_of(made_up.sam)
    before, after = (
        as_shown(browser.get(reverse("chronology:entry", args=[made_up.jay.book, which])))
        for which in (number, corrected.numbers[made_up.jay.book])
    )

    assert MARK in before
    assert MARK not in after
