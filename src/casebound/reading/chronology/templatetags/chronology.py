"""The buttons to write an entry, at the top of a page of a book."""

from collections.abc import Iterable
from typing import Final

from django import template
from django.template import Context
from markupsafe import Markup

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.markup import NOTHING, html, together
from casebound.foundation.base.messages import gettext
from casebound.foundation.web.addresses import address

register = template.Library()
_QUIET: Final = html(" app-button--quiet")


@register.simple_tag(takes_context=True)
def begin_forms(context: Context, book: BookId, forms: Iterable[tuple[str, str]]) -> Markup:
    """Return a button for each form, as name and words, that begins a draft in the book.

    Python builds them, because a loop in the template took a quarter of the page's time.
    """
    token = html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="%s">', context["csrf_token"]
    )
    shortcut = html(
        ' data-key="n" aria-keyshortcuts="Alt+N" title="%s"',
        gettext("Shortcut: Alt+{key}").format(key="N"),
    )
    return together(
        html(
            '<form role="none" method="post" action="%s">%s'
            '<button type="submit" class="govuk-button app-button app-button--small '
            'app-ways__button%s"%s>%s</button></form>',
            address("drafting:begin", book, form),
            token,
            _QUIET if place else NOTHING,
            shortcut if form == "note" else NOTHING,
            words,
        )
        for place, (form, words) in enumerate(forms)
    )
