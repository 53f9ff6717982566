"""Reading the table of clocks, strictly: one with a mistake in it stops the program at once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Final, TypeAlias

from msgspec import Meta, field

from casebound.foundation.base.data_files import (
    DataFileError,
    MaybeText,
    Strict,
    Text,
    as_shape,
    read_toml,
)
from casebound.foundation.base.digests import digest_of
from casebound.foundation.base.times import LONDON
from casebound.rulebook.clocks.shape import (
    AssignedTo,
    Clock,
    Condition,
    Each,
    End,
    Example,
    From,
    Limit,
    Start,
    Unit,
    Within,
)

Table: TypeAlias = Mapping[str, Any]  # as TOML has it
Key: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]+/[a-z-]+\Z",
        max_length=40,
        description="is no key: room/what, in lower case",
    ),
]
Line: TypeAlias = Annotated[
    str, Meta(pattern=r"^\S.*\S\Z", max_length=120, description="says what to do in a line")
]
# Words and worked examples may be put better in place; whatever counts may not.
WORDS: Final = frozenset({"what", "source", "state", "examples"})
UNITS: Final = tuple(unit.value for unit in Unit)


class ConditionFile(Strict):
    """`{ field = "accurate", is = "yes" }`."""

    field_name: Text = field(name="field")
    values: Text | tuple[Text, ...] = field(name="is")


class Counted(Strict):
    """A limit: one of these, and how many."""

    hours: int | None = None
    days: int | None = None
    working_days: int | None = None
    months: int | None = None
    end_of_day: int | None = None
    end_of_month: int | None = None
    end_of_year: int | None = None


class StartFile(Counted):
    """What sets it going."""

    forms: tuple[Text, ...] = ()
    kind: MaybeText = ""
    since: Text = field(name="from", default=From.SIGNED.value)
    when: ConditionFile | None = None
    unless: ConditionFile | None = None
    prohibited: bool = False
    originator: bool = False
    tracked: bool = False
    without: MaybeText = ""
    until: MaybeText = ""
    if_ahead: bool = False


class EndFile(Strict):
    """What ends it."""

    form: Text
    when: ConditionFile | None = None
    unless: ConditionFile | None = None
    named: bool = False
    every: bool = False
    by_originator: bool = False
    unasked: bool = False
    view: bool = False
    same_event: bool = False
    fills: dict[str, str] = {}
    done: Text = From.END.value


class ExampleFile(Strict):
    """A worked example, in London's time."""

    since: Text = field(name="from")
    due: Text
    goal: Text | None = None


class ClockFile(Counted, kw_only=True):
    """One row of the table. What the keys mean stands at its head."""

    key: Key
    what: Line
    rule: Text
    source: Text
    assigned_to: AssignedTo
    goal_hours: int = 0
    without_delay: bool = False
    record: bool = False
    local: bool = False
    barred: MaybeText = ""
    each: Each | None = None
    state: tuple[Text, ...] = ()
    within: Within = Within.ENTRY
    early: bool = False
    apart: MaybeText = ""
    starts: tuple[StartFile, ...]
    ends: tuple[EndFile, ...] = ()
    examples: Annotated[
        tuple[ExampleFile, ...], Meta(min_length=1, description="need one example at least")
    ]
    version: int = 1
    holds_from: MaybeText = ""


class TableFile(Strict):
    """The table. Its rows are read one by one: a later version says only what changed."""

    clocks: tuple[dict[str, Any], ...]


def read_clocks(file: Traversable) -> tuple[Clock, ...]:
    """Return the clocks of a table, in its order.

    Raises:
        DataFileError: the table is not one of clocks.
    """
    table = as_shape(TableFile, read_toml(file), where=file.name)
    clocks: list[Clock] = []
    whole: dict[str, Table] = {}  # the newest version so far, by key
    for row in table.clocks:
        key = str(row.get("key", "a clock without a key"))
        where = f"{file.name}, {key}"
        whole[key] = _whole(where, row, whole.get(key))
        clocks.append(_clock(where, whole[key]))
    return tuple(_until_the_next(clock, clocks) for clock in clocks)


def _whole(where: str, row: Table, earlier: Table | None) -> Table:
    """Return the whole clock of a row; a later version says only what changed."""
    version = row.get("version", 1)
    if earlier and version == 1:
        raise DataFileError(
            f"{where}: stands there twice; a change is a further row with `version`"
        )
    if version != (earlier.get("version", 1) + 1 if earlier else 1):
        raise DataFileError(f"{where}: version {version} does not follow the one before")
    if earlier is None:
        return row
    if "holds_from" not in row:
        raise DataFileError(f"{where}: version {version} says `holds_from`, a day")
    left_out = {"examples", *(UNITS if row.keys() & set(UNITS) else ())}
    return {key: value for key, value in earlier.items() if key not in left_out} | dict(row)


def _until_the_next(clock: Clock, clocks: list[Clock]) -> Clock:
    later = [
        other.holds_from
        for other in clocks
        if (other.key, other.version) == (clock.key, clock.version + 1)
    ]
    if not later:
        return clock
    if later[0] is None or (clock.holds_from and later[0] <= clock.holds_from):
        raise DataFileError(f"{clock.key}: `holds_from` of a later version is a later day")
    return replace(clock, holds_until=later[0])


def _clock(where: str, table: Table) -> Clock:
    file = as_shape(ClockFile, table, where=where)
    try:
        clock = _taken(file, digest_of({key: of for key, of in table.items() if key not in WORDS}))
    except ValueError as error:
        raise DataFileError(f"{where}: {error}") from error
    if any(bool(example.goal) is not bool(clock.goal_hours) for example in clock.examples):
        raise DataFileError(f"{where}: each example says the goal, if there is one")
    return clock


def _taken(file: ClockFile, digest: str) -> Clock:
    limit = _limit(file)
    if limit is None:
        raise ValueError("it has no limit: say hours, days, or another unit")
    return Clock(
        key=file.key,
        what=file.what,
        rule=file.rule,
        source=file.source,
        assigned_to=file.assigned_to,
        limit=limit,
        goal_hours=file.goal_hours,
        without_delay=file.without_delay,
        record=file.record,
        local=file.local,
        barred=file.barred,
        each=file.each,
        state=file.state,
        within=file.within,
        early=file.early,
        apart=file.apart,
        starts=tuple(_start(start) for start in file.starts),
        ends=tuple(_end(end) for end in file.ends),
        examples=tuple(_example(example) for example in file.examples),
        version=file.version,
        holds_from=_midnight(file.holds_from) if file.holds_from else None,
        digest=digest,
    )


def _start(file: StartFile) -> Start:
    since, _, answer = file.since.partition(":")
    start = Start(
        forms=file.forms,
        kind=file.kind,
        since=From(since),
        answer=answer if since != From.BIRTHDAY else "",
        age=int(answer) if since == From.BIRTHDAY else 0,
        until=file.until,
        if_ahead=file.if_ahead,
        when=_condition(file.when),
        unless=_condition(file.unless),
        prohibited=file.prohibited,
        originator=file.originator,
        tracked=file.tracked,
        without=file.without,
        limit=_limit(file),
    )
    named = bool(start.answer) is (start.since is From.ANSWER)
    if bool(start.forms) is bool(start.kind) or not named:
        raise ValueError("a start has forms or a kind, and names the answer it runs from")
    return start


def _end(file: EndFile) -> End:
    done, _, answer = file.done.partition(":")
    return End(
        done=From(done),
        answer=answer,
        form=file.form,
        when=_condition(file.when),
        unless=_condition(file.unless),
        named=file.named,
        every=file.every,
        by_originator=file.by_originator,
        unasked=file.unasked,
        view=file.view,
        same_event=file.same_event,
        fills=file.fills,
    )


def _condition(file: ConditionFile | None) -> Condition | None:
    if file is None:
        return None
    values = (file.values,) if isinstance(file.values, str) else file.values
    return Condition(file.field_name, values)


def _limit(file: Counted) -> Limit | None:
    limits = [
        Limit(unit, count) for unit in Unit if (count := getattr(file, unit.value)) is not None
    ]
    if len(limits) > 1:
        raise ValueError("it has two limits: leave one out")
    return limits[0] if limits else None


def _example(file: ExampleFile) -> Example:
    return Example(
        _in_london(file.since), _in_london(file.due), _in_london(file.goal) if file.goal else None
    )


def _in_london(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=LONDON).astimezone(UTC)


def _midnight(day: str) -> datetime:
    return _in_london(date.fromisoformat(day).isoformat())
