"""How a handover refers to the entries that the next shift must read (P61)."""

from casebound.record.book.relations import Relation

HANDS_OVER = Relation("hands_over", "Hands over", "Handed over in", into_other_books=True)
RELATIONS = (HANDS_OVER,)
