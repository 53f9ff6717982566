"""The builder of HTML: it escapes whatever is put into our own markup."""

from collections.abc import Iterable
from typing import Final, LiteralString

from markupsafe import Markup, escape

NOTHING: Final = Markup()
_BREAK: Final = Markup("<br>")


def html(markup: LiteralString, *values: object) -> Markup:
    """Return our own markup with each `%s` replaced by a value, escaped unless it is `Markup`."""
    # `Markup(…)` would look again whether it is given HTML, which takes as long as all the rest.
    escaped = [value if type(value) is Markup else escape(value) for value in values]
    return str.__new__(Markup, markup % tuple(escaped))


def together(parts: Iterable[Markup]) -> Markup:
    """Return pieces of HTML, one behind the other."""
    return NOTHING.join(parts)


def prose(text: str) -> Markup:
    """Return a text with its lines."""
    return _BREAK.join(escape(text).split("\n")) if "\n" in text else escape(text)


def name(text: str) -> Markup:
    """Return a name, isolated: written from right to left it does not turn the words around it."""
    return html("<bdi>%s</bdi>", text) if text else NOTHING
