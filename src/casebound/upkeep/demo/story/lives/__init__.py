"""The authored sentences of each child, one file a child, and of the house they share.

How to read the files:

- `[pools]` hold single sentences. Words with an at sign in front say when a sentence fits:
  `@wet`, `@dry`, `@cold`, `@warm`, `@mild`, `@dark`, `@light`, `@mon` to `@sun`, `@weekend`,
  `@school`, `@free`, and `@w4-13` for the weeks of the story, of which the thirteenth is the
  current one. All of them must hold.
- `{friend}` is filled from `[slots]`; `{t 16:10-16:40}` is a time, `{n 3-7}` a number.
- A statement is `marks| text`. Without marks it is a fact seen by the author. The marks:
  `said NAME`, `view`, `think BASIS`, `assess BASIS`, `judge BASIS`, `decide MAKER; BASIS`,
  `told WHO`, `read DOCUMENT`. A table adds what is withheld or about a third party.
- `events.toml` has what happened with a form of its own, for each child: as an `[[arc]]`, with the
  answers of the form, and `follows = ["id", "users"]` for what follows an earlier one.
- `[[session]]` is a key session with the note taken in it, `[[contact]]` a contact that comes
  round again, `[[arc]]` one entry of a running story, by week, day and time.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypeVar

from msgspec.structs import asdict

from casebound.foundation.base.data_files import as_shape, read_toml
from casebound.upkeep.demo.story.lives.shapes import (
    ArcFile,
    LifeFile,
    RegularFile,
    RoundsFile,
    SayFile,
    SessionFile,
)

MARK: Final = re.compile(
    r"(said|view|think|assess|judge|decide|told|read)(?: ([^|]*))?\| ", re.DOTALL
)
TAGS: Final = re.compile(r"(?:@[\w-]+ )+")
WEEKS: Final = re.compile(r"w(\d+)-(\d+)")
# A morning that speaks of these is a morning of school, college or work.
SCHOOLDAY: Final = re.compile(
    r"\b(bus|school|college|gate|bag|planner|tie|lunch|alarms?|go in|going in|calls?|she left)\b"
)
TEACHES: Final = re.compile(r"teach|tutor|[Ss]chool|head of|librarian|escort")
FIRST_PERSON: Final = re.compile(r"\b(I|me|my|we|us|our|We|My)\b")
QUOTED: Final = re.compile(r'"[^"]*"')
ALL_WEEKS: Final = (-9999, 9999)

# What an arc answers without a table of its own: the questions of the everyday forms.
ANSWERS: Final = ("day_was", "shift", "mood", "sleep", "who", "relation", "mode")

AnyShape = TypeVar("AnyShape")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a pool, and when it fits."""

    text: str
    tags: frozenset[str] = frozenset()
    weeks: tuple[int, int] = ALL_WEEKS
    by_author: bool = False  # it speaks of "I", "me", "us"

    def fits(self, tags: frozenset[str], week: int) -> bool:
        """Say whether the sentence is true of such a day."""
        return self.tags <= tags and self.weeks[0] <= week <= self.weeks[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """A statement with its marks, before names and dates are filled in."""

    text: str
    kind: str = "fact"
    source: str = "first_hand"
    speaker: str = ""
    told_by: str = ""
    read_in: str = ""
    maker: str = ""
    basis: str = ""
    ground: str = ""
    reason: str = ""
    review_in: int = 0
    third_party: str = ""
    permission: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A key session: what it was about, the note taken in it, what was written of it."""

    topic: str
    note: str
    say: tuple[Say, ...]
    language: str = ""
    interpreter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regular:
    """A contact that comes round again."""

    who: str
    relation: str
    mode: str
    days: tuple[str, ...]
    every: int
    at: str
    minutes: int
    where: str
    open: tuple[str, ...]
    middle: tuple[str, ...]
    close: tuple[str, ...]
    views: tuple[str, ...]
    slots: Mapping[str, tuple[str, ...]]
    needs_school: bool
    language: str = ""
    interpreter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """One entry of a running story."""

    id: str
    week: int
    day: str
    at: str
    to: str
    form: str
    by: str
    where: str
    say: tuple[Say, ...]
    present: tuple[tuple[str, str], ...]
    also: tuple[str, ...]  # other children whose books it is written in too
    needs_school: bool
    late_because: str
    originator: str
    after: tuple[str, str] | None
    reason: str
    language: str
    interpreter: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    follows: tuple[str, str] | None = None  # the earlier one, and for which of several
    form_answers: Mapping[str, Any] = field(default_factory=dict)  # as `events.toml` has them


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Everything authored for one child, or for the house."""

    slots: Mapping[str, tuple[str, ...]]
    pools: Mapping[str, tuple[Line, ...]]
    sessions: tuple[Session, ...]
    regulars: tuple[Regular, ...]
    arcs: tuple[Arc, ...]
    drafts: tuple[tuple[str, str, int, tuple[Say, ...]], ...] = ()  # child, form, minutes, say


@cache
def life_of(name: str) -> Life:
    """Read the file of a child, or `house`."""
    told = _read(f"{name}.toml", LifeFile)
    return Life(
        slots=told.slots,
        pools={
            pool: tuple(_line(line, pool) for line in lines) for pool, lines in told.pools.items()
        },
        sessions=tuple(_session(session) for session in told.session),
        regulars=tuple(_regular(contact) for contact in told.contact),
        arcs=tuple(_arc(arc) for arc in told.arc),
        drafts=tuple(
            (draft.child, draft.form, draft.minutes, _says(draft.say)) for draft in told.draft
        ),
    )


@cache
def events_of(child: str) -> tuple[Arc, ...]:
    """Read what happened to a child that has a form of its own, from `events.toml`."""
    return tuple(_arc(arc) for arc in _read("events.toml", dict[str, tuple[ArcFile, ...]])[child])


@cache
def profile_of(child: str) -> Mapping[str, Mapping[str, Any]]:
    """Read the sections of a child's profile, from `profiles.toml`."""
    return _read("profiles.toml", dict[str, dict[str, dict[str, Any]]])[child]


def rounds(name: str, child: str = "") -> tuple[str, ...]:
    """Return the texts of what comes round; or who comes round to a child."""
    told = _rounds()
    return (told.visits[child],) if child else told.texts[name]


@cache
def _rounds() -> RoundsFile:
    return _read("rounds.toml", RoundsFile)


def _read(name: str, shape: type[AnyShape]) -> AnyShape:
    return as_shape(shape, read_toml(files(__name__) / name), where=name)


def say_of(given: str | SayFile) -> Say:
    """Read one statement."""
    if not isinstance(given, str):
        return replace(
            say_of(given.say),
            ground=given.withheld,
            reason=given.reason,
            review_in=given.review,
            third_party=given.about,
            permission=given.permission,
        )
    found = MARK.match(given)
    if found is None:
        return Say(text=given)
    return replace(_MARKS[found[1]](found[2] or ""), text=given[found.end() :])


def _decided(of: str) -> Say:
    maker, _, basis = of.partition("; ")
    return Say(text="", kind="decision", maker=maker, basis=basis)


_MARKS: Final[Mapping[str, Callable[[str], Say]]] = {
    "said": lambda who: Say(text="", kind="account", speaker=who),
    "view": lambda _: Say(text="", kind="view"),
    "think": lambda basis: Say(text="", kind="opinion", basis=basis),
    "assess": lambda basis: Say(text="", kind="assessment", basis=basis),
    "judge": lambda basis: Say(text="", kind="judgement", basis=basis),
    "decide": _decided,
    "told": lambda who: Say(text="", source="told_by", told_by=who),
    "read": lambda document: Say(text="", source="read_in", read_in=document),
}


def _line(given: str, pool: str) -> Line:
    found = TAGS.match(given)
    text = given[found.end() :] if found else given
    tags = set(found[0].replace("@", "").split()) if found else set()
    weeks = ALL_WEEKS
    for tag in sorted(tags):
        if span := WEEKS.fullmatch(tag):
            weeks = (int(span[1]), int(span[2]))
            tags.discard(tag)
    who, _, words = text.rpartition("| ")
    if (pool == "up" and SCHOOLDAY.search(text)) or (pool == "told" and TEACHES.search(who)):
        tags.add("school")
    unquoted = QUOTED.sub("", words)
    return Line(text, frozenset(tags), weeks, FIRST_PERSON.search(unquoted) is not None)


def _says(given: tuple[str | SayFile, ...]) -> tuple[Say, ...]:
    return tuple(say_of(statement) for statement in given)


def _session(told: SessionFile) -> Session:
    return Session(
        topic=told.topic,
        note=" ".join(told.note),
        say=_says(told.say),
        language=told.language,
        interpreter=told.interpreter,
    )


def _regular(told: RegularFile) -> Regular:
    keys = asdict(told)
    return Regular(needs_school=keys.pop("needs") == "school", **keys)


def _arc(told: ArcFile) -> Arc:
    answers = {name: getattr(told, name) for name in ANSWERS}
    return Arc(
        id=told.id,
        week=told.week,
        day=told.day,
        at=told.at,
        to=told.to,
        form=told.form,
        by=told.by,
        where=told.where,
        say=_says(told.say),
        present=tuple(_person(person) for person in told.present),
        also=told.also,
        needs_school=told.needs == "school",
        late_because=told.why if told.late else "",
        originator=told.origin,
        after=told.after,
        reason=told.reason,
        language=told.language,
        interpreter=told.interpreter,
        answers={name: answer for name, answer in answers.items() if answer is not None},
        follows=told.follows,
        form_answers=told.answers,
    )


def _person(given: str) -> tuple[str, str]:
    name, _, role = given.partition(": ")
    return name, role
