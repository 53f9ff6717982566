"""What each room seals and what it works out: found in the rooms' own modules.

A room's `entries.py` names its kinds in `KINDS`; its `projections.py` names one `PROJECTION`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.resources.abc import Traversable
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.module_loading import module_has_submodule

from casebound.ledger.projecting.kinds import Kind, Withdrawal
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry

Project = Callable[[ReadEntry, Any, Rows], None]
Withdraw = Callable[[Withdrawal, Rows], None]


class UndeclaredWithdrawalError(ValueError):
    """A room does not say what becomes of its rows when an entry is withdrawn."""

    def __init__(self, room: str, kinds: list[str]) -> None:
        """Name the room, the kinds of entry, and what to write."""
        super().__init__(
            f"the projection of {room} reacts to {', '.join(kinds)}, and a later entry can withdraw"
            " such an entry. Give the projection `withdraw`, a function that takes the entry out of"
            " the room's rows, or say in `shows_withdrawn` how the room shows it"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """How a room's tables follow from the entries.

    Attributes:
        version: raised whenever the rows come out differently; the derived store is then remade.
        tables: every table the room keeps, so that a rebuild can empty them.
        on: for each kind of entry, the function from (entry, its typed value, rows) to rows.
        reads_rows_of: labels of the rooms whose rows, or reads over them, these functions ask.
        writes_rows_of: labels of the rooms in whose tables these functions write, such as
            `duties`; they may look up rows there in order to change them.
        depends_on_files: data files, or folders of them, that the rows depend on, such as the
            catalogue's forms. A changed file counts like a raised version.
        empty: empties what the room keeps beside its tables, where emptying the tables row by
            row would take long; it runs first, inside the transaction.
        withdraw: takes an earlier entry out of the rows, in one book. It runs before `on` for the
            entry that withdraws it, and may run more than once for the same earlier entry.
        shows_withdrawn: how the room shows an entry that was withdrawn, where its rows stay.
    """

    version: int
    tables: tuple[type[Model], ...]
    on: Mapping[str, Project]
    reads_rows_of: tuple[str, ...] = ()
    writes_rows_of: tuple[str, ...] = ()
    depends_on_files: tuple[Traversable, ...] = ()
    empty: Callable[[], None] | None = None
    withdraw: Withdraw | None = None
    shows_withdrawn: str = ""


@cache
def kinds() -> dict[tuple[str, int], type[Kind]]:
    """Return every kind of entry by name and version."""
    found: dict[tuple[str, int], type[Kind]] = {}
    for module in _modules("entries"):
        for kind in getattr(module, "KINDS", ()):
            key = (kind.kind, kind.version)
            if key in found:
                raise ValueError(f"two kinds of entry are called {key}")
            found[key] = kind
    return found


@cache
def projections() -> tuple[tuple[str, Projection], ...]:
    """Return every room's projection with the room's label, lowest room first.

    Raises:
        UndeclaredWithdrawalError: one does not say what becomes of a withdrawn entry.
    """
    found = tuple(
        (module.__name__.split(".")[-2], module.PROJECTION) for module in _modules("projections")
    )
    for room, projection in found:
        check_withdrawal(room, projection)
    return found


def check_withdrawal(room: str, projection: Projection) -> None:
    """Refuse a projection of entries that can be withdrawn, if it does not say what happens then.

    Raises:
        UndeclaredWithdrawalError: it says neither how it withdraws them nor how it shows them.
    """
    withdrawable = {name for (name, _), kind in kinds().items() if kind.can_be_withdrawn}
    reacts_to = sorted(withdrawable & projection.on.keys())
    if reacts_to and projection.withdraw is None and not projection.shows_withdrawn:
        raise UndeclaredWithdrawalError(room, reacts_to)


@cache
def version() -> str:
    """Return a digest of every projection's version."""
    text = ",".join(f"{room}:{projection.version}" for room, projection in projections())
    return sha256(text.encode()).hexdigest()


def _modules(name: str) -> list[Any]:
    return [
        import_module(f"{app.name}.{name}")
        for app in apps.get_app_configs()
        if app.name.startswith("casebound.") and module_has_submodule(app.module, name)
    ]
