"""Friendly drawn faces, made from a few words. The same words always make the same face."""

import hashlib
from functools import lru_cache

from markupsafe import Markup

from casebound.foundation.base.markup import NOTHING, html

_GROUNDS = ("#cfe3dc", "#f6dcae", "#dcd3ee", "#f3cfc4", "#cfdff0", "#dfe6bd", "#ecd2e0")
_SKINS = ("#f6d7c0", "#eabf9a", "#d39f73", "#b57d4f", "#8d5a34", "#5f3b22")
_HAIRS = ("#2a211c", "#4a3020", "#7a4a22", "#b4762f", "#d9b56a", "#8b8782", "#9c3f25")
_CLOTHES = ("#1d4a47", "#7a4b2a", "#5c4a86", "#8a3f4e", "#38618f", "#56692c", "#c98a24")

# Behind the head, then in front of it: each pair one way to wear one's hair.
_STYLES = (
    (
        "",
        '<path fill="{h}" d="M18 30c-1-11 5-17 14-17s15 6 14 17q-3-8-7-9-8 3-15 0-4 2-6 9z"/>',
    ),
    (
        '<path fill="{h}" d="M16 48c-3-20 1-36 16-36s19 16 16 36z"/>',
        '<path fill="{h}" d="M19 29c1-9 6-13 13-13s12 4 13 13c-5-1-9-4-11-8-3 4-9 7-15 8z"/>',
    ),
    (
        '<circle fill="{h}" cx="32" cy="11" r="6"/>',
        '<path fill="{h}" d="M18 29c0-10 6-15 14-15s14 5 14 15c-3-6-7-9-14-9s-11 3-14 9z"/>',
    ),
    (
        '<circle fill="{h}" cx="32" cy="24" r="18"/>',
        '<path fill="{h}" d="M19 27c0-8 5-12 13-12s13 4 13 12c-4-4-8-6-13-6s-9 2-13 6z"/>',
    ),
    (
        "",
        '<path fill="{h}" opacity=".8" d="M19 27c0-9 5-13 13-13s13 4 13 13l-4-7q-9-3-18 0z"/>',
    ),
    (
        '<path fill="{c}" d="M14 54c-2-26 4-43 18-43s20 17 18 43z"/>',
        '<path fill="{c}" d="M19 31c-1-11 5-17 13-17s14 6 13 17c-2-8-6-12-13-12s-11 4-13 12z"/>',
    ),
    (
        '<path fill="{h}" d="M17 40c-2-16 2-27 15-27s17 11 15 27z"/>',
        '<path fill="{h}" d="M19 28c0-8 5-13 13-13s13 5 13 13c-1-3-3-5-4-6H23c-1 1-3 3-4 6z"/>',
    ),
)
_GLASSES = (
    '<g fill="none" stroke="#2a211c" stroke-width="1.3"><circle cx="27" cy="31" r="4"/>'
    '<circle cx="37" cy="31" r="4"/><path d="M31 31h2"/></g>'
)
_MORE = (
    "",
    "",
    "",
    _GLASSES,
    '<path fill="{h}" d="M21 34c1 10 5 14 11 14s10-4 11-14c-2 4-6 6-11 6s-9-2-11-6z"/>',
)


def beside(seed: str) -> Markup:
    """Return a face to stand beside a name; nothing without a seed."""
    return face_svg(seed, "app-face app-face--beside") if seed else NOTHING


def with_name(seed: str, name: str) -> Markup:
    """Return a name with its face before it."""
    return html("%s%s", beside(seed), name)


@lru_cache(maxsize=512)
def face_svg(seed: str, classes: str = "app-face") -> Markup:
    """Return a face as inline SVG, hidden from screen readers: the name stands beside it."""
    dice = hashlib.sha256(seed.encode()).digest()
    behind, before = _STYLES[dice[2] % len(_STYLES)]
    more = _MORE[dice[5] % len(_MORE)]
    if more.startswith("<path") and (behind or dice[6] % 2):
        more = ""
    skin = _SKINS[dice[1] % len(_SKINS)]
    colours = {"h": _HAIRS[dice[3] % len(_HAIRS)], "c": _CLOTHES[dice[4] % len(_CLOTHES)]}
    mouth = ("M28 39q4 3.5 8 0", "M27.5 38.5q4.5 5 9 0", "M28.5 39.5h7")[dice[7] % 3]
    return html(
        '<svg class="%s" viewBox="0 0 64 64" aria-hidden="true" focusable="false">'
        '<rect width="64" height="64" fill="%s"/>%s'
        '<path fill="%s" d="M10 66c0-13 9-19 22-19s22 6 22 19z"/>'
        '<path fill="%s" d="M27 40h10v9c0 3-10 3-10 0z"/>'
        '<ellipse fill="%s" cx="32" cy="31" rx="12" ry="14"/>%s%s'
        '<g fill="#2a211c"><circle cx="27" cy="31" r="1.4"/><circle cx="37" cy="31" r="1.4"/></g>'
        '<path fill="none" stroke="#2a211c" stroke-width="1.5" stroke-linecap="round" d="%s"/>'
        "</svg>",
        classes,
        _GROUNDS[dice[0] % len(_GROUNDS)],
        Markup(behind.format(**colours)),  # noqa: S704 (shapes of ours)
        colours["c"],
        skin,
        skin,
        Markup(before.format(**colours)),  # noqa: S704 (shapes of ours)
        Markup(more.format(**colours)),  # noqa: S704 (shapes of ours)
        mouth,
    )
