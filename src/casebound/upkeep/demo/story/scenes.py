"""What happens besides the shifts: key sessions, regular contacts, small notes."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from casebound.upkeep.demo.story.lives import Regular, Say, Session
from casebound.upkeep.demo.story.pages import (
    HOME_NAMES,
    Content,
    Written,
    entry,
    said_as,
    statement,
    titled,
    utc,
)
from casebound.upkeep.demo.story.people import CHILDREN
from casebound.upkeep.demo.story.rota import LATE, LONDON, TEAMS, shift_at, shift_of
from casebound.upkeep.demo.story.seasons import DAYS, FRIDAY, Day, dice
from casebound.upkeep.demo.story.voice import Voice

WEEKS_OF_SESSIONS: Final = (1, 2, 4, 5, 7, 8, 10, 11)  # the others are for catching up
HOWS: Final = {
    "in person": "in_person",
    "phone": "phone",
    "video": "video",
    "letter": "letter",
    "message": "message",
}
PROFESSIONAL: Final = frozenset({"teacher", "professional", "social worker"})
MISSED_IN_A_HUNDRED: Final = 5
NO_VIEW: Final = ("asked_later", "did_not_wish", "not_asked")


class Scenes:
    """Writes the key sessions, contacts and notes of one child."""

    __slots__ = ("_seed", "_sessions", "_turns", "_voice")

    def __init__(self, voice: Voice, sessions: Sequence[Session], seed: int) -> None:
        self._voice = voice
        self._sessions = dict(zip(WEEKS_OF_SESSIONS, sessions, strict=False))
        self._seed = seed
        self._turns: dict[tuple[str, str], int] = {}

    def session(self, day: Day) -> Iterator[Written]:
        """Return the week's key session with the note taken in it, if the day is its day."""
        child = self._voice.child
        shift = shift_of(child.home, LATE, day.on, school=day.school)
        if child.key_worker not in {shift.author, shift.second} or not _is_first(
            day, child.home, child.key_worker
        ):
            return
        chance = dice(self._seed, child.key, "session", day.on)
        begins = datetime.combine(day.on, time(17, chance.choice((0, 5, 10, 20, 30))), LONDON)
        minutes = chance.choice((20, 25, 30, 35, 40, 45))
        ends = begins + timedelta(minutes=minutes)
        session = self._sessions.get(day.week) or self._catching_up(day, chance)
        key = f"{child.key}-{day.on}-session"
        noted = bool(session.note)
        if noted:
            yield Written(
                key=f"{key}-note",
                form="note",
                children=(child.key,),
                home=child.home,
                author=child.key_worker,
                signed_at=utc(ends, timedelta(seconds=-chance.randint(20, 300))),
                content=entry(
                    begins=begins,
                    where=HOME_NAMES[child.home],
                    statements=[statement(self._voice.fill(session.note, chance))],
                    present=_interpreting(session.interpreter),
                    answers={"taken_during": "key_session"},
                    language=session.language,
                    interpreter=session.interpreter,
                ),
            )
        yield Written(
            key=key,
            form="key_session",
            children=(child.key,),
            home=child.home,
            author=child.key_worker,
            signed_at=utc(ends, timedelta(seconds=chance.randint(1800, 14000))),
            content=entry(
                begins=begins,
                ends=ends,
                where=HOME_NAMES[child.home],
                statements=[
                    told(self._voice, one, child.key_worker, day.on, chance) for one in session.say
                ],
                present=_interpreting(session.interpreter),
                answers=self._session_answers(session, minutes, day, chance),
                drew_on=[f"{key}-note"] if noted else [],
                language=session.language,
                interpreter=session.interpreter,
            ),
        )

    def _catching_up(self, day: Day, chance: Random) -> Session:
        note, _, text = self._voice.one("catchup", day, chance).partition("| ")
        opening = f"{text} {self._voice.one('talked', day, chance)}"
        say = [Say(text=opening)]
        if spoken := self._voice.one("said", day, chance):
            say.append(Say(text=spoken, kind="account", speaker=self._voice.child.called))
        if view := self._voice.one("view", day, chance):
            say.append(Say(text=view, kind="view"))
        topic = chance.choice(("Catching up on the week", "The fortnight to come", "This and that"))
        return Session(topic=topic, note=note, say=tuple(say))

    def _session_answers(self, session: Session, minutes: int, day: Day, chance: Random) -> Content:
        name = self._voice.child.called
        kinds = {one.kind for one in session.say}
        answers: Content = {
            "length": str(minutes),
            "chosen_by": chance.choice(("child", "child", "both", "worker")),
            "topic": session.topic,
            "outcome": "decided" if "decision" in kinds else "nothing",
            "child_read_it": chance.choice(("yes", "yes", "not_yet", "did_not_wish")),
            "next_session_on": (day.on + timedelta(days=7)).isoformat(),
        }
        if "decision" in kinds:
            basis = next(one.basis for one in session.say if one.kind == "decision")
            answers["reasons_told"] = f"I told {name} what was decided and why: {basis}."
        if not kinds & {"view", "account"}:
            answers["view_missing"] = chance.choice(("asked_later", "did_not_wish"))
        return answers

    def contacts(
        self, day: Day, regulars: Sequence[Regular], busy: Collection[date]
    ) -> Iterator[Written]:
        """Return the regular contacts of a day; none on a day that has its own story of one."""
        for regular in regulars:
            if DAYS[day.on.weekday()] not in regular.days or day.on in busy:
                continue
            turn = (day.on.toordinal() - 1) // 7 + len(regular.who)
            if turn % regular.every or (regular.needs_school and not day.school):
                continue
            yield self._contact(day, regular)

    def _contact(self, day: Day, regular: Regular) -> Written:
        child = self._voice.child
        chance = dice(self._seed, child.key, regular.who, day.on)
        hour, minute = (int(one) for one in regular.at.split(":"))
        begins = datetime.combine(day.on, time(hour, minute), LONDON)
        begins += timedelta(minutes=chance.choice((0, 0, 5, -5, 10)))
        professional = regular.relation in PROFESSIONAL
        missed = not professional and chance.randrange(100) < MISSED_IN_A_HUNDRED
        minutes = 5 if missed else max(5, regular.minutes + chance.randint(-5, 8))
        ends = begins + timedelta(minutes=minutes)
        shift = shift_at(child.home, begins, school=day.school)
        author = chance.choice((shift.author, shift.author, shift.second or shift.author))
        who = regular.who if set("(,") & set(regular.who) else f"{regular.who}, {regular.relation}"
        answers: Content = {"with_whom": who, "how": HOWS[regular.mode], "outcome": "nothing"}
        if missed:
            first = regular.who.split(" (")[0]
            reason = self._voice.one("missed", day, chance, who=first)
            answers |= {"how": "did_not_happen", "did_not_happen": reason}
            statements = [statement(reason)]
        else:
            statements, more = self._of_contact(day, regular, author, begins, chance)
            answers |= more
        present = [] if missed or regular.mode != "in person" else [_met(regular)]
        return Written(
            key=f"{child.key}-{day.on}-{regular.mode}-{regular.at}".replace(" ", "-"),
            form="contact",
            children=(child.key,),
            home=child.home,
            author=author,
            signed_at=utc(ends, timedelta(seconds=chance.randint(400, 5000))),
            content=entry(
                begins=begins,
                ends=ends,
                where=regular.where,
                statements=statements,
                present=[*present, *_interpreting(regular.interpreter)],
                answers=answers,
                language=regular.language,
                interpreter=regular.interpreter,
            ),
        )

    def _of_contact(
        self, day: Day, regular: Regular, author: str, begins: datetime, chance: Random
    ) -> tuple[list[Content], Content]:
        def one(pool: str, texts: Sequence[str]) -> str:
            text = texts[self._turn(regular.who + regular.mode, pool, len(texts))]
            return self._voice.fill(text, chance, regular.slots, at=f"{begins:%H:%M}")

        text = f"{one('open', regular.open)} {one('middle', regular.middle)}"
        close = one("close", regular.close)
        heard = regular.relation == "teacher"
        answers: Content = {"started_by": chance.choice(("plan", "plan", "child", "other"))}
        if regular.relation in PROFESSIONAL:
            answers["started_by"] = "home"
        text = f"{text} {close}"
        marks = {"source": "told_by", "told_by": regular.who} if heard else {}
        statements = [statement(text, **marks)]
        often = (regular.who + regular.mode, "views")
        if chance.randrange(3) and self._turns.get(often, 0) < 2 * len(regular.views):
            statements.append(statement(one("views", regular.views), "view"))
        else:
            answers["view_missing"] = chance.choice(NO_VIEW)
        if not heard and chance.randrange(6) == 0:
            basis, _, text = self._voice.one("think", day, chance).partition("| ")
            if text:
                marks = {"whose": titled(author), "basis": _plain(basis)}
                statements.append(statement(text, "opinion", **marks))
        return statements, answers

    def _turn(self, who: str, pool: str, count: int) -> int:
        """Return which text is next, each in its turn, so that the calls do not sound alike."""
        turn = self._turns.get((who, pool), 0)
        self._turns[who, pool] = turn + 1
        return turn % count

    def jot(self, day: Day) -> Iterator[Written]:
        """Return a small note of the day, on about one day in twelve."""
        child = self._voice.child
        chance = dice(self._seed, child.key, "jot", day.on)
        if chance.randrange(12):
            return
        begins = datetime.combine(
            day.on, time(chance.choice((16, 17, 18, 19)), chance.randrange(60)), LONDON
        )
        shift = shift_at(child.home, begins, school=day.school)
        clock, others = f"{begins:%H:%M}", [one for one in CHILDREN if one.home == child.home]
        other = chance.choice([one for one in others if one != child])
        if with_other := chance.randrange(6) == 0:
            text = self._voice.one("both", day, chance, at=clock, other=other.called)
        else:
            text = self._voice.one("jot", day, chance, at=clock)
        yield Written(
            key=f"{child.key}-{day.on}-jot",
            form="note",
            children=(child.key, other.key) if with_other else (child.key,),
            home=child.home,
            author=shift.author,
            signed_at=utc(begins, timedelta(seconds=chance.randint(120, 2400))),
            content=entry(
                begins=begins,
                where=HOME_NAMES[child.home],
                statements=[statement(text)],
                answers={"taken_during": "day_to_day"},
            ),
        )

    def decision(self, day: Day) -> Iterator[Written]:
        """Return the manager's decision of the week, if it is about this child this week.

        Each Friday the manager of a home goes through the week of one child.
        """
        child = self._voice.child
        mates = [one.key for one in CHILDREN if one.home == child.home]
        week = (day.on.toordinal() - 1) // 7
        if day.on.weekday() != FRIDAY or (week + mates.index(child.key)) % 4:
            return
        chance = dice(self._seed, child.key, "decision", day.on)
        begins = datetime.combine(day.on, time(chance.choice((10, 11)), 5), LONDON)
        begins += timedelta(minutes=10 * mates.index(child.key))
        manager = TEAMS[child.home].manager
        basis, _, text = self._voice.one("manager", day, chance).partition("| ")
        read = self._voice.one("reviewed", day, chance)
        yield Written(
            key=f"{child.key}-{day.on}-decision",
            form="note",
            children=(child.key,),
            home=child.home,
            author=manager,
            signed_at=utc(begins, timedelta(seconds=chance.randint(600, 3000))),
            content=entry(
                begins=begins,
                where=HOME_NAMES[child.home],
                statements=[
                    statement(read),
                    statement(text, "decision", maker=titled(manager), basis=_plain(basis)),
                ],
                answers={"taken_during": "other"},
            ),
        )


def _plain(basis: str) -> str:
    """Return a basis as it follows "because of": without the capital of a sentence."""
    first, _, rest = basis.partition(" ")
    called = {child.called for child in CHILDREN}
    known = first in called or first.removesuffix("'s") in called
    return basis if known else f"{first.lower()} {rest}".strip()


def told(voice: Voice, say: Say, author: str, on: date, chance: Random) -> Content:
    """Return an authored statement with its slots filled."""
    return said_as(say, voice.fill(say.text, chance), author=author, on=on)


def _is_first(day: Day, home: str, worker: str) -> bool:
    """Say whether this is the worker's first late of the calendar week."""
    for back in range(1, day.on.weekday() + 1):
        shift = shift_of(home, LATE, day.on - timedelta(days=back), school=True)
        if worker in {shift.author, shift.second}:
            return False
    return True


def _interpreting(interpreter: str) -> list[tuple[str, str]]:
    return [(interpreter.partition(",")[0], "interpreter")] if interpreter else []


def _met(regular: Regular) -> tuple[str, str]:
    name, _, role = regular.who.partition(", ")
    return name.split(" (")[0], role or regular.relation
