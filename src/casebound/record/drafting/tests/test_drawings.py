import json
from typing import Any

import pytest
from django.http import QueryDict

from casebound.foundation.drawing.body_map import BodyMap
from casebound.foundation.drawing.sketch import Sketch
from casebound.foundation.proof.canonical import canonical
from casebound.foundation.proof.commitments import Data, Text
from casebound.ledger.sealing import reads as sealed
from casebound.record.drafting.actions import IncompleteError
from casebound.record.drafting.fields import drawings
from tests.made_up import MadeUp

pytestmark = pytest.mark.policy("P06")
MARK = {"view": "front", "region": "left_forearm", "kind": "bruise", "length_mm": "20"}
LINE = {"ink": "black", "pen": "thin", "points": [0, 0, 50, 700, 700, 50]}


def posted(**values: str | list[str]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return query


def marks(typed: str) -> list[tuple[str, str]]:
    return [(mark.region, mark.kind) for mark in BodyMap.read(typed).marks]


def test_a_map_is_kept_as_the_page_sends_it_even_what_cannot_be_sealed_yet() -> None:
    half = {"view": "front", "region": "left_knee", "kind": "", "length_mm": "about 20"}

    typed = drawings.posted_body_map(posted(map=json.dumps({"marks": [MARK, half]})), "map")

    assert marks(typed) == [("left_forearm", "bruise"), ("left_knee", "")]
    assert BodyMap.read(typed).marks[1].length == "about 20"


def test_without_scripts_marks_are_taken_away_and_added_by_name() -> None:
    form = posted(
        map=json.dumps({"marks": [MARK, MARK | {"kind": "cut"}]}), map__remove=["1"],
        map__add__1__where="back-right_calf", map__add__1__kind="graze",
        map__add__2__kind="", map__add__3__kind="bite",
    )  # fmt: skip

    kept = drawings.posted_body_map(form, "map")

    assert marks(kept) == [("left_forearm", "cut"), ("right_calf", "graze"), ("", "bite")]
    assert (BodyMap.read(kept).marks[1].x, BodyMap.read(kept).marks[1].y) == (576, 1580)
    assert list(BodyMap.read(kept).wrong()) == ["mark 3: choose where on the body it is"]


def test_nothing_drawn_is_no_answer() -> None:
    assert drawings.posted_body_map(posted(), "map") == ""
    assert drawings.posted_sketch(posted(), "sketch") == ""
    assert drawings.posted_body_map(posted(map="<svg onload=x>"), "map") == ""


def test_a_sketch_has_its_strokes_its_description_and_points_by_square() -> None:
    form = posted(
        sketch=json.dumps({"strokes": [LINE], "points": [{"x": 1, "y": 1, "text": "gone"}]}),
        sketch__words="The yard", sketch__remove=["1"],
        sketch__add__1__square="C2", sketch__add__1__text="the bin", sketch__add__2__square="Z9",
    )  # fmt: skip

    read = Sketch.read(drawings.posted_sketch(form, "sketch"))

    assert (read.words, len(read.strokes)) == ("The yard", 1)
    assert [(point.square, point.text) for point in read.points] == [("C2", "the bin")]
    assert drawings.in_words(read.typed(), "sketch").splitlines()[0] == "The yard"


def accident(made_up: MadeUp, **answers: Any) -> dict[str, Any]:
    entry = sealed.entry_of(made_up.write(made_up.jay, form="accident", answers=answers).entry_id)
    assert entry is not None
    return {part.m["n"]: part for part in entry.parts}


@pytest.mark.django_db
def test_a_map_is_sealed_as_data_as_a_picture_and_in_words(made_up: MadeUp) -> None:
    parts = accident(
        made_up, kind="accident", injuries_map=json.dumps({"marks": [MARK | {"text": "a <b> & c"}]})
    )

    data, svg, words = (parts[f"{of}_injuries_map"] for of in ("a", "svg", "words"))
    assert isinstance(data, Data)
    assert canonical(data.j).startswith(b'{"marks":[{"kind":"bruise","length_mm":20,"n":1,')
    assert isinstance(svg, Data)
    assert isinstance(svg.j, str)
    assert svg.j.startswith("<svg ")
    assert "<b>" not in svg.j
    assert isinstance(words, Text)
    assert words.x.endswith("Mark 1: Bruise, left forearm, front. 20 mm long. a <b> & c.")


@pytest.mark.django_db
def test_the_book_shows_the_picture_and_the_words_and_search_finds_them(made_up: MadeUp) -> None:
    accident(
        made_up, kind="accident", injuries_map=json.dumps({"marks": [MARK | {"text": "zigzag"}]})
    )

    browser = made_up.browser_of(made_up.sam)
    page = browser.get(made_up.book_url(made_up.jay)).content.decode()
    found = browser.post("/search/", {"q": "zigzag"}).content.decode()

    assert "<title>Body map</title>" in page
    assert "Bruise, left forearm, front. 20 mm long. zigzag." in page
    assert "<mark" in found


@pytest.mark.django_db
def test_what_cannot_be_sealed_of_a_map_is_said_with_its_rule(made_up: MadeUp) -> None:
    with pytest.raises(IncompleteError) as refused:
        accident(
            made_up, kind="accident", injuries_map=json.dumps({"marks": [MARK | {"kind": ""}]})
        )

    (found,) = refused.value.missing
    assert (found.field, found.rule) == ("answers-injuries_map", "P06")
    assert "mark 1: choose what it is" in found.words
