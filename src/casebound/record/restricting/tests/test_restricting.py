"""Restricting later, looking again, and who is told: what becomes of each (P37, P42)."""

from datetime import date, timedelta
from typing import Any

import pytest

from casebound.foundation.base.calendar import day_of
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.reads import entry_at
from casebound.people.duties.reads import duties_in
from casebound.people.restricted.holding import Scope, State
from casebound.people.restricted.models import Restriction
from casebound.record.restricting import actions, reads
from casebound.record.restricting.actions import Grounds
from casebound.record.restricting.models import RestrictionStep
from tests.made_up import Child, MadeUp, Worker

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=28)


def grounds(made_up: MadeUp, **said: object) -> Grounds:
    usual: dict[str, object] = {
        "ground": "risk_to_child",
        "reason": "She would hear it alone.",
        "review_on": day_of(made_up.now) + MONTH,
    }
    return Grounds(**(usual | said))  # type: ignore[arg-type]  # as a test says


def restrict(
    made_up: MadeUp, number: int, *parts: str, scope: Scope = Scope.CHILD, by: Worker | None = None,
    child: Child | None = None, seen: int | None = None, key: str = "", **said: object,
) -> str:  # fmt: skip
    """Restrict parts of an entry of a book, by Dana; return the name of the first restriction."""
    manager = by or made_up.dana
    book = made_up.book(child or made_up.jay, by=manager)
    leaf = leaf_of(made_up, number, child=child)
    actions.restrict(
        book=book, number=number, parts=parts or ("s1",), scope=scope,
        grounds=grounds(made_up, **said),
        seen=reads.last_step(book.id, leaf) if seen is None else seen,
        by=manager.id, at=made_up.now, auth="password", key=key,
    )  # fmt: skip
    row = Restriction.objects.filter(leaf=leaf, book_id=book.id).order_by("-set_in").first()
    assert row is not None
    return f"{leaf}-{row.part or 'entry'}-{row.scope}"


def leaf_of(made_up: MadeUp, number: int, *, child: Child | None = None) -> int:
    entry = entry_at((child or made_up.jay).book, number)
    assert entry is not None
    return entry.index


def review(made_up: MadeUp, which: str, outcome: str, *, to: str = "", by: Worker | None = None,
           seen: int | None = None, key: str = "", **said: object) -> None:  # fmt: skip
    manager = by or made_up.dana
    book, leaf = made_up.book(made_up.jay, by=manager), int(which.split("-", maxsplit=1)[0])
    actions.review(
        book=book, which=which, outcome=outcome, to=to, grounds=grounds(made_up, **said),
        seen=reads.last_step(book.id, leaf) if seen is None else seen,
        by=manager.id, at=made_up.now, auth="password", key=key,
    )  # fmt: skip


def due(made_up: MadeUp, key: str = "restricted/review", by: Worker | None = None) -> list[date]:
    book = made_up.book(made_up.jay, by=by or made_up.dana)
    duties = duties_in([book.id], reader=book.reader, at=made_up.now)
    return [day_of(duty.due_at) for duty in duties if duty.key == key]


def written(made_up: MadeUp, **said: Any) -> int:
    return made_up.write(
        made_up.jay, "Her aunt has not been told yet.", "It rained.", **said
    ).numbers[made_up.jay.book]


def states(which: str) -> list[str]:
    leaf, part, scope = which.split("-")
    rows = Restriction.objects.filter(leaf=leaf, part="" if part == "entry" else part, scope=scope)
    return list(rows.order_by("set_in").values_list("state", flat=True))


@pytest.mark.policy("P37", "P42")
def test_what_is_restricted_later_is_held_and_looked_at_again_on_its_day(made_up: MadeUp) -> None:
    which = restrict(made_up, written(made_up))

    [row] = Restriction.objects.filter(state=State.HELD)
    assert (row.part, row.scope, row.ground) == ("s1", "child", "risk_to_child")
    assert row.decided_by == made_up.dana.id
    assert due(made_up) == [day_of(made_up.now) + MONTH]
    seen = reads.section(
        reads.books_answered_for(made_up.dana.id, at=made_up.now), reads.SectionWanted(),
        worker=made_up.dana.id, at=made_up.now,
    )  # fmt: skip
    assert [(shown.which, shown.part, shown.overdue) for shown in seen.rows] == [
        (which, "statement 1", 0)
    ]


@pytest.mark.policy("P42")
def test_a_review_renews_with_a_reason_and_the_next_one_is_due(made_up: MadeUp) -> None:
    which, later = restrict(made_up, written(made_up)), day_of(made_up.now) + 2 * MONTH

    review(made_up, which, "renewed", reason="Her aunt comes in spring.", review_on=later)

    assert states(which) == ["held"]
    assert due(made_up) == [later]
    steps = reads.history(made_up.book(made_up.jay, by=made_up.dana), which)
    assert [(step.step, step.reason) for step in steps] == [
        ("renewed", "Her aunt comes in spring."),
        ("set", "She would hear it alone."),
    ]


@pytest.mark.policy("P42")
def test_what_is_released_asks_for_nothing_more_but_to_tell_it(made_up: MadeUp) -> None:
    which = restrict(made_up, written(made_up))

    review(made_up, which, "released", reason="She has been told.", review_on=None)

    assert states(which) == ["released"]
    assert due(made_up) == []
    assert len(due(made_up, "restricted/tell")) == 2


@pytest.mark.policy("P42")
def test_what_moves_is_held_in_the_other_section_on_its_own_ground(made_up: MadeUp) -> None:
    which = restrict(made_up, written(made_up))

    review(
        made_up, which, "moved", to="need_to_know", ground="risk_to_other", reason="A colleague."
    )

    assert states(which) == ["moved"]
    moved = which.replace("child", "need_to_know")
    assert states(moved) == ["held"]
    assert len(due(made_up)) == 1
    assert made_up.book(made_up.jay, by=made_up.dana)
    review(made_up, moved, "moved", to="child", reason="It is about her.")
    assert (states(which), states(moved)) == (["moved", "held"], ["moved"])


@pytest.mark.policy("P42")
def test_what_an_author_restricted_stands_in_the_same_section(made_up: MadeUp) -> None:
    on = day_of(made_up.now) + MONTH
    withheld = {
        "text": "Her aunt has not been told yet.", "sharing": "withheld",
        "ground": "risk_to_child", "reason": "She would hear it alone.", "review_on": f"{on}",
    }  # fmt: skip
    number = written(made_up, statements=[withheld])
    which = f"{leaf_of(made_up, number)}-s1-child"

    assert due(made_up) == [on]
    review(made_up, which, "released", reason="She has been told.")
    assert (states(which), due(made_up)) == (["released"], [])


@pytest.mark.policy("P42")
def test_what_nobody_looked_at_waits_on_the_responsible_individual(made_up: MadeUp) -> None:
    ursula = made_up._worker("ursula.hale", "Ursula Hale")
    made_up._appoint(ursula, "responsible_individual", None)
    restrict(made_up, written(made_up), review_on=day_of(made_up.now) + timedelta(days=3))

    assert due(made_up, "restricted/overdue", by=ursula) == []
    made_up.now += timedelta(days=4)
    assert due(made_up, "restricted/overdue", by=ursula) != []
    assert due(made_up, "restricted/overdue", by=made_up.dana) == []
    assert due(made_up) != []


def test_rebuilt_equals_live(made_up: MadeUp) -> None:
    which = restrict(made_up, written(made_up))
    review(made_up, which, "moved", to="need_to_know", reason="A colleague.")
    tables = (Restriction, RestrictionStep)
    live = [list(table.objects.order_by("pk").values_list()) for table in tables]

    rebuild()

    assert [list(table.objects.order_by("pk").values_list()) for table in tables] == live
