"""How an entry refers to others of the same event, and a handover to what is to be read (P61)."""

from casebound.foundation.base.messages import gettext_noop
from casebound.record.book.relations import JOINS, SAME_EVENT, Relation

HANDS_OVER = Relation(
    "hands_over", gettext_noop("Hands over"), gettext_noop("Handed over in"), into_other_books=True
)
RELATIONS = (HANDS_OVER, SAME_EVENT, JOINS)
