"""A body map: marks on the figure of a child, each with kind, size and words."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Self

from casebound.foundation.base.messages import gettext_noop
from casebound.foundation.drawing.figure import figure_svg
from casebound.foundation.drawing.reading import (
    Given,
    is_sealable,
    line_of,
    number_typed,
    place_in,
    table_of,
    tables_in,
    text_in,
)
from casebound.foundation.drawing.regions import (
    HEIGHT,
    WIDTH,
    Region,
    View,
    region_at,
    region_called,
)
from casebound.foundation.drawing.svg import picture
from casebound.foundation.proof.canonical import Json
from casebound.foundation.proof.commitments import LONGEST_TEXT

MOST_MARKS: Final = 500
LONGEST_MM: Final = 2_000
LONGEST_WORDS: Final = 500  # characters about one mark
MOST_PHOTOGRAPHS: Final = 99

KINDS: Final = {
    "bruise": gettext_noop("bruise"),
    "graze": gettext_noop("graze"),
    "cut": gettext_noop("cut"),
    "swelling": gettext_noop("swelling"),
    "redness": gettext_noop("redness"),
    "burn": gettext_noop("burn"),
    "bite": gettext_noop("bite"),
    "scar": gettext_noop("old mark or scar"),
    "pain": gettext_noop("pain with nothing to see"),
    "birthmark": gettext_noop("birthmark"),
    "other": gettext_noop("other mark"),
}
SIDES: Final = "Left and right are the child's own."

_EDGE: Final = 100  # of each view, left and right, where nothing of the figure is
_SHOWN: Final = WIDTH - 2 * _EDGE
_BIG: Final = 34


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyMark:
    """One mark as somebody made it; sizes and photograph are kept as they were typed."""

    view: str = ""
    region: str = ""
    x: int = 0
    y: int = 0
    kind: str = ""
    length: str = ""
    width: str = ""
    text: str = ""
    photo: str = ""

    @property
    def where(self) -> Region | None:
        """The region it is in."""
        return region_called(self.view, self.region)


@dataclass(frozen=True, slots=True)
class BodyMap:
    """The marks, in the order they were made; their numbers count from 1."""

    marks: tuple[BodyMark, ...] = ()

    @classmethod
    def read(cls, answer: object) -> Self:
        """Read a body map as it was typed or sealed. Never raises.

        A mark that names a region and lies off it, or nowhere, is put in its middle; one that lies
        on the figure and names no region is in the one it lies in. So words and picture agree.
        """
        return cls(tuple(_mark(mark) for mark in tables_in(table_of(answer), "marks")))

    def wrong(self) -> Iterator[str]:
        """Say everything that keeps it from being sealed, mark by mark."""
        if len(self.marks) > MOST_MARKS:
            yield (
                f"there are {len(self.marks):,} marks, and a body map holds {MOST_MARKS}. Put the "
                "rest in a second entry"
            )
            return
        for number, mark in enumerate(self.marks, 1):
            yield from (f"mark {number}: {words}" for words in _wrong_with(mark))

    def too_long(self) -> bool:
        """Say whether picture or list would not fit in a part of an entry."""
        return max(len(words_of(self).encode()), len(svg_of(self).encode())) > LONGEST_TEXT

    def placed(self) -> Self:
        """Return it with each mark in its region, as reading puts it."""
        return type(self)(tuple(_placed(mark) for mark in self.marks))

    def typed(self) -> str:
        """Return it as a page sends it, with everything as it was typed; empty without a mark."""
        marks = [
            {
                "view": mark.view,
                "region": mark.region,
                "x": mark.x,
                "y": mark.y,
                "kind": mark.kind,
                "length_mm": mark.length,
                "width_mm": mark.width,
                "text": mark.text,
                "photo": mark.photo,
            }
            for mark in self.marks
        ]
        return json.dumps({"marks": marks}) if marks else ""

    def sealed(self) -> Json:
        """Return it as it is sealed, once nothing is wrong; None if there is no mark."""
        marks: list[Json] = [_sealed(number, mark) for number, mark in enumerate(self.marks, 1)]
        return {"marks": marks} if marks else None


def _mark(table: Given) -> BodyMark:
    mark = BodyMark(
        view=text_in(table, "view"),
        region=text_in(table, "region"),
        x=place_in(table.get("x"), WIDTH),
        y=place_in(table.get("y"), HEIGHT),
        kind=text_in(table, "kind"),
        length=text_in(table, "length_mm"),
        width=text_in(table, "width_mm"),
        text=text_in(table, "text"),
        photo=text_in(table, "photo"),
    )
    return _placed(mark)


def _placed(mark: BodyMark) -> BodyMark:
    region = mark.where
    if region is None and mark.view in set(View):
        region = region_at(View(mark.view), mark.x, mark.y)
    if region is None:
        return mark
    x, y = (mark.x, mark.y) if region.reaches(mark.x, mark.y) else (region.x, region.y)
    return replace(mark, view=region.view.value, region=region.name, x=x, y=y)


def _wrong_with(mark: BodyMark) -> Iterator[str]:
    if mark.where is None:
        yield "choose where on the body it is"
    if mark.kind not in KINDS:
        yield "choose what it is, such as a bruise"
    for what, typed in (("length", mark.length), ("width", mark.width)):
        number = number_typed(typed)
        if typed.strip() and (number is None or not 1 <= number <= LONGEST_MM):
            yield f"give the {what} in whole millimetres, from 1 to {LONGEST_MM:,}, or leave it out"
    if mark.width.strip() and not mark.length.strip():
        yield "give the length too, or leave the width out"
    photo = number_typed(mark.photo)
    if mark.photo.strip() and (photo is None or not 1 <= photo <= MOST_PHOTOGRAPHS):
        yield "give the number of the photograph, such as 2, or leave it out"
    if not is_sealable(mark.text):
        yield "its words cannot be read. Type them again"
    elif len(line_of(mark.text)) > LONGEST_WORDS:
        yield f"its words are too long. Keep them to {LONGEST_WORDS} characters"
    elif mark.kind == "other" and not line_of(mark.text):
        yield "say in words what it is"


def _sealed(number: int, mark: BodyMark) -> Json:
    return {
        "n": number,
        "view": mark.view,
        "region": mark.region,
        "x": mark.x,
        "y": mark.y,
        "kind": mark.kind,
        "length_mm": number_typed(mark.length),
        "width_mm": number_typed(mark.width),
        "text": line_of(mark.text),
        "photo": number_typed(mark.photo),
    }


def lines_of(body_map: BodyMap) -> list[str]:
    """Return each mark in words, in order: what, where, how large, what else, which photograph.

    `bruise, left forearm, front. 20 mm long and 10 mm wide. Older than today. See photograph 2.`
    """
    return [_line(mark) for mark in body_map.marks]


def _line(mark: BodyMark) -> str:
    region = mark.where
    where = region.words if region else "place not said"
    sentences = [f"{KINDS.get(mark.kind, 'mark').capitalize()}, {where}."]
    length, width = number_typed(mark.length), number_typed(mark.width)
    if length and width:
        sentences.append(f"{length:,} mm long and {width:,} mm wide.")
    elif length:
        sentences.append(f"{length:,} mm long.")
    if is_sealable(mark.text) and (text := line_of(mark.text)):
        sentences.append(text if text[-1] in ".!?…" else f"{text}.")
    if photo := number_typed(mark.photo):
        sentences.append(f"See photograph {photo}.")
    return " ".join(sentences)


def heading_of(body_map: BodyMap) -> str:
    """Return what the map is, in a line: `Body map with 3 marks. Left and right are …`."""
    count = len(body_map.marks)
    return f"Body map with {count} mark{'' if count == 1 else 's'}. {SIDES}"


def words_of(body_map: BodyMap) -> str:
    """Return the whole map in words, a line for each mark: a copy without pictures says it all."""
    lines = [f"Mark {number}: {line}" for number, line in enumerate(lines_of(body_map), 1)]
    return "\n".join([heading_of(body_map), *lines])


def marks_svg(marks: Iterable[tuple[int, BodyMark]], view: View) -> str:
    """Return the marks of a view, each a ring with its number."""
    rings, numbers = [], []
    for number, mark in marks:
        if mark.where is not None and mark.view == view.value:
            size = ("", ' font-size="42"', ' font-size="34"')[len(str(number)) - 1]
            rings.append(f'<circle cx="{mark.x}" cy="{mark.y}" r="{_BIG}"/>')
            numbers.append(f'<text x="{mark.x}" y="{mark.y + 16}"{size}>{number}</text>')
    return (
        f'<g fill="#fff" stroke="#8c1d18" stroke-width="7">{"".join(rings)}</g>'
        '<g fill="#5e120f" font-family="sans-serif" font-weight="700" font-size="48" '
        f'text-anchor="middle">{"".join(numbers)}</g>'
    )


def svg_of(body_map: BodyMap) -> str:
    """Return the picture: front and back beside each other. It holds nothing that was typed."""
    numbered = list(enumerate(body_map.marks, 1))
    views = "".join(
        f'<g transform="translate({place * _SHOWN - _EDGE} 40)">{figure_svg(view)}'
        f"{marks_svg(numbered, view)}</g>"
        for place, view in enumerate(View)
    )
    captions = "".join(
        f'<text x="{_SHOWN * place + _SHOWN // 2}" y="62">{words}</text>'
        for place, words in enumerate(("Front", "Back"))
    )
    sides = "".join(
        f'<text x="{_SHOWN * place + at}" y="130">{side}</text>'
        for place, (first, second) in enumerate((("right", "left"), ("left", "right")))
        for at, side in ((90, first), (_SHOWN - 90, second))
    )
    text = 'font-family="sans-serif" text-anchor="middle" fill="#5c564e"'
    return picture(
        box=f"0 0 {2 * _SHOWN} {HEIGHT}",
        title="Body map",
        desc=f"{heading_of(body_map)} The list beside it says the same in words.",
        inside=(
            f'<rect width="{2 * _SHOWN}" height="{HEIGHT}" fill="#fff"/>{views}'
            f'<g {text} font-size="56">{captions}</g><g {text} font-size="46">{sides}</g>'
        ),
    )
