"""Pages that are drawn once for what they show, and put together anew with every answer.

Drawing frame and tools of a page through the template engine takes longer than finding and
sending all that the page is about. They follow from a few values and change rarely, so what was
drawn from the same values is used again; what is new each time is put into its places.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

MOST: Final = 256  # drawn pages that are kept, the ones used last; about 15 kB each

_PLACE = re.compile("\0([a-z_]+)\0")  # no text of a page has this character
_drawn: "OrderedDict[Hashable, list[bytes | str]]" = OrderedDict()
_lock = threading.Lock()


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
    key = (template, shown, repr(frame))
    with _lock:
        pieces = _drawn.get(key)
        if pieces is not None:
            _drawn.move_to_end(key)
    if pieces is None:
        variables = {name: place(name) for name in fresh} | dict(draw()) | {"frame": frame}
        pieces = _pieces(get_template(template).render(variables))
        with _lock:
            _drawn[key] = pieces
            if len(_drawn) > MOST:
                _drawn.popitem(last=False)
    return HttpResponse(
        b"".join(
            conditional_escape(fresh[one]).encode() if isinstance(one, str) else one
            for one in pieces
        )
    )


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
