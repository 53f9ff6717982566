"""What happens besides the shifts: key sessions, regular contacts, small notes."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from casebound.upkeep.demo.story.lives.shapes import Regular, Session
from casebound.upkeep.demo.story.pages import ChildWriter, PlannedEntry, WrittenPage, utc
from casebound.upkeep.demo.story.people import CHILDREN, children_of, titled
from casebound.upkeep.demo.story.rota import LATE, moment, shift_at, shift_of
from casebound.upkeep.demo.story.seasons import DAYS, FRIDAY, Day
from casebound.upkeep.demo.story.statements import Content, kind_of, said
from casebound.upkeep.demo.story.voice import Voice

WEEKS_OF_SESSIONS: Final = (1, 2, 4, 5, 7, 8, 10, 11)  # the others are for catching up
PROFESSIONAL: Final = frozenset({"teacher", "professional", "social worker"})
MISSED_IN_A_HUNDRED: Final = 5
A_WHILE: Final = timedelta(minutes=50)
LATER_AT_MOST: Final = 3
NO_VIEW: Final = ("did_not_wish", "not_asked")


class Scenes(ChildWriter):
    """Writes the key sessions, contacts and notes of one child."""

    def __init__(
        self,
        seed: int,
        voice: Voice,
        sessions: Sequence[Session],
        is_busy: Callable[[datetime, datetime], bool],
    ) -> None:
        """Take the sessions in their order, and whether the child is in a story at a time."""
        super().__init__(seed, voice)
        self._is_busy = is_busy
        came = voice.child.came
        weeks = [week for week in WEEKS_OF_SESSIONS if came is None or week > came.week]
        self._sessions = dict(zip(weeks, sessions, strict=False))
        self._turns: dict[tuple[str, str], int] = {}

    def session(self, day: Day) -> Iterator[WrittenPage]:
        """Return the week's key session with the note taken in it, if the day is its day."""
        worker = self.child.key_worker
        if not _is_first_late(day, self.home.key, worker):
            return
        chance = self.dice("session", day.on)
        begins = moment(day.on, f"17:{chance.choice((0, 5, 10, 20, 30))}")
        minutes = chance.choice((20, 25, 30, 35, 40, 45))
        ends = begins + timedelta(minutes=minutes)
        for _ in range(LATER_AT_MOST):
            if not self._is_busy(begins, ends):
                break
            begins, ends = begins + A_WHILE, ends + A_WHILE
        session = self._sessions.get(day.week) or self._catching_up(day, chance)
        key, present = f"{day.on}-session", _interpreting(session.interpreter)
        if note := " ".join(session.note):
            signed = utc(ends, timedelta(seconds=-chance.randint(20, 300)))
            entry = PlannedEntry(
                begins,
                say=self.say([note], worker, day.on, chance),
                present=present,
                answers={"taken_during": "key_session"},
                language=session.language,
                interpreter=session.interpreter,
            )
            yield self.write(f"{key}-note", "note", worker, entry, signed=signed)
        signed_after = chance.randint(1800, 14000)
        entry = PlannedEntry(
            begins,
            ends,
            say=self.say(session.say, worker, day.on, chance),
            present=present,
            answers=self._session_answers(session, minutes, day, chance),
            drew_on=[f"{self.key}-{key}-note"] if note else [],
            language=session.language,
            interpreter=session.interpreter,
        )
        yield self.write(key, "key_session", worker, entry, signed=signed_after)

    def _catching_up(self, day: Day, chance: Random) -> Session:
        note, _, text = self.voice.next("catchup", day, chance).partition("| ")
        say = [f"{text} {self.voice.next('talked', day, chance)}"]
        if spoken := self.voice.next("said", day, chance):
            say.append(f"said {self.child.called}| {spoken}")
        if view := self.voice.next("view", day, chance):
            say.append(f"view| {view}")
        topic = chance.choice(("Catching up on the week", "The fortnight to come", "This and that"))
        return Session(topic=topic, note=(note,), say=tuple(say))

    def _session_answers(self, session: Session, minutes: int, day: Day, chance: Random) -> Content:
        said_of = [said(told, self.child.key_worker, day.on) for told in session.say]
        kinds = {kind_of(told) for told in session.say}
        answers: Content = {
            "length": str(minutes),
            "chosen_by": chance.choice(("child", "child", "both", "worker")),
            "topic": session.topic,
            "outcome": "decided" if "decision" in kinds else "nothing",
            "child_read_it": chance.choice(("yes", "yes", "not_yet", "did_not_wish")),
            "next_session_on": (day.on + timedelta(days=14)).isoformat(),
        }
        for told in said_of:
            if told["kind"] == "decision":
                why = f"I told {self.child.called} what was decided and why: {told['basis']}."
                answers.setdefault("reasons_told", why)
        if not kinds & {"view", "account"}:
            answers["view_missing"] = chance.choice(NO_VIEW)
        return answers

    def contacts(
        self, day: Day, regulars: Sequence[Regular], busy: Collection[date]
    ) -> Iterator[WrittenPage]:
        """Return the regular contacts of a day; none on a day that has its own story of one."""
        for regular in regulars:
            turn = day.number_of_week + len(regular.who)
            if (
                DAYS[day.on.weekday()] in regular.days
                and day.on not in busy
                and turn % regular.every == 0
                and (day.school or regular.needs != "school")
                and not self._is_busy(
                    begins := moment(day.on, regular.at),
                    begins + timedelta(minutes=regular.minutes),
                )
            ):
                yield self._contact(day, regular)

    def _contact(self, day: Day, regular: Regular) -> WrittenPage:
        chance = self.dice(regular.who, day.on)
        begins = moment(day.on, regular.at)
        begins += timedelta(minutes=chance.choice((0, 0, 5, -5, 10)))
        missed = regular.relation not in PROFESSIONAL and (
            chance.randrange(100) < MISSED_IN_A_HUNDRED
        )
        minutes = 5 if missed else max(5, regular.minutes + chance.randint(-5, 8))
        shift = shift_at(self.home.key, begins)
        author = chance.choice((shift.author, shift.author, shift.second or shift.author))
        who = regular.who if set("(,") & set(regular.who) else f"{regular.who}, {regular.relation}"
        answers: Content = {"with_whom": who, "how": regular.mode, "outcome": "nothing"}
        if missed:
            first = regular.who.split(" (")[0]
            reason = self.voice.next("missed", day, chance, who=first)
            answers |= {"how": "did_not_happen", "did_not_happen": reason}
            say = [said(reason, author, day.on)]
        else:
            say, more = self._of_contact(day, regular, author, begins, chance)
            answers |= more
        met = [_met(regular)] if regular.mode == "in_person" and not missed else []
        entry = PlannedEntry(
            begins,
            begins + timedelta(minutes=minutes),
            where=regular.where,
            say=say,
            present=[*met, *_interpreting(regular.interpreter)],
            answers=answers,
            language=regular.language,
            interpreter=regular.interpreter,
        )
        key = f"{day.on}-{regular.mode}-{regular.at}".replace("_", "-")
        return self.write(key, "contact", author, entry, signed=chance.randint(400, 5000))

    def _of_contact(
        self, day: Day, regular: Regular, author: str, begins: datetime, chance: Random
    ) -> tuple[list[Content], Content]:
        def turn(pool: str, texts: Sequence[str]) -> str:
            text = texts[self._turn(regular, pool, len(texts))]
            return self.voice.fill(text, chance, {**regular.slots, "at": f"{begins:%H:%M}"})

        text = f"{turn('open', regular.open)} {turn('middle', regular.middle)}"
        text = f"{text} {turn('close', regular.close)}"
        by = chance.choice(("plan", "plan", "child", "other"))
        answers: Content = {"started_by": "home" if regular.relation in PROFESSIONAL else by}
        heard = regular.relation == "teacher"
        say = [said(f"told {regular.who}| {text}" if heard else text, author, day.on)]
        asked = self._turns.get((regular.who + regular.mode, "views"), 0)
        if chance.randrange(3) and asked < 2 * len(regular.views):
            say.append(said(f"view| {turn('views', regular.views)}", author, day.on))
        else:
            answers["view_missing"] = chance.choice(NO_VIEW)
        if not heard and chance.randrange(6) == 0:
            basis, _, text = self.voice.next("think", day, chance).partition("| ")
            if text:
                say.append(said(f"think {_plain(basis)}| {text}", author, day.on))
        return say, answers

    def _turn(self, regular: Regular, pool: str, count: int) -> int:
        """Return which text is next, each in its turn, so that the calls do not sound alike."""
        key = (regular.who + regular.mode, pool)
        turn = self._turns.get(key, 0)
        self._turns[key] = turn + 1
        return turn % count

    def jot(self, day: Day) -> Iterator[WrittenPage]:
        """Return a small note of the day, on about one day in twelve."""
        chance = self.dice("jot", day.on)
        if chance.randrange(12):
            return
        begins = moment(day.on, f"{chance.choice((16, 17, 18, 19))}:{chance.randrange(60)}")
        author = shift_at(self.home.key, begins).author
        other = chance.choice(
            [child for child in children_of(self.home.key, day) if child != self.child]
        )
        with_other, clock = chance.randrange(6) == 0, f"{begins:%H:%M}"
        if with_other:
            text = self.voice.next("both", day, chance, at=clock, other=other.called)
        else:
            text = self.voice.next("jot", day, chance, at=clock)
        entry = PlannedEntry(
            begins,
            say=[said(text, author, day.on)],
            answers={"taken_during": "day_to_day"},
        )
        yield self.write(
            f"{day.on}-jot", "note", author, entry,
            signed=chance.randint(120, 2400), also=(other.key,) if with_other else (),
        )  # fmt: skip

    def decision(self, day: Day) -> Iterator[WrittenPage]:
        """Return the manager's decision of the week, if it is about this child this week.

        Each Friday the manager of a home goes through the week of one child.
        """
        mates = [
            child.key
            for child in CHILDREN
            if child.home == self.home.key and not child.came and not child.left
        ]
        if self.key not in mates:
            return
        place = mates.index(self.key)
        if day.on.weekday() != FRIDAY or (day.number_of_week + place) % 4:
            return
        chance = self.dice("decision", day.on)
        begins = moment(day.on, f"{chance.choice((10, 11))}:05") + timedelta(minutes=10 * place)
        manager = self.home.manager
        basis, _, text = self.voice.next("manager", day, chance).partition("| ")
        read = self.voice.next("reviewed", day, chance)
        decided = f"decide {titled(manager)}; {_plain(basis)}| {text}"
        entry = PlannedEntry(
            begins,
            say=[said(words, manager, day.on) for words in (read, decided)],
            answers={"taken_during": "other"},
        )
        yield self.write(
            f"{day.on}-decision", "note", manager, entry, signed=chance.randint(600, 3000)
        )


def _plain(basis: str) -> str:
    """Return a basis as it follows "because of": without the capital of a sentence."""
    first, _, rest = basis.partition(" ")
    called = {child.called for child in CHILDREN}
    is_name = first in called or first.removesuffix("'s") in called
    return basis if is_name else f"{first.lower()} {rest}".strip()


def _is_first_late(day: Day, home: str, worker: str) -> bool:
    """Say whether the worker has this day's late, and none before it in the calendar week."""
    days = [day.on - timedelta(days=back) for back in range(day.on.weekday() + 1)]
    lates = [worker in shift_of(home, LATE, on).people for on in days]
    return lates[0] and not any(lates[1:])


def _interpreting(interpreter: str) -> list[tuple[str, str]]:
    return [(interpreter.partition(",")[0], "interpreter")] if interpreter else []


def _met(regular: Regular) -> tuple[str, str]:
    name, _, role = regular.who.partition(", ")
    return name.split(" (")[0], role or regular.relation
