"""What stands over a book's page: the ways to write in it, and the filter's lists.

Plain functions: every page has them, and a template's loops over them took more time than all the
rest of the page. Every word goes through `html.escape`.
"""

from collections.abc import Iterable
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString

from casebound.foundation.base.ids import BookId

_FORM = "FORM"


def begin_forms(book: BookId, forms: Iterable[tuple[str, str]], *, token: str) -> SafeString:
    """Return a button for each form, as name and words, that begins a draft in the book."""
    at = reverse("drafting:begin", args=[book, _FORM])
    hidden = f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">'
    made, quiet = [], ""
    for name, words in forms:
        key = ' data-key="n" aria-keyshortcuts="Alt+N" title="Shortcut: Alt+N"'
        made.append(
            f'<form method="post" action="{escape(at.replace(_FORM, name))}">{hidden}'
            '<button type="submit" class="govuk-button app-button app-button--small'
            f' app-ways__button{quiet}"{key if name == "note" else ""}>{escape(words)}</button>'
            "</form>"
        )
        quiet = " app-button--quiet"
    return SafeString("".join(made))


def options(choices: Iterable[tuple[str, str]], *, chosen: str | None) -> SafeString:
    """Return the options of a list, each as value and words, with one of them chosen."""
    return SafeString(
        "".join(
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
            f"{escape(words)}</option>"
            for value, words in choices
        )
    )
