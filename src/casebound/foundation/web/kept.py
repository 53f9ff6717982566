"""What is drawn once for what it shows, and put into every answer that shows it.

Drawing frame and tools of a page through the template engine takes longer than finding and
sending all that the page is about, and so does drawing the parts of a list. They follow from a few
values and change rarely, so what was drawn from the same values is used again; what is new each
time is put into its places.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache, partial
from typing import Any, Final, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

MOST: Final = 256  # drawn pages that are kept, the ones used last; about 15 kB each
MOST_PARTS: Final = 4096  # the same of parts; about 1 kB each

_PLACE = re.compile("\0([a-z_]+)\0")  # no text of a page has this character
T = TypeVar("T")


class _Drawn(Generic[T]):
    """What was drawn, by what it shows: the `most` that were used last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, draw: Callable[[], T]) -> T:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        drawn = draw()  # by two at once, if need be, and alike
        with self._lock:
            self._kept[key] = drawn
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return drawn


_pages: _Drawn[list[bytes | str]] = _Drawn(MOST)
_parts: _Drawn[str] = _Drawn(MOST_PARTS)


def kept_page(
    request: HttpRequest,
    template: str,
    *,
    shown: Hashable,
    draw: Callable[[], Mapping[str, Any]],
    fresh: Mapping[str, str],
) -> HttpResponse:
    """Answer with a page whose template is drawn again only for another `shown` or frame.

    `draw` gives the template's variables, and may look at nothing but `shown` and constants: not
    at the request, whose csrf token is new each time. `fresh` is what is new each time, escaped
    unless it is marked as HTML; the template has each as a variable of its name, or draws it where
    a variable has `place(name)`.
    """
    frame = frame_of(request)

    def drawn() -> list[bytes | str]:
        variables = {name: place(name) for name in fresh} | dict(draw()) | {"frame": frame}
        return _pieces(get_template(template).render(variables))

    pieces = _pages.get((template, shown, repr(frame)), drawn)
    return HttpResponse(
        b"".join(
            conditional_escape(fresh[one]).encode() if isinstance(one, str) else one
            for one in pieces
        )
    )


def kept_parts(template: str, ones: Iterable[Hashable], *, csrf: str) -> SafeString:
    """Return the parts of a list, each drawn again only for another one.

    The template knows the one as `one`, and the page's token against forged forms, `csrf`; it may
    look at nothing else.
    A part that was drawn costs about 2 µs, drawing it a hundred times that.
    """
    drawing = get_template(template)
    token = place("csrf")

    def drawn(one: Hashable) -> str:
        return drawing.render({"one": one, "csrf_token": token})

    html = "".join(_parts.get((template, one), partial(drawn, one)) for one in ones)
    return SafeString(html.replace(token, conditional_escape(csrf)))


def place(name: str) -> SafeString:
    """Return what stands in a drawn page where something new will be put."""
    return SafeString(f"\0{name}\0")


def frame_of(request: HttpRequest) -> Any:  # noqa: ANN401 (as `config` makes it)
    """Return the `frame` that every template gets."""
    found: Any = None
    for processor in _processors():
        found = processor(request).get("frame", found)
    return found


@cache
def _processors() -> tuple[Callable[[HttpRequest], Mapping[str, Any]], ...]:
    engine: Any = engines["django"]  # typed as any engine, which need not have processors
    return tuple(engine.engine.template_context_processors)


def _pieces(html: str) -> list[bytes | str]:
    """Take a drawn page apart: bytes as they stay, and the names of what goes in between."""
    return [
        part if at % 2 else part.encode()
        for at, part in enumerate(_PLACE.split(html))
        if part or at % 2
    ]
