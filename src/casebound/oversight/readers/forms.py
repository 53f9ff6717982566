"""The forms with which somebody is let into a book, and with which that ends."""

from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from casebound.foundation.web.day_field import DayField
from casebound.foundation.web.moment_field import MomentField
from casebound.people.accounts.signed_forms import SignedForm

Choices = list[tuple[str, str]]


class What(StrEnum):
    """What a grant opens. The values stand in the page alone."""

    ENTRY = "entry"
    FORM = "form"
    REGISTER = "register"
    DAYS = "days"
    BOOK = "book"


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared by the form)
    field.choices = choices


class _OfSomebody(SignedForm):
    """Somebody, from when to when, and why. The action checks how long."""

    worker = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Choose who it is for."),
            "invalid_choice": gettext_lazy("Choose who it is for."),
        }
    )
    from_at = MomentField()
    to_at = MomentField()
    reason = forms.CharField(error_messages={"required": gettext_lazy("Give the reason.")})


class GiveForm(_OfSomebody):
    """What somebody may read of a book, by name."""

    what = forms.ChoiceField(
        error_messages={"required": gettext_lazy("Choose what they may read.")}
    )
    entry = forms.CharField(required=False, max_length=12)
    form = forms.ChoiceField(required=False)
    register = forms.ChoiceField(required=False)
    first = DayField(required=False)
    last = DayField(required=False)
    field_order = (
        "worker", "what", "entry", "form", "register", "first", "last", "from_at", "to_at",
        "reason",
    )  # fmt: skip

    def __init__(  # Any: Django's own options of a form
        self,
        *args: Any,
        workers: Choices,
        whats: Choices,
        of_forms: Choices,
        registers: Choices,
        **options: Any,
    ) -> None:
        """Offer these people, kinds of part, forms and registers, as pairs of key and words."""
        super().__init__(*args, **options)
        _offer(self, "worker", workers)
        _offer(self, "what", whats)
        _offer(self, "form", of_forms)
        _offer(self, "register", registers)


class ForATimeForm(_OfSomebody):
    """A role that somebody has for a time."""

    role = forms.ChoiceField(error_messages={"required": gettext_lazy("Choose the role.")})
    field_order = ("worker", "role", "from_at", "to_at", "reason")

    def __init__(self, *args: Any, workers: Choices, roles: Choices, **options: Any) -> None:
        """Offer these people and roles, as pairs of key and words."""
        super().__init__(*args, **options)  # Any: Django's own options of a form
        _offer(self, "worker", workers)
        _offer(self, "role", roles)


class EndNowForm(SignedForm):
    """Why it ends now."""

    reason = forms.CharField(error_messages={"required": gettext_lazy("Give the reason.")})
