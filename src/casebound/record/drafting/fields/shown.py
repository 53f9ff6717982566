"""The form's own questions as the writing page shows them, in order and in their groups.

The control itself is the template `drafting/fields/<type>.html`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from casebound.foundation.base.messages import gettext
from casebound.record.drafting.fields import drawings, people, rows, single
from casebound.record.drafting.fields.control import Control, DraftSetting, NeverAllowed
from casebound.rulebook.catalogue.content import Answer, Content
from casebound.rulebook.catalogue.layout import open_fields
from casebound.rulebook.catalogue.limits import hint_in_words
from casebound.rulebook.catalogue.shape import (
    VIEW_MISSING,
    Choice,
    Field,
    FieldType,
    Form,
    has_answer,
)

_SHOWN: Final[Mapping[FieldType, Callable[[Control, Answer], Control]]] = {
    FieldType.CHOICES: single.show_choices,
    FieldType.MONEY_PENCE: single.show_money,
    FieldType.DATE: single.show_moment,
    FieldType.DATETIME: single.show_moment,
    FieldType.PEOPLE: people.show_people,
    FieldType.BODY_MAP: drawings.show_body_map,
    FieldType.SKETCH: drawings.show_sketch,
}
_OF_THE_HOME: Final = {
    FieldType.WORKERS: people.show_workers,
    FieldType.CHILDREN: people.show_children,
}


@dataclass(frozen=True, slots=True)
class FieldsShown:
    """The fields of a form: the child's view, the open fields, and the folded ones.

    The latter two are lists of (heading, fields under it).
    """

    view: Sequence[Control]
    open: Sequence[tuple[str, Sequence[Control]]]
    folded: Sequence[tuple[str, Sequence[Control]]]

    @property
    def unfolded(self) -> bool:
        """Whether the fold starts open: a field in it has an answer, or must have one."""
        return any(control.says_something for _, group in self.folded for control in group)


def fields_shown(
    form: Form, content: Content, errors: Mapping[str, str], setting: DraftSetting
) -> FieldsShown:
    """Return the form's own fields as the page shows them, in their groups."""
    controls = controls_of(form, content, errors, setting)
    of_view = {VIEW_MISSING} | {
        field.name for field in form.fields if any(c.field == VIEW_MISSING for c in field.when)
    }
    view = [control for control in controls if form.child_facing and control.key in of_view]
    rest = [control for control in controls if control not in view]
    return FieldsShown(
        view,
        _by_section(control for control in rest if control.is_open),
        _by_section(control for control in rest if not control.is_open),
    )


def _by_section(controls: Iterable[Control]) -> list[tuple[str, list[Control]]]:
    groups = groupby(controls, lambda control: control.section)
    return [(section, list(group)) for section, group in groups]


def controls_of(
    form: Form, content: Content, errors: Mapping[str, str], setting: DraftSetting
) -> list[Control]:
    """Return every field of the form as the page shows it, in order."""
    secure = setting.home.secure
    asked_fields = {field.name for field in form.asked(content.answers, secure=secure)}
    standing = open_fields(form)
    section, controls = "", []
    for field in form.fields:
        section = field.section or section
        value = content.answers.get(field.name, "")
        control = Control(
            name=f"answers-{field.name}",
            key=field.name,
            type=field.type.value,
            template=f"drafting/fields/{field.type.value}.html",
            label=field.label,
            hint=setting.asked if field.name == VIEW_MISSING else hint_in_words(field),
            optional="" if field.required_by or field.name == VIEW_MISSING else "1",
            error=errors.get(f"answers-{field.name}", ""),
            asked=field.name in asked_fields,
            when=";".join(f"answers-{c.field}={'|'.join(c.values)}" for c in field.when),
            only_if=_only_if(field, form),
            section=section,
            is_open=field.name in standing,
            options=[
                (choice.value, choice.label)
                for choice in field.offered(secure=secure)
                if setting.home.manages or not choice.by_managers
            ],
            never=[
                _never(field, choice, value)
                for choice in field.offered(secure=secure)
                if choice.prohibited
            ],
            value="",
        )
        controls.append(_with_answer(control, field, content, errors, setting))
    return controls


def _with_answer(
    control: Control,
    field: Field,
    content: Content,
    errors: Mapping[str, str],
    setting: DraftSetting,
) -> Control:
    """Return the control with what was answered, as its type shows it."""
    value = content.answers.get(field.name, "")
    if field.type is FieldType.ROWS:
        return rows.show_rows(control, field, content, errors, setting)
    if field.type in _OF_THE_HOME:
        return _OF_THE_HOME[field.type](control, value, setting)
    return _SHOWN.get(field.type, single.show_text)(control, value)


def _never(field: Field, choice: Choice, value: Answer) -> NeverAllowed:
    return NeverAllowed(
        when=f"answers-{field.name}={choice.value}",
        label=choice.label,
        rule=choice.prohibited,
        chosen=has_answer(value, (choice.value,)),
    )


def _only_if(field: Field, form: Form) -> str:
    """Say when a question is asked: `Only if you answered “Yes” to “Was anybody hurt?”`."""
    conditions = []
    for condition in field.when:
        before = form.field(condition.field)
        labels = {choice.value: choice.label for choice in before.choices}
        values = gettext(" or ").join(f"“{labels[value]}”" for value in condition.values)
        conditions.append(
            gettext("{answers} to “{question}”").format(answers=values, question=before.label)
        )
    if not conditions:
        return ""
    joined = gettext(", and ").join(conditions)
    return gettext("Only if you answered {answers}").format(answers=joined)
