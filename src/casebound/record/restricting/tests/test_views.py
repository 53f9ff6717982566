"""The pages of the restricted section, as a manager meets them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from casebound.foundation.base.calendar import day_of
from casebound.people.restricted.holding import Scope
from casebound.people.restricted.models import Restriction
from casebound.record.restricting.tests.examples import restricted
from tests.made_up import PASSWORD, MadeUp

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(made_up: MadeUp) -> Client:
    return made_up.browser_of(made_up.dana)


def answers(made_up: MadeUp, **said: str) -> dict[str, object]:
    on = day_of(made_up.now) + timedelta(days=20)
    return {
        "parts": ["s1"], "scope": "child", "ground": "risk_to_child", "reason": "Not yet told.",
        "review_on_date": f"{on}", "seen": "0", "password": PASSWORD, "key": "a-key", **said,
    }  # fmt: skip


@pytest.mark.policy("P36", "P42")
def test_a_manager_restricts_reviews_and_releases_from_page_to_page(
    made_up: MadeUp, dana: Client
) -> None:
    sealed = made_up.write(made_up.jay, "Her aunt rang.")
    entry = reverse("chronology:entry", args=[made_up.jay.book, sealed.numbers[made_up.jay.book]])
    page = reverse(
        "restricting:restrict", args=[made_up.jay.book, sealed.numbers[made_up.jay.book]]
    )
    assert page in dana.get(entry).text
    assert "Her aunt rang." in dana.get(page).text

    section = dana.post(page, answers(made_up), follow=True)

    assert "It is restricted from now on" in section.text
    assert "statement 1" in section.text
    which = f"{sealed.index}-s1-child"
    restriction = reverse("restricting:restriction", args=[made_up.jay.book, which])
    assert restriction in section.text
    assert "Not yet told." in dana.get(restriction).text
    seen = dana.get(restriction).context["form"]["seen"].value()
    released = dana.post(
        restriction,
        {"outcome": "released", "reason": "She was told.", "seen": seen, "password": PASSWORD,
         "key": "another"},
        follow=True,
    )  # fmt: skip
    assert "It is released." in released.text
    assert "She was told." in released.text
    assert Restriction.objects.get().state == "released"


def test_a_worker_has_no_way_to_the_section(made_up: MadeUp) -> None:
    which = restricted(made_up)
    sam = made_up.browser_of(made_up.sam)

    assert sam.get(reverse("restricting:section")).status_code == 404
    where = reverse("restricting:restriction", args=[made_up.jay.book, which])
    assert sam.get(where).status_code == 404


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"reason": ""}, "Give the reason"),
        ({"ground": ""}, "Choose the ground"),
        ({"scope": ""}, "Choose who it is kept from"),
        ({"parts": ""}, "Choose what to restrict"),
        ({"review_on_date": ""}, "on which day"),
        ({"review_on_date": "2020-01-01"}, "latest day"),
        ({"review_on_date": "2999-01-01"}, "latest day"),
        ({"ground": "police_investigation"}, "needs a reference"),
        ({"seen": "7"}, "Another manager decided"),
        ({"password": "wrong"}, "password"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_restricted(
    made_up: MadeUp, dana: Client, said: dict[str, str], words: str
) -> None:
    number = made_up.write(made_up.jay, "Her aunt rang.").numbers[made_up.jay.book]
    page = reverse("restricting:restrict", args=[made_up.jay.book, number])

    refused = dana.post(page, answers(made_up, **said), follow=True)

    assert words in refused.text
    assert not Restriction.objects.exists()


def test_the_section_filters_pages_and_prints(made_up: MadeUp, dana: Client) -> None:
    first = restricted(made_up)
    second = restricted(made_up, Scope.NEED_TO_KNOW)
    section, printed = reverse("restricting:section"), reverse("restricting:print")

    both = dana.get(section)
    assert first in both.text
    assert second in both.text
    children = dana.get(f"{section}?scope=child&book={made_up.jay.book}&ground=risk_to_child")
    assert first in children.text
    assert second not in children.text
    assert "Nothing matches." in dana.get(f"{section}?ground=risk_to_other").text
    assert "Nothing matches." in dana.get(f"{section}?which=ended").text
    assert "As agreed." in dana.get(printed).text
    assert "Place in the list" in dana.get(f"{section}?after=nonsense").text


def test_an_empty_section_says_so(dana: Client) -> None:
    assert "Nothing is restricted." in dana.get(reverse("restricting:section")).text
