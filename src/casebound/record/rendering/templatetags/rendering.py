"""Entries, statements and answers in templates. Each is rendered for staff."""

from django import template
from markupsafe import Markup

from casebound.record.rendering import answers, html, other_names
from casebound.record.rendering.audience import Reader
from casebound.record.rendering.entry_view import AnswerValue, EntryView, StatementView

register = template.Library()


@register.filter
def as_statement(statement: StatementView) -> Markup:
    """Return a statement as HTML."""
    return html.statement_html(statement)


@register.filter
def as_entry(entry: EntryView, reader: str = Reader.STAFF) -> Markup:
    """Return an entry as HTML for a reader among staff."""
    return html.entry_html(entry, reader=Reader(reader))


@register.filter
def answer_for(value: AnswerValue, names: other_names.Shows) -> AnswerValue:
    """Return an answer with other children as `names` says."""
    return other_names.answer_with_other_names(value, names)


@register.filter
def as_answer(value: AnswerValue, label: str) -> Markup:
    """Return the answer to the question `label` as HTML."""
    return answers.answer_html(label, value)
