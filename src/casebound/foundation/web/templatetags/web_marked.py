"""Statements and entries in pages that are not written at projection time."""

from django import template
from django.utils.safestring import SafeString

from casebound.foundation.web import marked

register = template.Library()


@register.filter
def as_statement(statement: marked.Statement) -> SafeString:
    """Return a statement as HTML; `marked` escapes every text in it."""
    return SafeString(marked.statement_html(statement))


@register.filter
def as_entry(entry: marked.Entry) -> SafeString:
    """Return an entry as HTML; `marked` escapes every text in it."""
    return SafeString(marked.entry_html(entry))


@register.filter
def as_answer(value: marked.Shown, label: str) -> SafeString:
    """Return the answer to the question `label` as HTML; `marked` escapes every text in it."""
    return SafeString(marked.answer_html(label, value))
