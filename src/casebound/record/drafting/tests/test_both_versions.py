"""Two versions of one draft, next to each other: nothing of either is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from casebound.foundation.base.ids import DraftId, new_id
from casebound.record.drafting.comparing import Part, Taken, differing, taken
from casebound.record.drafting.models import DraftPage
from casebound.record.drafting.tests.pages import form_of, texts, url
from casebound.rulebook.catalogue.content import Content, Person, StatementContent
from casebound.rulebook.catalogue.setting import Setting
from tests.made_up import PASSWORD, MadeUp
from tests.pages import as_shown

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P12")]
PART, TABLET = {"HX-Request": "true"}, {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile"}
STALE, DONE = 409, 302


@pytest.fixture
def draft(made_up: MadeUp) -> DraftId:
    """Return a draft of Sam's."""
    return made_up.draft(made_up.jay, "Toast.")


def behind(made_up: MadeUp, draft: DraftId, here: str = "Toast with jam.") -> dict[str, str]:
    """Return what a page sends after another one, on a tablet, has saved."""
    sent = form_of(made_up, draft, page=new_id(), **{"statements-1-text": here})
    tablet = made_up.browser_of(made_up.sam)
    page = as_shown(tablet.get(url("write", draft), headers=TABLET))
    other = form_of(made_up, draft, page=_named("page", page), save_number="1")
    tablet.post(url("save", draft), other, headers=PART | TABLET)
    return sent


def _named(name: str, page: str) -> str:
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def _chosen(sam: Client, draft: DraftId, sent: dict[str, str], **take: str) -> HttpResponse:
    page = as_shown(sam.post(url("write", draft), sent))
    fields = {**sent, "version": _named("version", page), "page": _named("page", page)}
    answer = sam.post(url("write", draft), {**fields, "put": "1", **take})
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_page_that_is_behind_shows_both_and_says_which_is_which(
    made_up: MadeUp, draft: DraftId
) -> None:
    sam, sent = made_up.browser_of(made_up.sam), behind(made_up, draft)

    part = sam.post(url("save", draft), sent, headers=PART)
    page = as_shown(sam.post(url("write", draft), sent))

    assert part.status_code == STALE
    assert "changed on a phone or tablet at" in part.text
    assert 'name="version"' not in part.text
    assert "changed on a phone or tablet at" in page
    assert "Jay made toast." in page
    assert "Toast with jam." in page
    assert texts(made_up, draft) == ["Jay made toast."]


@pytest.mark.parametrize(
    ("take", "left"),
    [
        ("saved", ["Jay made toast."]),
        ("here", ["Toast with jam."]),
        ("both", ["Jay made toast.", "Toast with jam."]),
        ("nonsense", ["Toast with jam."]),
    ],
)
def test_a_person_takes_one_or_both(
    made_up: MadeUp, draft: DraftId, take: str, left: list[str]
) -> None:
    sam, sent = made_up.browser_of(made_up.sam), behind(made_up, draft)

    _chosen(sam, draft, sent, **{"take-statements-1": take})

    assert texts(made_up, draft) == left


def test_without_a_choice_both_are_kept(made_up: MadeUp, draft: DraftId) -> None:
    sam, sent = made_up.browser_of(made_up.sam), behind(made_up, draft)

    _chosen(sam, draft, sent)

    assert texts(made_up, draft) == ["Jay made toast.", "Toast with jam."]


def test_what_was_saved_while_a_person_chose_is_shown_again(
    made_up: MadeUp, draft: DraftId
) -> None:
    sam, sent = made_up.browser_of(made_up.sam), behind(made_up, draft)
    page = as_shown(sam.post(url("write", draft), sent))
    chosen = {**sent, "version": _named("version", page), "take-statements-1": "here", "put": "1"}
    more = form_of(made_up, draft, page=new_id(), **{"statements-1-text": "A third."})
    sam.post(url("save", draft), more, headers=PART)

    answer = sam.post(url("write", draft), chosen)

    assert answer.status_code == STALE
    assert "A third." in as_shown(answer)
    assert "Toast with jam." in as_shown(answer)
    assert texts(made_up, draft) == ["A third."]


def test_another_device_is_said_before_anything_is_saved(made_up: MadeUp, draft: DraftId) -> None:
    office, tablet = (made_up.browser_of(made_up.sam) for _ in range(2))
    first = as_shown(office.get(url("write", draft)))
    second = as_shown(tablet.get(url("write", draft), headers=TABLET))
    again = as_shown(tablet.get(url("write", draft), headers=TABLET))

    assert "Also opened on" not in first
    assert "Also opened on a computer, last used at" in second
    assert "Also opened on a computer" in again
    sent = form_of(made_up, draft, page=_named("page", first), save_number="1")
    told = office.post(url("save", draft), sent, headers=PART)
    assert "Also opened on a phone or tablet" in as_shown(told)


def test_a_page_that_nobody_uses_any_more_is_not_said(made_up: MadeUp, draft: DraftId) -> None:
    made_up.browser_of(made_up.sam).get(url("write", draft))
    DraftPage.objects.update(seen_at=made_up.now - timedelta(days=1))

    page = as_shown(made_up.browser_of(made_up.sam).get(url("write", draft)))

    assert "Also opened on" not in page
    assert DraftPage.objects.count() == 1


@pytest.mark.parametrize("how", ["discard", "sign"])
def test_where_a_draft_was_open_goes_with_it(made_up: MadeUp, draft: DraftId, how: str) -> None:
    sam = made_up.browser_of(made_up.sam)
    sam.get(url("write", draft))
    assert DraftPage.objects.exists()

    sam.post(url(how, draft), {"sure": "1", "password": PASSWORD})

    assert not DraftPage.objects.exists()


def test_of_questions_only_what_differs_is_asked_and_nothing_else_changes(
    made_up: MadeUp, draft: DraftId
) -> None:
    opened = made_up.opened(draft)
    saved = replace(
        opened.content,
        where="Kitchen",
        present=(Person("Kit", "worker"),),
        happened_to="",
        answers={**opened.content.answers, "health": "Well."},
    )
    here = replace(
        saved,
        where="Garden",
        present=(Person("Lin", "worker"),),
        happened_to="2026-11-02T18:30",
        answers={**saved.answers, "health": "A cough."},
    )

    parts = differing(saved, here, opened.form, Setting())
    usual = taken(saved, here, opened.form, {})
    both = taken(saved, here, opened.form, dict.fromkeys(_names(parts), "both"))
    one = taken(saved, here, opened.form, dict.fromkeys(_names(parts), "saved"))

    assert set(_names(parts)) == {"happened_to", "present", "where", "answers-health"}
    assert usual == both
    assert both.where == "Garden"  # a place is one place
    assert both.present == (*saved.present, *here.present)
    assert both.answers["health"] == "Well.\nA cough."
    assert both.happened_to == here.happened_to
    assert one == replace(saved, statements=one.statements)


def _names(parts: list[Part]) -> list[str]:
    return [part.name for part in parts]


@pytest.mark.parametrize(
    ("saved", "here", "usual"),
    [
        (["A."], ["A. B."], Taken.HERE),
        (["A. B."], ["A."], Taken.SAVED),
        (["A."], ["B."], Taken.BOTH),
        ([], ["B."], Taken.HERE),
        (["A."], [], Taken.SAVED),
    ],
)
def test_what_only_goes_on_is_offered_alone(
    made_up: MadeUp, draft: DraftId, saved: list[str], here: list[str], usual: Taken
) -> None:
    form = made_up.opened(draft).form

    (part,) = differing(_says(saved), _says(here), form, Setting())

    assert part.usual is usual
    assert (
        taken(_says(saved), _says(here), form, {part.name: "saved"}).statements
        == _says(saved).statements
    )


def _says(words: list[str]) -> Content:
    return Content(statements=tuple(StatementContent(text=text) for text in words))


def test_statements_that_are_the_same_stand_once(made_up: MadeUp, draft: DraftId) -> None:
    form = made_up.opened(draft).form
    saved, here = _says(["Breakfast.", "Lunch.", "Bed."]), _says(["Breakfast.", "Tea.", "Bed."])

    both = taken(saved, here, form, {})

    assert [each.text for each in both.statements] == ["Breakfast.", "Lunch.", "Tea.", "Bed."]
