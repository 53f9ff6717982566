"""A sketch: strokes, points with a few words, and a description for somebody who cannot see it."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self, TypeVar

from casebound.foundation.base.messages import gettext_noop
from casebound.foundation.drawing.reading import (
    Given,
    is_sealable,
    line_of,
    place_in,
    table_of,
    tables_in,
    text_in,
)
from casebound.foundation.drawing.svg import escaped, picture
from casebound.foundation.proof.canonical import Json, clean_text
from casebound.foundation.proof.commitments import LONGEST_TEXT

WIDTH: Final = 1000
HEIGHT: Final = 750
COLUMNS: Final = "ABCDEFGH"  # of the grid, from the left; 125 wide
ROWS: Final = 6  # from the top; 125 high
CELL: Final = 125

MOST_STROKES: Final = 400
MOST_STROKE_POINTS: Final = 4_000  # of all strokes together: about 50 kB sealed, 40 kB as SVG
MOST_POINTS: Final = 60
FULL: Final = gettext_noop(
    "There is no more room for strokes: this one was not kept. Put the rest in a second entry."
)
LONGEST_WORDS: Final = 4_000
LONGEST_LABEL: Final = 200
SHOWN_LABEL: Final = 20  # characters beside a point in the picture; the list has all of them
PRESSURE: Final = 100
_STEP: Final = 3  # x, y, pressure


Choice = TypeVar("Choice", bound=StrEnum)


class Ink(StrEnum):
    """A colour, told apart by its line as well, for those who see no colours, and in print."""

    BLACK = "black"
    BLUE = "blue"
    RED = "red"


class Pen(StrEnum):
    """How wide a stroke is."""

    THIN = "thin"
    MEDIUM = "medium"
    THICK = "thick"


class Paper(StrEnum):
    """What lies under the sketch."""

    PLAIN = "plain"
    GRID = "grid"


COLOURS: Final = {Ink.BLACK: "#1d1b18", Ink.BLUE: "#14508c", Ink.RED: "#a3211b"}
DASHES: Final = {Ink.BLACK: "", Ink.BLUE: "18 10", Ink.RED: "2 12"}
LINES: Final = {
    Ink.BLACK: gettext_noop("black, unbroken"),
    Ink.BLUE: gettext_noop("blue, dashed"),
    Ink.RED: gettext_noop("red, dotted"),
}
WIDTHS: Final = {Pen.THIN: 3, Pen.MEDIUM: 6, Pen.THICK: 12}


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line, drawn without lifting: x, y and pressure (0 to 100) of each point, in a row."""

    ink: Ink
    pen: Pen
    points: tuple[int, ...]

    @property
    def places(self) -> list[tuple[int, int]]:
        """The points without the pressure."""
        return list(zip(self.points[::_STEP], self.points[1::_STEP], strict=True))


@dataclass(frozen=True, slots=True)
class Point:
    """A place with a few words."""

    x: int
    y: int
    text: str

    @property
    def square(self) -> str:
        """The square of the grid it is in: `C2`."""
        return (
            f"{COLUMNS[min(self.x // CELL, len(COLUMNS) - 1)]}{min(self.y // CELL, ROWS - 1) + 1}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What was drawn, and what it shows."""

    words: str = ""
    strokes: tuple[Stroke, ...] = ()
    points: tuple[Point, ...] = ()
    paper: Paper = Paper.PLAIN

    @classmethod
    def read(cls, answer: object) -> Self:
        """Read a sketch as it was made or sealed. Never raises; what is no stroke is dropped."""
        table = table_of(answer)
        strokes = (_stroke(stroke) for stroke in tables_in(table, "strokes"))
        return cls(
            words=text_in(table, "words"),
            strokes=tuple(stroke for stroke in strokes if stroke.points),
            points=tuple(_point(point) for point in tables_in(table, "points")),
            paper=_one_of(Paper, table, "paper", Paper.PLAIN),
        )

    @property
    def is_blank(self) -> bool:
        """Whether nothing is there: neither drawn nor written."""
        return not (self.strokes or self.points or self.words.strip())

    def wrong(self) -> Iterator[str]:
        """Say everything that keeps it from being sealed."""
        if self.is_blank:
            return
        drawn = sum(len(stroke.points) // _STEP for stroke in self.strokes)
        if len(self.strokes) > MOST_STROKES or drawn > MOST_STROKE_POINTS:
            yield (
                f"there is more drawn than fits: up to {MOST_STROKES} strokes and "
                f"{MOST_STROKE_POINTS:,} points in them. Take some away, or put the rest in a "
                "second entry"
            )
        if len(self.points) > MOST_POINTS:
            yield f"a sketch holds up to {MOST_POINTS} points with words"
        if not self.words.strip():
            yield "describe it for someone who cannot see it"
        yield from _wrong_words("the description", self.words, LONGEST_WORDS)
        for number, point in enumerate(self.points, 1):
            if not point.text.strip():
                yield f"point {number}: say what it is, or take it away"
            yield from _wrong_words(f"point {number}", point.text, LONGEST_LABEL)

    def too_long(self) -> bool:
        """Say whether picture or words would not fit in a part of an entry."""
        return max(len(words_of(self).encode()), len(svg_of(self).encode())) > LONGEST_TEXT

    def typed(self) -> str:
        """Return it as a page sends it, with everything as it was typed; empty if it is blank."""
        table: dict[str, Json] = {
            "words": self.words,
            "paper": self.paper.value,
            "strokes": [_stroke_json(stroke) for stroke in self.strokes],
            "points": [{"x": point.x, "y": point.y, "text": point.text} for point in self.points],
        }
        return "" if self.is_blank else json.dumps(table)

    def sealed(self) -> Json:
        """Return it as it is sealed, once nothing is wrong; None if it is blank."""
        if self.is_blank:
            return None
        return {
            "words": clean_text(self.words).strip(),
            "paper": self.paper.value,
            "strokes": [_stroke_json(stroke) for stroke in self.strokes],
            "points": [
                {"n": number, "x": point.x, "y": point.y, "text": line_of(point.text)}
                for number, point in enumerate(self.points, 1)
            ],
        }


def _one_of(kind: type[Choice], table: Given, name: str, usual: Choice) -> Choice:
    value = table.get(name)
    return kind(value) if isinstance(value, str) and value in set(kind) else usual


def _stroke_json(stroke: Stroke) -> Json:
    return {"ink": stroke.ink.value, "pen": stroke.pen.value, "points": list(stroke.points)}


def _stroke(table: Given) -> Stroke:
    typed = table.get("points")
    numbers = typed if isinstance(typed, list) else []
    whole = numbers[: len(numbers) - len(numbers) % _STEP]
    most = (WIDTH, HEIGHT, PRESSURE)
    return Stroke(
        _one_of(Ink, table, "ink", Ink.BLACK),
        _one_of(Pen, table, "pen", Pen.MEDIUM),
        tuple(place_in(number, most[at % _STEP]) for at, number in enumerate(whole)),
    )


def _point(table: Given) -> Point:
    return Point(
        place_in(table.get("x"), WIDTH), place_in(table.get("y"), HEIGHT), text_in(table, "text")
    )


def _wrong_words(what: str, text: str, longest: int) -> Iterator[str]:
    if not is_sealable(text):
        yield f"{what} cannot be read. Type it again"
    elif len(clean_text(text).strip()) > longest:
        yield f"{what} is too long. Keep it to {longest:,} characters"


def squares() -> list[str]:
    """Return the squares of the grid by name, row by row: A1, B1 and so on."""
    return [f"{letter}{row}" for row in range(1, ROWS + 1) for letter in COLUMNS]


def middle_of(square: str) -> tuple[int, int]:
    """Return the middle of a square of `squares`."""
    column, row = COLUMNS.index(square[0]), int(square[1:]) - 1
    return column * CELL + CELL // 2, row * CELL + CELL // 2


def lines_of(sketch: Sketch) -> list[str]:
    """Return each point in words, such as `The back door. In square C2.`."""
    return [
        f"{_ended(line_of(point.text))} In square {point.square}."
        if is_sealable(point.text)
        else f"In square {point.square}."
        for point in sketch.points
    ]


def heading_of(sketch: Sketch) -> str:
    """Return what was drawn, in a line: how many strokes of which line, how many points."""
    inks = Counter(stroke.ink for stroke in sketch.strokes)
    sentences = [
        f"{inks[ink]} stroke{'' if inks[ink] == 1 else 's'} {LINES[ink]}"
        for ink in Ink
        if inks[ink]
    ]
    if count := len(sketch.points):
        sentences.append(f"{count} point{'' if count == 1 else 's'} with words")
    if not sentences:
        return "Sketch in words alone."
    squares = f" Squares are lettered A to {COLUMNS[-1]} from the left, numbered from the top."
    return f"Sketch with {'; '.join(sentences)}.{squares if count else ''}"


def words_of(sketch: Sketch) -> str:
    """Return the whole sketch in words: the description, what is drawn, and every point."""
    words = clean_text(sketch.words).strip() if is_sealable(sketch.words) else ""
    points = [f"Point {number}: {line}" for number, line in enumerate(lines_of(sketch), 1)]
    return "\n".join(line for line in [words, heading_of(sketch), *points] if line)


def svg_of(sketch: Sketch) -> str:
    """Return the picture. The words typed at a point are text in it, and nothing but text."""
    return picture(
        box=f"0 0 {WIDTH} {HEIGHT}",
        title="Sketch",
        desc=words_of(sketch).replace("\n", " ")[:LONGEST_WORDS],
        inside=inside_svg(sketch),
    )


def inside_svg(sketch: Sketch) -> str:
    """Return what is drawn, without the picture's frame: paper, strokes and points."""
    grid = _grid() if sketch.paper is Paper.GRID or sketch.points else ""
    return (
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>{grid}'
        f'<g fill="none" stroke-linecap="round" stroke-linejoin="round">'
        f"{''.join(_stroke_svg(stroke) for stroke in sketch.strokes)}</g>"
        f"{''.join(_point_svg(n, point) for n, point in enumerate(sketch.points, 1))}"
    )


def _ended(text: str) -> str:
    return text if text[-1:] in {"", ".", "!", "?", "…"} else f"{text}."


def _grid() -> str:
    lines = "".join(f"M{x} 0V{HEIGHT}" for x in range(CELL, WIDTH, CELL))
    lines += "".join(f"M0 {y}H{WIDTH}" for y in range(CELL, HEIGHT, CELL))
    squares = "".join(
        f'<text x="{column * CELL + 8}" y="{row * CELL + 26}">{letter}{row + 1}</text>'
        for column, letter in enumerate(COLUMNS)
        for row in range(ROWS)
    )
    return (
        f'<path d="{lines}" fill="none" stroke="#cfc8bd" stroke-width="2"/>'
        f'<g font-family="sans-serif" font-size="22" fill="#8b8378">{squares}</g>'
    )


def _stroke_svg(stroke: Stroke) -> str:
    """Return a stroke as one line, wider the harder it was pressed; a tap is a dot."""
    places = stroke.places
    pressures = stroke.points[2::_STEP]
    pressed = sum(pressures) // len(pressures)
    width = max(2, WIDTHS[stroke.pen] * (60 + pressed * 8 // 10) // PRESSURE)
    (x, y), *rest = places
    path = f"M{x} {y}" + ("".join(f"L{x} {y}" for x, y in rest) or f"L{x} {y}")
    dashes = DASHES[stroke.ink]
    broken = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{path}" stroke="{COLOURS[stroke.ink]}" stroke-width="{width}"{broken}/>'


def _point_svg(number: int, point: Point) -> str:
    text = line_of(point.text) if is_sealable(point.text) else ""
    short = text if len(text) <= SHOWN_LABEL else f"{text[: SHOWN_LABEL - 1]}…"
    turned = point.x > WIDTH * 2 // 3
    at, anchor = (point.x - 36, "end") if turned else (point.x + 36, "start")
    return (
        f'<g font-family="sans-serif" font-size="34" fill="#1d1b18">'
        f'<circle cx="{point.x}" cy="{point.y}" r="26" fill="#fff" stroke="#14508c" '
        f'stroke-width="4"/><text x="{point.x}" y="{point.y + 12}" text-anchor="middle">{number}'
        f'</text><text x="{at}" y="{point.y + 12}" text-anchor="{anchor}" stroke="#fff" '
        f'stroke-width="5" paint-order="stroke">{escaped(short)}</text></g>'
    )
