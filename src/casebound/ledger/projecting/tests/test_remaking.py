"""Rooms are remade while their old rows are read and sealing goes on."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connections

from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting.actions import seal_and_project
from casebound.ledger.projecting.kinds import Words
from casebound.ledger.projecting.models import Reach
from casebound.ledger.projecting.reach import rooms_to_remake
from casebound.ledger.projecting.registry import Projection, affected_by, needed_for, versions
from casebound.ledger.projecting.remaking import BeingRemadeError, NoSuchRoomError, remake
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.projecting.shadow import Shadow
from casebound.ledger.projecting.tests import told
from casebound.ledger.projecting.tests.rebuilding import dump
from casebound.ledger.sealing.reads import ReadEntry
from casebound.ledger.sealing.tests import build
from casebound.ledger.sealing.tests.dying import killed_at_each_step

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def book() -> Iterator[BookId]:
    build.begin()
    with told.room():
        yield build.book()


def texts() -> list[object]:
    return [row[3] for row in dump()["made_up_line"]]


def told_loudly(entry: ReadEntry, fact: told.Told, rows: Rows) -> None:
    told.told(entry, replace(fact, text=Words(fact.text.upper())), rows)


LOUDER = replace(told.PROJECTION, version=2, on={told.Told.kind: told_loudly})
OTHER = ("other", Projection(version=1, tables=(), on={}))


def test_old_rows_are_served_and_sealing_goes_on_while_a_room_is_remade(book: BookId) -> None:
    seal_and_project(told.new(book, "One."))
    seal_and_project(told.new(book, "Two."))
    seen: list[list[object]] = []

    def look(_: str) -> None:
        seen.append(texts())
        seal_and_project(told.new(book, f"Meanwhile {len(seen)}."))

    with told.room(LOUDER, table=False):
        assert rooms_to_remake() == {"told"}
        assert remake(tell=look) == {"told"}
        assert rooms_to_remake() == frozenset()
        assert seen[0] == ["One.", "Two."]
        assert texts() == ["ONE.", "TWO.", *(f"MEANWHILE {n + 1}." for n in range(len(seen)))]
        assert [row[6] for row in dump()["made_up_line"]].count(True) == 1


def test_pieces_are_exchanged_without_losing_a_row(
    book: BookId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebound.ledger.projecting.remaking.PIECE", 2)
    for n in range(5):
        seal_and_project(told.new(book, f"n{n}"))
    with told.room(LOUDER, table=False):
        remake()
        assert texts() == ["N0", "N1", "N2", "N3", "N4"]


def test_a_room_that_cannot_go_on_with_its_old_rows_stops_until_it_is_remade(book: BookId) -> None:
    def needs_new_rows(entry: ReadEntry, fact: told.Told, rows: Rows) -> None:
        if any(not line.text.isupper() for line in rows.find(told.Line, book_id=book)):
            raise LookupError("rows of an older version")
        told_loudly(entry, fact, rows)

    seal_and_project(told.new(book, "One."))
    picky = replace(LOUDER, on={told.Told.kind: needs_new_rows})
    with told.room(picky, OTHER, table=False):
        Reach.objects.create(room="other", next_leaf=2, version="1")
        seal_and_project(told.new(book, "Two."))
        seal_and_project(told.new(book, "Three."))
        assert texts() == ["One."]
        assert Reach.objects.get(room="other").next_leaf == 4
        assert remake() == {"told"}
        assert texts() == ["ONE.", "TWO.", "THREE."]
        seal_and_project(told.new(book, "Four."))
        assert texts()[-1] == "FOUR."


def test_a_new_room_has_no_rows_until_it_is_made(book: BookId) -> None:
    seal_and_project(told.new(book, "One."))
    with told.room(told.PROJECTION, OTHER, table=False):
        Reach.objects.filter(room="told").delete()
        Reach.objects.create(room="other", next_leaf=2, version="1")
        told.Line.objects.all().delete()  # type: ignore[attr-defined]  # every model has one
        seal_and_project(told.new(book, "Two."))
        assert texts() == []
        assert remake() == {"told"}
        assert texts() == ["One.", "Two."]


def test_a_process_killed_while_remaking_is_taken_up_by_the_next(book: BookId) -> None:
    seal_and_project(told.new(book, "One."))
    seal_and_project(told.new(book, "Two."))
    with told.room(LOUDER, table=False):
        shadow = Shadow()
        with shadow.held():  # making its tables takes hundreds of steps, and nobody reads them
            shadow.prepare(versions())
        connections.close_all()
        steps = 0
        for step in killed_at_each_step(lambda _: remake()):
            assert texts() in (["One.", "Two."], ["ONE.", "TWO."])
            steps = step + 1
            connections.close_all()
        assert steps > 3
        remake()
        assert texts() == ["ONE.", "TWO."]
        assert rooms_to_remake() == frozenset()
        assert not Shadow().exists()


def test_one_process_remakes_at_a_time(book: BookId) -> None:
    seal_and_project(told.new(book, "One."))
    with told.room(LOUDER, table=False), Shadow().held() as held:
        assert held
        with pytest.raises(BeingRemadeError):
            remake()


@pytest.mark.usefixtures("book")
def test_a_room_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(NoSuchRoomError, match="Rooms: told"):
        remake(["elsewhere"])


def test_a_changed_data_file_counts_like_a_raised_version(book: BookId, tmp_path: Path) -> None:
    seal_and_project(told.new(book, "One."))
    file = tmp_path / "table.toml"
    file.write_text("hours = 24\n")
    with told.room(replace(told.PROJECTION, depends_on_files=(tmp_path,)), table=False):
        before = versions()
        remake()
        assert rooms_to_remake() == frozenset()
    file.write_text("hours = 48\n")
    with told.room(replace(told.PROJECTION, depends_on_files=(tmp_path,)), table=False):
        assert versions() != before
        assert rooms_to_remake() == {"told"}


@pytest.mark.usefixtures("book")
def test_what_follows_from_a_room_and_what_it_needs_are_told_apart() -> None:
    nothing = replace(told.PROJECTION, tables=(), on={})
    rooms = (
        ("shared", nothing),
        ("writer", replace(nothing, writes_rows_of=("shared",))),
        ("reader", replace(nothing, reads_rows_of=("shared",))),
        ("alone", nothing),
    )
    with told.room(told.PROJECTION, *rooms, table=False):
        assert affected_by(["writer"]) == {"writer", "shared", "reader"}
        assert affected_by(["shared"]) == {"shared", "reader"}
        assert needed_for(["reader"]) == {"reader", "shared", "writer"}
        assert needed_for(["alone"]) == {"alone"}
