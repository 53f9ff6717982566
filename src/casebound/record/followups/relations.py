"""How a follow-up refers to the entry that asked for it."""

from casebound.record.book.relations import Relation

FOLLOWS = Relation("follows", "Follows", "Followed by", follows=True)
CONFIRMS = Relation("confirms", "Confirms", "Confirmed by", follows=True)  # by its originator (P28)
DISPUTES = Relation("disputes", "Disputes", "Disputed by", follows=True)  # by its originator (P28)
RELATIONS = (FOLLOWS, CONFIRMS, DISPUTES)
