"""A draft in words, to compare with another version of it."""

from casebound.foundation.base.messages import gettext
from casebound.record.drafting.fields import drawings
from casebound.record.drafting.fields.people import people_lines
from casebound.record.drafting.fields.single import in_words
from casebound.rulebook.catalogue.content import Answer, Content, Row
from casebound.rulebook.catalogue.setting import Setting
from casebound.rulebook.catalogue.shape import DRAWN, Field, FieldType, Form


def words_of(form: Form, content: Content, setting: Setting) -> list[tuple[str, str]]:
    """Return a draft's answers and details by label, without statements and empty answers."""
    times = [
        time.replace("T", " ") for time in (content.happened_from, content.happened_to) if time
    ]
    lines = [
        (gettext("When"), gettext(" to ").join(times)),
        (gettext("How you know"), content.how_known.label if content.how_known.value else ""),
        (gettext("Told by, or read in"), content.originator),
        (gettext("Who was there"), people_lines(content.present)),
        (gettext("Where"), content.where),
        *(
            (field.label, answer_in_words(field, content.answers.get(field.name, ""), setting))
            for field in form.fields
        ),
        (gettext("Why it is late"), content.late_reason),
    ]
    return [(label, words) for label, words in lines if words.strip()]


def answer_in_words(field: Field, value: Answer, setting: Setting) -> str:
    """Write what was typed into a field in a line."""
    if isinstance(value, tuple):
        each = (_item_in_words(field, item, setting) for item in value)
        return "; ".join(words for words in each if words)
    if field.type in DRAWN:
        return drawings.in_words(value, field.type.value)
    return _label(field, in_words(value))


def _item_in_words(field: Field, item: str | Row, setting: Setting) -> str:
    if isinstance(item, str):
        return _label(field, item)
    key = str(item.get("id", ""))
    if key in setting.workers:
        return setting.workers[key].name
    return setting.children.get(key) or ", ".join(str(cell) for cell in item.values() if cell)


def _label(field: Field, value: str) -> str:
    if field.type is FieldType.DATETIME:
        return value.replace("T", " ")
    return {choice.value: choice.label for choice in field.choices}.get(value, value)
