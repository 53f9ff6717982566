"""What `casebound verify` checks besides the log: the entries that wait for a place in it."""

from collections.abc import Iterator

from casebound.ledger.sealing import waiting
from casebound.ledger.sealing.checking.problems import Problem, ProblemKind
from casebound.ledger.sealing.connection import StoreConnection


def check_waiting(*, quickly: bool) -> Iterator[Problem]:  # noqa: ARG001 (they are few)
    """Open each waiting entry, and name those that may not be signed into the log."""
    store = StoreConnection()
    with store.errors():
        looked_at, set_aside = waiting.look_through(store)
    for entry, why in looked_at.unfit.items():
        words = f"Entry {entry}, signed and without a place in the log, gets none: {why}."
        yield Problem(kind=ProblemKind.WAITING, words=words, entry=entry)
    for staged in looked_at.staged:
        if staged.entry_id in set_aside:
            words = (
                f"Entry {staged.entry_id} is set aside and has no place in the log, and it is as it"
                " was signed. `casebound work` gives it its place."
            )
            yield Problem(kind=ProblemKind.WAITING, words=words, entry=staged.entry_id)


CHECKS = (check_waiting,)
