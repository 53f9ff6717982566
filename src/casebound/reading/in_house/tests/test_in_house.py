"""Who is in the house: children, colleagues on shift, visitors; out where, and back when."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casebound.foundation.base.ids import DraftId
from casebound.foundation.base.times import LONDON
from casebound.ledger.projecting.actions import rebuild
from casebound.people.access.reads import SeenBook, seen_books
from casebound.reading.in_house.models import Movement, RosterShift
from casebound.reading.in_house.reads import in_house
from casebound.record.book.relations import STRIKE
from tests.made_up import Child, MadeUp
from tests.pages import as_shown

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P61")]


def oak(made_up: MadeUp) -> SeenBook:
    return next(book for book in seen_books(made_up.sam.id, at=made_up.now) if book.child is None)


@pytest.fixture
def ada(made_up: MadeUp) -> Child:
    """Return a child who lives at Oak House with Jay."""
    return made_up.admit("Ada Brightwater", "Ada", made_up.oak)


def goes_out(made_up: MadeUp, *others: Child, back_in: int = 2) -> int:
    back = (made_up.now + timedelta(hours=back_in)).astimezone(LONDON)
    sealed = made_up.write(
        made_up.jay, form="going_out", statements=[], also_about=[other.id for other in others],
        answers={"where_to": "The skate park", "back_by": back.strftime("%Y-%m-%dT%H:%M")},
    )  # fmt: skip
    return sealed.numbers[made_up.jay.book]


def page(made_up: MadeUp) -> str:
    address = reverse("in_house:in-house", args=[oak(made_up).id])
    return as_shown(made_up.browser_of(made_up.sam).get(address))


def test_a_child_is_in_then_out_and_then_back(made_up: MadeUp, ada: Child) -> None:
    number = goes_out(made_up)

    house = in_house(oak(made_up), at=made_up.now)
    assert [child.name for child in house.children_in] == ["Ada"]
    [jay] = house.children_away
    assert (jay.name, jay.away, jay.is_late) == ("Jay", "out", False)
    shown = page(made_up)
    assert "The skate park" in shown
    assert "Back by" in shown
    assert "Jay is back" in shown

    made_up.follow(made_up.jay, number, "came_back", by=made_up.sam, statements=[])
    assert len(in_house(oak(made_up), at=made_up.now).children_in) == 2
    assert ada.called == "Ada"


def test_two_who_went_out_together_come_back_one_by_one(made_up: MadeUp, ada: Child) -> None:
    goes_out(made_up, ada)

    made_up.follow(ada, 2, "came_back", by=made_up.sam, statements=[])

    house = in_house(oak(made_up), at=made_up.now)
    assert [child.name for child in house.children_away] == ["Jay"]


def test_a_child_who_is_late_is_said_to_be_late(made_up: MadeUp) -> None:
    goes_out(made_up)

    [jay] = in_house(oak(made_up), at=made_up.now + timedelta(hours=3)).children_away

    assert jay.is_late


def test_a_strike_puts_the_child_back_and_a_struck_return_puts_them_out(made_up: MadeUp) -> None:
    number = goes_out(made_up)
    made_up.follow(made_up.jay, number, "came_back", by=made_up.sam, statements=[])
    made_up.put_right(made_up.jay, number + 1, STRIKE, "It was Ada.")
    assert len(in_house(oak(made_up), at=made_up.now).children_away) == 1

    made_up.put_right(made_up.jay, number, STRIKE, "Jay stayed in.", by=made_up.dana)
    assert not in_house(oak(made_up), at=made_up.now).children_away


@pytest.mark.policy("P11")
def test_a_visitor_is_in_until_somebody_signs_them_out(made_up: MadeUp) -> None:
    home = made_up.house(made_up.oak)
    answers = {"visitor": "Bo Larsson", "reason": "The boiler"}
    sealed = made_up.write(home, form="visitor", statements=[], answers=answers)
    [number] = sealed.numbers.values()
    assert "Sign Bo Larsson out" in page(made_up)

    made_up.follow(home, number, "visitor_left", by=made_up.sam, statements=[])

    assert in_house(oak(made_up), at=made_up.now).visitors == ()


def test_a_visitor_who_was_forgotten_is_said_and_not_counted(made_up: MadeUp) -> None:
    home = made_up.house(made_up.oak)
    made_up.write(home, form="visitor", statements=[], answers={"visitor": "Bo Larsson"})

    house = in_house(oak(made_up), at=made_up.now + timedelta(days=3))

    assert [visitor.long_ago for visitor in house.visitors] == [True]
    assert house.visitors_now == ()


def test_the_roster_says_who_is_on_shift_also_over_midnight(made_up: MadeUp) -> None:
    day = (made_up.now - timedelta(hours=2)).astimezone(LONDON)
    row = {
        "who": "Kit Adeyemi", "day": day.date().isoformat(), "begins": day.strftime("%H:%M"),
        "ends": (day + timedelta(hours=8)).strftime("%H:%M"), "part": "shift leader",
    }  # fmt: skip
    made_up.write(
        made_up.house(made_up.oak), form="roster_planned", statements=[], by=made_up.dana,
        answers={"week_of": day.date().isoformat(), "shifts": [row]},
    )  # fmt: skip

    house = in_house(oak(made_up), at=made_up.now)

    assert [colleague.who for colleague in house.on_shift] == ["Kit Adeyemi, shift leader"]
    assert house.colleagues == ()


def test_a_roll_call_begins_the_record_of_the_drill(made_up: MadeUp, ada: Child) -> None:
    address = reverse("in_house:roll-call", args=[oak(made_up).id])
    sam = made_up.browser_of(made_up.sam)

    answer = sam.post(address, {"here": [made_up.jay.id, "Sam Okafor"]})

    draft = made_up.opened(DraftId(answer.headers["Location"].split("/")[2]))
    assert draft.form.name == "fire_drill"
    assert draft.content.answers["who_left"] == ({"id": made_up.jay.id},)
    [statement] = draft.content.statements
    assert "roll call" in statement.text
    assert "1 child" in statement.text
    assert ada.called not in statement.text


def test_a_child_s_book_is_no_house(made_up: MadeUp) -> None:
    address = reverse("in_house:in-house", args=[made_up.jay.book])
    assert made_up.browser_of(made_up.sam).get(address).status_code == 404


def test_rebuilt_equals_live(made_up: MadeUp, ada: Child) -> None:
    goes_out(made_up, ada)
    made_up.follow(ada, 2, "came_back", by=made_up.sam, statements=[])
    live = [list(model.objects.order_by("id").values_list()) for model in (Movement, RosterShift)]

    rebuild()

    assert live == [
        list(model.objects.order_by("id").values_list()) for model in (Movement, RosterShift)
    ]
