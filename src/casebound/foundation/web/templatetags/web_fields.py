"""What fields ask for: the options of a list."""

from collections.abc import Iterable

from django import template
from markupsafe import Markup

from casebound.foundation.base.markup import NOTHING, html, together

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


_SELECTED = html(" selected")
