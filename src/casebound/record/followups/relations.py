"""How a follow-up refers to the entry that asked for it."""

from casebound.foundation.base.messages import gettext_noop
from casebound.record.book.relations import AGREED, ASKED, Relation

FOLLOWS = Relation("follows", gettext_noop("Follows"), gettext_noop("Followed by"), follows=True)
CONFIRMS = Relation(
    "confirms", gettext_noop("Confirms"), gettext_noop("Confirmed by"), follows=True
)  # by its originator (P28)
DISPUTES = Relation(
    "disputes", gettext_noop("Disputes"), gettext_noop("Disputed by"), follows=True
)  # by its originator (P28)
RELATIONS = (FOLLOWS, CONFIRMS, DISPUTES, *ASKED.values(), *AGREED.values())
