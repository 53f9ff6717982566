"""Signs in a draft that nobody sees and that turn letters round: shown, and removed by a button."""

from collections.abc import Iterator, Mapping

from casebound.foundation.base.pasted import turns_in, without_turns
from casebound.rulebook.catalogue.content import Content


def signs_in(content: Content) -> list[tuple[str, str]]:
    """Return what stands before and after each such sign of a draft, in the order of the draft."""
    return [place for text in _texts(content.to_json()) for place in turns_in(text)]


def without_signs(content: Content) -> Content:
    """Return the draft without them; everything else stays as it was typed."""
    table = _without(content.to_json())
    return Content.from_json(table) if isinstance(table, Mapping) else content


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _without(value: object) -> object:
    if isinstance(value, str):
        return without_turns(value) if turns_in(value) else value
    if isinstance(value, Mapping):
        return {name: _without(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without(inner) for inner in value]
    return value
