"""The tables of restricted entries; `record.book` fills them, because it reads what entries say.

Withdrawing an entry changes nothing here: what was said of somebody was said.
"""

from casebound.ledger.projecting.registry import Projection
from casebound.people.restricted.models import (
    AboutManagers,
    EntryKind,
    KeptFrom,
    NamedWorker,
    PartKeptFrom,
    RestrictedEntry,
    Restriction,
)

PROJECTION = Projection(
    version=4,
    tables=(
        RestrictedEntry,
        NamedWorker,
        KeptFrom,
        AboutManagers,
        Restriction,
        PartKeptFrom,
        EntryKind,
    ),
    on={},
    hides_entries=True,
)
