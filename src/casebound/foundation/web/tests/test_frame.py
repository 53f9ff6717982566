from typing import Any

import pytest
from django.template.loader import render_to_string

from casebound.foundation.web.frame import Frame

FRAME: Frame = {
    "who": "Amara Okafor",
    "home": "Larch House",
    "nav": [{"label": "One", "url": "#one", "current": True}, {"label": "Two", "url": "#two"}],
    "demo": True,
}


def frame(**frame: Any) -> str:
    return render_to_string("web/frame.html", {"frame": frame})


def test_the_frame_shows_who_where_and_the_ways_in() -> None:
    html = frame(**FRAME)
    assert "Larch House" in html
    assert "Amara Okafor" in html
    assert html.count('aria-current="page"') == 1


def test_the_frame_stands_without_anybody_signed_in() -> None:
    html = frame()
    assert 'id="main"' in html
    assert "<nav" not in html
    assert "A made-up home" not in html


def test_only_the_demo_says_that_it_is_one() -> None:
    assert "A made-up home" in frame(demo=True)


def test_the_frame_escapes_names() -> None:
    html = frame(who="<b>", home="<i>", role="<u>", nav=[{"label": "<s>", "url": '"><p>'}])
    for tag in ("<i>", "<u>", "<s>", '"><p>'):
        assert tag not in html


@pytest.mark.policy("P12")
def test_no_page_has_a_script_or_a_style_of_its_own() -> None:
    html = frame(**FRAME)
    assert "<style" not in html
    assert " style=" not in html
    assert " onclick=" not in html
    assert "<script>" not in html
