"""What comes round in a book, as `lives/rounds.toml` has it, and a child's pocket money.

And what was written once, when the forms came into use: the profile, and the notice of reg 41.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from casebound.upkeep.demo.story.answers import answers_on
from casebound.upkeep.demo.story.lives import profile_of, rounds
from casebound.upkeep.demo.story.lives.shapes import Round
from casebound.upkeep.demo.story.medicines import remedy_for
from casebound.upkeep.demo.story.pages import ChildWriter, PlannedEntry, StoryWriter, WrittenPage
from casebound.upkeep.demo.story.people import children_of, children_on
from casebound.upkeep.demo.story.rota import moment, who_writes
from casebound.upkeep.demo.story.seasons import SATURDAY, WEDNESDAY, Day
from casebound.upkeep.demo.story.statements import said
from casebound.upkeep.demo.story.voice import Slots, Voice, fill_in, line_of

OWN_AUTHORITY: Final = {"given": "own_authority"}  # no notice is needed (reg 41)
SPENDS_IN_A_HUNDRED: Final = 45


def comes_round(
    writer: StoryWriter, plans: Sequence[Round], day: Day, slots: Slots
) -> Iterator[WrittenPage]:
    """Return what is due in a book on a day."""
    for plan in plans:
        week = day.week - len(writer.key) % plan.spread
        if (
            line_of(plan.when).fits(day)
            and (not plan.of or writer.key in plan.of)
            and (not plan.weeks or week in plan.weeks)
        ):
            yield from _round(writer, plan, day, dict(slots))


def _round(
    writer: StoryWriter, plan: Round, day: Day, slots: dict[str, str | tuple[str, ...]]
) -> Iterator[WrittenPage]:
    chance = writer.dice(plan.dice or plan.key, day.on)
    happens = plan.in_a_hundred == 100 or chance.randrange(100) < plan.in_a_hundred  # noqa: PLR2004
    if not happens and not plan.otherwise:
        return
    turn = day.number_of_week + len(writer.key)
    drawn: list[tuple[str, Any]] = [
        *((name, texts[turn % len(texts)]) for name, texts in plan.in_turn.items()),
        *((name, texts[day.on.month % len(texts)]) for name, texts in plan.by_month.items()),
    ]
    for name, texts in [*drawn, *plan.draw.items()]:
        text = chance.choice(texts) if isinstance(texts, tuple) else texts
        slots |= text if isinstance(text, dict) else {name: fill_in(text, chance, slots)}
    on = day.on + timedelta(days=plan.days_later)
    begins = moment(on, fill_in(plan.at, chance, slots))
    begins += timedelta(minutes=plan.minutes_later)
    ends = None
    if plan.lasts:
        ends = begins + timedelta(minutes=int(fill_in(plan.lasts, chance, slots)))
        slots["ends"] = f"{ends:%H:%M}"
    author = who_writes(plan.by, writer.home.key, begins)
    answers = plan.answers if happens else plan.otherwise
    children = " ".join(child.key for child in children_of(writer.home.key, day))
    people = [fill_in(person, chance, slots).partition(": ") for person in plan.present]
    entry = PlannedEntry(
        begins,
        ends,
        say=[said(fill_in(text, chance, slots), author, on) for text in plan.say],
        present=[(name, role) for name, _, role in people],
        answers=answers_on(
            plan.form,
            answers,
            on,
            {"$children": children},
            lambda text: fill_in(text, chance, slots),
        ),
    )
    follows = None
    if plan.follows:
        follows = (f"{writer.key}-{day.on}-{plan.follows[0]}", plan.follows[1])
    key, signed = f"{day.on}-{plan.key}", plan.signed_after
    yield writer.write(key, plan.form, author, entry, signed=signed, follows=follows)


class ChildRounds(ChildWriter):
    """Writes what comes round for one child."""

    def __init__(self, seed: int, voice: Voice) -> None:
        super().__init__(seed, voice)
        self._balance = self.child.pocket_money
        who = self.child.social_worker
        label, dosed = remedy_for(voice.child)
        self._slots = {
            **voice.slots,
            "social_worker": who,
            "who": who.split(maxsplit=1)[0],
            "remedy": label.medicine,
            "remedy_dose": dosed.dose,
        }

    def of(self, day: Day) -> Iterator[WrittenPage]:
        """Return the rounds of a day."""
        yield from comes_round(self, rounds().child, day, self._slots)
        yield from self._money(day)

    def profile(self, on: date, *, today: date) -> Iterator[WrittenPage]:
        """Return the sections of the profile, as the key worker wrote them down on a day.

        `today` is the last day of the story, by which dates move with the years.
        """
        child = next(child for child in children_on(today) if child.key == self.key)
        if child.came:
            on = max(on, child.admitted_on + timedelta(days=1))
        notice = PlannedEntry(moment(on, "08:05"), answers=child.notice or OWN_AUTHORITY)
        yield self.write("notice", "admission_notice", self.home.manager, notice, signed=90)
        dates = {"admission": {"came_on": child.admitted_on.isoformat()}}
        for number, (section, told) in enumerate(profile_of(child.key).items()):
            begins = moment(on, "16:05") + timedelta(minutes=6 * number)
            entry = PlannedEntry(begins, answers={**told, **dates.get(section, {})})
            form = section if section == "admission" else f"profile_{section}"
            yield self.write(f"profile-{section}", form, child.key_worker, entry, signed=150)

    def _money(self, day: Day) -> Iterator[WrittenPage]:
        chance = self.dice("money", day.on)
        begins = moment(day.on, f"17:{chance.randrange(50)}")
        weekday = day.on.weekday()
        if weekday == SATURDAY:
            amount, kind, what = self.child.pocket_money, "money_in", "Pocket money"
        elif weekday == WEDNESDAY and chance.randrange(100) < SPENDS_IN_A_HUNDRED:
            amount = -min(self._balance, 50 * chance.randint(3, 12))
            kind, what = "money_out", f"For {chance.choice(rounds().spent)}"
        else:
            return
        if amount == 0:
            return
        self._balance += amount
        answers = {
            "kind": kind,
            "amount": _pounds(abs(amount)),
            "balance": _pounds(self._balance),
            "what_for": what,
            "child_agrees": "yes",
        }
        author = who_writes("late", self.home.key, begins)
        yield self.write(
            f"{day.on}-money", "money", author, PlannedEntry(begins, answers=answers), signed=120
        )


def _pounds(pence: int) -> str:
    """Return an amount as people write it."""
    return f"{pence // 100}.{pence % 100:02}"
