"""How the words of the register are shown: other children as the reader may know them (P40)."""

from django import template

from casebound.people.access.other_names import OtherNames

register = template.Library()


@register.filter
def as_known(words: str, names: OtherNames) -> str:
    """Write words with each other child as the reader may know them."""
    return names.listed(words)
