"""Restricting later, looking again, saying who was asked and told, and how long one may last."""

from casebound.record.restricting.actions.discussing import note_discussed
from casebound.record.restricting.actions.intervals import set_interval
from casebound.record.restricting.actions.restricting import restrict
from casebound.record.restricting.actions.reviewing import review
from casebound.record.restricting.grounds import Grounds

__all__ = ["Grounds", "note_discussed", "restrict", "review", "set_interval"]
