"""Drawings of either kind, told apart by what they hold: so an entry can draw its own parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from casebound.foundation.drawing import body_map, sketch
from casebound.foundation.drawing.body_map import BodyMap
from casebound.foundation.drawing.sketch import Sketch
from casebound.foundation.proof.canonical import Json

BODY_MAP: Final = "body_map"
SKETCH: Final = "sketch"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sealed drawing as it is shown, worked out from its data alone.

    Attributes:
        svg: the picture; it is safe to put into a page.
        heading: what it is, in a line.
        lines: each mark or point in words, in the order of their numbers.
        description: a sketch's own words; nothing for a body map.
        words: all of it as one text.
    """

    svg: str
    heading: str
    lines: tuple[str, ...]
    description: str
    words: str


def drawn(value: Json) -> Drawn | None:
    """Return a sealed answer as a drawing; None if it is none. Only drawings are objects."""
    if not isinstance(value, Mapping):
        return None
    if "marks" in value:
        a_map = BodyMap.read(value)
        return Drawn(
            body_map.svg_of(a_map),
            body_map.heading_of(a_map),
            tuple(body_map.lines_of(a_map)),
            "",
            body_map.words_of(a_map),
        )
    if "strokes" in value:
        a_sketch = Sketch.read(value)
        return Drawn(
            sketch.svg_of(a_sketch),
            sketch.heading_of(a_sketch),
            tuple(sketch.lines_of(a_sketch)),
            a_sketch.words,
            sketch.words_of(a_sketch),
        )
    return None
