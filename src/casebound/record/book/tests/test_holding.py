"""What authors restrict while writing becomes rows that every room and page can ask."""

from datetime import timedelta

import pytest
from django.db import connections

from casebound.foundation.web.queries import rows_of
from casebound.ledger.projecting.rows import Rows
from casebound.people.restricted.holding import Holding, Scope, State, end, hold
from casebound.people.restricted.models import Restriction
from casebound.people.restricted.reads import (
    EntryReader,
    held_in,
    may_read,
    parts_hidden_among,
    parts_hidden_column,
    restrictions_of,
)
from tests.made_up import MadeUp, Worker

SAID = "Her aunt has not been told yet."


def held(made_up: MadeUp, **more: object) -> Restriction:
    on = (made_up.now + timedelta(days=30)).date()
    marks = {
        "text": SAID, "sharing": "withheld", "ground": "risk_to_child",
        "reason": "She would hear it alone.", "review_on": f"{on}",
    }  # fmt: skip
    made_up.write(made_up.jay, statements=[{"text": "She rang."}, marks | more])
    return Restriction.objects.get()


@pytest.mark.django_db
@pytest.mark.policy("P36")
def test_a_withheld_statement_is_held_from_the_child_with_its_ground_and_review(
    made_up: MadeUp,
) -> None:
    row = held(made_up)

    assert (row.book_id, row.part, row.scope, row.state) == (
        made_up.jay.book, "s2", "child", "held",
    )  # fmt: skip
    assert (row.ground, row.reason) == ("risk_to_child", "She would hear it alone.")
    assert row.review_on == (made_up.now + timedelta(days=30)).date()
    assert (row.decided_by, row.set_in) == (made_up.sam.id, row.leaf)
    assert restrictions_of(row.leaf, book=made_up.jay.book) == [row]


def hold_part(
    made_up: MadeUp, leaf: int, part: str, about: tuple[Worker, ...] = (), *, behind: int = 1
) -> None:
    rows = Rows()
    hold(
        rows,
        Holding(
            book=made_up.jay.book, leaf=leaf, part=part, scope=Scope.NEED_TO_KNOW,
            ground="sensitive", reason="It is about her body.", decided_by=made_up.dana.id,
            decided_at=made_up.now, set_in=leaf + behind,
            kept_from=frozenset(worker.id for worker in about),
        ),
    )  # fmt: skip
    rows.send()


def end_part(made_up: MadeUp, leaf: int, part: str) -> None:
    rows = Rows()
    end(
        rows,
        book=made_up.jay.book,
        leaf=leaf,
        part=part,
        scope=Scope.NEED_TO_KNOW,
        state=State.RELEASED,
    )
    rows.send()


def reader(made_up: MadeUp, worker: Worker) -> EntryReader:
    return made_up.book(made_up.jay, by=worker).reader


def parts(made_up: MadeUp, leaf: int, reader: EntryReader) -> set[str]:
    """Return the hidden parts, asked both ways."""
    among = parts_hidden_among([leaf], reader).get((made_up.jay.book, leaf), frozenset())
    column, values = parts_hidden_column(reader, "l", vendor=connections["derived"].vendor)
    sql = f"SELECT {column} FROM (SELECT %s AS book_id, %s AS leaf) l"  # noqa: S608
    [(words,)] = rows_of("derived", sql, [*values, made_up.jay.book, leaf])
    assert set((words or "").split()) == among
    return set(among)


@pytest.mark.django_db
@pytest.mark.policy("P63")
def test_a_part_is_open_to_those_who_need_to_know_and_never_to_who_it_is_about(
    made_up: MadeUp,
) -> None:
    other = made_up._worker("ruth.abara", "Ruth Abara")
    made_up._appoint(other, "residential_worker", made_up.oak)
    keys = made_up._worker("tom.fairweather", "Tom Fairweather")
    made_up._appoint(keys, "key_worker", made_up.oak, made_up.mika)
    leaf = held(made_up).leaf
    hold_part(made_up, leaf, "s1")

    def who() -> dict[str, bool]:
        workers = (made_up.dana, made_up.kit, made_up.sam, other, keys)
        return {
            worker.full_name: "s1" not in parts(made_up, leaf, reader(made_up, worker))
            for worker in workers
        }

    assert who() == {
        "Dana Whitlock": True, "Kit Adeyemi": True, "Sam Okafor": True,
        "Ruth Abara": False, "Tom Fairweather": False,
    }  # fmt: skip
    hold_part(made_up, leaf, "s1", about=(made_up.dana, made_up.sam))
    assert {name for name, may in who().items() if may} == {"Kit Adeyemi"}
    granted = EntryReader(other.id, granted=(leaf,))
    assert parts(made_up, leaf, granted) == set()
    end_part(made_up, leaf, "s1")
    assert {name for name, may in who().items() if not may} == {"Dana Whitlock", "Sam Okafor"}


@pytest.mark.django_db
@pytest.mark.policy("P63")
def test_a_whole_entry_is_for_those_who_need_to_know_until_it_is_released(
    made_up: MadeUp,
) -> None:
    other = made_up._worker("ruth.abara", "Ruth Abara")
    made_up._appoint(other, "residential_worker", made_up.oak)
    leaf = held(made_up).leaf
    hold_part(made_up, leaf, "", about=(made_up.dana,))

    def who() -> set[str]:
        workers = (made_up.dana, made_up.kit, made_up.sam, other)
        return {
            worker.full_name
            for worker in workers
            if may_read(leaf, reader(made_up, worker), book=made_up.jay.book)
        }

    assert who() == {"Kit Adeyemi", "Sam Okafor"}
    assert not held_in([made_up.jay.book], reader(made_up, other)).exists()
    assert held_in([made_up.jay.book], reader(made_up, made_up.kit)).count() == 2
    end_part(made_up, leaf, "")
    assert who() == {"Kit Adeyemi", "Sam Okafor", "Ruth Abara"}


@pytest.mark.django_db
@pytest.mark.policy("P63")
@pytest.mark.parametrize("about", [False, True])
def test_what_is_restricted_again_after_it_was_released_is_closed_again(
    made_up: MadeUp, *, about: bool
) -> None:
    entry = made_up.write(made_up.jay, "One.", "Two.", by=made_up.kit)
    leaf, book = entry.index, made_up.jay.book
    workers = (made_up._worker("ruth.abara", "Ruth Abara"),) if about else ()
    for part in ("s1", ""):
        hold_part(made_up, leaf, part, workers)
        end_part(made_up, leaf, part)
    sam = reader(made_up, made_up.sam)
    assert parts(made_up, leaf, sam) == set()
    assert may_read(leaf, sam, book=book)

    for part in ("s1", ""):
        hold_part(made_up, leaf, part, workers, behind=2)

    assert parts(made_up, leaf, sam) == {"s1"}
    assert not may_read(leaf, sam, book=book)
