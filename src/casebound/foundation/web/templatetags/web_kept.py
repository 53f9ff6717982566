"""Parts of a list that are drawn once, inside pages that are drawn each time."""

from collections.abc import Hashable, Iterable

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from casebound.foundation.web.kept import kept_parts

register = template.Library()


@register.simple_tag(takes_context=True)
def kept_each(context: Context, ones: Iterable[Hashable], part: str) -> SafeString:
    """Return the template `part` for each of `ones`, drawn again only for what is new in it."""
    return kept_parts(part, ones, csrf=str(context.get("csrf_token", "")))
