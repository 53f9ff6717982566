"""A leaver's drafts are handed on from one list, and each hand-over is an entry (P28)."""

import pytest

from casebound.foundation.base.ids import DraftId
from casebound.ledger.projecting.kinds import kind_of
from casebound.ledger.sealing.reads import book_pages, entry_at
from casebound.people.homes.reads import book_of
from casebound.people.staff.actions import close_account
from casebound.record.drafting.actions import hand_over_draft
from casebound.record.drafting.entries import DraftHandedOver
from casebound.record.drafting.handing_on import drafts_left_by
from casebound.record.drafting.reads import drafts_of
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P28")]


@pytest.fixture
def drafts(made_up: MadeUp) -> list[DraftId]:
    """Return two drafts of Sam's, who has left."""
    begun = [made_up.draft(made_up.jay, "Jay made toast."), made_up.draft(made_up.jay, form="note")]
    made_up.save(begun[1], made_up.content("Jay sang.", form="note"))
    close_account(account=made_up.sam.id, by=made_up.alex.id, at=made_up.now)
    return begun


def handed(made_up: MadeUp) -> list[DraftHandedOver]:
    book = book_of(made_up.oak)
    assert book is not None
    entries = [entry_at(book, page) for page in range(1, book_pages(book) + 1)]
    return [
        DraftHandedOver.read(entry)
        for entry in entries
        if entry is not None and kind_of(entry)[0] == DraftHandedOver.kind
    ]


def test_one_choice_hands_all_of_them_and_each_is_an_entry(
    made_up: MadeUp, drafts: list[DraftId]
) -> None:
    dana, page = made_up.browser_of(made_up.dana), f"/drafts/left-by/{made_up.sam.id}/"
    shown = dana.get(page).text
    assert shown.count("As chosen for all") == 2
    assert "toast" not in shown
    assert "sang" not in shown

    done = dana.post(page, {"for_all": made_up.kit.id})

    assert done.headers["Location"] == "/desk/"
    assert {draft.id for draft in drafts_of(made_up.kit.id)} == set(drafts)
    assert drafts_of(made_up.sam.id) == []
    entries = handed(made_up)
    assert {entry.draft_id for entry in entries} == set(drafts)
    assert all(entry.author_left for entry in entries)
    assert {(entry.author_name, entry.to_name) for entry in entries} == {
        ("Sam Okafor", "Kit Adeyemi")
    }
    told = made_up.browser_of(made_up.kit).get(f"/books/{book_of(made_up.oak)}/").text
    assert "Draft handed to a colleague" in told
    assert "stay Sam Okafor’s until Kit Adeyemi signs" in told
    assert "toast" not in told
    assert "Nothing of theirs waits" in dana.get(page).text


def test_each_draft_can_go_to_somebody_else(made_up: MadeUp, drafts: list[DraftId]) -> None:
    dana, page = made_up.browser_of(made_up.dana), f"/drafts/left-by/{made_up.sam.id}/"

    dana.post(page, {"for_all": made_up.kit.id, f"to_{drafts[1]}": made_up.dana.id})

    assert [draft.id for draft in drafts_of(made_up.kit.id)] == [drafts[0]]
    assert [draft.id for draft in drafts_of(made_up.dana.id)] == [drafts[1]]


def test_what_cannot_be_handed_to_the_one_chosen_stays_and_says_why(
    made_up: MadeUp, drafts: list[DraftId]
) -> None:
    dana, page = made_up.browser_of(made_up.dana), f"/drafts/left-by/{made_up.sam.id}/"

    nobody = dana.post(page, {})
    refused = dana.post(
        page, {f"to_{drafts[0]}": made_up.lin.id, f"to_{drafts[1]}": made_up.kit.id}
    )

    assert "Choose a colleague for all of them" in nobody.text
    assert "The person you picked cannot write it in this book." in refused.text
    assert [draft.id for draft in drafts_of(made_up.sam.id)] == [drafts[0]]
    assert len(handed(made_up)) == 1


def test_nobody_else_sees_what_a_leaver_left(made_up: MadeUp, drafts: list[DraftId]) -> None:
    page = f"/drafts/left-by/{made_up.sam.id}/"

    assert made_up.browser_of(made_up.kit).get(page).status_code == 404
    assert made_up.browser_of(made_up.alex).get(page).status_code == 404
    robin = made_up.browser_of(made_up.robin)
    assert "Sam" not in robin.get(page).text
    assert robin.post(page, {"for_all": made_up.lin.id}).status_code == 409
    assert len(drafts_of(made_up.sam.id)) == len(drafts)


def test_a_hand_over_that_is_refused_seals_nothing(made_up: MadeUp, drafts: list[DraftId]) -> None:
    dana = made_up.browser_of(made_up.dana)

    dana.post(f"/drafts/{drafts[0]}/hand-over/", {"to": made_up.lin.id})

    assert handed(made_up) == []


def test_a_second_tap_hands_over_once_and_is_not_refused(
    made_up: MadeUp, drafts: list[DraftId]
) -> None:
    [first, *_] = drafts_left_by(made_up.sam.id, by=made_up.dana.id, at=made_up.now)

    for _ in range(2):
        hand_over_draft(
            draft=first, to=made_up.kit.id, by=made_up.dana.id, at=made_up.now, key="page"
        )

    assert len(handed(made_up)) == 1
    assert [draft.id for draft in drafts_of(made_up.kit.id)] == [first.id]
    assert first.id in drafts
