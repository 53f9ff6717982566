"""What regulation 19(2) never allows is asked about on every measure, whatever it is called."""

from typing import Any

import pytest
from django.urls import reverse

from casebound.ledger.projecting.actions import rebuild
from casebound.people.duties.reads import DutySeen, duties_in
from tests.made_up import PASSWORD, MadeUp
from tests.pages import as_shown
from tests.readers import MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P60")]

# Every measure that is begun from a list in a home that is not secure, and what it needs besides.
MEASURES: dict[str, dict[str, Any]] = {
    "access_limit": {},
    "bedroom_observation": {},
    "contact": {"limited": "yes", "limited_why": "He was upset.", "limited_with": "consent"},
    "contact_limit": {},
    "control": {"measure_kind": "thing_kept"},
    "deprivation_of_liberty": {},
    "restraint": {"plan_exempt": "yes", "plan_reference": "EHC plan of May, section F"},
    "search": {},
    "surveillance": {},
}
ASKED = "Was any of this part of it?"


def due(made_up: MadeUp) -> list[DutySeen]:
    return duties_in([made_up.jay.book], reader=MANAGER, at=made_up.now)


def keys(made_up: MadeUp) -> set[str]:
    return {duty.key for duty in due(made_up)}


@pytest.mark.parametrize("form", MEASURES)
def test_a_measure_cannot_be_signed_before_the_ten_were_asked_about(
    made_up: MadeUp, form: str
) -> None:
    answers = {**MEASURES[form], "never_allowed": ""}
    draft = made_up.draft(made_up.jay, form=form, answers=answers, where="The kitchen")
    sam = made_up.browser_of(made_up.sam)

    page = as_shown(sam.get(reverse("drafting:write", args=[draft])))
    check = as_shown(sam.get(reverse("drafting:sign", args=[draft])))

    assert ASKED in page
    assert "None of these" in page
    assert "reg 19(2)" in check
    assert 'name="password"' not in check


@pytest.mark.parametrize("form", MEASURES)
def test_a_yes_is_sealed_says_so_and_asks_the_managers_for_a_concern_and_a_notice(
    made_up: MadeUp, form: str
) -> None:
    answers = {
        **MEASURES[form],
        "never_allowed": ["food", "contact", "group"],
        "notifiable": "not_decided",
    }
    draft = made_up.draft(made_up.jay, form=form, answers=answers, where="The kitchen")
    sam = made_up.browser_of(made_up.sam)

    sam.post(reverse("drafting:sign", args=[draft]), {"password": PASSWORD, "known": "1"})

    assert {"prohibited/concern", "notice/decide"} <= keys(made_up)
    [concern] = [duty for duty in due(made_up) if duty.key == "prohibited/concern"]
    assert concern.managers
    entry = reverse("chronology:entry", args=[made_up.jay.book, concern.number])
    page = as_shown(made_up.browser_of(made_up.dana).get(entry))
    for letter in "bcj":
        assert f"(never allowed: reg 19(2)({letter}))" in page
    assert "A safeguarding concern is still to be raised" in page
    assert "A manager is still to decide whether to notify" in page


def test_none_of_these_raises_nothing_and_asks_nothing_more(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, form="control", answers={"measure_kind": "thing_kept"})

    assert not {"prohibited/concern", "notice/decide"} & keys(made_up)


def test_what_the_ten_opened_is_the_same_after_a_rebuild(made_up: MadeUp) -> None:
    answers = {"never_allowed": ["sleep"], "notifiable": "not_decided"}
    made_up.write(made_up.jay, form="search", answers=answers)
    live = due(made_up)

    rebuild()

    assert due(made_up) == live


SANCTION = "No tea, his phone taken so that he cannot ring his mum, the group lost the cinema."
QUESTION = "Was any of this to punish, or to make the child do something?"


def test_what_is_told_in_an_answer_is_asked_about_before_signing_and_holds_up_nothing(
    made_up: MadeUp,
) -> None:
    answers = {"measure_kind": "thing_kept", "measure": SANCTION}
    draft = made_up.draft(made_up.jay, form="control", answers=answers, where="The kitchen")
    url, sam = reverse("drafting:sign", args=[draft]), made_up.browser_of(made_up.sam)

    page = as_shown(sam.get(url))
    answer = sam.post(url, {"password": PASSWORD})

    assert QUESTION in page
    for letter in "bcj":
        assert f"(reg 19(2)({letter}))" in page
    assert "?sealed=1" in answer.headers["Location"]


def test_what_was_chosen_is_not_asked_about_again(made_up: MadeUp) -> None:
    answers = {
        "measure": SANCTION,
        "never_allowed": ["food", "contact", "group"],
        "notifiable": "not_decided",
    }
    draft = made_up.draft(made_up.jay, form="control", answers=answers, where="The kitchen")

    page = as_shown(made_up.browser_of(made_up.sam).get(reverse("drafting:sign", args=[draft])))

    assert QUESTION not in page
    assert "This is never allowed" in page


def test_a_daily_log_is_asked_about_too_and_an_innocent_one_is_not(made_up: MadeUp) -> None:
    sam = made_up.browser_of(made_up.sam)
    told = made_up.draft(made_up.jay, "He was rude, so no tea and no phone for him.")
    innocent = made_up.draft(made_up.jay, "No tea, he was not hungry. He rang his mum.")

    page = as_shown(sam.get(reverse("drafting:sign", args=[told])))

    assert QUESTION in page
    assert "“Measure of control or discipline”" in page
    assert QUESTION not in as_shown(sam.get(reverse("drafting:sign", args=[innocent])))


@pytest.mark.parametrize(
    ("hurt", "never", "asked"),
    [
        ("nobody", {}, 0),
        ("child", {}, 1),
        ("others", {}, 1),
        ("several", {"never_allowed": ["food"], "notifiable": "not_decided"}, 1),
    ],
)
def test_a_measure_by_which_somebody_was_hurt_asks_a_manager_once_about_a_notice(
    made_up: MadeUp, hurt: str, never: dict[str, object], asked: int
) -> None:
    told = {"injuries": "A grazed knuckle.", "medical_help": "later"}
    answers = {"injured": hurt, **(told if hurt != "nobody" else {}), **never}
    made_up.write(made_up.jay, form="control", answers=answers)

    assert [duty.key for duty in due(made_up)].count("notice/decide") == asked
