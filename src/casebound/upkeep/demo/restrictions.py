"""What a manager of the demo restricts later: from a child, among staff, and one overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from casebound.foundation.base.calendar import day_of, start_of
from casebound.ledger.sealing.reads import entry_at
from casebound.people.access.reads import seen_book
from casebound.people.restricted.holding import WHOLE, Scope
from casebound.record.restricting.actions import Grounds, note_discussed, restrict
from casebound.record.restricting.parts import key_of
from casebound.record.restricting.reads import last_step

if TYPE_CHECKING:
    from casebound.upkeep.demo.building import Building

DECIDES: Final = timedelta(hours=10)  # of the next day: the manager has read it
A_MOMENT: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRestriction:
    """A note that somebody wrote, and what the manager restricted of it some hours later."""

    child: str
    author: str
    manager: str
    said: str
    part: str
    scope: Scope
    ground: str
    reason: str
    written_ago: timedelta
    looked_at_in: int  # days from the end of the story; below nothing it is overdue
    reference: str = ""
    officer: str = ""
    told: str = ""  # the social worker, and what they said


PLANNED: Final[Sequence[PlannedRestriction]] = (
    PlannedRestriction(
        child="rowan",
        author="shanice",
        manager="marguerite",
        said="Rowan’s aunt rang. She has moved, and asked us not to say where she lives now.",
        part="s1",
        scope=Scope.CHILD,
        ground="risk_to_other",
        reason="Rowan’s aunt left a violent man. He could hear of it through Rowan, who would not "
        "mean to tell. She will tell Rowan herself when she is settled.",
        written_ago=timedelta(days=4),
        looked_at_in=-1,
        told="Agrees. Wants to hear when it is shared.",
    ),
    PlannedRestriction(
        child="jaydon",
        author="tomasz",
        manager="marguerite",
        said="The police rang about the car outside the school. They ask that nobody talks about "
        "it with Jaydon before they have spoken with the driver.",
        part="s1",
        scope=Scope.CHILD,
        ground="police_investigation",
        reason="To talk about it now could warn the driver.",
        reference="WP/2291/26",
        officer="DC Hanna Ferris",
        written_ago=timedelta(days=2),
        looked_at_in=10,
    ),
    PlannedRestriction(
        child="maisie",
        author="bethan",
        manager="marguerite",
        said="Maisie told me about the marks on her arm. She asked that not everybody in the house "
        "knows.",
        part=WHOLE,
        scope=Scope.NEED_TO_KNOW,
        ground="risk_to_child",
        reason="She would stop telling anybody if the whole team spoke of it. Those who look after "
        "her at night know what to watch for.",
        written_ago=timedelta(days=1),
        looked_at_in=27,
    ),
)


def steps(until: datetime) -> list[tuple[datetime, "partial[None]"]]:
    """Return what happens and when, in any order."""
    happens: list[tuple[datetime, partial[None]]] = []
    for planned in PLANNED:
        written_at = until - planned.written_ago
        next_day = start_of(day_of(written_at) + timedelta(days=1)) + DECIDES
        decided_at = min(next_day, until - A_MOMENT)
        happens += [
            (written_at, partial(_written, planned=planned)),
            (decided_at, partial(_restricted, planned=planned, until=until)),
        ]
    return happens


def _written(building: "Building", at: datetime, *, planned: PlannedRestriction) -> None:
    sealed = building.note(planned.child, planned.author, planned.said, at=at)
    building.sealed[_page(planned)] = sealed


def _restricted(
    building: "Building", at: datetime, *, planned: PlannedRestriction, until: datetime
) -> None:
    by, book_id = building.workers[planned.manager], building.books[planned.child]
    number = building.sealed[_page(planned)].numbers[book_id]
    book, entry = seen_book(by, book_id, at=at), entry_at(book_id, number)
    if book is None or entry is None:
        raise LookupError("the story restricts something that is not there")
    soonest = day_of(at) + timedelta(days=1)
    restrict(
        book=book, number=number, parts=[planned.part], scope=planned.scope,
        grounds=Grounds(
            ground=planned.ground, reason=planned.reason, reference=planned.reference,
            officer=planned.officer,
            review_on=max(soonest, day_of(until) + timedelta(days=planned.looked_at_in)),
        ),
        seen=last_step(book_id, entry.index), by=by, at=at, auth="password",
    )  # fmt: skip
    if planned.told:
        note_discussed(
            book=book, which=key_of(entry.index, planned.part, planned.scope), what="told",
            who="social_worker", name="Imran Kassar", how="phone", on=day_of(at),
            said=planned.told, by=by, at=at, auth="password",
        )  # fmt: skip


def _page(planned: PlannedRestriction) -> str:
    return f"restricted/{planned.child}"
