"""A room can be remade alone: what it reads of other rooms is declared, and no other is touched."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.db.models import Model

from casebound.ledger.projecting import actions
from casebound.ledger.projecting.models import Reach
from casebound.ledger.projecting.reach import rooms_to_remake
from casebound.ledger.projecting.registry import Projection, affected_by, projections, versions
from casebound.ledger.projecting.remaking import remake
from casebound.ledger.projecting.rows import Rows
from tests.house.life import whole_life
from tests.house.source import nothing
from tests.house.test_rebuilding import shown
from tests.made_up import MadeUp

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_room_remade_alone_has_the_rows_it_had(made_up: MadeUp) -> None:
    # A room that asks rows of a room it does not declare finds none of them in the shadow store.
    whole_life(made_up)
    live = shown()

    differ = []
    for room, _ in projections():
        assert room in remake([room])
        again = shown()
        differ += [f"{room}: {label}" for label, rows in live.items() if again[label] != rows]

    nothing(differ)


def test_a_raised_version_remakes_the_room_and_those_that_read_it_and_no_other(
    made_up: MadeUp,
) -> None:
    whole_life(made_up)
    live = shown()
    affected = affected_by(["book"])
    Reach.objects.filter(room="book").update(version="old")
    for _, projection in projections():
        for table in projection.tables:
            table._default_manager.all().delete()

    assert rooms_to_remake() == affected == remake()

    again = shown()
    assert "book" in affected < versions().keys()
    for room, projection in projections():
        for table in projection.tables:
            label = table._meta.label
            assert again[label] == (live[label] if room in affected else []), label
    assert rooms_to_remake() == frozenset()


def test_a_room_writes_and_looks_up_rows_of_its_own_and_of_rooms_it_declares(
    made_up: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_life(made_up)
    room_of = {table: room for room, projection in projections() for table in projection.tables}
    writes: set[tuple[str, str]] = set()
    finds: set[tuple[str, str]] = set()

    for name, seen in (("add", writes), ("add_missing", writes), ("change", writes),
                       ("remove", writes), ("find", finds)):  # fmt: skip
        monkeypatch.setattr(Rows, name, noting(getattr(Rows, name), seen, room_of))
    monkeypatch.setattr(actions, "projections", lambda: tuple(map(naming, projections())))
    actions.rebuild()

    own = {(room, room) for room in versions()}
    declared = {
        (room, other) for room, projection in projections() for other in projection.writes_rows_of
    }
    read = {
        (room, other) for room, projection in projections() for other in projection.reads_rows_of
    }
    nothing(f"{room} writes rows of {other}" for room, other in writes - own - declared)
    nothing(f"{room} looks up rows of {other}" for room, other in finds - own - declared - read)
    nothing(
        f"{room} says that it writes rows of {other}, and wrote none. Take it out of "
        "`writes_rows_of`, or write an entry that does it in `LIFE` of the room's tests/examples.py"
        for room, other in declared - writes
    )


def noting(
    method: Callable[..., Any],  # of Rows, which take any column
    seen: set[tuple[str, str]],
    room_of: Mapping[type[Model], str],
) -> Callable[..., Any]:
    """Return the method of `Rows` so that it also notes down who uses it on whose table."""

    def noted(self: Rows, model: type[Model], *words: Any, **named: Any) -> Any:
        seen.add((_NOW[-1], room_of[model]))
        return method(self, model, *words, **named)

    return noted


def naming(named: tuple[str, Projection]) -> tuple[str, Projection]:
    """Return a room's projection so that it is known whose function runs."""
    room, projection = named

    def inside(function: Callable[..., None]) -> Callable[..., None]:
        def run(*words: Any) -> None:
            _NOW.append(room)
            try:
                function(*words)
            finally:
                _NOW.pop()

        return run

    return room, replace(
        projection,
        on={kind: inside(function) for kind, function in projection.on.items()},
        withdraw=inside(projection.withdraw) if projection.withdraw else None,
        redraw=inside(projection.redraw) if projection.redraw else None,
    )


_NOW: list[str] = []


def test_what_a_projection_declares_are_rooms_with_rows() -> None:
    nothing(
        f"{room}: {other}"
        for room, projection in projections()
        for other in (*projection.reads_rows_of, *projection.writes_rows_of)
        if other not in versions()
    )


def test_rows_have_the_same_keys_wherever_they_are_made() -> None:
    # Rows are exchanged by their keys, a table at a time: no counted key, no key into a table.
    nothing(
        f"{table._meta.label}.{field.name}"
        for _, projection in projections()
        for table in projection.tables
        for field in table._meta.concrete_fields
        if field.is_relation or "Auto" in type(field).__name__
    )
