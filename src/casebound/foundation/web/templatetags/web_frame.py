"""What the frame round every page needs fast: its files and its ways in."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from markupsafe import Markup

from casebound.foundation.base.markup import NOTHING, html, together
from casebound.foundation.base.messages import gettext
from casebound.foundation.web import addresses
from casebound.foundation.web.frame import Way

register = template.Library()
CURRENT: Final = html(' aria-current="page"')


@register.simple_tag
@cache
def head_files() -> SafeString:
    """Return the links to icon, typeface, styles and scripts that every page has."""
    return format_html(
        '<link rel="icon" href="{}" type="image/svg+xml">\n'
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>\n'
        '<link rel="stylesheet" href="{}">\n'
        '<script src="{}" defer></script>\n'
        '<script src="{}" type="module"></script>',
        static("web/favicon.svg"),
        static("app/fonts/nunito-sans-latin-wght-normal.woff2"),
        static("app/app.css"),
        static("app/htmx.js"),
        static("app/app.js"),
    )


@register.simple_tag
def address(name: str, *parts: str) -> str:
    """Return the address of a page, as `url` does, where every page has it."""
    return addresses.address(name, *parts)


@register.simple_tag
def ways_in(nav: Sequence[Way]) -> Markup:
    """Return the links of the bar."""
    return together(
        html(
            '<li class="app-frame__nav-part">'
            '<a class="app-frame__nav-link app-icon--%s" href="%s"%s%s>%s</a></li>',
            way.get("icon", "forward"),
            way["url"],
            CURRENT if way.get("current") else NOTHING,
            _shortcut(way.get("key", "")),
            way["label"],
        )
        for way in nav
    )


def _shortcut(key: str) -> Markup:
    if not key:
        return NOTHING
    shown = key.upper()
    return html(
        ' data-key="%s" aria-keyshortcuts="Alt+%s" title="%s"',
        key,
        shown,
        gettext("Shortcut: Alt+{key}").format(key=shown),
    )
