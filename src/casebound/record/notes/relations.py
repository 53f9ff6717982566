"""How an entry refers to the notes it was written from (P02, P07)."""

from casebound.record.book.relations import Relation

DREW_ON = Relation("drew_on", "Written from note", "Used in")
RELATIONS = (DREW_ON,)
