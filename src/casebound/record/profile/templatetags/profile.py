"""Looking up who signed."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(names: Mapping[str, str], worker: str) -> str:
    """Return the name of a worker."""
    return names.get(worker, "somebody else")
