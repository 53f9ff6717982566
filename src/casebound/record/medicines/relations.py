"""How a dose, a delivery or a mistake refers to the medicine it is about."""

from casebound.foundation.base.messages import gettext_noop
from casebound.record.book.relations import Relation

OF_MEDICINE = Relation("medicine", gettext_noop("Of the medicine in"), gettext_noop("Recorded:"))
RELATIONS = (OF_MEDICINE,)
