"""The buttons to write an entry, at the top of a page of a book."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from django import template
from django.template import Context
from django.urls import reverse
from markupsafe import Markup

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.markup import NOTHING, html, together

register = template.Library()
_SHORTCUT: Final = html(' data-key="n" aria-keyshortcuts="Alt+N" title="Shortcut: Alt+N"')
_QUIET: Final = html(" app-button--quiet")


@register.simple_tag(takes_context=True)
def begin_forms(context: Context, book: BookId, forms: Iterable[tuple[str, str]]) -> Markup:
    """Return a button for each form, as name and words, that begins a draft in the book.

    Python builds them, because a loop in the template took a quarter of the page's time.
    """
    token = html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="%s">', context["csrf_token"]
    )
    return together(
        html(
            '<form method="post" action="%s">%s<button type="submit" class="govuk-button '
            'app-button app-button--small app-ways__button%s"%s>%s</button></form>',
            _address(book, form),
            token,
            _QUIET if place else NOTHING,
            _SHORTCUT if form == "note" else NOTHING,
            words,
        )
        for place, (form, words) in enumerate(forms)
    )


@lru_cache(maxsize=1000)  # addresses do not change while the server runs; finding one takes 30 µs
def _address(book: BookId, form: str) -> str:
    return reverse("drafting:begin", args=[book, form])
