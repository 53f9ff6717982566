"""Duties in words, for templates."""

from django import template

from casebound.record.followups import wording

register = template.Library()
register.simple_tag(wording.due_words)
register.simple_tag(wording.ended_words)
register.simple_tag(wording.done_words)
