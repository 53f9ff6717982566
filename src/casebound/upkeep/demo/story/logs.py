"""The daily logs: what each shift wrote about each child."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Final

from casebound.rulebook.catalogue.late import LATE_AFTER
from casebound.upkeep.demo.story.pages import (
    HOME_NAMES,
    NAMES,
    Content,
    Written,
    entry,
    housemates,
    is_late,
    person,
    statement,
    titled,
    utc,
)
from casebound.upkeep.demo.story.rota import (
    EARLY,
    LATE,
    LONDON,
    NIGHT,
    Shift,
    next_shift_after,
    shift_of,
)
from casebound.upkeep.demo.story.seasons import Day, dice
from casebound.upkeep.demo.story.voice import Voice

# How many free mornings in a hundred have a log of their own; older ones are out or asleep.
EARLY_LOGS: Final = {"maisie": 100, "theo": 100, "safiya": 90, "jaydon": 60}
FEW_EARLY_LOGS: Final = 35
FREE_WEEKDAYS: Final = 45  # in a hundred of those, on a weekday without school
UP_LATE: Final = frozenset({"rowan", "diyar", "keira"})  # their bedtime is in the night's log
WEEKDAY_SECONDS: Final = frozenset({"theo", "jaydon"})  # whose log the second person writes
LATE_IN_A_THOUSAND: Final = 24
FOR_ANOTHER_IN_A_THOUSAND: Final = 16
VOICES: Final = {"said": 28, "view": 13, "told": 26, "think": 11, "read": 6, "": 16}
MOODS: Final = {
    "calm": 30,
    "happy": 22,
    "quiet": 14,
    "tired": 14,
    "excited": 10,
    "worried": 3,
    "sad": 2,
    "cross": 2,
}
SPOKEN: Final = ("said", "signed", '"')
WORDS: Final = {EARLY: "early", LATE: "late", NIGHT: "waking_night"}
ENDS: Final = {EARLY: time(14, 45), LATE: time(22, 30), NIGHT: time(7, 30)}


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a log is written out of. `end` is the day on which the shift ends."""

    day: Day
    end: Day
    dish: str
    author: str
    chance: Random
    for_another: bool


class Logs:
    """Writes the daily logs of one child, in the child's own sentences."""

    __slots__ = ("_seed", "_voice")

    def __init__(self, voice: Voice, seed: int) -> None:
        self._voice = voice
        self._seed = seed

    def of(self, day: Day, tomorrow: Day, dish: str) -> Iterator[Written]:
        """Return the logs of the shifts that begin on a day."""
        child = self._voice.child
        chance = dice(self._seed, child.key, "logs", day.on)
        if not day.school and chance.randrange(100) < self._early_share(day):
            yield self._written(EARLY, day, day, dish, chance)
        yield self._written(LATE, day, day, dish, chance)
        yield self._written(NIGHT, day, tomorrow, dish, chance)

    def _early_share(self, day: Day) -> int:
        share = EARLY_LOGS.get(self._voice.child.key, FEW_EARLY_LOGS)
        return share if "weekend" in day.tags else share * FREE_WEEKDAYS // 100

    def _written(self, name: str, day: Day, end: Day, dish: str, chance: Random) -> Written:
        child = self._voice.child
        shift = shift_of(child.home, name, day.on, school=day.school)
        ends = datetime.combine(end.on, ENDS[name], LONDON)
        author = self._author(shift)
        signed_at = utc(ends, timedelta(seconds=chance.randint(60, 1500)))
        late_reason = originator = ""
        if chance.randrange(1000) < LATE_IN_A_THOUSAND:
            later = next_shift_after(child.home, author, ends + LATE_AFTER)
            if later is not None:
                signed_at = utc(later.begins_at, timedelta(seconds=chance.randint(900, 5400)))
                late_reason = self._voice.one("late", day, chance)
        elif name == LATE and shift.second and chance.randrange(1000) < FOR_ANOTHER_IN_A_THOUSAND:
            author = next(one for one in (shift.second, shift.author) if one != author)
            originator = titled(self._author(shift))
        told = {EARLY: self._early, LATE: self._late, NIGHT: self._night}[name]
        statements, answers = told(
            _Telling(day, end, dish, author, chance, for_another=bool(originator))
        )
        if originator:
            statements = [{**one, "source": "told_by", "told_by": originator} for one in statements]
        colleagues = [one for one in (shift.author, shift.second) if one and one != author]
        present = [person(colleague) for colleague in colleagues]
        if name != NIGHT:
            mates = housemates(child.key)
            present += chance.sample(mates, chance.randint(0 if present else 1, 2))
        answers = {"shift": WORDS[name], **answers}
        if colleagues:
            answers["on_duty"] = [{"name": NAMES[o], "role": person(o)[1]} for o in colleagues]
        return Written(
            key=f"{child.key}-{day.on}-{name}",
            form="daily_log",
            children=(child.key,),
            home=child.home,
            author=author,
            signed_at=signed_at,
            content=entry(
                begins=shift.begins_at,
                ends=ends,
                where=HOME_NAMES[child.home],
                statements=statements,
                present=present,
                answers=answers,
                originator=originator,
                late_reason=late_reason if is_late(ends, signed_at) else "",
            ),
        )

    def _author(self, shift: Shift) -> str:
        child = self._voice.child
        if shift.name == LATE and shift.second and child.key in WEEKDAY_SECONDS:
            return shift.second
        return shift.author

    def _early(self, of: _Telling) -> tuple[list[Content], Content]:
        day, chance = of.day, of.chance
        pick = _Pick(self._voice, of, day)
        told = [pick("up", "out"), pick("lunch", "evening")]
        if birthday := self._birthday(day, chance):
            told.insert(0, birthday)
        statements = [statement(text) for text in told if text]
        if chance.randrange(5) < 2:  # noqa: PLR2004 - two in five
            statements += self._voiced(of)
        answers = self._answers(day, chance, pick("out"))
        return statements, {**answers, "school": "no_school"}

    def _late(self, of: _Telling) -> tuple[list[Content], Content]:
        day, chance = of.day, of.chance
        child = self._voice.child
        pick = _Pick(self._voice, of, day)
        first = pick("school", "after") if day.school else pick("after", "evening")
        if not day.school and chance.randrange(5) == 0:
            first = f"{pick('weather')} {first}".strip()
        tables = (("evening", "tea"), ("table", "evening"), ("tea", "table"), ("table", "tea"))
        second = pick(*chance.choice(tables))
        third = pick("snack" if child.key in UP_LATE else _bed(chance))
        if chance.randrange(2):
            third = f"{pick('evening')} {third}"
        else:
            second, third = f"{second} {third}", ""
        statements = [statement(text) for text in (first, second, third) if text]
        statements += self._voiced(of)
        if chance.randrange(4) == 0:
            kinds = {(one["kind"], one["source"]) for one in statements[2:]}
            more = self._voiced(of)
            statements += [one for one in more if (one["kind"], one["source"]) not in kinds]
        answers = self._answers(day, chance, pick("after"))
        if child.key not in {"rowan", "safiya", "theo"}:
            answers["meals"] = self._voice.one("meals", day, chance, dish=of.dish)
        return statements, {**answers, "school": "all_day" if day.school else "no_school"}

    def _night(self, of: _Telling) -> tuple[list[Content], Content]:
        day, chance = of.day, of.chance
        pick = _Pick(self._voice, of, day)
        first = pick(_bed(chance)) if self._voice.child.key in UP_LATE else pick("settled")
        broken = chance.randrange(5) == 0
        night = pick("checks", "night") if broken else pick("checks")
        awake = _Pick(self._voice, of, of.end)
        if of.end.school:
            texts = [f"{first} {night}", awake("up", "morning")]
        else:
            texts = [f"{first} {night} {awake('handover')}"]
        rest = "awake" if broken else "sleep" if of.end.school else "slept"
        answers: Content = {"sleep": self._voice.one(rest, day, chance)}
        if chance.randrange(4) == 0:
            answers["handover"] = self._voice.one("next", day, chance)
        statements = [statement(text) for text in texts if text]
        return statements, answers

    def _answers(self, day: Day, chance: Random, activity: str) -> Content:
        moods = {*chance.choices(list(MOODS), list(MOODS.values()))}
        if chance.randrange(4) == 0:
            moods.add(chance.choice(("quiet", "tired")))
        answers: Content = {"day": _was(moods), "mood": [mood for mood in MOODS if mood in moods]}
        if activity and chance.randrange(2):
            answers["activities"] = activity
        if chance.randrange(5) < 2:  # noqa: PLR2004 - two in five
            answers["handover"] = self._voice.one("next", day, chance)
        return answers

    def _voiced(self, of: _Telling) -> list[Content]:
        day, chance = of.day, of.chance
        if of.for_another:
            view = self._voice.one("view", day, chance, others_words=True)
            return [statement(view, "view")] if view else []
        kind = chance.choices(list(VOICES), list(VOICES.values()))[0]
        if kind == "told" and not day.school and chance.randrange(2):
            kind = "view"
        return self._kind_of_voice(kind, of) if kind else []

    def _kind_of_voice(self, kind: str, of: _Telling) -> list[Content]:
        """Return a statement of that kind, or another where nothing fresh of it is left."""
        for pool in dict.fromkeys((kind, "told")):
            if given := self._voice.one(pool, of.day, of.chance):
                return [self._voiced_as(pool, given, of.author)]
        return []

    def _voiced_as(self, kind: str, given: str, author: str) -> Content:
        head, _, text = given.partition("| ")
        if kind == "told":
            return statement(text, source="told_by", told_by=head)
        if kind == "read":
            return statement(text, source="read_in", read_in=head)
        if kind == "think":
            basis = head[0].lower() + head[1:]
            return statement(text, "opinion", whose=titled(author), basis=basis)
        if kind == "view":
            return statement(given, "view")
        if any(one in given for one in SPOKEN):
            return statement(given, "account", speaker=self._voice.child.called)
        return statement(given)

    def _birthday(self, day: Day, chance: Random) -> str:
        born_on = self._voice.child.born_on
        if (born_on.month, born_on.day) != (day.on.month, day.on.day):
            return ""
        return self._voice.one("birthday", day, chance)


def _was(moods: set[str]) -> str:
    """Return how the day was, by how the child seemed."""
    if moods & {"sad", "cross"}:
        return "difficult" if moods & {"quiet", "tired"} else "mixed"
    return "mixed" if moods >= {"quiet", "tired"} or "worried" in moods else "good"


def _bed(chance: Random) -> str:
    return "bed" if chance.randrange(5) < 3 else "bedtime"  # noqa: PLR2004 - three in five


class _Pick:
    """Joins one sentence from each of the named pools."""

    __slots__ = ("_day", "_of", "_voice")

    def __init__(self, voice: Voice, of: _Telling, day: Day) -> None:
        self._voice, self._of, self._day = voice, of, day

    def __call__(self, *pools: str) -> str:
        """Return the sentences with spaces between; a pool where none fits is left out."""
        of = self._of
        texts = [
            self._voice.one(pool, self._day, of.chance, others_words=of.for_another, tea=of.dish)
            for pool in pools
        ]
        return " ".join(text for text in texts if text)
