"""Numbers of clauses in what a page says: each leads to the clause in words."""

import re
from typing import Final

from django import template
from markupsafe import Markup

from casebound.foundation.base.markup import html, together
from casebound.foundation.web import addresses

register = template.Library()
CLAUSE: Final = re.compile(r"\b(P[0-9]{2})\b")


@register.filter
def with_clauses(words: str) -> Markup:
    """Return words in which each clause, such as P44, is a link to what it asks for."""
    parts = CLAUSE.split(str(words))
    return together(
        clause(part) if number % 2 else html("%s", part) for number, part in enumerate(parts)
    )


@register.simple_tag
def clause(number: str) -> Markup:
    """Return a clause, such as P44, as a link to the page that says it in words."""
    page = addresses.address("policy:clauses")
    return html('<a class="govuk-link app-clause" href="%s#%s">%s</a>', page, number, number)
