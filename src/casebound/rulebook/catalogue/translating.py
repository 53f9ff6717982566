"""The words of a form in the language of the reader. What is sealed is never translated."""

from dataclasses import replace

from casebound.foundation.base.messages import gettext
from casebound.rulebook.catalogue.shape import Choice, Field, Form, Requirement


def translated(form: Form) -> Form:
    """Return a form with its title, labels, hints and reasons translated."""
    return replace(
        form,
        title=gettext(form.title),
        description=gettext(form.description),
        shown_as=gettext(form.shown_as),
        where=_requirement(form.where) if form.where else None,
        fields=tuple(_field(field) for field in form.fields),
    )


def _field(field: Field) -> Field:
    needed = field.statement
    return replace(
        field,
        label=gettext(field.label),
        hint=gettext(field.hint),
        section=gettext(field.section),
        choices=tuple(_choice(choice) for choice in field.choices),
        required_by=tuple(_requirement(rule) for rule in field.required_by),
        statement=replace(needed, requirement=_requirement(needed.requirement)) if needed else None,
        columns=tuple(_field(column) for column in field.columns),
    )


def _choice(choice: Choice) -> Choice:
    return replace(choice, label=gettext(choice.label))


def _requirement(requirement: Requirement) -> Requirement:
    return replace(requirement, words=gettext(requirement.words))
