"""The sheet for the police: what is kept current, what is so this time, and when to check it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.times import LONDON
from casebound.record.profile.sheet import OLD_AFTER, Sheet, sheet
from tests.made_up import MadeUp

pytestmark = pytest.mark.django_db

SEEN = {"last_seen": "At the bus stop, in a green coat"}


def keep(made_up: MadeUp, *, after: timedelta = timedelta(hours=2), **answers: Any) -> None:
    said = {
        "looks": "Tall, with a red cap.",
        "places": [{"place": "The skate park"}],
        "contacts": [{"name": "Uncle Ray", "phone": "01632 960001"}],
        **answers,
    }
    made_up.write(made_up.jay, form="profile_missing", after=after, answers=said)


def seen(made_up: MadeUp) -> Sheet:
    return sheet(made_up.book(made_up.jay), today=day_of(made_up.now))


def words(of: Sheet) -> str:
    return repr([of.kept, of.now])


def test_it_says_what_is_kept_and_what_is_so_this_time(made_up: MadeUp) -> None:
    keep(made_up)
    assert seen(made_up).missing_number == 0
    made_up.write(made_up.jay, form="missing", answers=SEEN)

    page = made_up.browser_of(made_up.sam).get(
        reverse("profile:police_sheet", args=[made_up.jay.book])
    )

    for said in ("Jay Quillfeather", "Tall, with a red cap.", "The skate park", "01632 960001",
                 "in a green coat"):  # fmt: skip
        assert said in page.text


def test_after_the_return_nothing_is_said_of_this_time(made_up: MadeUp) -> None:
    first = made_up.write(made_up.jay, form="missing", answers=SEEN)
    assert "in a green coat" in words(seen(made_up))

    back = (made_up.now - timedelta(minutes=5)).astimezone(LONDON).isoformat()
    made_up.follow(
        made_up.jay, first.numbers[made_up.jay.book], "returned", by=made_up.sam,
        answers={"returned_at": back[:16]},
    )  # fmt: skip

    now = seen(made_up)
    assert now.missing_number == 0
    assert "in a green coat" not in words(now)
    assert now.earlier_count == 1


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (OLD_AFTER + timedelta(days=2), "It was last written on"),
        (timedelta(days=30), "Something else in the profile has changed since."),
    ],
)
def test_the_first_part_says_that_it_may_be_out_of_date(
    made_up: MadeUp, after: timedelta, sentence: str
) -> None:
    keep(made_up, after=after)
    made_up.write(made_up.jay, form="profile_health", after=timedelta(days=1))

    assert any(sentence in said for said in seen(made_up).stale)

    keep(made_up)
    assert list(seen(made_up).stale) == ["It has no photograph."]


@pytest.mark.policy("P35", "P84")
def test_handing_it_over_is_one_action_that_leaves_its_trace(made_up: MadeUp) -> None:
    keep(made_up)
    browser = made_up.browser_of(made_up.sam)
    sheet_page = reverse("profile:police_sheet", args=[made_up.jay.book])
    begin = reverse("drafting:begin", args=[made_up.jay.book, "handed_over"])
    assert f'action="{begin}"' in browser.get(sheet_page).text

    made_up.write(
        made_up.jay, form="handed_over",
        answers={"to_whom": "PC 4127 Ash, Wendleshire Police", "decided_by": "Sam Okafor"},
    )  # fmt: skip

    book = browser.get(reverse("chronology:book", args=[made_up.jay.book])).text
    assert "PC 4127 Ash, Wendleshire Police" in book
