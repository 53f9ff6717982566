"""How an entry refers to the notes it was written from (P02, P07)."""

from django.utils.translation import gettext_noop

from casebound.record.book.relations import Relation

DREW_ON = Relation("drew_on", gettext_noop("Written from note"), gettext_noop("Used in"))
RELATIONS = (DREW_ON,)
