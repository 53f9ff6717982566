"""Signing: what is refused and why, what is sealed, and that nothing typed is lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from casebound.foundation.base.ids import DraftId
from casebound.foundation.base.refusals import NotAllowedError
from casebound.foundation.base.times import LONDON
from casebound.ledger.keyring.actions import forget_keys
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.reads import book_pages, entry_of
from casebound.people.access.reads import SeenBook
from casebound.people.access.roles import role_in
from casebound.record.book.entries import Entry
from casebound.record.drafting import actions
from casebound.record.drafting.actions import (
    DraftChangedError,
    IncompleteError,
    InitialsError,
    Signing,
)
from casebound.record.drafting.missing import missing_from
from casebound.record.drafting.models import Draft
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.reads import OpenDraft, drafts_of
from casebound.rulebook.catalogue import catalogue
from tests.made_up import MadeUp
from tests.processes import Processes

pytestmark = pytest.mark.django_db
A_DAY = timedelta(hours=24)
A_SECOND = timedelta(seconds=1)
LATE = "There was nobody to take over."


def read(sealed: Sealed) -> Entry:
    found = entry_of(sealed.entry_id)
    assert found is not None
    return Entry.read(found)


def controls(refused: pytest.ExceptionInfo[IncompleteError]) -> list[str]:
    return [missing.field for missing in refused.value.missing]


def autumn(before: datetime) -> datetime:
    """Return 01:30 of the last October night whose hour came twice, the first time it came."""
    for year in (before.year, before.year - 1):
        day = max(n for n in range(25, 32) if datetime(year, 10, n, tzinfo=UTC).weekday() == 6)
        night = datetime(year, 10, day, 0, 30, tzinfo=UTC)
        if night < before - 3 * A_DAY:
            return night
    raise LookupError(before)


@pytest.mark.policy("P61")
@pytest.mark.policy("P64")
def test_an_entry_becomes_the_next_page_of_its_book_and_the_draft_is_gone(made_up: MadeUp) -> None:
    pages = book_pages(made_up.jay.book)
    first, second = made_up.write(made_up.jay), made_up.write(made_up.jay)

    assert first.numbers == {made_up.jay.book: pages + 1}
    assert second.numbers == {made_up.jay.book: pages + 2}
    assert drafts_of(made_up.sam.id) == []


@pytest.mark.policy("P01")
@pytest.mark.parametrize("form", ["note", "daily_log", "key_session", "contact"])
def test_every_form_can_be_written_and_signed(made_up: MadeUp, form: str) -> None:
    fact = read(made_up.write(made_up.jay, "We talked.", form=form))

    assert (fact.form, fact.form_version) == (form, catalogue.form(form).version)
    assert [statement.text for statement in fact.content.statements] == ["We talked."]


@pytest.mark.policy("P43")
@pytest.mark.policy("P44")
@pytest.mark.parametrize(("after", "late"), [(A_DAY, False), (A_DAY + A_SECOND, True)])
def test_more_than_24_hours_are_late_and_exactly_24_are_not(
    made_up: MadeUp,
    after: timedelta,
    late: bool,  # noqa: FBT001
) -> None:
    reason = LATE if late else ""

    fact = read(made_up.write(made_up.jay, after=after, late_reason=reason))

    assert fact.late is late
    assert fact.late_seconds == after.total_seconds()
    assert fact.content.late_reason == (LATE if late else "")


@pytest.mark.policy("P43")
@pytest.mark.policy("P44")
@pytest.mark.parametrize(("more", "late"), [(timedelta(0), False), (A_SECOND, True)])
def test_in_the_october_night_24_hours_are_24_hours_and_not_the_same_time_next_day(
    made_up: MadeUp,
    more: timedelta,
    late: bool,  # noqa: FBT001
) -> None:
    happened = autumn(made_up.now)
    signed_at = happened + A_DAY + more

    fact = read(
        made_up.write(
            made_up.jay, signed_at=signed_at, late_reason=LATE,
            happened_from=f"{happened.astimezone(LONDON):%Y-%m-%dT%H:%M}",
        )
    )  # fmt: skip

    assert fact.happened_from == happened
    assert f"{signed_at.astimezone(LONDON):%H:%M}" == "00:30"  # an hour before 01:30
    assert fact.late is late


@pytest.mark.policy("P44")
def test_the_24_hours_run_from_the_end_of_what_happened(made_up: MadeUp) -> None:
    ended = made_up.now - A_DAY

    fact = read(
        made_up.write(
            made_up.jay, happened_from=(ended - A_DAY).isoformat(), happened_to=ended.isoformat()
        )
    )

    assert (fact.late, fact.late_seconds) == (False, A_DAY.total_seconds())


@pytest.mark.policy("P44")
def test_a_late_entry_without_a_reason_is_refused_and_nothing_is_lost(made_up: MadeUp) -> None:
    happened = (made_up.now - A_DAY - A_SECOND).isoformat()
    draft = made_up.draft(made_up.jay, "Kept.", happened_from=happened, late_reason=" ")
    pages = book_pages(made_up.jay.book)

    with pytest.raises(IncompleteError, match=r"Late Entry.*\(P44\)") as refused:
        made_up.sign(draft)

    assert controls(refused) == ["late_reason"]
    assert book_pages(made_up.jay.book) == pages
    assert made_up.opened(draft).content.statements[0].text == "Kept."


@pytest.mark.policy("P44")
def test_a_reason_for_being_late_is_not_sealed_when_it_is_not_late(made_up: MadeUp) -> None:
    fact = read(made_up.write(made_up.jay, late_reason=LATE))

    assert not fact.late
    assert fact.content.late_reason == ""


@pytest.mark.policy("P05")
@pytest.mark.policy("P26")
@pytest.mark.policy("P28")
@pytest.mark.policy("P29")
@pytest.mark.policy("P49")
@pytest.mark.policy("P51")
@pytest.mark.policy("P52")
@pytest.mark.policy("P53")
@pytest.mark.parametrize(
    ("said", "control", "rule"),
    [
        ({"how_known": ""}, "how_known", "P26"),
        ({"how_known": "told_by"}, "originator", "P28"),
        ({"present_nobody": False}, "present", "P04"),
        ({"happened_from": ""}, "happened_from", "P43"),
        ({"statements": []}, "statements", "P01"),
        ({"statements": [{"text": "A", "kind": "opinion"}]}, "statements-1-basis", "P53"),
        ({"statements": [{"text": "A", "kind": "decision"}]}, "statements-1-maker", "P29"),
        ({"statements": [{"text": "A", "kind": "decision"}]}, "statements-1-basis", "P29"),
        ({"statements": [{"text": "A", "kind": "account"}]}, "statements-1-speaker", "P05"),
        ({"statements": [{"text": "A", "kind": ""}]}, "statements-1-kind", "P51"),
        ({"statements": [{"text": "A", "source": "told_by"}]}, "statements-1-told_by", "P52"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_with_its_rule_and_nothing_is_lost(
    made_up: MadeUp, said: dict[str, object], control: str, rule: str
) -> None:
    draft = made_up.draft(made_up.jay, where="the kitchen", **said)  # type: ignore[arg-type]
    pages = book_pages(made_up.jay.book)

    with pytest.raises(IncompleteError) as refused:
        made_up.sign(draft)

    assert (control, rule) in [
        (missing.field, missing.rule.split(",")[0]) for missing in refused.value.missing
    ]
    assert book_pages(made_up.jay.book) == pages
    assert made_up.opened(draft).content.where == "the kitchen"


@pytest.mark.parametrize(
    ("from_hours", "to_hours", "control", "words"),
    [
        (0.1, None, "happened_from", "in the future"),
        (-1, 0.1, "happened_to", "in the future"),
        (-1, -2, "happened_to", "before the start"),
    ],
)
def test_times_that_cannot_be_are_refused_and_kept(
    made_up: MadeUp, from_hours: float, to_hours: float | None, control: str, words: str
) -> None:
    def at(hours: float | None) -> str:
        return "" if hours is None else (made_up.now + timedelta(hours=hours)).isoformat()

    draft = made_up.draft(
        made_up.jay, "Kept.", happened_from=at(from_hours), happened_to=at(to_hours)
    )

    with pytest.raises(IncompleteError, match=words) as refused:
        made_up.sign(draft)

    assert controls(refused) == [control]
    assert made_up.opened(draft).content.happened_from == at(from_hours)


@pytest.mark.policy("P48")
@pytest.mark.parametrize("name", ["S. O.", "SO", "S.O.", ""])
def test_an_account_with_initials_cannot_sign_and_the_draft_is_kept(
    made_up: MadeUp, name: str
) -> None:
    draft = made_up.draft(made_up.jay, "Kept.")
    opened, book = made_up.opened(draft), made_up.book(made_up.jay)
    signing = Signing(worker=made_up.sam.id, full_name=name, role="", auth="password")

    with pytest.raises(InitialsError, match="not with initials"):
        actions.sign_draft(draft=PreparedDraft(opened, book, at=made_up.now), signing=signing)

    assert [line.id for line in drafts_of(made_up.sam.id)] == [draft]


@pytest.mark.policy("P48")
def test_nobody_signs_for_another_or_in_another_book(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    opened, book = made_up.opened(draft), made_up.book(made_up.jay)
    signing = signing_of(made_up, draft)
    kits = replace(signing, worker=made_up.kit.id, full_name=made_up.kit.full_name)
    other = made_up.book(made_up.noor, by=made_up.lin)
    pages = book_pages(made_up.jay.book)

    for named, where in ((kits, book), (signing, other), (signing, replace(book, bases=()))):
        with pytest.raises(NotAllowedError):
            actions.sign_draft(draft=PreparedDraft(opened, where, at=made_up.now), signing=named)

    assert book_pages(made_up.jay.book) == pages
    assert actions.sign_draft(draft=PreparedDraft(opened, book, at=made_up.now), signing=signing)


def signing_of(made_up: MadeUp, draft: DraftId) -> Signing:
    return Signing(
        worker=made_up.opened(draft).author,
        full_name=made_up.sam.full_name,
        role=role_in(made_up.book(made_up.jay), at=made_up.now),
        auth="password",
    )


@pytest.mark.policy("P48")
def test_what_was_changed_since_it_was_read_through_is_not_signed(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, "Read through.")
    read_through = made_up.opened(draft)
    actions.save_draft(
        draft=read_through, content=made_up.content("Changed since."),
        version=read_through.version, at=made_up.now,
    )  # fmt: skip
    pages = book_pages(made_up.jay.book)

    with pytest.raises(DraftChangedError):
        actions.sign_draft(
            draft=PreparedDraft(read_through, made_up.book(made_up.jay), at=made_up.now),
            signing=signing_of(made_up, draft),
        )

    assert book_pages(made_up.jay.book) == pages
    assert made_up.opened(draft).content.statements[0].text == "Changed since."


@pytest.mark.policy("P64")
def test_a_draft_is_sealed_once_however_often_it_is_signed(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    opened, book = made_up.opened(draft), made_up.book(made_up.jay)
    signing = signing_of(made_up, draft)
    pages = book_pages(book.id)

    first, again = (
        actions.sign_draft(draft=PreparedDraft(opened, book, at=made_up.now), signing=signing)
        for _ in range(2)
    )

    assert again == first
    assert (first.is_retry, again.is_retry) == (False, True)
    assert book_pages(book.id) == pages + 1


def sign_it(draft: OpenDraft, book: SeenBook, signing: Signing) -> int:
    sealed = actions.sign_draft(
        draft=PreparedDraft(draft, book, at=draft.saved_at), signing=signing
    )
    return sealed.numbers[book.id]


@pytest.mark.policy("P64")
def test_two_taps_at_the_very_same_time_seal_one_entry(
    processes: Processes, made_up: MadeUp
) -> None:
    draft = made_up.draft(made_up.jay)
    call = (made_up.opened(draft), made_up.book(made_up.jay), signing_of(made_up, draft))
    pages = book_pages(made_up.jay.book)

    outcomes = processes.together(sign_it, call, call)

    assert outcomes == [pages + 1, pages + 1]
    assert book_pages(made_up.jay.book) == pages + 1
    forget_keys()


SCRIPTS = {
    "emoji": "👩‍👧‍👦 went to the 🏖️; 👍🏽!",
    "arabic": "قال جاي إنه سعيد.",
    "hebrew": "הוא צחק.",
    "devanagari": "जय ने खाना खाया।",
    "chinese": "他今天很开心。",
    "japanese": "今日は楽しかった。",
    "korean": "오늘은 즐거웠다.",
    "thai": "วันนี้สนุกมาก",
    "amharic": "ዛሬ ደስ አለው።",
    "ukrainian": "Сьогодні було весело.",
    "polish": "Zażółć gęślą jaźń.",
    "welsh": "Aeth i’r tŷ.",
    "tamil": "இன்று மகிழ்ச்சி.",
    "vietnamese": "Hôm nay vui lắm.",
    "a name isolated": "He is \u2067جاي\u2069, they said.",  # noqa: RUF001
    "old italic": "𐌀𐌁𐌂 and 𝒥𝒶𝓎",  # noqa: RUF001
}


@pytest.mark.policy("P05")
def test_emoji_and_every_script_read_back_as_they_were_written(made_up: MadeUp) -> None:
    fact = read(made_up.write(made_up.jay, *SCRIPTS.values()))

    assert [statement.text for statement in fact.content.statements] == list(SCRIPTS.values())


def test_64_kib_of_text_is_sealed_and_one_byte_more_is_refused_and_kept(made_up: MadeUp) -> None:
    whole = "é" * (32 * 1024)
    fact = read(made_up.write(made_up.jay, whole))
    assert fact.content.statements[0].text == whole

    draft = made_up.draft(made_up.jay, f"{whole}.")
    with pytest.raises(IncompleteError, match="Split it into two statements") as refused:
        made_up.sign(draft)

    assert controls(refused) == ["statements-1-text"]
    assert made_up.opened(draft).content.statements[0].text == f"{whole}."


@pytest.mark.parametrize(
    "hidden",
    ["\u202b", "\u202e"],
)
@pytest.mark.parametrize("where", ["text", "where", "answer"])
def test_what_turns_letters_round_is_refused_in_words_and_kept(
    made_up: MadeUp, hidden: str, where: str
) -> None:
    typed = f"One line.\nJay{hidden} laughed."
    said: dict[str, object] = {
        "text": {"statements": [{"text": typed}]},
        "where": {"where": typed},
        "answer": {"answers": {"sleep": typed}},
    }[where]  # type: ignore[assignment]
    draft = made_up.draft(made_up.jay, **said)  # type: ignore[arg-type]

    with pytest.raises(IncompleteError, match="line 2, character 4") as refused:
        made_up.sign(draft)

    assert len(refused.value.missing) == 1
    assert "laughed" not in str(refused.value)
    content = made_up.opened(draft).content
    assert typed in (content.statements[0].text, content.where, content.answers.get("sleep"))


@pytest.mark.parametrize(
    ("pasted", "read_as"),
    [("\x00", ""), ("\x07", " "), ("\x1b", ""), ("\x7f", ""), ("\x85", "\n"), ("\x0b", "\n"),
     ("\ufeff", ""), ("\xad", ""), ("\u200b", ""), ("\u202a", ""), ("\u202c", ""), ("\u202d", "")],
)  # fmt: skip
def test_what_other_programs_leave_in_a_paste_is_made_harmless(
    made_up: MadeUp, pasted: str, read_as: str
) -> None:
    typed = f"Jay{pasted} laughed."
    entry = made_up.write(made_up.jay, typed)

    assert read(entry).content.statements[0].text == f"Jay{read_as} laughed."


def test_what_is_missing_is_the_same_before_signing_as_when_signing(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, how_known="", present_nobody=False)

    with pytest.raises(IncompleteError) as refused:
        made_up.sign(draft)

    assert missing_from(made_up.prepared(draft)) == refused.value.missing


def test_answers_are_sealed_as_the_form_reads_them(made_up: MadeUp) -> None:
    fact = read(
        made_up.write(
            made_up.jay, form="key_session",
            answers={"topic": " School ", "length": "45", "outcome": "nothing", "unknown": "x",
                     "explained": ["records", "guide"]},
        )
    )  # fmt: skip

    assert fact.answers == {
        "topic": "School",
        "length": 45,
        "outcome": "nothing",
        "explained": ["guide", "records"],
        "view_missing": "not_asked",
    }


def test_signing_leaves_other_drafts_as_they_are(made_up: MadeUp) -> None:
    kept = made_up.draft(made_up.jay, "Kept.")

    made_up.write(made_up.jay)

    assert list(Draft.objects.values_list("id", flat=True)) == [kept]


def test_two_workers_who_write_the_same_incident_both_keep_it_and_lose_nothing(
    made_up: MadeUp,
) -> None:
    """Both had the page open at once; neither has to know of the other's."""
    ada = made_up.admit("Ada Mereweather", "Ada", made_up.oak)
    both = {made_up.sam: "There was shouting over the ball.", made_up.kit: "I took the ball away."}
    drafts = {
        worker: made_up.draft(made_up.jay, text, form="incident", by=worker, also_about=[ada.id])
        for worker, text in both.items()
    }

    sealed = [made_up.sign(draft, by=worker) for worker, draft in drafts.items()]

    for child in (made_up.jay, ada):
        first, second = (receipt.numbers[child.book] for receipt in sealed)
        assert second == first + 1
        page = made_up.browser_of(made_up.dana).get(made_up.book_url(child)).text
        assert all(text in page for text in both.values())
