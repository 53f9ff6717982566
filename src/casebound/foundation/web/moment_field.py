"""A day and a time of day in a form, read as people type them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base import typed_times
from casebound.foundation.base.times import LONDON, clock
from casebound.foundation.web.day_field import DayField, DayInput, as_sentence

WHICH_HOUR = gettext_noop(
    "The clocks went back that night, so this time came twice. Choose the first (BST) or the "
    "second (GMT)."
)


class TimeInput(forms.TextInput):
    """The box for the time of day: `<name>_time`, and `<name>_zone` where the hour comes twice."""

    def value_from_datadict(self, data: Mapping[str, str], files: object, name: str) -> str:  # noqa: ARG002
        """Join the time and what was chosen for it."""
        return typed_times.boxed_time(data, name.removesuffix("_time"))


class MomentField(forms.MultiValueField):
    """A day and a time of day in London, as `<name>_date` and `<name>_time`.

    In the hour that comes twice in October, BST or GMT after the time says which one is meant; the
    page asks, and offers both.
    """

    def __init__(self, **options: Any) -> None:  # Any: Django's own options of a field
        options.setdefault("error_messages", {"required": gettext("Give the day and the time.")})
        super().__init__(
            fields=(
                DayField(),
                forms.CharField(),
            ),
            widget=forms.MultiWidget({"date": DayInput, "time": TimeInput}),
            require_all_fields=True,
            **options,
        )

    def compress(self, data_list: list[date | str]) -> datetime | None:
        """Return the instant that was meant."""
        if not data_list:
            return None
        day, time = str(data_list[0]), str(data_list[1])
        _, zone = typed_times.without_zone(time)
        if not zone and typed_times.comes_twice(day, time):
            raise ValidationError(gettext(WHICH_HOUR))
        try:
            return typed_times.typed_moment(f"{day}T{time}")
        except typed_times.TypedTimeError as refused:
            raise ValidationError(as_sentence(refused)) from refused


def typed_moment(moment: datetime) -> list[str]:
    """Write an instant as the two halves of a `MomentField` show it."""
    local = moment.astimezone(LONDON)
    return [f"{local:%Y-%m-%d}", clock(moment)]
