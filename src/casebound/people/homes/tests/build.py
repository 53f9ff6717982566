"""A small provider without accounts, made through this room's own actions."""

from datetime import UTC, date, datetime
from typing import Any

from casebound.foundation.base.ids import ChildId, HomeId, WorkerId, new_id
from casebound.foundation.base.times import utc_text
from casebound.ledger.keyring.actions import forget_keys
from casebound.ledger.projecting.actions import seal_and_project
from casebound.ledger.sealing import highwater
from casebound.ledger.sealing.actions import NewEntry, begin_ledger
from casebound.people.homes import actions
from casebound.people.homes.entries import WorkerAppointed
from casebound.people.homes.models import Placement
from casebound.people.homes.reads import homes

BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)
DANA = WorkerId("d" * 32)
SAM = WorkerId("5" * 32)


def begin() -> None:
    """Begin a ledger, in which there is no office yet."""
    highwater.path().unlink(missing_ok=True)
    forget_keys()
    begin_ledger(at=BEGAN)


def provider() -> HomeId:
    """Begin a ledger and open the office; return it."""
    begin()
    return home("Hazel Care", is_office=True)


def home(name: str, *, is_office: bool = False) -> HomeId:
    """Open a home."""
    return actions.open_home(
        name=name, address="1 Mill Lane", is_office=is_office, by=DANA, at=BEGAN
    )


def child(
    at_home: HomeId, *, called: str = "Jay", from_at: datetime = BEGAN, **said: Any
) -> ChildId:
    """Admit a child."""
    given = {
        "full_name": f"{called} Quillfeather", "called": called, "pronouns": "they, them",
        "born_on": date(2012, 2, 29), "face": 3, **said,
    }  # fmt: skip
    return actions.admit_child(home=at_home, from_at=from_at, by=DANA, at=from_at, **given)


def name(
    child: ChildId, full_name: str, called: str = "", *, old_shown: bool = True, **said: Any
) -> None:
    """Give a child another name."""
    given = {"pronouns": "", "face": 3, "from_on": BEGAN.date(), "wished_by": "The child", **said}
    actions.name_child(
        child=child, full_name=full_name, called=called, old_shown=old_shown, by=DANA, at=BEGAN,
        **given,
    )  # fmt: skip


def placement_of(of: ChildId) -> str:
    """Return the child's one placement."""
    return Placement.objects.values_list("id", flat=True).get(child_id=of)


def leave(of: ChildId, *, at: datetime) -> None:
    """End the child's placement."""
    actions.end_placement(placement=placement_of(of), to_at=at, by=DANA, at=at)


def appoint(
    role: str,
    at_home: HomeId | None,
    *,
    of: ChildId | None = None,
    worker: WorkerId = SAM,
    from_at: datetime = BEGAN,
    to_at: datetime | None = None,
) -> str:
    """Appoint Sam, unless it is somebody else."""
    return actions.appoint(
        worker=worker,
        full_name="Sam Okafor",
        role=role,
        home=at_home,
        child=of,
        from_at=from_at,
        to_at=to_at,
        by=DANA,
        at=from_at,
    )


def appointed(
    role: str, at_home: HomeId | None, *, of: ChildId | None = None, worker: WorkerId = SAM
) -> None:
    """Seal in the office's book that Sam has a role, also one that is not given out so any more.

    What may be seen must not depend on which appointments can be made today.
    """
    fact = WorkerAppointed(
        appointment_id=new_id(),
        worker_id=worker,
        full_name="Sam Okafor",
        role=role,
        home_id=at_home,
        child_id=of,
        from_at=utc_text(BEGAN),
        to_at=None,
    )
    book = next(home.book for home in homes() if home.is_office)
    seal_and_project(
        NewEntry(
            books=(book,), parts=fact.parts(), signed_by=DANA, signed_at=BEGAN, auth="password"
        )
    )
