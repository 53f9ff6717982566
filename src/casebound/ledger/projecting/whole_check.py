"""The whole check: the log and its entries, then what each room compares with them.

A room's `checks.py` names functions in `CHECKS`. Each yields problems. It is called with `quickly`:
true if the entries are not opened. What it could not look at it yields as `unread(…)`. If the store
cannot be read, this module says so for it.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from django.db import DatabaseError

from casebound.ledger.projecting.rooms import modules_of_rooms
from casebound.ledger.sealing.checking import Checked, Problem, full, quick, unread

Check = Callable[..., Iterable[Problem]]


def check_whole(*, quickly: bool, workers: int = 1, shown: bool = True) -> Checked:
    """Check the log and every entry, then everything that the rooms check besides.

    Without `shown` there is no store of what is shown, so the rooms check nothing.
    """
    checked = quick(workers=workers) if quickly else full(workers=workers)
    for room, check in checks() if shown else ():
        checked.add(_problems(room, check, quickly=quickly))
    return checked


@cache
def checks() -> tuple[tuple[str, Check], ...]:
    """Return the checks of all rooms, each with its room's label, lowest room first."""
    return tuple(
        (module.__name__.split(".")[-2], check)
        for module in modules_of_rooms("checks")
        for check in module.CHECKS
    )


def _problems(room: str, check: Check, *, quickly: bool) -> Iterator[Problem]:
    try:
        yield from check(quickly=quickly)
    except DatabaseError as failed:
        yield unread(f"The check of {room} could not read its store ({type(failed).__name__}).")
