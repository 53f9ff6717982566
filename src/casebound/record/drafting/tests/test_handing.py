"""A leaver's draft is counted, handed to a colleague as told, and kept as it was read."""

import pytest
from django.test import Client

from casebound.foundation.base.ids import DraftId
from casebound.ledger.sealing.reads import book_pages, entry_at
from casebound.people.access.tests.build import account
from casebound.people.homes import actions as homes
from casebound.people.staff.actions import close_account
from casebound.record.attachments.tests.build import picture
from casebound.record.book.entries import Entry
from casebound.record.drafting import actions
from casebound.record.drafting.actions import DraftChangedError, NobodyToHandToError
from casebound.record.drafting.handing_on import handable_draft
from casebound.record.drafting.reads import drafts_of
from casebound.record.drafting.tests.pages import url
from casebound.rulebook.catalogue.content import HowKnown, Person, StatementSource
from tests.made_up import PASSWORD, MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P28")]
FOUND, GONE, STALE = 302, 404, 409


@pytest.fixture
def draft(made_up: MadeUp) -> DraftId:
    """Return a draft of Sam's."""
    return made_up.draft(
        made_up.jay,
        statements=[
            {"text": "Jay made toast."},
            {"text": "I think Jay was proud.", "kind": "opinion", "basis": "the smile"},
            {"text": "Jay slept well.", "source": "told_by", "told_by": "Ruth"},
        ],
    )


def left(made_up: MadeUp, how: str = "closed") -> None:
    """Let Sam leave: the account is closed, or the role ends, or Sam works at Elm House now."""
    if how == "closed":
        close_account(account=made_up.sam.id, by=made_up.alex.id, at=made_up.now)
        return
    homes.end_appointment(
        appointment=made_up.sams_appointment, to_at=made_up.now, by=made_up.alex.id,
        at=made_up.now, auth="password",
    )  # fmt: skip
    if how == "moved":
        homes.appoint(
            worker=made_up.sam.id, full_name=made_up.sam.full_name, role="residential_worker",
            home=made_up.elm, from_at=made_up.began, by=made_up.alex.id, at=made_up.now,
        )  # fmt: skip


def hand(made_up: MadeUp, draft: DraftId, *, to: Worker, by: Worker) -> None:
    handed = handable_draft(draft, by=by.id, at=made_up.now)
    assert handed is not None
    actions.hand_over_draft(draft=handed, to=to.id, by=by.id, at=made_up.now)


def last_entry(made_up: MadeUp) -> Entry:
    entry = entry_at(made_up.jay.book, book_pages(made_up.jay.book))
    assert entry is not None
    return Entry.read(entry)


@pytest.mark.parametrize("how", ["closed", "ended", "moved"])
def test_a_leavers_draft_waits_on_the_desk_and_is_handed_to_a_colleague(
    made_up: MadeUp, draft: DraftId, how: str
) -> None:
    left(made_up, how)
    dana = made_up.browser_of(made_up.dana)
    desk = dana.get("/desk/").text
    assert url("hand_over", draft) in desk
    assert "1 to hand to a colleague" in desk
    assert "toast" not in desk
    page = dana.get(url("hand_over", draft)).text
    assert "Kit Adeyemi" in page
    assert "toast" not in page  # a manager sees no word of it

    assert dana.post(url("hand_over", draft), {"to": made_up.kit.id}).status_code == FOUND

    kits = made_up.opened(draft, by=made_up.kit).content
    assert kits.how_known is HowKnown.TOLD_BY
    assert kits.originator == "Sam Okafor, residential worker"
    assert kits.present == (Person("Sam Okafor", "residential worker"),)
    assert [(s.source, s.told_by, s.whose) for s in kits.statements] == [
        (StatementSource.TOLD_BY, "Sam Okafor", ""),
        (StatementSource.TOLD_BY, "Sam Okafor", "Sam Okafor"),
        (StatementSource.TOLD_BY, "Sam Okafor, who was told by Ruth", ""),
    ]
    assert drafts_of(made_up.sam.id) == []
    kit = made_up.browser_of(made_up.kit)
    assert "begun by Sam Okafor" in kit.get("/").text
    assert "Sam Okafor, residential worker began this" in kit.get(url("write", draft)).text
    assert url("hand_over", draft) not in dana.get("/desk/").text


def test_what_is_signed_is_signed_by_the_colleague_as_told(made_up: MadeUp, draft: DraftId) -> None:
    left(made_up)
    hand(made_up, draft, to=made_up.kit, by=made_up.dana)
    pages = book_pages(made_up.jay.book)

    made_up.sign(draft, by=made_up.kit)

    assert book_pages(made_up.jay.book) == pages + 1  # unchanged: the entry says it all
    entry = last_entry(made_up)
    assert entry.author.name == "Kit Adeyemi"
    assert entry.content.originator == "Sam Okafor, residential worker"


def test_words_changed_after_they_were_read_are_kept_as_they_were_read(
    made_up: MadeUp, draft: DraftId
) -> None:
    left(made_up)
    hand(made_up, draft, to=made_up.kit, by=made_up.dana)
    made_up.browser_of(made_up.kit).get(url("write", draft))
    made_up.save(draft, made_up.content("It was porridge."), by=made_up.kit)
    pages = book_pages(made_up.jay.book)

    made_up.sign(draft, by=made_up.kit)

    read = entry_at(made_up.jay.book, pages + 1)
    assert read is not None
    kept = Entry.read(read)
    assert kept.form == "draft_read"
    texts = [statement.text for statement in kept.content.statements]
    assert "Jay made toast." in texts
    assert "did not sign it" in texts[0]
    assert "It was read:" in texts[0]
    assert last_entry(made_up).content.statements[0].text == "It was porridge."


def test_a_deleted_draft_stays_as_it_was_read_with_its_files(
    made_up: MadeUp, draft: DraftId
) -> None:
    made_up.attach(draft, picture())
    left(made_up)
    hand(made_up, draft, to=made_up.kit, by=made_up.dana)
    kit = made_up.browser_of(made_up.kit)
    assert "stay in the book" in kit.get(url("discard", draft)).text

    kit.post(url("discard", draft), {"sure": "1"})

    assert drafts_of(made_up.kit.id) == []
    kept = last_entry(made_up)
    assert (kept.form, kept.author.name, len(kept.attachments)) == ("draft_read", "Kit Adeyemi", 1)
    assert "It was not opened." in kept.content.statements[0].text
    page = kit.get(f"/books/{made_up.jay.book}/{book_pages(made_up.jay.book)}/").text
    assert "Draft that was read" in page
    assert "Jay made toast." in page


def test_a_draft_that_moves_stays_in_the_book_it_was_read_in(
    made_up: MadeUp, draft: DraftId
) -> None:
    bo = made_up.admit("Bo Fernley", "Bo", made_up.oak)
    left(made_up)
    hand(made_up, draft, to=made_up.kit, by=made_up.dana)
    kit = made_up.browser_of(made_up.kit)

    moved = {"from": made_up.jay.book, "to": bo.book}
    assert kit.post(url("move", draft), moved).status_code == FOUND

    assert last_entry(made_up).form == "draft_read"
    assert made_up.opened(draft, by=made_up.kit).history.handings[0].is_kept
    pages = book_pages(bo.book)
    kit.post(url("discard", draft), {"sure": "1"})
    assert book_pages(bo.book) == pages  # kept once, where it was read


def test_a_second_leaver_loses_nothing_of_the_first(made_up: MadeUp, draft: DraftId) -> None:
    ada = account(made_up, "ada.kern", "Ada Kern")
    homes.appoint(
        worker=ada.id, full_name=ada.full_name, role="residential_worker", home=made_up.oak,
        from_at=made_up.began, by=made_up.alex.id, at=made_up.now,
    )  # fmt: skip
    left(made_up)
    hand(made_up, draft, to=ada, by=made_up.dana)
    made_up.save(draft, made_up.content("Ada wrote this."), by=ada)
    close_account(account=ada.id, by=made_up.alex.id, at=made_up.now)
    hand(made_up, draft, to=made_up.kit, by=made_up.dana)
    pages = book_pages(made_up.jay.book)

    made_up.browser_of(made_up.kit).post(url("discard", draft), {"sure": "1"})

    first, second = (entry_at(made_up.jay.book, pages + number) for number in (1, 2))
    assert first is not None
    assert second is not None
    assert "Jay made toast." in str(Entry.read(first).content)
    assert "Ada wrote this." in str(Entry.read(second).content)


def test_nobody_hands_on_the_draft_of_a_colleague_who_can_finish_it(
    made_up: MadeUp, draft: DraftId
) -> None:
    for worker in (made_up.dana, made_up.kit, made_up.lin, made_up.robin, made_up.alex):
        browser = made_up.browser_of(worker)
        assert browser.get(url("hand_over", draft)).status_code == GONE
    left(made_up)
    for worker in (made_up.kit, made_up.lin, made_up.robin, made_up.alex):
        browser = made_up.browser_of(worker)
        assert browser.post(url("hand_over", draft), {"to": worker.id}).status_code == GONE


def test_an_author_hands_on_their_own_and_is_asked_to_confirm(
    made_up: MadeUp, sam: Client, draft: DraftId
) -> None:
    assert url("hand_over", draft) in sam.get(url("write", draft)).text

    sam.post(url("hand_over", draft), {"to": made_up.kit.id})

    kits = made_up.opened(draft, by=made_up.kit).content
    assert kits.originator_id == made_up.sam.id
    assert sam.get(url("write", draft)).status_code == GONE


def test_only_who_writes_there_takes_it_over_and_two_hands_do_not_collide(
    made_up: MadeUp, draft: DraftId
) -> None:
    left(made_up)
    handed = handable_draft(draft, by=made_up.dana.id, at=made_up.now)
    assert handed is not None
    for worker in (made_up.lin, made_up.sam, made_up.alex):
        with pytest.raises(NobodyToHandToError):
            actions.hand_over_draft(draft=handed, to=worker.id, by=made_up.dana.id, at=made_up.now)
    hand(made_up, draft, to=made_up.kit, by=made_up.dana)
    with pytest.raises(DraftChangedError):
        actions.hand_over_draft(
            draft=handed, to=made_up.dana.id, by=made_up.dana.id, at=made_up.now
        )


def test_who_closes_an_account_reads_what_is_unfinished_and_no_word_of_it(
    made_up: MadeUp, draft: DraftId
) -> None:
    assert draft
    made_up.draft(made_up.jay, "Another toast.")
    alex = made_up.browser_of(made_up.alex)

    page = alex.get(f"/people/{made_up.sam.id}/").text
    assert "Daily log: 2" in page
    assert "Jay" not in page
    assert "toast" not in page
    ending = f"/people/{made_up.sam.id}/appointments/{made_up.sams_appointment}/end/"
    assert "Daily log: 2" in alex.get(ending).text
    left(made_up)
    assert "Daily log: 2" in alex.get(f"/people/{made_up.sam.id}/").text


def test_a_draft_about_a_child_who_moved_on_waits_on_the_desk_too(
    made_up: MadeUp, draft: DraftId
) -> None:
    made_up.leave(made_up.jay)
    left(made_up)

    assert url("hand_over", draft) in made_up.browser_of(made_up.dana).get("/desk/").text
    hand(made_up, draft, to=made_up.kit, by=made_up.dana)
    kit = made_up.browser_of(made_up.kit)
    kit.get(url("write", draft))
    assert made_up.opened(draft, by=made_up.kit).history.handings[0].read_at is not None
    assert kit.post(url("sign", draft), {"password": PASSWORD}).status_code == FOUND
