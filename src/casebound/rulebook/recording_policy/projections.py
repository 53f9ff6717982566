"""The versions and their readers, from the entries."""

from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.rulebook.recording_policy.entries import PolicyAcknowledged, PolicyPublished
from casebound.rulebook.recording_policy.models import PolicyReader, PolicyVersion


def policy_published(entry: ReadEntry, fact: PolicyPublished, rows: Rows) -> None:
    """Add the version. Of two managers who publish the same number at once, the first holds."""
    rows.add_missing(
        PolicyVersion,
        version=fact.policy_number,
        text=fact.text,
        changed=fact.changed,
        published_at=entry.signed_at,
        published_by=entry.signed_by,
    )


def policy_acknowledged(entry: ReadEntry, fact: PolicyAcknowledged, rows: Rows) -> None:
    """Keep that somebody read a version, and when they first said so."""
    rows.add_missing(
        PolicyReader, version=fact.policy_number, worker_id=entry.signed_by, read_at=entry.signed_at
    )


PROJECTION = Projection(
    version=1,
    tables=(PolicyVersion, PolicyReader),
    on={
        PolicyPublished.kind: policy_published,
        PolicyAcknowledged.kind: policy_acknowledged,
    },
)
