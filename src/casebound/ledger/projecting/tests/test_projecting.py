"""What is shown follows from the entries, exactly once each, and can be made again."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import OperationalError, connections

from casebound.foundation.base.ids import BookId
from casebound.foundation.proof.commitments import Data
from casebound.ledger.projecting import projections, registry, rooms
from casebound.ledger.projecting.actions import STOPPED, catch_up, rebuild, seal_and_project
from casebound.ledger.projecting.damaged import damaged_entries, is_mended
from casebound.ledger.projecting.kinds import Kind, Words, kind_of
from casebound.ledger.projecting.models import DamagedEntry, Reach
from casebound.ledger.projecting.projections import ROOM
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.projecting.tests import told
from casebound.ledger.projecting.tests.rebuilding import assert_rebuild_equals_live, dump
from casebound.ledger.sealing import reads
from casebound.ledger.sealing.actions import seal
from casebound.ledger.sealing.checking import full
from casebound.ledger.sealing.opening import Cause
from casebound.ledger.sealing.reads import ReadEntry
from casebound.ledger.sealing.tests import build
from casebound.ledger.sealing.tests.dying import killed_at_each_step

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def book() -> Iterator[BookId]:
    build.begin()
    with told.room():
        yield build.book()


def lines() -> list[tuple[object, ...]]:
    rows = dump()["made_up_line"]
    return [(row[0], row[3], row[5], bool(row[6])) for row in rows]


def test_what_was_sealed_is_there_when_the_seal_returns(book: BookId) -> None:
    seal_and_project(told.new(book, "One."))
    seal_and_project(told.new(book, "Two."))
    assert lines() == [(1, "One.", 1, False), (2, "Two.", 2, True)]


def test_rebuild_equals_live(book: BookId) -> None:
    other = build.book()
    for text, about, tags in (
        ("One.", "Jay", ()),
        ("Two.", None, ("a", "b")),
        ("Three.", "Jay", ()),
        ("Four.", "Jay", ("forget",)),
        ("Five.", None, ()),
    ):
        seal_and_project(told.new(book, text, about=about, tags=tags))
        seal_and_project(told.new(other, text, about="Sam", tags=tags))
    rows = assert_rebuild_equals_live()
    assert len(rows["made_up_line"]) == 5


def test_what_was_sealed_elsewhere_is_caught_up_with_in_order(book: BookId) -> None:
    for n in range(3):
        seal(told.new(book, f"{n}."))
    assert lines() == []
    seal_and_project(told.new(book, "3."))
    assert [line[1] for line in lines()] == ["0.", "1.", "2.", "3."]
    assert catch_up() == catch_up(upto=2) == 5


def test_catching_up_ends_where_the_log_ends_whatever_leaf_it_was_asked_for(book: BookId) -> None:
    seal(told.new(book, "One."))
    assert catch_up(upto=7) == 2
    assert catch_up(upto=7) == 2
    Reach.objects.update(next_leaf=5)  # ahead of the log, as beside an older copy of it
    assert catch_up(upto=7) == 5
    assert [line[1] for line in lines()] == ["One."]


def test_a_long_log_is_caught_up_with_a_batch_at_a_time(
    book: BookId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebound.ledger.projecting.actions.AT_A_TIME", 2)
    monkeypatch.setattr("casebound.ledger.sealing.reads.CHUNK", 1)
    for n in range(5):
        seal(told.new(book, f"{n}."))
    assert rebuild() == 6
    assert len(lines()) == 5


def test_an_entry_that_a_projection_fails_on_is_shown_as_damaged_and_the_others_as_they_are(
    book: BookId,
) -> None:
    def fail(entry: ReadEntry, fact: told.Told, rows: Rows) -> None:
        told.told(entry, fact, rows)
        if fact.text == "Two.":
            raise RuntimeError("a fault of the projection")

    broken = replace(told.PROJECTION, on={told.Told.kind: fail})
    with told.room(broken, (ROOM, projections.PROJECTION), table=False):
        for words in ("One.", "Two.", "Three."):
            seal_and_project(told.new(book, words))
        assert [line[1] for line in lines()] == ["One.", "Three."]
        assert [(row.number, row.cause) for row in damaged_entries()] == [(2, Cause.WORDS)]
        assert not is_mended()
        DamagedEntry.objects.all().delete()
    assert rebuild() == 4
    assert len(lines()) == 3


def test_a_store_that_fails_is_tried_again(book: BookId) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("the disk is full")

    full_disk = replace(told.PROJECTION, on={told.Told.kind: fail})
    with told.room(full_disk, table=False), pytest.raises(OperationalError):
        seal_and_project(told.new(book))
    assert lines() == []
    catch_up()
    assert len(lines()) == 1


def test_a_process_killed_while_projecting_leaves_what_a_rebuild_makes(book: BookId) -> None:
    seal_and_project(told.new(book))
    connections.close_all()
    steps = 0
    for step in killed_at_each_step(lambda step: seal_and_project(told.new(book, f"{step}."))):
        catch_up()
        assert_rebuild_equals_live()
        steps = step + 1
        connections.close_all()
    assert steps > 10
    assert len(lines()) == reads.book_pages(book)
    assert full().ok


def test_a_kind_reads_back_as_it_was_written(book: BookId) -> None:
    done = seal_and_project(told.new(book, "Jay\r\ncame.", about=None, tags=("a",)))
    entry = reads.entry_of(done.entry_id)
    assert entry is not None
    assert kind_of(entry) == ("made-up/told", 1)
    assert told.Told.read(entry) == told.Told(text=Words("Jay\ncame."), about=None, tags=("a",))


def test_an_entry_that_does_not_say_what_it_is_is_damaged(book: BookId) -> None:
    seal(replace(told.new(book), parts=(Data({"n": "text"}, "?"),)))
    seal(told.new(book, "Two."))
    with told.room(told.PROJECTION, (ROOM, projections.PROJECTION), table=False):
        assert catch_up() == 3
        assert [(row.number, row.cause) for row in damaged_entries()] == [(1, Cause.WORDS)]
        assert [line[1] for line in lines()] == ["Two."]


def test_a_store_without_rows_is_not_filled_in_part(
    book: BookId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebound.ledger.projecting.actions.AT_A_TIME", 2)
    for n in range(5):
        seal(told.new(book, f"{n}."))
    Reach.objects.all().delete()
    assert catch_up() == catch_up(upto=1) == STOPPED
    assert lines() == []


def test_a_change_where_nothing_is_said_finds_what_is_empty(book: BookId) -> None:
    seal_and_project(told.new(book, about=None))
    rows = Rows()
    rows.change(told.Line, {"about": None}, times=7)
    assert [line.times for line in rows.find(told.Line, about=None)] == [7]
    assert rows.find(told.Line, about="Jay") == []


def test_every_room_of_the_house_has_kinds_of_its_own_names() -> None:
    kinds = registry.kinds()
    assert all(isinstance(kind, type) and issubclass(kind, Kind) for kind in kinds.values())
    assert registry.versions() == registry.versions()


def test_a_room_that_does_not_say_how_an_entry_is_withdrawn_is_refused() -> None:
    says_nothing = Projection(version=1, tables=(), on={"book/entry": lambda *_: None})

    with pytest.raises(registry.UndeclaredWithdrawalError, match="projection of drills reacts to"):
        registry.check_withdrawal("drills", says_nothing)

    registry.check_withdrawal("drills", replace(says_nothing, withdraw=lambda *_: None))
    registry.check_withdrawal("drills", replace(says_nothing, shows_withdrawn="struck through"))


def test_two_kinds_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Room:
        KINDS = (told.Told, told.Told)

    monkeypatch.setattr(rooms, "modules_of_rooms", lambda _: [Room])
    with pytest.raises(ValueError, match="made-up/told"):
        registry.kinds.__wrapped__()
