"""What comes round in a child's life: medicine, pocket money, visits of the social worker.

And what was written once, when the forms came into use: the profile, and the notice of reg 41.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from casebound.upkeep.demo.story.lives import profile_of, rounds
from casebound.upkeep.demo.story.pages import Book, Content, Written, statement
from casebound.upkeep.demo.story.people import children_on
from casebound.upkeep.demo.story.rota import LATE, LONDON, TEAMS, shift_at, shift_of
from casebound.upkeep.demo.story.seasons import SATURDAY, Day, dice
from casebound.upkeep.demo.story.voice import Voice

POCKET_MONEY: Final = {
    "maisie": 400, "jaydon": 650, "rowan": 800, "theo": 500, "diyar": 900, "keira": 1000,
    "safiya": 600,
}  # fmt: skip
AT_NIGHT: Final = {"theo": ("Melatonin 2 mg", "One tablet")}
WHEN_NEEDED: Final = ("Paracetamol 250 mg in 5 ml", "10 ml")
ELSEWHERE: Final = "rowan"  # whom another authority placed than that of the home
NOTICES: Final[Mapping[bool, Mapping[str, object]]] = {
    False: {"given": "own_authority"},
    True: {
        "given": "given",
        "to_whom": "Wendleshire County Council, children placed from elsewhere",
        "name_and_birth": "yes",
        "basis": "section_20",
        "contacts": "Caleb Strang, 01632 960172; reviewing officer, 01632 960175",
        "ehc": "None",
    },
}
VISIT_WEEKS: Final = (2, 8)
UNWELL_IN_A_HUNDRED: Final = 3
SPENDS_IN_A_HUNDRED: Final = 45
WEDNESDAY: Final = 2


class Rounds:
    """Writes what comes round for one child."""

    __slots__ = ("_balance", "_book", "_seed", "_voice")

    def __init__(self, voice: Voice, seed: int) -> None:
        self._voice = voice
        self._book = Book(voice.child.home, voice.child.key)
        self._seed = seed
        self._balance = POCKET_MONEY[voice.child.key]

    def of(self, day: Day) -> Iterator[Written]:
        """Return the rounds of a day."""
        yield from self._at_night(day)
        yield from self._unwell(day)
        yield from self._money(day)
        yield from self._visit(day)

    def profile(self, on: date, *, today: date) -> Iterator[Written]:
        """Return the sections of the profile, as the key worker wrote them down on a day.

        `today` is the last day of the story, by which dates move with the years.
        """
        child = next(one for one in children_on(today) if one.key == self._voice.child.key)
        manager = TEAMS[child.home].manager
        notice = datetime.combine(on, time(8, 5), LONDON)
        yield self._book.written(
            "notice", "admission_notice", manager, notice, NOTICES[child.key == ELSEWHERE], after=90
        )
        begins = datetime.combine(on, time(16, 5), LONDON)
        dates = {
            "admission": ("came_on", child.admitted_on),
            "identity": ("born_on", child.born_on),
        }
        for number, (section, told) in enumerate(profile_of(child.key).items()):
            answers = dict(told)
            if section in dates:
                field, moved = dates[section]
                answers[field] = moved.isoformat()
            yield self._book.written(
                f"profile-{section}",
                section if section == "admission" else f"profile_{section}",
                child.key_worker,
                begins + timedelta(minutes=6 * number),
                answers,
                after=150,
            )

    def _at_night(self, day: Day) -> Iterator[Written]:
        if self._voice.child.key not in AT_NIGHT:
            return
        chance = dice(self._seed, self._voice.child.key, "night medicine", day.on)
        medicine, dose = AT_NIGHT[self._voice.child.key]
        answers: Content = {"medicine": medicine, "dose": dose, "taken": "taken", "due_at": "19:30"}
        if chance.randrange(100) < UNWELL_IN_A_HUNDRED:
            why = "Turned his head away twice. Offered again at eight, and left."
            answers |= {"taken": "declined", "not_taken_why": why}
        yield self._dose(day, time(19, 30), chance, answers, "night")

    def _unwell(self, day: Day) -> Iterator[Written]:
        chance = dice(self._seed, self._voice.child.key, "unwell", day.on)
        if chance.randrange(100) >= UNWELL_IN_A_HUNDRED:
            return
        medicine, dose = WHEN_NEEDED
        answers: Content = {"medicine": medicine, "dose": dose, "taken": "taken"}
        answers |= {"when_needed": "yes", "needed_why": chance.choice(rounds("headache"))}
        answers["effects"] = "Better within the hour."
        yield self._dose(day, time(chance.choice((16, 17, 18)), 10), chance, answers, "needed")

    def _dose(self, day: Day, at: time, chance: Random, answers: Content, what: str) -> Written:
        begins = datetime.combine(day.on, at, LONDON) + timedelta(minutes=chance.randrange(12))
        shift = shift_at(self._voice.child.home, begins, school=day.school)
        key = f"{day.on}-medicine-{what}"
        author = shift.second or shift.author
        return self._book.written(key, "medicine_given", author, begins, answers, after=90)

    def _money(self, day: Day) -> Iterator[Written]:
        child = self._voice.child
        chance = dice(self._seed, child.key, "money", day.on)
        weekday = day.on.weekday()
        begins = datetime.combine(day.on, time(17, chance.randrange(50)), LONDON)
        author = shift_of(child.home, LATE, day.on, school=day.school).author
        if weekday == SATURDAY:
            amount, kind, what = POCKET_MONEY[child.key], "money_in", "Pocket money"
        elif weekday == WEDNESDAY and chance.randrange(100) < SPENDS_IN_A_HUNDRED:
            amount = -min(self._balance, 50 * chance.randint(3, 12))
            kind, what = "money_out", f"For {chance.choice(rounds('spent'))}"
        else:
            return
        if amount == 0:
            return
        self._balance += amount
        answers: Content = {
            "kind": kind,
            "amount": _pounds(abs(amount)),
            "balance": _pounds(self._balance),
            "what_for": what,
            "child_agrees": "yes",
        }
        yield self._book.written(f"{day.on}-money", "money", author, begins, answers, after=120)

    def _visit(self, day: Day) -> Iterator[Written]:
        child = self._voice.child
        due = day.week - (len(child.key) % 3)  # not all in one week
        if due not in VISIT_WEEKS or day.on.weekday() != WEDNESDAY:
            return
        chance = dice(self._seed, child.key, "visit", day.on)
        begins = datetime.combine(day.on, time(16, chance.choice((0, 10, 30))), LONDON)
        ends = begins + timedelta(minutes=chance.choice((45, 55, 70)))
        who = rounds("visits", child.key)[0]
        fixed = {"who": who.split(maxsplit=1)[0], "name": child.called}
        texts = [
            self._voice.fill(chance.choice(rounds(one)), chance, **fixed)
            for one in ("visit", "seen")
        ]
        statements = [statement(texts[0]), statement(texts[1], "view")]
        answers: Content = {
            "visitor": who,
            "visitor_role": "social_worker",
            "reason": "To see how things are, as every six weeks",
            "identity": "known",
            "announced": "yes",
            "seen_alone": "yes",
            "outcome": "nothing",
        }
        shift = shift_at(child.home, begins, school=day.school)
        yield self._book.written(
            f"{day.on}-visit", "visit", shift.author, begins, answers,
            after=1500, ends=ends, statements=statements, present=[(who, "social worker")],
        )  # fmt: skip


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"
