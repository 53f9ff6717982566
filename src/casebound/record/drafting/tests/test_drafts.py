"""A draft keeps whatever was typed, for its author alone, and is never plain on the disk."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.ids import DraftId, new_id
from casebound.foundation.base.pasted import tidied
from casebound.foundation.base.refusals import NotAllowedError
from casebound.ledger.keyring.actions import forget_keys
from casebound.ledger.sealing.reads import entry_at
from casebound.record.book.entries import Entry
from casebound.record.book.relations import CORRECTION
from casebound.record.drafting import actions
from casebound.record.drafting.actions import StaleDraftError
from casebound.record.drafting.damaged import DamagedDraftError
from casebound.record.drafting.missing import missing_from, would_be_late
from casebound.record.drafting.models import Draft
from casebound.record.drafting.reads import (
    About,
    drafts_in,
    drafts_of,
    open_draft,
)
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Content, StatementContent
from tests.made_up import MadeUp

pytestmark = pytest.mark.django_db
MARKER = "marmaladelighthouse"
A_MINUTE = timedelta(minutes=1)


def saved(made_up: MadeUp, draft: DraftId, *texts: str) -> int:
    opened = made_up.opened(draft)
    content = replace(
        opened.content, statements=tuple(StatementContent(text=text) for text in texts)
    )
    return actions.save_draft(
        draft=opened, content=content, version=opened.version, at=made_up.now + A_MINUTE
    )


def texts(made_up: MadeUp, draft: DraftId) -> list[str]:
    return [statement.text for statement in made_up.opened(draft).content.statements]


def raw_rows(store: str) -> bytes:
    """Return every value of every table of a store, as its driver gives it."""
    kept = []
    connection = connections[store]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (a table's name)
            for row in cursor.fetchall():
                kept += [bytes(v) if isinstance(v, memoryview) else v for v in row]
    return b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in kept)


@pytest.mark.policy("P12")
@pytest.mark.parametrize("store", ["default", "keyring", "derived"])
def test_no_word_of_a_draft_is_plain_in_any_store(made_up: MadeUp, store: str) -> None:
    draft = made_up.draft(made_up.jay, MARKER, where=MARKER)
    saved(made_up, draft, MARKER)

    assert MARKER.encode() not in raw_rows(store)
    assert texts(made_up, draft) == [MARKER]


@pytest.mark.policy("P12")
def test_the_look_for_plain_words_would_find_one(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, MARKER)

    assert MARKER.encode() in raw_rows("derived")
    assert MARKER.encode() not in raw_rows("default")


@pytest.mark.policy("P12")
def test_a_draft_survives_a_restart(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, "Half a sentence, and")
    forget_keys()

    assert texts(made_up, draft) == ["Half a sentence, and"]


@pytest.mark.policy("P63")
def test_a_draft_is_its_authors_alone(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)

    assert open_draft(draft, author=made_up.sam.id) is not None
    for other in (made_up.kit, made_up.dana, made_up.lin, made_up.alex):
        assert open_draft(draft, author=other.id) is None
    assert open_draft(DraftId(new_id()), author=made_up.sam.id) is None


def test_the_list_of_drafts_says_who_and_when_and_never_a_word(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, MARKER)
    saved(made_up, draft, MARKER)
    made_up.draft(made_up.jay, by=made_up.kit)

    [line] = drafts_of(made_up.sam.id)
    assert (line.id, line.form, line.saved_at) == (draft, "daily_log", made_up.now + A_MINUTE)
    assert [draft.author for draft in drafts_in([made_up.jay.book])] == [
        made_up.sam.id,
        made_up.kit.id,
    ]
    assert drafts_in([made_up.noor.book]) == []
    assert MARKER not in repr(drafts_in([made_up.jay.book]))


@pytest.mark.parametrize("drafts", [1, 30])
def test_lists_of_drafts_are_one_query_however_long(
    made_up: MadeUp, drafts: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(drafts):
        made_up.draft(made_up.jay)

    with django_assert_num_queries(1):
        assert len(drafts_of(made_up.sam.id)) == drafts
    with django_assert_num_queries(1):
        assert len(drafts_in([made_up.jay.book])) == drafts


def test_a_draft_begins_with_the_time_the_form_says(made_up: MadeUp) -> None:
    book = made_up.book(made_up.jay)
    begun = {
        form: made_up.opened(
            actions.begin_draft(book=book, form=form, by=made_up.sam.id, at=made_up.now)
        ).content
        for form in ("note", "daily_log", "key_session")
    }

    assert begun["note"].happened_from
    assert not begun["note"].happened_to
    assert begun["daily_log"].happened_to == begun["note"].happened_from
    today = begun["note"].happened_from.partition("T")[0]
    assert begun["key_session"] == Content(happened_from=f"{today}T")  # the time is asked for


def test_a_second_tap_leaves_no_empty_draft_behind(made_up: MadeUp) -> None:
    book = made_up.book(made_up.jay)
    first, second = (
        actions.begin_draft(book=book, form="note", by=made_up.sam.id, at=made_up.now)
        for _ in range(2)
    )

    assert drafts_of(made_up.sam.id) == []
    saved(made_up, first, "Typed in the first tab.")  # its page may still be open
    assert [line.id for line in drafts_of(made_up.sam.id)] == [first]
    assert first != second


def test_an_empty_draft_of_an_earlier_day_goes_when_the_author_begins_another(
    made_up: MadeUp,
) -> None:
    book, begin = made_up.book(made_up.jay), actions.begin_draft
    old = begin(book=book, form="note", by=made_up.sam.id, at=made_up.now - timedelta(days=2))
    typed = begin(book=book, form="note", by=made_up.sam.id, at=made_up.now - timedelta(days=2))
    saved(made_up, typed, "Kept.")

    new = begin(book=book, form="daily_log", by=made_up.sam.id, at=made_up.now)

    assert open_draft(old, author=made_up.sam.id) is None
    assert made_up.opened(typed)
    assert made_up.opened(new)


def test_a_second_tap_takes_nothing_that_was_typed(made_up: MadeUp) -> None:
    typed = made_up.draft(made_up.jay, "Kept.", form="note")
    book = made_up.book(made_up.jay)
    begun = actions.begin_draft(book=book, form="note", by=made_up.sam.id, at=made_up.now)
    saved(made_up, begun, "Kept too.")
    actions.begin_draft(book=book, form="note", by=made_up.sam.id, at=made_up.now)

    assert {typed, begun} == {line.id for line in drafts_of(made_up.sam.id)}
    assert drafts_of(made_up.kit.id) == []


def test_who_may_not_write_in_a_book_begins_no_draft(made_up: MadeUp) -> None:
    book = replace(made_up.book(made_up.jay), bases=())

    with pytest.raises(NotAllowedError):
        actions.begin_draft(book=book, form="note", by=made_up.sam.id, at=made_up.now)

    assert drafts_of(made_up.sam.id) == []


@pytest.mark.policy("P12")
def test_a_stale_save_is_refused_and_both_versions_are_there(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, "First.")
    mine = made_up.opened(draft)
    saved(made_up, draft, "Typed in the other window.")
    here = replace(mine.content, statements=(StatementContent(text="Typed here."),))

    with pytest.raises(StaleDraftError) as stale:
        actions.save_draft(draft=mine, content=here, version=mine.version, at=made_up.now)

    assert [statement.text for statement in stale.value.draft.content.statements] == [
        "Typed in the other window."
    ]
    assert texts(made_up, draft) == ["Typed in the other window."]
    assert "Both versions are shown" in str(stale.value)


def test_after_a_refusal_the_next_save_goes_on_from_the_newer_version(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, "First.")
    mine = made_up.opened(draft)
    now = saved(made_up, draft, "Other.")
    here = replace(mine.content, statements=(StatementContent(text="Both together."),))

    version = actions.save_draft(draft=mine, content=here, version=now, at=made_up.now)

    assert version == now + 1
    assert texts(made_up, draft) == ["Both together."]


def test_a_save_after_it_was_discarded_brings_nothing_back(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, "First.")
    opened = made_up.opened(draft)
    actions.discard_draft(draft=opened)

    with pytest.raises(NotAllowedError):
        actions.save_draft(
            draft=opened, content=opened.content, version=opened.version, at=made_up.now
        )

    assert drafts_of(made_up.sam.id) == []


def test_discarding_one_draft_leaves_the_others(made_up: MadeUp) -> None:
    gone, kept = made_up.draft(made_up.jay), made_up.draft(made_up.jay)

    actions.discard_draft(draft=made_up.opened(gone))

    assert [line.id for line in drafts_of(made_up.sam.id)] == [kept]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    # What no keyboard types and other programs leave behind is made harmless (`test_pasted.py`).
    typed=st.text(alphabet=st.characters(codec="utf-8"), max_size=300).filter(
        lambda text: tidied(text) == text
    )
)
@pytest.mark.policy("P12")
def test_whatever_is_typed_is_kept_letter_by_letter(made_up: MadeUp, typed: str) -> None:
    draft = made_up.draft(made_up.jay)

    saved(made_up, draft, typed)

    assert texts(made_up, draft) == [typed]


@pytest.mark.parametrize("size", [64 * 1024, 64 * 1024 + 1, 300 * 1024])
def test_a_very_long_text_is_kept_whatever_its_length(made_up: MadeUp, size: int) -> None:
    draft = made_up.draft(made_up.jay)

    saved(made_up, draft, "x" * size)

    assert texts(made_up, draft) == ["x" * size]


def test_half_a_time_is_kept_and_starts_no_clock(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, happened_from="2026-11-23T")

    assert made_up.opened(draft).content.happened_from == "2026-11-23T"
    assert drafts_of(made_up.sam.id)[0].clock_at is None
    assert not would_be_late(made_up.opened(draft).content, now=made_up.now)
    assert missing_from(made_up.prepared(draft))


@pytest.mark.policy("P43")
def test_the_clock_of_a_draft_runs_from_the_end_of_what_happened(made_up: MadeUp) -> None:
    ended = made_up.now - A_MINUTE
    made_up.draft(made_up.jay, happened_to=ended.isoformat())

    assert drafts_of(made_up.sam.id)[0].clock_at == ended


def test_what_a_draft_puts_right_is_kept_with_it(made_up: MadeUp) -> None:
    wrong = made_up.write(made_up.jay)
    number = wrong.numbers[made_up.jay.book]
    about = About(
        relation=CORRECTION, entry_id=wrong.entry_id, index=wrong.index, number=number, pages=number
    )
    draft = actions.begin_draft(
        book=made_up.book(made_up.jay), form="correction", by=made_up.sam.id, at=made_up.now,
        about=about,
    )  # fmt: skip
    saved(made_up, draft, "It was Tuesday.")

    assert made_up.opened(draft).about == about


def test_a_draft_cannot_be_read_in_the_place_of_another(made_up: MadeUp) -> None:
    first, second = made_up.draft(made_up.jay, "One."), made_up.draft(made_up.jay, "Two.")
    Draft.objects.filter(id=first).update(body=Draft.objects.get(id=second).body)

    with pytest.raises(DamagedDraftError):
        open_draft(first, author=made_up.sam.id)


def test_a_row_names_itself_without_a_person(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)

    assert str(Draft.objects.get()) == f"draft {draft}"


@pytest.fixture
def newer_log(made_up: MadeUp, monkeypatch: pytest.MonkeyPatch) -> DraftId:
    """Give a draft of the daily log, of which a newer version then comes into use."""
    draft = made_up.draft(made_up.jay, "Begun on the old form.")
    old = catalogue.form("daily_log")
    newer = old.version + 1
    forms = {
        **catalogue.shipped().forms,
        (old.name, old.version): replace(old, retired=True),
        (old.name, newer): replace(old, version=newer, fields=old.fields[:1]),
    }
    monkeypatch.setattr(catalogue, "shipped", lambda: catalogue.Catalogue(forms))
    return draft


@pytest.mark.policy("P19")
def test_a_draft_goes_on_with_its_version_when_that_is_retired_and_can_be_signed(
    made_up: MadeUp, newer_log: DraftId
) -> None:
    page = made_up.browser_of(made_up.sam).get(reverse("drafting:write", args=[newer_log])).text
    assert "This form is out of date" in page
    assert 'name="answers-sleep"' in page

    begun_on = made_up.opened(newer_log).form.version

    number = made_up.sign(newer_log).numbers[made_up.jay.book]
    entry = entry_at(made_up.jay.book, number)
    assert entry is not None
    assert Entry.read(entry).form_version == begun_on == catalogue.form("daily_log").version - 1
    shown = made_up.browser_of(made_up.sam).get(
        reverse("chronology:entry", args=[made_up.jay.book, number])
    )
    assert "Begun on the old form." in shown.text


@pytest.mark.policy("P19")
@pytest.mark.usefixtures("newer_log")
def test_what_is_begun_after_that_is_on_the_newer_version(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, "Begun on the new form.")
    page = made_up.browser_of(made_up.sam).get(reverse("drafting:write", args=[draft])).text
    assert made_up.opened(draft).form.version == catalogue.form("daily_log").version
    assert "This form is out of date" not in page
    assert 'name="answers-sleep"' not in page
