"""Entries as the story writes them: the JSON that the product's own screens send, and who signed.

Everything in the story is written by a `StoryWriter`, who keeps one book.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final, Literal, TypeAlias

from casebound.rulebook.catalogue.late import LATE_AFTER
from casebound.upkeep.demo.story.lives.shapes import Say
from casebound.upkeep.demo.story.people import HOME_OF
from casebound.upkeep.demo.story.rota import next_shift_after
from casebound.upkeep.demo.story.seasons import dice
from casebound.upkeep.demo.story.statements import Content, said, text_of
from casebound.upkeep.demo.story.voice import Slots, Voice

Afterwards: TypeAlias = Literal["addendum", "correction", "strike", "misfiled"]

FACE_A_CHILD: Final = frozenset({"daily_log", "key_session", "contact"})
REASONS: Final = ("shown_otherwise", "not_asked", "shown_otherwise", "did_not_wish")


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """One thing that a worker wrote and signed.

    Attributes:
        key: the same on every run; `drew_on` and `after` name other entries by it.
        children: the keys of the children in whose books it stands, the one it is about first;
            none: the home's own book.
        signed_at: aware, UTC.
        content: what the form collected. A strike and a misfiling have no statements.
        after: what it does to an earlier entry: the kind, that entry's key, and the reason.
        follows: the key of the entry it follows, and for which of several: a worker, an action.
        tells_to: the last moment that its words tell of, if the story says so.
        dose_of: the key of the prescription that it is a dose of, and when that was due.
    """

    key: str
    form: str
    children: tuple[str, ...]
    home: str
    author: str
    signed_at: datetime
    content: Content
    after: tuple[Afterwards, str, str] | None = None
    follows: tuple[str, str] | None = None
    tells_to: datetime | None = None
    dose_of: tuple[str, datetime] | None = None


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """What happened, before it is written: when, who was there, and what was said of it."""

    begins: datetime
    ends: datetime | None = None
    where: str = ""
    say: Sequence[Content] = ()
    present: Iterable[tuple[str, str]] = ()
    answers: Mapping[str, object] = field(default_factory=dict)
    originator: str = ""
    drew_on: Iterable[str] = ()
    language: str = ""
    interpreter: str = ""
    late_reason: str = ""
    tells_to: datetime | None = None

    def content(self) -> Content:
        """Return it as a form has it. Nobody in `present` means: nobody else, said outright."""
        people = [{"name": name, "role": role} for name, role in self.present]
        return {
            "happened_from": self.begins.isoformat(timespec="minutes"),
            "happened_to": self.ends.isoformat(timespec="minutes") if self.ends else "",
            "where": self.where,
            "how_known": "told_by" if self.originator else "was_there",
            "originator": self.originator,
            "present_nobody": not people,
            "present": people,
            "statements": list(self.say),
            "answers": dict(self.answers),
            "drew_on": list(self.drew_on),
            "language": self.language,
            "interpreter": self.interpreter,
            "late_reason": self.late_reason,
        }


@dataclass(frozen=True, slots=True)
class HardShift:
    """What the log of a shift says of a story that happened on it, and how the day was.

    Attributes:
        alone: it says nothing else; with nothing to say there is no log.
        school: how much of the school day there was, if not all of it.
    """

    say: tuple[str, ...] = ()
    day: str = ""
    mood: tuple[str, ...] = ()
    alone: bool = False
    school: str = ""

    def answers(self) -> Content:
        """Return what the form is told of it."""
        told: Content = {"day": self.day, "mood": list(self.mood)} if self.day else {}
        if self.school:
            told |= {"school": self.school, "school_missed": "As told here."}
        return told


class StoryWriter:
    """Writes in one book: a child's, or the home's own."""

    def __init__(self, seed: int, home: str, child: str = "") -> None:
        self.seed = seed
        self.home = HOME_OF[home]
        self.key = child or home
        self.children = (child,) if child else ()

    def dice(self, what: str, *on: date) -> Random:
        """Return the chance of something in this book on a day."""
        return dice(self.seed, self.key, what, *on)

    def write(
        self,
        key: str,
        form: str,
        author: str,
        entry: PlannedEntry,
        *,
        signed: float | datetime = 200,
        also: Sequence[str] = (),
        after: tuple[Afterwards, str, str] | None = None,
        follows: tuple[str, str] | None = None,
    ) -> WrittenPage:
        """Return an entry of the book, signed at a time, or so many seconds after it was over."""
        if not isinstance(signed, datetime):
            signed = utc(entry.ends or entry.begins, timedelta(seconds=signed))
        if not entry.where:
            entry = replace(entry, where=self.home.name)
        return WrittenPage(
            f"{self.key}-{key}", form, (*self.children, *also), self.home.key, author, signed,
            entry.content(), after, follows, entry.tells_to,
        )  # fmt: skip

    def signed_late(self, author: str, ends: datetime, chance: Random) -> datetime | None:
        """Return when an author who was late signed: on their next shift, if they have one."""
        later = next_shift_after(self.home.key, author, ends + LATE_AFTER)
        if later is None:
            return None
        return utc(later.begins_at, timedelta(seconds=chance.randint(900, 5400)))


class ChildWriter(StoryWriter):
    """Writes in the book of one child, in the child's own sentences."""

    def __init__(self, seed: int, voice: Voice) -> None:
        super().__init__(seed, voice.child.home, voice.child.key)
        self.voice = voice
        self.child = voice.child

    def say(
        self,
        told: Iterable[str | Say],
        author: str,
        on: date,
        chance: Random,
        more: Slots | None = None,
    ) -> list[Content]:
        """Return authored statements with their slots filled; `more` has slots of these alone."""
        return [
            said(words, author, on, text=self.voice.fill(text_of(words), chance, more))
            for words in told
        ]


def with_view(page: WrittenPage) -> WrittenPage:
    """Return what was written with a reason where the child's own view is not in it (P32)."""
    statements, answers = page.content["statements"], page.content["answers"]
    assert isinstance(statements, list) and isinstance(answers, dict)  # noqa: S101, PT018 (`PlannedEntry`)
    if page.form not in FACE_A_CHILD or any(said["kind"] == "view" for said in statements):
        return page
    night = answers.get("shift") in {"waking_night", "sleeping_night"}
    why = "asleep" if night else REASONS[sum(page.key.encode()) % len(REASONS)]
    return replace(page, content={**page.content, "answers": {"view_missing": why, **answers}})


def is_late(ends: datetime, signed_at: datetime) -> bool:
    """Say whether it was signed more than 24 hours after it was over."""
    return signed_at - ends.astimezone(UTC) > LATE_AFTER


def utc(moment: datetime, plus: timedelta = timedelta(0)) -> datetime:
    """Return a moment of London time, and so much after it, in UTC."""
    return moment.astimezone(UTC) + plus
