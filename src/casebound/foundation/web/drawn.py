"""What the components `body_map` and `sketch` show of a drawing: pictures of our own, and words.

The pictures are constants of ours, numbers, and words that were escaped where they were drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.drawing import body_map, sketch
from casebound.foundation.drawing.body_map import BodyMap
from casebound.foundation.drawing.figure import figure_svg
from casebound.foundation.drawing.regions import REGIONS, Region, View
from casebound.foundation.drawing.sketch import Sketch

# Numbers in which every form of every plural comes up: a script counts as the page is drawn on.
COUNTS: Final = (0, 1, 2, 3, 4, 7, 11, 100)
ADDED: Final = (1, 2, 3)  # boxes for what is added without scripts, at a time
TOOLS: Final = (
    ("draw", gettext_noop("Draw")),
    ("line", gettext_noop("Straight line")),
    ("point", gettext_noop("Point with words")),
)
PENS: Final = (
    (sketch.Pen.THIN, gettext_noop("Thin")),
    (sketch.Pen.MEDIUM, gettext_noop("Medium")),
    (sketch.Pen.THICK, gettext_noop("Thick")),
)
VIEWS: Final = ((View.FRONT, gettext_noop("Front")), (View.BACK, gettext_noop("Back")))


@dataclass(frozen=True, slots=True)
class ViewShown:
    """One view of the figure: its regions to choose from, and the picture with its marks."""

    key: str
    words: str
    regions: Sequence[Region]
    figure: SafeString
    marks: SafeString


def body_map_shown(typed: object) -> dict[str, Any]:
    """Return what the page shows of a body map, as it was typed."""
    a_map = BodyMap.read(typed)
    numbered = list(enumerate(a_map.marks, 1))
    return {
        "views": [
            ViewShown(
                view.value,
                gettext(words),
                [_translated(region) for region in REGIONS if region.view is view],
                SafeString(figure_svg(view)),
                SafeString(body_map.marks_svg(numbered, view)),
            )
            for view, words in VIEWS
        ],
        "kinds": [(kind, gettext(words)) for kind, words in body_map.KINDS.items()],
        "lines": body_map.lines_of(a_map),
        "heading": body_map.heading_of(a_map),
        "most": body_map.MOST_MARKS,
        "counts": COUNTS,
        "added": ADDED,
    }


def _translated(region: Region) -> Region:
    return replace(region, words=gettext(region.words), label=gettext(region.label))


def sketch_shown(typed: object) -> dict[str, Any]:
    """Return what the page shows of a sketch, as it was typed."""
    drawn = Sketch.read(typed)
    return {
        "words": drawn.words,
        "inside": SafeString(sketch.inside_svg(drawn)),
        "heading": sketch.heading_of(drawn) if drawn.strokes or drawn.points else "",
        "lines": sketch.lines_of(drawn),
        "squares": [(square, square) for square in sketch.squares()],
        "tools": [(tool, gettext(words)) for tool, words in TOOLS],
        "inks": [(ink.value, gettext(words)) for ink, words in sketch.LINES.items()],
        "pens": [(pen.value, gettext(words)) for pen, words in PENS],
        "most_strokes": sketch.MOST_STROKES,
        "most_drawn": sketch.MOST_STROKE_POINTS,
        "most_points": sketch.MOST_POINTS,
        "full": gettext(sketch.FULL),
        "counts": COUNTS,
        "added": ADDED,
    }
