"""The daily logs: what each shift wrote about each child."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

from casebound.upkeep.demo.story.pages import (
    Afterwards,
    ChildWriter,
    HardShift,
    PlannedEntry,
    WrittenPage,
    is_late,
    utc,
)
from casebound.upkeep.demo.story.people import housemates, person, titled
from casebound.upkeep.demo.story.rota import (
    EARLY,
    LATE,
    LONDON,
    NIGHT,
    Shift,
    moment,
    next_shift_after,
    shift_of,
)
from casebound.upkeep.demo.story.seasons import Day, dice
from casebound.upkeep.demo.story.statements import Content, said
from casebound.upkeep.demo.story.voice import Voice

FREE_WEEKDAYS: Final = 45  # in a hundred mornings with a log, on a weekday without school
LATE_IN_A_THOUSAND: Final = 24
FOR_ANOTHER_IN_A_THOUSAND: Final = 16
PUT_RIGHT_IN_A_THOUSAND: Final = 36
TWO_IN_FIVE: Final = 2
THREE_IN_FIVE: Final = 3
VOICES: Final = {"said": 28, "view": 13, "told": 26, "think": 11, "read": 6, "": 16}
MOODS: Final = {
    "calm": 30, "happy": 22, "quiet": 14, "tired": 14, "excited": 10, "worried": 4, "sad": 3,
    "cross": 3,
}  # fmt: skip
SPOKEN: Final = ("said", "signed", '"')
WORDS: Final = {EARLY: "early", LATE: "late", NIGHT: "waking_night"}
ENDS: Final = {EARLY: "14:45", LATE: "22:30", NIGHT: "07:30"}
REASONS: Final[dict[Afterwards, str]] = {
    "addendum": "It was left out, and belongs with the entry.",
    "correction": "It was read again and something in it was not right.",
}


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a log is written out of. `end` is the day on which the shift ends."""

    day: Day
    end: Day
    dish: str
    author: str
    chance: Random
    for_another: bool


class Logs(ChildWriter):
    """Writes the daily logs of one child, in the child's own sentences."""

    def __init__(self, seed: int, voice: Voice, hard: Mapping[str, HardShift]) -> None:
        """Take what the logs of some shifts say of what happened on them, by their keys."""
        super().__init__(seed, voice)
        self._hard = hard

    def of(self, day: Day, tomorrow: Day, dish: str) -> Iterator[WrittenPage]:
        """Return the logs of the shifts that begin on a day."""
        chance = self.dice("logs", day.on)
        share = self.child.early_logs
        if "weekend" not in day.tags:
            share = share * FREE_WEEKDAYS // 100
        lies_in = f"{self.key}-{day.on}-{EARLY}" in self._hard  # after a night without sleep
        if not day.school and chance.randrange(100) < share and not lies_in:
            yield self._log(EARLY, day, day, dish, chance)
        yield self._log(LATE, day, day, dish, chance)
        yield self._log(NIGHT, day, tomorrow, dish, chance)

    def put_right(self, log: WrittenPage, day: Day) -> Iterator[WrittenPage]:
        """Return what its author later added to a late log or corrected, for a few of them."""
        chance = dice(self.seed, log.key, "put right")
        if chance.randrange(1000) >= PUT_RIGHT_IN_A_THOUSAND or not log.key.endswith(LATE):
            return
        shift = next_shift_after(log.home, log.author, log.signed_at.astimezone(LONDON))
        if shift is None:
            return
        kind: Afterwards = "addendum" if chance.randrange(5) < THREE_IN_FIVE else "correction"
        begins = shift.begins_at + timedelta(minutes=chance.randint(10, 90))
        after = chance.randint(90, 600)
        text = self.voice.next(kind, day, chance)
        yield self.write(
            f"{log.key.removeprefix(f'{self.key}-')}-{kind}",
            log.form,
            log.author,
            PlannedEntry(begins, say=[said(text, log.author, day.on)]),
            signed=after,
            after=(kind, log.key, REASONS[kind]),
        )

    def _log(self, name: str, day: Day, end: Day, dish: str, chance: Random) -> WrittenPage:
        shift = shift_of(self.home.key, name, day.on)
        ends = moment(end.on, ENDS[name])
        author = self._author(shift)
        signed_at = utc(ends, timedelta(seconds=chance.randint(60, 1500)))
        late_reason = originator = ""
        if chance.randrange(1000) < LATE_IN_A_THOUSAND:
            if later := self.signed_late(author, ends, chance):
                signed_at = later
                late_reason = self.voice.next("late", day, chance)
        elif name == LATE and shift.second and chance.randrange(1000) < FOR_ANOTHER_IN_A_THOUSAND:
            author = next(worker for worker in (shift.second, shift.author) if worker != author)
            originator = titled(self._author(shift))
        tell = {EARLY: self._early, LATE: self._late, NIGHT: self._night}[name]
        telling = _Telling(day, end, dish, author, chance, for_another=bool(originator))
        say, answers = tell(telling)
        if originator:
            say = [{**text, "source": "told_by", "told_by": originator} for text in say]
        colleagues = [person(worker) for worker in shift.people if worker != author]
        present = list(colleagues)
        if name != NIGHT:
            mates = housemates(self.key, day)
            present += chance.sample(mates, chance.randint(0 if present else 1, 2))
        if hard := self._hard.get(f"{self.key}-{day.on}-{name}"):
            told = [said(text, author, day.on) for text in hard.say]
            say = told if hard.alone else [*told, *say]
            answers = hard.answers() if hard.alone else {**answers, **hard.answers()}
        answers = {"shift": WORDS[name], **answers}
        if colleagues:
            answers["on_duty"] = [{"name": name, "role": role} for name, role in colleagues]
        entry = PlannedEntry(
            shift.begins_at,
            ends,
            say=say,
            present=present,
            answers=answers,
            originator=originator,
            late_reason=late_reason if is_late(ends, signed_at) else "",
        )
        return self.write(f"{day.on}-{name}", "daily_log", author, entry, signed=signed_at)

    def _author(self, shift: Shift) -> str:
        by_second = shift.name == LATE and self.child.by_second
        return shift.second if by_second and shift.second else shift.author

    def _early(self, of: _Telling) -> tuple[list[Content], Content]:
        told = [self._pick(of, of.day, "up", "out"), self._pick(of, of.day, "lunch", "evening")]
        born_on = self.child.born_on
        if (born_on.month, born_on.day) == (of.day.on.month, of.day.on.day):
            told.insert(0, self.voice.next("birthday", of.day, of.chance))
        say = self._facts(of, told)
        if of.chance.randrange(5) < TWO_IN_FIVE:
            say += self._voiced(of)
        answers = self._answers(of, self._pick(of, of.day, "out"))
        return say, {**answers, "school": "no_school"}

    def _late(self, of: _Telling) -> tuple[list[Content], Content]:
        day, chance = of.day, of.chance
        pools = ("school", "after") if day.school else ("after", "evening")
        first = self._pick(of, day, *pools)
        if not day.school and chance.randrange(5) == 0:
            first = f"{self._pick(of, day, 'weather')} {first}".strip()
        tables = (("evening", "tea"), ("table", "evening"), ("tea", "table"), ("table", "tea"))
        second = self._pick(of, day, *chance.choice(tables))
        third = self._pick(of, day, "snack" if self.child.up_late else _bed(chance))
        if chance.randrange(2):
            third = f"{self._pick(of, day, 'evening')} {third}"
        else:
            second, third = f"{second} {third}", ""
        say = self._facts(of, [first, second, third])
        say += self._voiced(of)
        if chance.randrange(4) == 0:
            kinds = {(text["kind"], text["source"]) for text in say[2:]}
            more = self._voiced(of)
            say += [text for text in more if (text["kind"], text["source"]) not in kinds]
        answers = self._answers(of, self._pick(of, day, "after"))
        is_told = f"{self.key}-{day.on}-{LATE}" in self._hard
        if answers["day"] == "mixed" and not is_told and (text := self._pick(of, day, "hard")):
            say.insert(1, said(text, of.author, day.on))
        if self.child.says_meals:
            answers["meals"] = self.voice.next("meals", day, chance, dish=of.dish)
        return say, {**answers, "school": "all_day" if day.school else "no_school"}

    def _night(self, of: _Telling) -> tuple[list[Content], Content]:
        day, chance = of.day, of.chance
        first = self._pick(of, day, _bed(chance) if self.child.up_late else "settled")
        broken = chance.randrange(5) == 0
        night = self._pick(of, day, *(("checks", "night") if broken else ("checks",)))
        if of.end.school:
            texts = [f"{first} {night}", self._pick(of, of.end, "up", "morning")]
        else:
            texts = [f"{first} {night} {self._pick(of, of.end, 'handover')}"]
        rest = "awake" if broken else "sleep" if of.end.school else "slept"
        answers: Content = {"sleep": self.voice.next(rest, day, chance)}
        if chance.randrange(4) == 0:
            answers["handover"] = self.voice.next("next", day, chance)
        return self._facts(of, texts), answers

    def _pick(self, of: _Telling, day: Day, *pools: str) -> str:
        """Return a sentence from each pool, with spaces between; none where none fits."""
        texts = [
            self.voice.next(pool, day, of.chance, others_words=of.for_another, tea=of.dish)
            for pool in pools
        ]
        return " ".join(text for text in texts if text)

    def _facts(self, of: _Telling, texts: list[str]) -> list[Content]:
        return [said(text, of.author, of.day.on) for text in texts if text]

    def _answers(self, of: _Telling, activity: str) -> Content:
        chance = of.chance
        moods = {*chance.choices(list(MOODS), list(MOODS.values()))}
        if chance.randrange(4) == 0:
            moods.add(chance.choice(("quiet", "tired")))
        answers: Content = {"day": _was(moods), "mood": [mood for mood in MOODS if mood in moods]}
        if activity and chance.randrange(2):
            answers["activities"] = activity
        if chance.randrange(5) < TWO_IN_FIVE:
            answers["handover"] = self.voice.next("next", of.day, chance)
        return answers

    def _voiced(self, of: _Telling) -> list[Content]:
        """Return a statement of a kind that is not plain fact, where one fits and is not stale."""
        if of.for_another:
            view = self.voice.next("view", of.day, of.chance, others_words=True)
            return [said(f"view| {view}", of.author, of.day.on)] if view else []
        kind = of.chance.choices(list(VOICES), list(VOICES.values()))[0]
        if kind == "told" and not of.day.school and of.chance.randrange(2):
            kind = "view"
        for pool in dict.fromkeys((kind, "told")) if kind else ():
            if text := self.voice.next(pool, of.day, of.chance):
                return [said(self._marked(pool, text), of.author, of.day.on)]
        return []

    def _marked(self, pool: str, text: str) -> str:
        """Return a sentence of a pool with the mark that the pool stands for."""
        if pool == "view":
            return f"view| {text}"
        if pool == "said":
            spoken = any(word in text for word in SPOKEN)
            return f"said {self.child.called}| {text}" if spoken else text
        if pool == "think":
            text = text[0].lower() + text[1:]
        return f"{pool} {text}"


def _was(moods: set[str]) -> str:
    """Return how the day was, by how the child seemed."""
    if moods & {"sad", "cross"}:
        return "difficult" if moods & {"quiet", "tired"} else "mixed"
    return "mixed" if moods >= {"quiet", "tired"} or "worried" in moods else "good"


def _bed(chance: Random) -> str:
    return "bed" if chance.randrange(5) < THREE_IN_FIVE else "bedtime"
