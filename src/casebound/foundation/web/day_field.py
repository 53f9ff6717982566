"""A day in a form: three boxes, read as people type it."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from casebound.foundation.base import typed_times


class DayInput(forms.TextInput):
    """The boxes for day, month and year: `<name>`, `<name>_month` and `<name>_year`."""

    def value_from_datadict(self, data: Mapping[str, str], files: object, name: str) -> str:  # noqa: ARG002
        """Join the boxes; the first may hold a whole date."""
        return typed_times.boxed_day(data, name.removesuffix("_date"))


class DayField(forms.CharField):
    """A day as people type it."""

    widget = DayInput

    def clean(self, value: str | None) -> date | None:
        """Return the day that was meant."""
        typed = super().clean(value)
        try:
            return typed_times.typed_day(typed) if typed else None
        except typed_times.TypedTimeError as refused:
            raise ValidationError(as_sentence(refused)) from refused


def as_sentence(refused: typed_times.TypedTimeError) -> str:
    """Write what is wrong with a day or a time as a sentence."""
    words = str(refused)
    return f"{words[:1].upper()}{words[1:]}."
