"""A draft shows words of a sealed entry only while its author may read it, and each look counts."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from casebound.foundation.base.ids import DraftId
from casebound.ledger.sealing.reads import entry_at
from casebound.people.access.models import Reading
from casebound.record.book.relations import ADDENDUM, CORRECTION, MISFILED, Relation
from casebound.record.drafting import actions
from casebound.record.drafting.reads import about_earlier
from casebound.record.drafting.tests.pages import draft_rows, form_of, last_page, url
from casebound.rulebook.catalogue.content import Content
from tests.made_up import PASSWORD, MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]

SEALED = "The heron stood in the heliotrope."  # in the sealed entry alone
TYPED = "It was the other gate."
PAGES = ("write", "sign")
NOT_SHOWN = "You can no longer read"


def beginning(
    made_up: MadeUp, number: int, how: Relation = ADDENDUM, *, by: Worker | None = None
) -> DraftId:
    """Begin a draft that adds to page `number` of Jay's book, with some words typed."""
    worker = by or made_up.sam
    earlier = entry_at(made_up.jay.book, number)
    assert earlier is not None
    return actions.begin_draft(
        book=made_up.book(made_up.jay, by=worker),
        form=how.key,
        by=worker.id,
        at=made_up.now,
        about=about_earlier(earlier, book=made_up.jay.book, relation=how),
        content=made_up.content(TYPED),
    )


def secret(made_up: MadeUp, **said: object) -> int:
    return made_up.write(made_up.jay, SEALED, **said).numbers[made_up.jay.book]  # type: ignore[arg-type]  # as `write` takes it


def looks(made_up: MadeUp, number: int) -> int:
    return Reading.objects.filter(
        worker_id=made_up.sam.id, book_id=made_up.jay.book, what="quoted", first=number
    ).count()


def moves_on(made_up: MadeUp, number: int) -> None:  # noqa: ARG001 (as the others)
    made_up.leave(made_up.jay)


def is_misfiled(made_up: MadeUp, number: int) -> None:
    made_up.withdraw(made_up.jay, number, MISFILED)


@pytest.mark.parametrize("how", [ADDENDUM, CORRECTION])
def test_each_page_that_quotes_an_entry_is_on_the_read_trail(
    made_up: MadeUp, sam: Client, how: Relation
) -> None:
    number = secret(made_up)
    draft = beginning(made_up, number, how)

    for count, page in enumerate((*PAGES, *PAGES), start=1):
        assert SEALED in sam.get(url(page, draft)).text
        assert looks(made_up, number) == count


@pytest.mark.parametrize("how", [ADDENDUM, CORRECTION])
@pytest.mark.parametrize("happens", [moves_on, is_misfiled])
def test_without_the_right_no_word_is_shown_and_what_was_typed_stays(
    made_up: MadeUp, sam: Client, happens: Callable[[MadeUp, int], None], how: Relation
) -> None:
    number = secret(made_up)
    draft = beginning(made_up, number, how)
    assert SEALED in sam.get(url("write", draft)).text

    happens(made_up, number)
    before = looks(made_up, number)
    pages = [sam.get(url(page, draft)).text for page in PAGES]
    pages.append(sam.post(url("save", draft), form_of(made_up, draft)).text)

    assert not any(SEALED in page for page in pages)
    assert all(NOT_SHOWN in page and TYPED in page for page in pages[:2])
    assert looks(made_up, number) == before


def test_what_was_typed_about_it_can_still_be_signed(made_up: MadeUp, sam: Client) -> None:
    draft = beginning(made_up, secret(made_up))
    made_up.leave(made_up.jay)

    signed = sam.post(url("sign", draft), {"password": PASSWORD})

    assert signed.status_code == 302
    assert [said.text for said in last_page(made_up).content.statements] == [TYPED]


def test_an_allegation_that_names_the_writer_takes_the_words_away_and_tells_them_no_reason(
    made_up: MadeUp, sam: Client
) -> None:
    number = secret(made_up, form="allegation", by=made_up.dana)
    made_up._appoint(made_up.sam, "deputy_manager", made_up.oak)
    draft = beginning(made_up, number)
    assert SEALED in sam.get(url("write", draft)).text

    named = {"about_whom": [{"id": made_up.sam.id}]}
    made_up.put_right(
        made_up.jay, number, ADDENDUM, "It was Sam.", by=made_up.dana, answers=named
    )  # fmt: skip
    pages = [sam.get(url(page, draft)).text for page in PAGES]

    assert not any(SEALED in page or "It was Sam" in page for page in pages)
    assert all(NOT_SHOWN in page and TYPED in page for page in pages)
    assert not any("named you" in page or "names you" in page.split("<main")[0] for page in pages)


def test_a_note_is_offered_to_draw_on_only_while_its_book_is_read(
    made_up: MadeUp, sam: Client
) -> None:
    number = secret(made_up, form="note")
    draft = made_up.draft(made_up.jay, TYPED)
    assert SEALED in sam.get(url("write", draft)).text
    assert looks(made_up, number) == 1

    made_up.leave(made_up.jay)

    assert SEALED not in sam.get(url("write", draft)).text
    assert looks(made_up, number) == 1


def test_a_misfiled_note_is_not_offered(made_up: MadeUp, sam: Client) -> None:
    number = secret(made_up, form="note")
    draft = made_up.draft(made_up.jay, TYPED)
    made_up.withdraw(made_up.jay, number, MISFILED)

    assert SEALED not in sam.get(url("write", draft)).text


PEANUT = "Peanuts, even a crumb of them."


def changing_an_allergy(made_up: MadeUp) -> DraftId:
    """Let Sam begin to change an allergy: what is known of it is filled in."""
    answers = {"substance": PEANUT}
    number = made_up.write(made_up.jay, form="allergy", answers=answers).numbers[made_up.jay.book]
    return made_up.begin_following(made_up.jay, number, "allergy_change", by=made_up.sam)


def test_what_was_filled_in_from_an_entry_goes_with_the_right_to_it(
    made_up: MadeUp, sam: Client
) -> None:
    draft = changing_an_allergy(made_up)
    opened = made_up.opened(draft)
    filled = {name for name, answer in opened.content.answers.items() if answer == PEANUT}
    assert filled
    assert PEANUT in sam.get(url("write", draft)).text
    typed = {**opened.content.answers, "ruled_out": TYPED}
    made_up.save(draft, Content.from_json({**opened.content.to_json(), "answers": typed}))

    made_up.leave(made_up.jay)

    for page in PAGES:
        shown = sam.get(url(page, draft)).text
        assert PEANUT not in shown
        assert NOT_SHOWN in shown
    assert TYPED in sam.get(url("write", draft)).text
    stale = sam.post(url("write", draft), {**form_of(made_up, draft), "version": "0"})
    assert stale.status_code == 409
    assert PEANUT not in stale.text


def test_a_section_of_the_profile_shows_no_line_that_its_writer_may_no_longer_read(
    made_up: MadeUp, sam: Client
) -> None:
    made_up.write(made_up.jay, form="profile_communication", answers={"language": PEANUT})
    sam.post(url("begin", made_up.jay.book, "profile_communication"))
    (draft,) = draft_rows(made_up.sam.id)
    assert PEANUT in sam.get(url("write", draft)).text

    made_up.leave(made_up.jay)
    shown = sam.get(url("write", draft)).text

    assert PEANUT not in shown
    assert NOT_SHOWN in shown


def test_what_was_filled_in_stays_known_when_the_draft_is_handed_on(
    made_up: MadeUp, sam: Client
) -> None:
    draft = changing_an_allergy(made_up)
    kit = made_up.browser_of(made_up.kit)
    made_up.save(draft, replace(made_up.opened(draft).content, where=TYPED))
    handed = sam.post(url("hand_over", draft), {"to": made_up.kit.id})
    assert handed.status_code == 302
    assert PEANUT in kit.get(url("write", draft)).text

    made_up.leave(made_up.jay)

    assert PEANUT not in kit.get(url("write", draft)).text


@pytest.mark.parametrize("kind", ["typed", "begun"])
def test_a_draft_that_copied_nothing_says_nothing_of_it(
    made_up: MadeUp, sam: Client, kind: str
) -> None:
    if kind == "typed":
        draft = made_up.draft(made_up.jay, TYPED)
    else:
        sam.post(url("begin", made_up.jay.book, "incident"))
        (draft,) = draft_rows(made_up.sam.id)
    made_up.leave(made_up.jay)

    assert NOT_SHOWN not in sam.get(url("write", draft)).text
