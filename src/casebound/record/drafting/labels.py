"""What the boxes of the writing page are called, for a page that lists what was typed."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.record.drafting.models import Draft
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import NoSuchFormError

_DRAFT: Final = re.compile(r"^/drafts/([0-9a-f]{32})/")
_STATEMENT: Final = re.compile(r"^statements-(\d+)-text$")
_ANSWER: Final = "answers-"
_BOXES: Final = {
    "happened_from_date": gettext_noop("When it began: day"),
    "happened_from_month": gettext_noop("When it began: month"),
    "happened_from_year": gettext_noop("When it began: year"),
    "happened_from_time": gettext_noop("When it began: time"),
    "happened_to_date": gettext_noop("When it ended: day"),
    "happened_to_month": gettext_noop("When it ended: month"),
    "happened_to_year": gettext_noop("When it ended: year"),
    "happened_to_time": gettext_noop("When it ended: time"),
    "where": gettext_noop("Where"),
}


def labels_of(path: str, names: Sequence[str]) -> Mapping[str, str]:
    """Return the labels of a draft's fields; of its form no more than that. 1 query."""
    of_form = _of_form(path) if any(name.startswith(_ANSWER) for name in names) else {}
    labels = {name: of_form[name] for name in names if name in of_form}
    labels |= {name: gettext(_BOXES[name]) for name in names if name in _BOXES}
    numbers = ((name, _STATEMENT.match(name)) for name in names)
    return labels | {
        name: gettext("Statement {number}").format(number=number[1])
        for name, number in numbers
        if number
    }


def _of_form(path: str) -> Mapping[str, str]:
    draft = _DRAFT.match(path)
    form = Draft.objects.filter(id=draft[1]).values_list("form", flat=True).first() if draft else ""
    try:
        fields = catalogue.form(form).fields if form else ()
    except NoSuchFormError:
        return {}
    return {f"{_ANSWER}{field.name}": str(field.label) for field in fields}
