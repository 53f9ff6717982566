"""What the tests of this room do: people of Jay's register, and what they answer."""

from datetime import date

from casebound.foundation.base.calendar import day_of
from casebound.people.access.reads import SeenBook
from casebound.record.third_parties import actions
from casebound.record.third_parties.actions import PersonSaid
from tests.made_up import Child, MadeUp, Worker


def add(
    made_up: MadeUp,
    name: str = "Joan Fairweather",
    *,
    also: str = "",
    relation: str = "aunt",
    standing: str = "private",
    known: str = "yes",
    child: Child | None = None,
    by: Worker | None = None,
    key: str = "",
) -> str:
    """Add somebody to a child's register, Jay's unless another is named; return their id."""
    worker = by or made_up.sam
    return actions.add_person(
        book=made_up.book(child or made_up.jay, by=worker),
        said=PersonSaid(
            name=name,
            also=also,
            relation=relation,
            standing=standing,
            known=known,
            child_knows="That she is ill.",
        ),
        by=worker.id,
        at=made_up.now,
        auth="password",
        key=key,
    )


def answer(
    made_up: MadeUp,
    person: str,
    said: str,
    *,
    on: date | None = None,
    number: int | None = None,
    by: Worker | None = None,
    book: SeenBook | None = None,
) -> None:
    """Note what somebody answered, in Jay's book."""
    worker = by or made_up.sam
    actions.note_permission(
        book=book or made_up.book(made_up.jay, by=worker),
        person=person,
        answer=said,
        on=on or day_of(made_up.now),
        how="By telephone, with Sam.",
        for_what="What she told of the holiday.",
        number=number,
        by=worker.id,
        at=made_up.now,
        auth="password",
    )
