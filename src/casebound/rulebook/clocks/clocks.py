"""The one table of clocks, and which of them an entry starts or ends."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files

from casebound.foundation.proof.canonical import Json
from casebound.rulebook.clocks.loading import read_clocks
from casebound.rulebook.clocks.shape import ANY, Clock, End, Start

TABLE = files(__package__) / "clocks.toml"


@cache
def clocks() -> tuple[Clock, ...]:
    """Return every version of every clock, in the order of the table, read once."""
    return read_clocks(TABLE)


@cache
def digests() -> Mapping[str, str]:
    """Return the digest of each version of each clock, as `control/user.1`, in order."""
    return {f"{clock.key}.{clock.version}": clock.digest for clock in clocks()}


def clock(key: str, *, since: datetime | None = None) -> Clock:
    """Return the clock of this key: the version that counts from `since`, or the newest.

    Raises:
        KeyError: there is none.
    """
    versions = _versions()[key]
    return versions[-1] if since is None else _holding(versions, since)


@cache
def _versions() -> Mapping[str, tuple[Clock, ...]]:
    """Return the versions of each clock by key, the oldest first."""
    keys = dict.fromkeys(clock.key for clock in clocks())
    return {key: tuple(clock for clock in clocks() if clock.key == key) for key in keys}


def _holding(versions: tuple[Clock, ...], since: datetime) -> Clock:
    return next(version for version in versions if version.holds_at(since))


def recorded_by(form: str, *, since: datetime | None = None) -> Clock:
    """Return the clock that the signature of an entry on a form ends: its own, else P43's.

    `since` is when it began to run; without it, the newest version is returned.
    """
    return clock(_recorded_by(form), since=since)


@cache
def _recorded_by(form: str) -> str:
    own = (
        clock.key
        for clock in clocks()
        if clock.record and any(form in start.forms for start in clock.starts)
    )
    return next(own, "entry/record")


@cache
def _may_start(form: str) -> tuple[tuple[Clock, Start], ...]:
    return tuple(
        (clock, start)
        for clock in clocks()
        for start in clock.starts
        if form in start.forms or (ANY in start.forms and not clock.record)
    )


@cache
def _may_end(form: str) -> tuple[tuple[Clock, End], ...]:
    return tuple((clock, end) for clock in clocks() for end in clock.ends if end.form == form)


def started_by(form: str, answers: Mapping[str, Json]) -> Iterator[tuple[Clock, Start]]:
    """Give the clocks that an entry on a form sets going, by its form and sealed answers.

    All versions of a clock are given: the caller works out from when it runs, and asks
    `holds_at`. The caller also knows what a start may ask for: prohibited, originator, tracked.
    """
    for clock, start in _may_start(form):
        if start.holds(form, answers):
            yield clock, start


def started_by_fact(kind: str, *, since: datetime) -> Iterator[tuple[Clock, Start]]:
    """Give the clocks that an event of this kind sets going, to run from `since`."""
    for clock in clocks():
        for start in clock.starts:
            if start.kind == kind and clock.holds_at(since):
                yield clock, start


def ended_by(
    form: str, answers: Mapping[str, Json], *, at: datetime | None = None
) -> Iterator[tuple[Clock, End]]:
    """Give the clocks that an entry on a form can end, as their versions of `at` say."""
    for clock, end in _may_end(form):
        if end.holds(form, answers) and (at is None or clock.holds_at(at)):
            yield clock, end
