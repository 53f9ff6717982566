"""The list of forms a person chooses from: by group, or what fits a few words."""

from collections.abc import Iterable
from typing import Final

from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.rulebook.catalogue.shape import Form, Group

TITLES: Final = {
    Group.EVERYDAY: gettext_noop("Every day"),
    Group.HEALTH: gettext_noop("Health"),
    Group.SAFETY: gettext_noop("Keeping safe"),
    Group.CONCERNS: gettext_noop("Worries and complaints"),
    Group.LIFE: gettext_noop("Life and decisions"),
    Group.HOUSE: gettext_noop("The house"),
    Group.PROFILE: gettext_noop("Who the child is and what they need"),
    Group.FOLLOW_UP: gettext_noop("What comes after"),
}


def grouped(forms: Iterable[Form], wanted: str = "") -> list[tuple[str, list[Form]]]:
    """Return the forms that fit all words of `wanted`, under the title of their group.

    Looked through are the title, the one line about it and what it asks, so that "police" finds
    the incident. Within a group the order is that of `forms`; a form whose title fits comes first.
    """
    words = wanted.casefold().split()
    fitting = [form for form in forms if all(word in _said_by(form) for word in words)]
    fitting.sort(key=lambda form: not all(word in form.title.casefold() for word in words))
    by_group = {group: [form for form in fitting if form.group is group] for group in Group}
    return [(gettext(TITLES[group]), listed) for group, listed in by_group.items() if listed]


def _said_by(form: Form) -> str:
    asked = (
        text
        for field in form.fields
        for text in (field.label, *(choice.label for choice in field.choices))
    )
    own = (form.title, form.shown_as, form.description, gettext(TITLES[form.group]))
    return "\n".join((*own, *asked)).casefold()
