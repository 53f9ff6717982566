"""Pictures and words are functions of the data, and nothing typed breaks out of a picture."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.drawing import body_map, sketch
from casebound.foundation.drawing.body_map import BodyMap
from casebound.foundation.drawing.drawings import drawn
from casebound.foundation.drawing.regions import REGIONS, View, region_at, region_called
from casebound.foundation.drawing.sketch import Sketch
from casebound.foundation.proof.canonical import canonical
from casebound.foundation.proof.commitments import LONGEST_TEXT

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
SPITE = st.one_of(
    st.text(max_size=80),
    st.sampled_from([
        "</text><script>alert(1)</script>",
        "\"' onload='x' x=\"",
        "]]>&amp;<!--",
        '<a xlink:href="https://example.org">x</a>',
        "\ufffe\uffff\x00",
        "\u202etfel",
    ]),
)  # fmt: skip
MARKS = st.builds(
    lambda where, x, y, kind, length, text, photo: {
        "view": where.view.value,
        "region": where.name,
        "x": x,
        "y": y,
        "kind": kind,
        "length_mm": length,
        "text": text,
        "photo": photo,
    },
    st.sampled_from(REGIONS),
    st.integers(-50, 1100) | st.floats(),
    st.integers(-50, 2100) | st.none(),
    st.sampled_from([*body_map.KINDS, "nonsense"]),
    st.integers(-1, 3000) | SPITE | st.none(),
    SPITE,
    st.integers(0, 120) | SPITE,
)
POINTS = st.fixed_dictionaries(
    {"x": st.integers(-5, 1200), "y": st.integers(-5, 900), "text": SPITE}
)
STROKES = st.fixed_dictionaries(
    {
        "ink": st.sampled_from([*sketch.Ink, "'/><script>"]),
        "pen": st.sampled_from([*sketch.Pen, ""]),
        "points": st.lists(st.integers(-10, 1200) | st.floats(), max_size=24),
    }
)
SKETCHES = st.fixed_dictionaries(
    {
        "words": SPITE,
        "strokes": st.lists(STROKES, max_size=5),
        "points": st.lists(POINTS, max_size=5),
        "paper": st.sampled_from(["plain", "grid", "<"]),
    }
)
ELEMENTS = {"svg", "title", "desc", "g", "path", "rect", "circle", "text"}
SVG = "{http://www.w3.org/2000/svg}"


def a_mark(**more: Any) -> dict[str, Any]:
    return {"view": "front", "region": "left_forearm", "kind": "bruise", **more}


def read_back(svg: str) -> ET.Element:
    """Parse a picture, and hold it to the few elements and attributes that we draw."""
    root = ET.fromstring(svg)  # noqa: S314 (a picture of our own)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ELEMENTS
        assert not [
            name
            for name in element.attrib
            if name.startswith("on") or "href" in name or name == "style"
        ]
    return root


def texts(root: ET.Element, name: str) -> list[str]:
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}{name}")]


@pytest.mark.policy("P06")
def test_a_mark_says_what_where_how_large_and_in_which_photograph() -> None:
    given = BodyMap.read(
        {"marks": [a_mark(length_mm=20, width_mm="10", text="older\nthan today", photo=2)]}
    )

    assert list(given.wrong()) == []
    assert body_map.words_of(given) == (
        "Body map with 1 mark. Left and right are the child's own.\n"
        "Mark 1: Bruise, left forearm, front. 20 mm long and 10 mm wide. older than today. "
        "See photograph 2."
    )


@pytest.mark.policy("P06")
@given(st.lists(MARKS, max_size=12))
def test_every_mark_is_in_the_list_and_in_the_picture(marks: list[dict[str, Any]]) -> None:
    a_map = BodyMap.read({"marks": marks})

    words = body_map.words_of(a_map).split("\n")
    root = read_back(body_map.svg_of(a_map))

    assert len(words) == len(marks) + 1
    assert [line.split(":")[0] for line in words[1:]] == [
        f"Mark {n}" for n in range(1, len(marks) + 1)
    ]
    for number, mark in enumerate(a_map.marks, 1):
        assert mark.where is not None
        assert mark.where.words in words[number]
        assert str(number) in texts(root, "text")


@given(st.lists(MARKS, max_size=8))
def test_a_body_map_that_is_sealed_reads_back_as_it_was(marks: list[dict[str, Any]]) -> None:
    a_map = BodyMap.read(json.dumps({"marks": marks}))
    if list(a_map.wrong()) or not marks:
        return

    sealed = a_map.sealed()

    canonical(sealed)  # whole numbers and texts alone
    assert BodyMap.read(sealed).sealed() == sealed
    assert body_map.words_of(BodyMap.read(sealed)) == body_map.words_of(a_map)
    assert body_map.svg_of(BodyMap.read(sealed)) == body_map.svg_of(a_map)


@pytest.mark.policy("P06")
@given(SKETCHES)
def test_nothing_typed_breaks_out_of_a_sketch(given: dict[str, Any]) -> None:
    a_sketch = Sketch.read(given)

    root = read_back(sketch.svg_of(a_sketch))

    assert texts(root, "title") == ["Sketch"]
    assert len(list(root.iter(f"{SVG}circle"))) == len(a_sketch.points)
    assert f"Point {len(a_sketch.points)}:" in sketch.words_of(a_sketch) or not a_sketch.points


@given(SKETCHES)
def test_a_sketch_that_is_sealed_reads_back_as_it_was(given: dict[str, Any]) -> None:
    a_sketch = Sketch.read(json.dumps(given))
    if a_sketch.is_blank or list(a_sketch.wrong()):
        return

    sealed = a_sketch.sealed()

    canonical(sealed)
    assert Sketch.read(sealed).sealed() == sealed
    assert sketch.svg_of(Sketch.read(sealed)) == sketch.svg_of(a_sketch)
    assert sketch.words_of(Sketch.read(sealed)) == sketch.words_of(a_sketch)


@given(ANYTHING)
def test_reading_never_raises_whatever_is_sent(given: object) -> None:
    for typed in (given, {"marks": given}, {"strokes": given, "points": given, "words": given}):
        a_map, a_sketch = BodyMap.read(typed), Sketch.read(typed)
        list(a_map.wrong())
        list(a_sketch.wrong())
        read_back(body_map.svg_of(a_map))
        read_back(sketch.svg_of(a_sketch))


@given(st.sampled_from(View), st.integers(0, 1000), st.integers(0, 2000))
def test_a_mark_without_a_region_is_in_the_one_it_lies_in(view: View, x: int, y: int) -> None:
    (mark,) = BodyMap.read({"marks": [{"view": view.value, "x": x, "y": y}]}).marks

    assert mark.where == region_at(view, x, y)


def test_a_mark_far_from_its_region_is_put_into_its_middle() -> None:
    forearm = region_called("front", "left_forearm")
    assert forearm is not None

    near, far = BodyMap.read(
        {"marks": [a_mark(x=forearm.x + 9, y=forearm.y), a_mark(x=10, y=10)]}
    ).marks

    assert (near.x, near.y) == (forearm.x + 9, forearm.y)
    assert (far.x, far.y) == (forearm.x, forearm.y)


def test_left_is_the_child_s_own_from_the_front_and_from_behind() -> None:
    front, back = region_called("front", "left_hand"), region_called("back", "left_hand")

    assert front is not None
    assert back is not None
    assert front.x > 500 > back.x


def test_every_region_has_a_name_of_its_own_and_is_where_it_says() -> None:
    assert len({region.key for region in REGIONS}) == len(REGIONS)
    assert len({(region.view, region.words) for region in REGIONS}) == len(REGIONS)
    assert [
        region for region in REGIONS if region_at(region.view, region.x, region.y) != region
    ] == []


@pytest.mark.policy("P06")
def test_five_hundred_marks_fit_and_one_more_is_refused_with_words() -> None:
    marks = [
        a_mark(view=region.view.value, region=region.name, length_mm=20, text="x" * 40)
        for region in (REGIONS * 8)[:500]
    ]  # fmt: skip
    full, over = BodyMap.read({"marks": marks}), BodyMap.read({"marks": [*marks, a_mark()]})

    assert list(full.wrong()) == []
    assert not full.too_long()
    assert len(body_map.svg_of(full).encode()) < LONGEST_TEXT
    assert list(over.wrong()) == [
        "there are 501 marks, and a body map holds 500. Put the rest in a second entry"
    ]


def test_what_cannot_be_measured_is_named_with_its_mark() -> None:
    given = BodyMap.read({"marks": [a_mark(), a_mark(kind="", length_mm="about 20", photo="0")]})

    assert list(given.wrong()) == [
        "mark 2: choose what it is, such as a bruise",
        "mark 2: give the length in whole millimetres, from 1 to 2,000, or leave it out",
        "mark 2: give the number of the photograph, such as 2, or leave it out",
    ]


def test_a_sketch_wants_a_description_before_it_can_be_sealed() -> None:
    line = {"ink": "blue", "pen": "thin", "points": [0, 0, 50, 900, 700, 50]}
    without, described = Sketch.read({"strokes": [line]}), Sketch.read(
        {"strokes": [line], "words": "The way he ran, from the door to the gate"}
    )  # fmt: skip

    assert list(without.wrong()) == ["describe it for someone who cannot see it"]
    assert list(described.wrong()) == []
    assert sketch.words_of(described) == (
        "The way he ran, from the door to the gate\nSketch with 1 stroke blue, dashed."
    )


def test_the_largest_sketch_fits_into_its_parts_and_more_is_refused() -> None:
    stroke = {"ink": "red", "pen": "thick", "points": [999, 749, 100] * 10}
    full = Sketch.read({"words": "Full", "strokes": [stroke] * 400})
    over = Sketch.read({"words": "Over", "strokes": [stroke] * 401})

    assert list(full.wrong()) == []
    assert not full.too_long()
    assert len(canonical(full.sealed())) < LONGEST_TEXT + 16_384
    assert "more drawn than fits" in next(over.wrong())


def test_only_drawings_are_drawn() -> None:
    assert drawn("words") is None
    assert drawn([{"name": "Ben"}]) is None
    assert drawn({"marks": []}) is not None
    assert drawn({"strokes": [], "words": "The room"}) is not None
