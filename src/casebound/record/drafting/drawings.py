"""Body maps and sketches on the writing page: what is posted of them, and what the page shows.

With scripts the page posts a drawing whole, as JSON in one hidden field. Without them that field
comes back as it was sent, beside what is to be taken away and what is added by name of place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import QueryDict
from django.utils.safestring import SafeString

from casebound.foundation.drawing import body_map, sketch
from casebound.foundation.drawing.body_map import BodyMap, Mark
from casebound.foundation.drawing.figure import figure_svg
from casebound.foundation.drawing.regions import REGIONS, Region, View
from casebound.foundation.drawing.sketch import Point, Sketch

ADDED: Final = (1, 2, 3)  # boxes for what is added without scripts, at a time
TOOLS: Final = (("draw", "Draw"), ("line", "Straight line"), ("point", "Point with words"))
VIEWS: Final = ((View.FRONT, "Front"), (View.BACK, "Back"))


@dataclass(frozen=True, slots=True)
class ViewShown:
    """One view of the figure: its regions to choose from, and the picture with its marks."""

    key: str
    words: str
    regions: Sequence[Region]
    figure: SafeString
    marks: SafeString


def posted_body_map(posted: QueryDict, name: str) -> str:
    """Read a body map: the one the page holds, less what is removed, and what is added."""
    kept = BodyMap.read(posted.get(name, "")).marks
    gone = set(posted.getlist(f"{name}-remove"))
    stay = [one for number, one in enumerate(kept, 1) if str(number) not in gone]
    added = [_added_mark(posted, f"{name}-add-{number}") for number in ADDED]
    return BodyMap((*stay, *(one for one in added if one != Mark()))).placed().typed()


def _added_mark(posted: QueryDict, name: str) -> Mark:
    view, _, region = posted.get(f"{name}-where", "").partition("-")
    return Mark(
        view=view,
        region=region,
        kind=posted.get(f"{name}-kind", ""),
        length=posted.get(f"{name}-length", ""),
        width=posted.get(f"{name}-width", ""),
        text=posted.get(f"{name}-text", ""),
        photo=posted.get(f"{name}-photo", ""),
    )


def posted_sketch(posted: QueryDict, name: str) -> str:
    """Read a sketch: what the page holds, its description, and points by their squares."""
    kept = Sketch.read(posted.get(name, ""))
    gone = set(posted.getlist(f"{name}-remove"))
    stay = [one for number, one in enumerate(kept.points, 1) if str(number) not in gone]
    added = [
        Point(*sketch.middle_of(square), text=posted.get(f"{name}-add-{number}-text", ""))
        for number in ADDED
        if (square := posted.get(f"{name}-add-{number}-square", "")) in set(sketch.squares())
    ]
    words = posted.get(f"{name}-words", kept.words)
    return replace(kept, words=words, points=(*stay, *added)).typed()


def body_map_shown(typed: object) -> dict[str, Any]:
    """Return what the page shows of a body map."""
    a_map = BodyMap.read(typed)
    numbered = list(enumerate(a_map.marks, 1))
    return {
        # Constants of ours and numbers alone: nothing that was typed is in either.
        "views": [
            ViewShown(
                view.value,
                words,
                [one for one in REGIONS if one.view is view],
                SafeString(figure_svg(view)),
                SafeString(body_map.marks_svg(numbered, view)),
            )
            for view, words in VIEWS
        ],
        "kinds": list(body_map.KINDS.items()),
        "lines": body_map.lines_of(a_map),
        "heading": body_map.heading_of(a_map),
        "most": body_map.MOST_MARKS,
        "added": ADDED,
    }


def sketch_shown(typed: object) -> dict[str, Any]:
    """Return what the page shows of a sketch."""
    drawn = Sketch.read(typed)
    return {
        "words": drawn.words,
        "inside": SafeString(sketch.inside_svg(drawn)),  # every text in it is escaped
        "heading": sketch.heading_of(drawn) if drawn.strokes or drawn.points else "",
        "lines": sketch.lines_of(drawn),
        "squares": [(one, one) for one in sketch.squares()],
        "tools": TOOLS,
        "inks": list(sketch.LINES.items()),
        "pens": [(one.value, one.value.capitalize()) for one in sketch.Pen],
        "most_strokes": sketch.MOST_STROKES,
        "most_drawn": sketch.MOST_STROKE_POINTS,
        "most_points": sketch.MOST_POINTS,
        "added": ADDED,
    }


def in_words(typed: object, kind: str) -> str:
    """Return a drawing of a draft in words, to read beside another version of it."""
    if kind == "body_map":
        return body_map.words_of(BodyMap.read(typed)) if typed else ""
    return sketch.words_of(Sketch.read(typed)) if typed else ""
