"""What fields ask for: the options of a list."""

from collections.abc import Iterable

from django import template
from markupsafe import Markup

from casebound.foundation.base.markup import NOTHING, html, together
from casebound.foundation.base.typed_times import parts_of_day

register = template.Library()


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str | None = None) -> Markup:
    """Return the options of a list, each as value and words, with one of them chosen."""
    return together(
        html(
            '<option value="%s"%s>%s</option>',
            value,
            _SELECTED if value == chosen else NOTHING,
            words,
        )
        for value, words in choices
    )


@register.filter
def boxes_of_day(day: str | None) -> tuple[str, str, str]:
    """Return what stands in the boxes for day, month and year."""
    return parts_of_day(day or "")


_SELECTED = html(" selected")
