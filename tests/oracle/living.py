"""Letting a world happen in the stores, through the product's own actions, in the order of time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import time_machine
from django.db import connections, transaction

from casebound.foundation.base.calendar import day_of, start_of
from casebound.foundation.base.ids import BookId, DraftId
from casebound.ledger.keyring.actions import forget_keys
from casebound.ledger.sealing import highwater
from casebound.ledger.sealing.reads import forget_corrections
from casebound.people.access.actions import grant_access
from casebound.people.access.reads import seen_book
from casebound.people.homes import actions as homes
from casebound.people.homes.models import Placement
from casebound.record.book.relations import ADDENDUM, CORRECTION, MISFILED, STRIKE
from tests import clock
from tests.made_up import Child, House, MadeUp, Worker
from tests.oracle.drawing import HOMES, PEOPLE
from tests.oracle.world import DAY, Appointment, Entry, Grant, Stay, World

COMMON = "heliotrope"  # in every statement, so that one search asks for all of them
BEGINS = 12 * DAY  # how long after the made-up provider's own moment people look
SURNAMES = {
    "ann": "Marlowe", "ben": "Sattler", "cat": "Odili", "dee": "Vance", "eve": "Harrow",
    "fay": "Lindqvist", "ivo": "Larkspur", "joy": "Tansy", "kim": "Yarrow", "lou": "Sorrel",
}  # fmt: skip
FORMS = {"addendum": ADDENDUM, "correction": CORRECTION, "strike": STRIKE, "misfiled": MISFILED}


@dataclass
class Stage:
    """Two homes and some people without a role, in which world after world happens.

    Attributes:
        made_up: the provider they belong to.
        look: the moment at which people look, on every clock in the afternoon: days are counted.
        homes: the homes.
        people: the people.
    """

    made_up: MadeUp
    look: datetime
    homes: dict[str, House]
    people: dict[str, Worker]

    @classmethod
    def of(cls, made_up: MadeUp) -> "Stage":
        """Open the homes and the accounts."""
        houses = {}
        for name in HOMES:
            home = made_up._home(f"{name.title()} Lodge")
            houses[name] = made_up.house(home)
        people = {
            name: made_up._worker(f"{name}.{SURNAMES[name]}".lower(), full_name(name))
            for name in PEOPLE
        }
        day = start_of(day_of(made_up.now + timedelta(seconds=BEGINS)))
        return cls(made_up, day + timedelta(hours=14), houses, people)


def full_name(name: str) -> str:
    """Return the full name of a person or a child."""
    return f"{name.title()} {SURNAMES[name]}"


@dataclass
class Lived:
    """A world that has happened.

    Attributes:
        world: the world.
        stage: where it happened.
        children: each child, as the product knows them.
        numbers: the number of each entry in each of its books.
        leaves: the leaf of each entry.
    """

    world: World
    stage: Stage
    children: dict[str, Child] = field(default_factory=dict)
    numbers: dict[tuple[int, str], int] = field(default_factory=dict)
    leaves: dict[int, int] = field(default_factory=dict)
    grants: dict[int, str] = field(default_factory=dict)

    def book(self, name: str) -> BookId:
        """Return the id of a book."""
        return self.place(name).book

    def place(self, name: str) -> Child | House:
        """Return a child or a home as a place to write about."""
        return self.children[name] if name in self.children else self.stage.homes[name]

    def worker(self, person: str) -> Worker:
        """Return a person's account."""
        return self.stage.people[person]

    def moment(self, seconds: int) -> datetime:
        """Return the moment that is so many seconds after people look."""
        return self.stage.look + timedelta(seconds=seconds)


@contextmanager
def happened(world: World, stage: Stage) -> Iterator[Lived]:
    """Let a world happen; at the end everything is as it was before, and the clock too."""
    mark, before = highwater.read(), stage.made_up.now
    with _undone(list(connections)):
        lived = Lived(world, stage)
        try:
            for at, step in sorted(_steps(lived), key=lambda step: step[0]):
                with clock.set_to(lived.moment(at).timestamp()):
                    stage.made_up.now = lived.moment(at)
                    step()
            stage.made_up.now = stage.look
            # The clock stands still: what ends in a second has not ended on the last page either.
            with time_machine.travel(stage.look.timestamp(), tick=False):
                yield lived
        finally:
            stage.made_up.now = before
    forget_keys()
    forget_corrections()
    highwater._known.clear()
    assert mark is not None  # the stage is sealed
    highwater.path().unlink(missing_ok=True)
    highwater.write(mark)


@contextmanager
def _undone(stores: list[str]) -> Iterator[None]:
    """Roll back every store at the end."""
    if not stores:
        yield
        return
    with transaction.atomic(using=stores[0]):
        try:
            with _undone(stores[1:]):
                yield
        finally:
            transaction.set_rollback(True, using=stores[0])


def _steps(lived: Lived) -> Iterator[tuple[int, Callable[[], object]]]:
    """Yield what happens, and when. What is at one time happens in this order."""
    world = lived.world
    for number, stay in enumerate(world.stays):
        first = all(other.child != stay.child for other in world.stays[:number])
        yield stay.begins, _call(_admit if first else _come_again, lived, stay)
        if stay.ends is not None:
            # Before the next stay begins, at the same time.
            yield stay.ends - 1, _call(_leave, lived, stay)
    for held in world.appointments:
        yield held.begins, _call(_appoint, lived, held)
    for number, grant in enumerate(world.grants):
        yield grant.begins, _call(_grant, lived, grant, number)
        if grant.ended_early is not None:
            yield grant.ended_early, _call(_end_grant, lived, grant, number)
    for entry in world.entries:
        yield entry.at, _call(_write, lived, entry)


def _call(step: Callable[..., object], *words: object) -> Callable[[], object]:
    return lambda: step(*words)


def _admit(lived: Lived, stay: Stay) -> None:
    made_up, at = lived.stage.made_up, lived.moment(stay.begins)
    child = homes.admit_child(
        home=lived.stage.homes[stay.home].id, full_name=full_name(stay.child),
        called=stay.child.title(), pronouns="they, them", born_on=date(2012, 2, 29), face=1,
        from_at=at, by=made_up.dana.id, at=at,
    )  # fmt: skip
    lived.children[stay.child] = Child(child, full_name(stay.child), stay.child.title())


def _come_again(lived: Lived, stay: Stay) -> None:
    at = lived.moment(stay.begins)
    homes.begin_placement(
        child=lived.children[stay.child].id, home=lived.stage.homes[stay.home].id, from_at=at,
        by=lived.stage.made_up.dana.id, at=at,
    )  # fmt: skip


def _leave(lived: Lived, stay: Stay) -> None:
    assert stay.ends is not None  # the step is made of its end
    child = lived.children[stay.child].id
    placement = Placement.objects.get(child_id=child, to_at=None).id
    at = lived.moment(stay.ends)
    homes.end_placement(placement=placement, to_at=at, by=lived.stage.made_up.dana.id, at=at)


def _appoint(lived: Lived, held: Appointment) -> None:
    worker, at = lived.worker(held.person), lived.moment(held.begins)
    homes.appoint(
        worker=worker.id, full_name=worker.full_name, role=held.role,
        home=lived.stage.homes[held.home].id if held.home else None,
        child=lived.children[held.child].id if held.child else None, from_at=at,
        to_at=None if held.ends is None else lived.moment(held.ends),
        reason="They come for a time.", by=lived.stage.made_up.dana.id, at=at,
    )  # fmt: skip


def _grant(lived: Lived, grant: Grant, number: int) -> None:
    giver, at = lived.worker(grant.by), lived.moment(grant.begins)
    book = seen_book(giver.id, lived.book(grant.book), at=at)
    if book is None:
        raise LookupError(f"{grant.by} does not see the book of {grant.book} and would grant it")
    lived.grants[number] = grant_access(
        book=book, worker=lived.worker(grant.person).id, reason="They cover for a week.",
        from_at=at, to_at=lived.moment(grant.ends), form=grant.form, register=grant.register,
        period=grant.days and (_day(lived, grant.days[0]), _day(lived, grant.days[1])),
        leaf=None if grant.entry is None else lived.leaves[grant.entry],
        by=giver.id, at=at, auth="password",
    )  # fmt: skip


def _day(lived: Lived, days: int) -> date:
    return day_of(lived.moment(days * DAY))


def _end_grant(lived: Lived, grant: Grant, number: int) -> None:
    assert grant.ended_early is not None  # the step is made of it
    lived.stage.made_up.now = at = lived.moment(grant.ended_early)
    homes.end_grant(
        grant=lived.grants[number], reason="It is not needed any more.",
        by=lived.worker(grant.by).id, at=at, auth="password",
    )  # fmt: skip


def _write(lived: Lived, entry: Entry) -> None:
    made_up, author = lived.stage.made_up, lived.worker(entry.author)
    place = lived.place(entry.books[0])
    if entry.how:
        earlier = lived.world.entries[entry.earlier or 0]
        number = lived.numbers[earlier.key, entry.books[0]]
        how = FORMS[entry.how]
        said = _content(lived, entry)
        sealed = made_up.put_right(place, number, how, by=author, form=how.key, **said)
    else:
        said = _content(lived, entry)
        others = [lived.children[book].id for book in entry.books[1:]]
        draft = made_up.draft(place, form=entry.form, by=author, also_about=others, **said)
        _attach(lived, entry, draft, author)
        sealed = made_up.sign(draft, by=author)
    lived.leaves[entry.key] = sealed.index
    # What puts an entry right goes into the books of it that its author writes in just then.
    books = tuple(book for book in entry.books if lived.book(book) in sealed.numbers)
    lived.world.entries[entry.key] = replace(entry, books=books)
    lived.world.known.clear()
    for book in books:
        lived.numbers[entry.key, book] = sealed.numbers[lived.book(book)]


def _attach(lived: Lived, entry: Entry, draft: DraftId, author: Worker) -> None:
    if entry.file:
        lived.stage.made_up.attach(
            draft, b"A list.", name=f"{entry.file}.txt", alt="A list.", by=author
        )


def _content(lived: Lived, entry: Entry) -> dict[str, object]:
    told = iter(sorted(entry.told))
    statements = []
    for said in entry.said:
        statement: dict[str, object] = {"text": f"{COMMON} {said.word}."}
        if said.withheld:
            statement |= {
                "sharing": "withheld", "ground": "risk_to_child", "reason": "It would hurt.",
                "review_on": f"{day_of(lived.moment(20 * DAY))}",
            }  # fmt: skip
        if said.about:
            statement["about"] = [lived.children[child].id for child in said.about]
        if teller := next(told, ""):
            worker = lived.worker(teller)
            statement |= {
                "source": "told_by", "told_by": worker.full_name, "told_by_id": worker.id,
            }  # fmt: skip
        statements.append(statement)
    return {"statements": statements, "answers": _answers(lived, entry)}


def _answers(lived: Lived, entry: Entry) -> dict[str, object]:
    answers: dict[str, object] = {}
    if entry.parties:
        answers["about_whom"] = [{"id": lived.worker(who).id} for who in sorted(entry.parties)]
    if entry.of_managers:
        answers["about_managers"] = "yes"
    return answers
