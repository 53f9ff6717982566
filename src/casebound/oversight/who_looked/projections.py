"""The answers, from the entries."""

from datetime import date

from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.oversight.who_looked.entries import LookingAnswered
from casebound.oversight.who_looked.models import LookingAnswer
from casebound.oversight.who_looked.rules import WhyAsked, question_id


def looking_answered(entry: ReadEntry, fact: LookingAnswered, rows: Rows) -> None:
    """Keep the newest answer to a question."""
    day = date.fromisoformat(fact.day)
    question = question_id(
        home=fact.home_id, worker=fact.worker_id, day=day, ground=WhyAsked(fact.ground)
    )
    rows.remove(LookingAnswer, id=question)
    rows.add(
        LookingAnswer,
        id=question,
        home_id=fact.home_id,
        worker_id=fact.worker_id,
        day=day,
        ground=fact.ground,
        answer=fact.answer,
        words=fact.words,
        answered_by=entry.signed_by,
        answered_at=entry.signed_at,
    )


PROJECTION = Projection(
    version=1,
    tables=(LookingAnswer,),
    on={LookingAnswered.kind: looking_answered},
)
