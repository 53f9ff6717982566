"""Body maps and sketches on the writing page: how they are posted and shown.

With scripts the page posts the whole drawing, as JSON in one hidden field. Without scripts the page
posts that field unchanged, with the marks to remove and the marks to add by name of place.
"""

from dataclasses import replace

from django.http import QueryDict

from casebound.foundation.drawing import body_map, sketch
from casebound.foundation.drawing.body_map import BodyMap, BodyMark
from casebound.foundation.drawing.sketch import Point, Sketch
from casebound.foundation.web.drawn import ADDED, body_map_shown, sketch_shown
from casebound.record.drafting.fields.control import Control
from casebound.rulebook.catalogue.content import Answer


def posted_body_map(posted: QueryDict, name: str) -> str:
    """Read a body map: the posted one, without the removed marks and with the added ones."""
    marks = BodyMap.read(posted.get(name, "")).marks
    removed = set(posted.getlist(f"{name}-remove"))
    stay = [mark for number, mark in enumerate(marks, 1) if str(number) not in removed]
    added = [_added_mark(posted, f"{name}-add-{number}") for number in ADDED]
    return BodyMap((*stay, *(mark for mark in added if mark != BodyMark()))).placed().typed()


def _added_mark(posted: QueryDict, name: str) -> BodyMark:
    view, _, region = posted.get(f"{name}-where", "").partition("-")
    return BodyMark(
        view=view,
        region=region,
        kind=posted.get(f"{name}-kind", ""),
        length=posted.get(f"{name}-length", ""),
        width=posted.get(f"{name}-width", ""),
        text=posted.get(f"{name}-text", ""),
        photo=posted.get(f"{name}-photo", ""),
    )


def posted_sketch(posted: QueryDict, name: str) -> str:
    """Read a sketch: the posted drawing, its description, and points named by their squares."""
    drawing = Sketch.read(posted.get(name, ""))
    removed = set(posted.getlist(f"{name}-remove"))
    stay = [point for number, point in enumerate(drawing.points, 1) if str(number) not in removed]
    added = [
        Point(*sketch.middle_of(square), text=posted.get(f"{name}-add-{number}-text", ""))
        for number in ADDED
        if (square := posted.get(f"{name}-add-{number}-square", "")) in set(sketch.squares())
    ]
    words = posted.get(f"{name}-words", drawing.words)
    return replace(drawing, words=words, points=(*stay, *added)).typed()


def show_body_map(control: Control, value: Answer) -> Control:
    """Show the figure with its marks."""
    return replace(control, value=BodyMap.read(value).typed(), more=body_map_shown(value))


def show_sketch(control: Control, value: Answer) -> Control:
    """Show the sketch."""
    return replace(control, value=Sketch.read(value).typed(), more=sketch_shown(value))


def in_words(typed: object, kind: str) -> str:
    """Return a drawing of a draft in words, to compare with another version of the draft."""
    if kind == "body_map":
        return body_map.words_of(BodyMap.read(typed)) if typed else ""
    return sketch.words_of(Sketch.read(typed)) if typed else ""
