"""Who visits the demo's homes and works there for a time, and the recording policy that all read.

A visitor of each kind, an agency worker's shift, a colleague at the other home for some days,
another who is asked to look at one entry, consents, and somebody who agreed to be named.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from casebound.foundation.base.calendar import day_of
from casebound.ledger.sealing.reads import entry_at
from casebound.people.access.actions import grant_access
from casebound.people.access.reads import SeenBook, seen_book
from casebound.people.homes import actions as homes
from casebound.people.homes.consents import How, Party
from casebound.record.third_parties.actions import PersonSaid, add_person, note_permission
from casebound.rulebook.recording_policy.actions import acknowledge_policy, publish_policy
from casebound.rulebook.recording_policy.reads import proposal
from casebound.upkeep.demo.story import people

if TYPE_CHECKING:
    from casebound.upkeep.demo.building import Building

AUTH: Final = "password"
PUBLISHED_AGO: Final = timedelta(days=3)
READ_AFTER: Final = timedelta(hours=2)
CAME_AGO: Final = timedelta(hours=3)
ASKED_AGO: Final = timedelta(hours=2)
READ_THE_POLICY: Final = ("marguerite", "ruth", "shanice", "oisin")
EVERYBODY: Final = {worker.key: worker for worker in (*people.WORKERS, *people.VISITORS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStay:
    """Somebody who is appointed for a time, from `CAME_AGO` before the story ends."""

    who: str
    role: str
    manager: str
    lasts: timedelta
    why: str
    home: str = ""
    child: str = ""


STAYS: Final[Sequence[PlannedStay]] = (
    PlannedStay(
        who="imran", role="social_worker", manager="marguerite", child="jaydon",
        lasts=timedelta(days=90), why="He is Jaydon’s social worker.",
    ),
    PlannedStay(
        who="winifred", role="reviewing_officer", manager="marguerite", child="jaydon",
        lasts=timedelta(days=90), why="She chairs Jaydon’s reviews.",
    ),
    PlannedStay(
        who="solomon", role="independent_person", manager="marguerite", home="quince",
        lasts=timedelta(days=180), why="Visits every month and writes the report (reg 44).",
    ),
    PlannedStay(
        who="greta", role="inspector", manager="marguerite", home="quince",
        lasts=timedelta(days=5), why="Inspects the home this week.",
    ),
    PlannedStay(
        who="femi", role="advocate", manager="marguerite", child="rowan",
        lasts=timedelta(days=60), why="Rowan asked for an advocate before the review.",
    ),
    PlannedStay(
        who="shilan", role="interpreter", manager="ruth", child="diyar",
        lasts=timedelta(days=30), why="Interprets Diyar’s key sessions.",
    ),
    PlannedStay(
        who="kofi", role="agency_worker", manager="callum", home="quince",
        lasts=timedelta(hours=15), why="Bethan is ill. From Wendle Care Staff.",
    ),
    PlannedStay(
        who="glenn", role="covering_worker", manager="callum", home="quince",
        lasts=timedelta(days=3), why="Drives for both homes this weekend.",
    ),
)  # fmt: skip


def steps(until: datetime) -> list[tuple[datetime, Callable[["Building", datetime], None]]]:
    """Return what happens and when, in any order."""
    return [
        (until - PUBLISHED_AGO, _is_published),
        (until - PUBLISHED_AGO + READ_AFTER, _is_read),
        *((until - CAME_AGO, partial(_comes, planned=stay)) for stay in STAYS),
        (until - ASKED_AGO, _agree),
        (until - ASKED_AGO, _is_asked_to_look),
        (until - ASKED_AGO, _may_be_named),
    ]


def _is_published(building: "Building", at: datetime) -> None:
    by = building.workers["priscilla"]
    publish_policy(text=proposal(), changed="", before=0, by=by, at=at, auth=AUTH)


def _is_read(building: "Building", at: datetime) -> None:
    for worker in READ_THE_POLICY:
        acknowledge_policy(version=1, by=building.workers[worker], at=at, auth=AUTH)


def _comes(building: "Building", at: datetime, *, planned: PlannedStay) -> None:
    homes.appoint(
        worker=building.workers[planned.who],
        full_name=EVERYBODY[planned.who].full_name,
        role=planned.role,
        home=building.homes[planned.home] if planned.home else None,
        child=building.children[planned.child] if planned.child else None,
        from_at=at,
        to_at=at + planned.lasts,
        reason=planned.why,
        by=building.workers[planned.manager],
        at=at,
        auth=AUTH,
    )


def _agree(building: "Building", at: datetime) -> None:
    """Let Rowan and the placing authority agree to the independent person, and Theo say no."""
    answers = (
        ("rowan", Party.CHILD, True, "Rowan", How.IN_PERSON, "Would like to be there."),
        ("rowan", Party.PLACING_AUTHORITY, True, "Caleb Strang", How.WRITTEN, ""),
        ("theo", Party.CHILD, False, "Theo", How.SIGNS, "Showed the “no” card, twice."),
    )
    for child, party, given, who, how, words in answers:
        homes.answer_consent(
            child=building.children[child], home=building.homes["quince"], party=party,
            given=given, said_by=who, how=how, said_at=at, words=words,
            by=building.workers["marguerite"], at=at, auth=AUTH,
        )  # fmt: skip


def _is_asked_to_look(building: "Building", at: datetime) -> None:
    """Let the senior of the other home look at one entry of Jaydon's."""
    sealed = building.note(
        "jaydon", "tomasz",
        "Jaydon says that he knows a boy at The Old Ferry House from his old school. They would "
        "like to play football together on Sundays.",
        at=at,
    )  # fmt: skip
    book = _seen(building, "marguerite", "jaydon", at=at)
    entry = entry_at(book.id, sealed.numbers[book.id])
    if entry is None:
        raise LookupError("the story asks somebody to look at an entry that is not there")
    grant_access(
        book=book, worker=building.workers["nirmala"], leaf=entry.index,
        reason="Please say whether the two boys get on.", from_at=at, to_at=at + timedelta(days=7),
        by=building.workers["marguerite"], at=at, auth=AUTH,
    )  # fmt: skip


def _may_be_named(building: "Building", at: datetime) -> None:
    """Put Rowan's aunt into the register, who agreed, and somebody Rowan does not know of."""
    by = building.workers["shanice"]
    book = _seen(building, "shanice", "rowan", at=at)
    aunt = PersonSaid(
        name="Bronwen Pryce", also="Aunty Bron", relation="aunt", standing="private", known="yes",
        child_knows="Writes every month, in purple ink.",
    )  # fmt: skip
    neighbour = PersonSaid(
        name="Della Crane", relation="neighbour of Rowan’s mother", standing="private", known="no"
    )
    bronwen = add_person(book=book, said=aunt, by=by, at=at, auth=AUTH)
    note_permission(
        book=book, person=bronwen, answer="given", on=day_of(at), number=None,
        how="By telephone, with Shanice Whitlock.", for_what="What she writes and what she asks.",
        by=by, at=at, auth=AUTH,
    )  # fmt: skip
    add_person(book=book, said=neighbour, by=by, at=at, auth=AUTH)


def _seen(building: "Building", worker: str, child: str, *, at: datetime) -> SeenBook:
    book = seen_book(building.workers[worker], building.books[child], at=at)
    if book is None:
        raise LookupError("the story opens a book that this worker does not read")
    return book
