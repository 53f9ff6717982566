"""The one table of clocks, and which of them an entry starts or ends."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from casebound.foundation.proof.canonical import Json
from casebound.rulebook.clocks.loading import read_clocks
from casebound.rulebook.clocks.shape import ANY, Clock, End, Start

TABLE = files(__package__) / "clocks.toml"


@cache
def clocks() -> tuple[Clock, ...]:
    """Return every clock, in the order of the table, read once."""
    return read_clocks(TABLE)


@cache
def _by_key() -> dict[str, Clock]:
    return {one.key: one for one in clocks()}


def clock(key: str) -> Clock:
    """Return the clock of this key.

    Raises:
        KeyError: there is none.
    """
    return _by_key()[key]


@cache
def recorded_by(form: str) -> Clock:
    """Return the clock that the signature of an entry on a form ends: its own, else P43's."""
    own = [one for one in clocks() if one.record and any(form in s.forms for s in one.starts)]
    return own[0] if own else clock("entry/record")


@cache
def _may_start(form: str) -> tuple[tuple[Clock, Start], ...]:
    return tuple(
        (one, start)
        for one in clocks()
        for start in one.starts
        if form in start.forms or (ANY in start.forms and not one.record)
    )


@cache
def _may_end(form: str) -> tuple[tuple[Clock, End], ...]:
    return tuple((one, end) for one in clocks() for end in one.ends if end.form == form)


def started_by(form: str, answers: Mapping[str, Json]) -> Iterator[tuple[Clock, Start]]:
    """Give the clocks that an entry on a form sets going, by its form and sealed answers.

    Whether a start that asks for more (prohibited, originator, tracked) has it, the caller knows.
    """
    for one, start in _may_start(form):
        if start.holds(form, answers):
            yield one, start


def started_by_fact(kind: str) -> Iterator[tuple[Clock, Start]]:
    """Give the clocks that a fact sealed by a deed sets going."""
    for one in clocks():
        for start in one.starts:
            if start.kind == kind:
                yield one, start


def ended_by(form: str, answers: Mapping[str, Json]) -> Iterator[tuple[Clock, End]]:
    """Give the clocks that an entry on a form can end."""
    for one, end in _may_end(form):
        if end.holds(form, answers):
            yield one, end
