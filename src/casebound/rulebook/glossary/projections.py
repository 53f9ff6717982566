"""The provider's own terms as the entries tell of them."""

from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.rulebook.glossary.entries import TermAdded, TermWithdrawn
from casebound.rulebook.glossary.models import ProviderTerm


def term_added(entry: ReadEntry, fact: TermAdded, rows: Rows) -> None:
    """Add the term."""
    rows.add(
        ProviderTerm,
        id=fact.term_id,
        term=fact.term,
        instead=fact.instead,
        why=fact.why,
        added_at=entry.signed_at,
        added_by=entry.signed_by,
    )


def term_withdrawn(entry: ReadEntry, fact: TermWithdrawn, rows: Rows) -> None:
    """Take the term away."""
    rows.remove(ProviderTerm, id=fact.term_id)


PROJECTION = Projection(
    version=1,
    tables=(ProviderTerm,),
    on={TermAdded.kind: term_added, TermWithdrawn.kind: term_withdrawn},
)
