"""Names of other people in a draft are noticed and offered as a mark, never forced (P39, P40)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casebound.ledger.sealing.reads import entry_of
from casebound.record.book.entries import Entry
from casebound.record.drafting.names_noticed import names_noticed
from casebound.rulebook.catalogue.content import Sharing
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P40")]


@pytest.fixture(autouse=True)
def ada(made_up: MadeUp) -> None:
    """Ada lives with Jay; Jay's book names the mother, and a neighbour."""
    made_up.admit("Adelheid Brightwater", "Ada", made_up.oak)
    made_up.write(
        made_up.jay,
        form="profile_family",
        answers={
            "parents": [
                {
                    "name": "Mrs Priya Fernwood",
                    "relation": "mother",
                    "address": "Elsewhere",
                    "telephone": "None",
                }
            ],
        },
    )
    made_up.write(
        made_up.jay,
        statements=[
            {"text": "A.", "sharing": "third_party", "third_party": "Bo Winterbourne, neighbour"}
        ],
    )


def noticed(made_up: MadeUp, *texts: str, **said: Any) -> list[tuple[int, str, bool]]:
    draft = made_up.draft(made_up.jay, *texts, **said)
    return [
        (name.number, name.found, name.is_child) for name in names_noticed(made_up.prepared(draft))
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada’s boat sank.", [("Ada", True)]),
        ("ADELHEID and brightwater.", [("ADELHEID", True)]),
        ("Mika rang.", [("Mika", True)]),  # who has moved on
        ("Priya Fernwood rang, then Fernwood again.", [("Priya Fernwood", False)]),
        ("Winterbourne waved.", [("Winterbourne", False)]),
        ("Jay Quillfeather and Sam Okafor made toast.", []),
        ("Mum rang. Adamant brightwaters.", []),
        ("Noor lives elsewhere.", []),
    ],
)
def test_other_people_are_noticed_and_nobody_else(
    made_up: MadeUp, text: str, found: list[tuple[str, bool]]
) -> None:
    assert noticed(made_up, text) == [(1, name, is_child) for name, is_child in found]


def test_what_is_marked_or_withheld_is_not_asked_about(made_up: MadeUp) -> None:
    marked = {"text": "Ada fell.", "sharing": "third_party", "third_party": "Ada"}
    withheld = {"text": "Ada fell.", "sharing": "withheld"}

    assert noticed(made_up, statements=[marked, withheld]) == []


@pytest.fixture
def sam(made_up: MadeUp) -> Client:
    return made_up.browser_of(made_up.sam)


def test_one_tap_at_the_read_through_marks_the_statement_without_scripts(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, "Jay sang.", "Ada fell off the wall.")
    sign, mark = (reverse(f"drafting:{name}", args=[draft]) for name in ("sign", "mark_name"))
    page = sam.get(sign).text
    assert "About another child" in page
    version = str(made_up.opened(draft).version)

    tapped = {"part": "s2", "name": "Ada", "do": "mark", "version": version}
    assert sam.post(mark, tapped).headers["Location"] == sign

    statement = made_up.opened(draft).content.statements[1]
    assert (statement.sharing, statement.third_party) == (Sharing.THIRD_PARTY, "Ada")
    assert "About another child" not in sam.get(sign).text
    sealed = entry_of(made_up.sign(draft).entry_id)
    assert sealed is not None
    assert Entry.read(sealed).content.statements[1].text == "Ada fell off the wall."


def test_what_is_left_is_not_asked_about_again_and_signing_is_never_held_up(
    made_up: MadeUp, sam: Client
) -> None:
    draft = made_up.draft(made_up.jay, "Ada fell off the wall.")
    version = str(made_up.opened(draft).version)
    left = {"part": "s1", "name": "Ada", "do": "leave", "version": version}

    sam.post(reverse("drafting:mark_name", args=[draft]), left)

    assert names_noticed(made_up.prepared(draft)) == []
    assert made_up.opened(draft).content.statements[0].sharing is Sharing.SHARED
    made_up.sign(made_up.draft(made_up.jay, "Ada fell off the wall again."))


def test_in_the_home_s_own_book_names_are_names(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.house(made_up.oak), "Ada and Jay left.", form="handover")

    assert names_noticed(made_up.prepared(draft)) == []
