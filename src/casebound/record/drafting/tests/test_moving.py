"""A draft that was begun for the wrong child moves to the right book."""

from dataclasses import replace

import pytest
from django.test import Client

from casebound.foundation.base.ids import DraftId, new_id
from casebound.foundation.base.refusals import NotAllowedError
from casebound.ledger.sealing.blobs import folder
from casebound.ledger.sealing.reads import entry_at
from casebound.people.homes import actions as homes
from casebound.record.attachments.reads import uploads_of
from casebound.record.attachments.tests.build import picture
from casebound.record.book.entries import Entry
from casebound.record.book.relations import ADDENDUM
from casebound.record.drafting import actions
from casebound.record.drafting.actions import DraftChangedError, IncompleteError, NotMovedError
from casebound.record.drafting.drafts import OpenDraft
from casebound.record.drafting.missing import missing_from
from casebound.record.drafting.reads import drafts_in
from casebound.record.drafting.tests.pages import draft_rows, form_of, texts, url
from casebound.rulebook.catalogue.content import Person
from tests.made_up import Child, MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P40")]
PART = {"HX-Request": "true"}
FOUND, STALE, GONE = 302, 409, 404


@pytest.fixture
def bo(made_up: MadeUp) -> Child:
    """Return a second child of Oak House."""
    return made_up.admit("Bo Fernley", "Bo", made_up.oak)


def moved(made_up: MadeUp, draft: DraftId, to: Child) -> OpenDraft:
    actions.move_draft(
        draft=made_up.prepared(draft), to=made_up.book(to), by=made_up.sam.id, at=made_up.now
    )
    return made_up.opened(draft)


def asked(draft: OpenDraft) -> list[str]:
    return [asked.field for asked in draft.history.ask_again]


def looked(made_up: MadeUp, draft: DraftId) -> None:
    actions.note_looked_again(draft=made_up.opened(draft), at=made_up.now)


def test_a_draft_moves_with_its_words_and_keeps_its_address(
    made_up: MadeUp, sam: Client, bo: Child
) -> None:
    draft = made_up.draft(made_up.jay, "We made toast.")
    page = sam.get(url("write", draft)).text
    assert "This is about another child" in page
    saves, moves = (page.index(f'name="save" value="{way}"') for way in ("1", "move"))
    assert saves < moves  # Enter saves

    choices = sam.post(
        url("write", draft), form_of(made_up, draft, book=made_up.jay.book, save="move")
    )
    assert choices.url == url("move", draft)  # type: ignore[attr-defined]
    assert ">Bo<" in sam.get(url("move", draft)).text
    there = {"from": made_up.jay.book, "to": bo.book}
    assert sam.post(url("move", draft), there).status_code == FOUND

    assert (made_up.opened(draft).book, texts(made_up, draft)) == (bo.book, ["Jay made toast."])
    assert "Moved here from" in sam.get(url("write", draft)).text
    assert [line.id for line in drafts_in([bo.book])] == [draft]
    assert drafts_in([made_up.jay.book]) == []
    assert sam.post(url("move", draft), there).status_code == FOUND  # a second tap


def test_a_move_is_sealed_with_the_entry_and_named_to_staff(made_up: MadeUp, bo: Child) -> None:
    draft = made_up.draft(made_up.jay, "We made toast.")
    moved(made_up, draft, bo)

    number = made_up.sign(draft).numbers[bo.book]

    entry = entry_at(bo.book, number)
    assert entry is not None
    (move,) = Entry.read(entry).moves
    assert (move.from_book, move.to_book) == (made_up.jay.book, bo.book)
    assert (move.by, move.at) == (made_up.sam.id, made_up.now)
    page = made_up.browser_of(made_up.sam).get(f"/books/{bo.book}/{number}/").text
    assert "Begun in another book, and moved here before it was signed" in page
    assert "Jay" not in page.partition('class="app-entry')[2].partition("</article>")[0]


def test_undo_is_to_move_it_back(made_up: MadeUp, sam: Client, bo: Child) -> None:
    draft = made_up.draft(made_up.jay, "We made toast.", answers={"day": "good"})
    before = made_up.opened(draft).content
    moved(made_up, draft, bo)
    page = sam.get(url("write", draft)).text
    assert f'value="move:{made_up.jay.book}"' in page

    back = form_of(made_up, draft, book=bo.book, save=f"move:{made_up.jay.book}")
    sam.post(url("write", draft), back)

    opened = made_up.opened(draft)
    assert opened.book == made_up.jay.book
    assert [move.to_book for move in opened.history.moves] == [bo.book, made_up.jay.book]
    assert opened.content.where == before.where


def test_files_are_encrypted_again_for_the_other_book(made_up: MadeUp, bo: Child) -> None:
    draft = made_up.draft(made_up.jay, "We made toast.")
    made_up.attach(draft, picture())
    (before,) = uploads_of(draft, made_up.jay.book)
    bytes_before = b"".join(before.pieces())

    moved(made_up, draft, bo)

    (file,) = uploads_of(draft, bo.book)
    assert (file.id, file.file, b"".join(file.pieces())) == (before.id, before.file, bytes_before)
    assert b"".join(file.pieces("thumb"))
    assert set(before.locators.values()).isdisjoint(file.locators.values())
    on_disk = {path.name for path in folder().glob("*/*")}
    assert set(file.locators.values()) <= on_disk
    assert set(before.locators.values()).isdisjoint(on_disk)


def test_a_file_that_comes_while_the_draft_moves_is_not_added_under_the_old_key(
    made_up: MadeUp, bo: Child
) -> None:
    draft = made_up.draft(made_up.jay, "We made toast.")
    as_opened = made_up.opened(draft)
    moved(made_up, draft, bo)

    with pytest.raises(DraftChangedError):
        actions.check_in_its_book(draft=as_opened)
    actions.check_in_its_book(draft=made_up.opened(draft))


def test_what_the_other_book_cannot_mean_is_asked_again_and_not_dropped(
    made_up: MadeUp, bo: Child
) -> None:
    draft = made_up.draft(
        made_up.jay,
        present_nobody=False,
        present=[{"name": "Jay", "role": ""}, {"name": "Bo", "role": "lives here too"}],
        also_about=[bo.id],
        statements=[
            {"text": "Jay made toast."},
            {"text": "Bo ate it.", "about": [bo.id]},
            {"text": "“Nice.”", "kind": "view"},
            {"text": "A neighbour came.", "sharing": "third_party", "third_party": "she"},
        ],
        drew_on=[new_id()],
    )

    opened = moved(made_up, draft, bo)

    assert asked(opened) == [
        "present", "also_about", "statements-1-text", "statements-2-about", "statements-3-text",
        "statements-4-third_party", "words",
    ]  # fmt: skip
    assert opened.content.present == (Person("Jay", "lives here too"), Person("Bo"))
    assert [statement.text for statement in opened.content.statements][:2] == [
        "Jay made toast.",
        "Bo ate it.",
    ]
    gaps = missing_from(made_up.prepared(draft))
    assert {gap.field for gap in gaps} >= set(asked(opened))
    with pytest.raises(IncompleteError):
        made_up.sign(draft)
    looked(made_up, draft)
    assert asked(made_up.opened(draft)) == []


def test_who_has_looked_again_goes_on_with_one_tap(made_up: MadeUp, sam: Client, bo: Child) -> None:
    draft = made_up.draft(made_up.jay, "Jay made toast.")
    moved(made_up, draft, bo)
    assert "I have looked at these" in sam.get(url("write", draft)).text

    sam.post(url("write", draft), form_of(made_up, draft, book=bo.book, save="looked"))

    assert asked(made_up.opened(draft)) == []
    assert "I have looked at these" not in sam.get(url("write", draft)).text


def test_what_was_filled_in_from_one_profile_is_filled_in_from_the_other(
    made_up: MadeUp, bo: Child
) -> None:
    made_up.write(made_up.jay, form="profile_identity", statements=[])
    book = made_up.book(made_up.jay)
    draft = actions.begin_draft(
        book=book, form="profile_identity", by=made_up.sam.id, at=made_up.now
    )
    assert made_up.opened(draft).content.answers

    opened = moved(made_up, draft, bo)

    assert opened.content.answers == {}
    assert asked(opened) == ["asked"]


def test_a_page_of_the_first_book_is_a_stale_page(made_up: MadeUp, sam: Client, bo: Child) -> None:
    draft = made_up.draft(made_up.jay, "Toast.")
    page = {"page": new_id(), "save_number": "1", "book": made_up.jay.book}
    old = form_of(made_up, draft, **page)
    moved(made_up, draft, bo)

    answer = sam.post(url("save", draft), old, headers=PART)
    assert answer.status_code == STALE
    assert "book now" in answer.text
    assert 'name="version"' not in answer.text
    assert texts(made_up, draft) == ["Toast."]

    newest = {**old, "version": str(made_up.opened(draft).version)}
    assert sam.post(url("save", draft), newest, headers=PART).status_code == STALE
    shown = sam.post(url("write", draft), newest, follow=True)
    assert shown.status_code == STALE
    assert "Jay made toast." in shown.text  # typed, and still on the page
    assert f'name="book" value="{bo.book}"' in shown.text
    assert texts(made_up, draft) == ["Toast."]


def test_two_windows_that_move_it_at_once_move_it_once(
    made_up: MadeUp, sam: Client, bo: Child
) -> None:
    cy = made_up.admit("Cy Larkspur", "Cy", made_up.oak)
    draft = made_up.draft(made_up.jay, "Toast.")
    before = made_up.prepared(draft)
    sam.post(url("move", draft), {"from": made_up.jay.book, "to": bo.book})

    second = sam.post(url("move", draft), {"from": made_up.jay.book, "to": cy.book}, follow=True)
    assert second.status_code == STALE
    assert made_up.opened(draft).book == bo.book
    with pytest.raises(DraftChangedError):
        actions.move_draft(draft=before, to=made_up.book(cy), by=made_up.sam.id, at=made_up.now)


def test_it_moves_only_where_its_author_writes_on_its_form(
    made_up: MadeUp, sam: Client, bo: Child
) -> None:
    draft = made_up.draft(made_up.jay, "Toast.")
    prepared = made_up.prepared(draft)
    for book in (made_up.noor.book, made_up.house(made_up.oak).book, new_id()):
        answer = sam.post(url("move", draft), {"from": made_up.jay.book, "to": book})
        assert answer.status_code == GONE
    with pytest.raises(NotAllowedError):
        actions.move_draft(
            draft=prepared, to=made_up.book(bo, by=made_up.dana), by=made_up.sam.id,
            at=made_up.now,
        )  # fmt: skip
    lin = made_up.browser_of(made_up.lin)
    assert lin.get(url("move", draft)).status_code == GONE


def test_people_of_another_home_are_asked_again(made_up: MadeUp) -> None:
    homes.appoint(
        worker=made_up.sam.id, full_name=made_up.sam.full_name, role="residential_worker",
        home=made_up.elm, from_at=made_up.began, by=made_up.alex.id, at=made_up.now,
    )  # fmt: skip
    draft = made_up.draft(
        made_up.jay,
        "Toast.",
        how_known="told_by",
        originator="Kit Adeyemi, key worker",
        originator_id=made_up.kit.id,
        present_nobody=False,
        present=[{"name": "Kit Adeyemi", "role": "key worker"}],
    )
    page = made_up.browser_of(made_up.sam).get(url("move", draft)).text
    assert "Noor, Elm House" in page

    opened = moved(made_up, draft, made_up.noor)

    assert asked(opened) == ["present", "originator_id"]
    assert opened.content.originator == "Kit Adeyemi, key worker"
    assert opened.content.present == (Person("Kit Adeyemi", "key worker"),)


def test_an_addition_stays_with_its_entry(made_up: MadeUp, sam: Client, bo: Child) -> None:
    number = made_up.write(made_up.jay, "Toast.").numbers[made_up.jay.book]
    sam.post(f"/books/{made_up.jay.book}/{number}/{ADDENDUM.key}/")
    draft = draft_rows(made_up.sam.id)[0]

    assert "another child" not in sam.get(url("write", draft)).text
    assert "goes where that entry is" in sam.get(url("move", draft)).text
    with pytest.raises(NotMovedError):
        moved(made_up, draft, bo)


def test_the_read_through_leads_to_the_other_book_too(made_up: MadeUp, sam: Client) -> None:
    draft = made_up.draft(made_up.jay, "Toast.")
    assert url("move", draft) in sam.get(url("sign", draft)).text


def test_an_untouched_draft_that_moves_is_still_empty(made_up: MadeUp, bo: Child) -> None:
    book = made_up.book(made_up.jay)
    draft = actions.begin_draft(book=book, form="daily_log", by=made_up.sam.id, at=made_up.now)

    moved(made_up, draft, bo)
    assert drafts_in([bo.book]) == []
    opened = made_up.opened(draft)
    made_up.save(draft, replace(opened.content, where="The kitchen"))
    assert [line.id for line in drafts_in([bo.book])] == [draft]
