"""What the frame round every page needs fast: its files and its ways in."""

from collections.abc import Sequence
from functools import cache
from html import escape

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from casebound.foundation.web.frame import Way

register = template.Library()
CURRENT = ' aria-current="page"'


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
def ways_in(nav: Sequence[Way]) -> SafeString:
    """Return the links of the bar. As a template's loop they took most of the frame's time."""
    return SafeString(
        "".join(
            f'<li class="app-frame__nav-part"><a class="app-frame__nav-link app-icon--'
            f'{escape(way.get("icon", "forward"))}" href="{escape(way["url"])}"'
            f"{CURRENT if way.get('current') else ''}{_shortcut(way.get('key', ''))}>"
            f"{escape(way['label'])}</a></li>"
            for way in nav
        )
    )


def _shortcut(key: str) -> str:
    if not key:
        return ""
    shown = escape(key.upper())
    return (
        f' data-key="{escape(key)}" aria-keyshortcuts="Alt+{shown}" title="Shortcut: Alt+{shown}"'
    )
