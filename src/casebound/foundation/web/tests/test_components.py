"""Components that ask whether their slot is used: white space alone is no use of it."""

import pytest
from django.template import engines
from django.test import SimpleTestCase
from django_cotton.compiler_regex import CottonCompiler  # type: ignore[import-untyped]  # has none

assert_html = SimpleTestCase().assertHTMLEqual


def rendered(source: str) -> str:
    return str(engines["django"].from_string(CottonCompiler().process(source)).render({}))


@pytest.mark.policy("P12")
def test_the_line_beside_the_words_says_when_they_were_saved() -> None:
    line = rendered('<c-save-state state="saved" at="22:41">\n  \n</c-save-state>')

    assert_html(
        line, '<p class="app-saved app-saved--saved" id="save-state"><span>Saved 22:41</span></p>'
    )


@pytest.mark.parametrize("name", ["banner", "empty"])
def test_there_is_no_empty_paragraph(name: str) -> None:
    bare = rendered(f'<c-{name} title="Done">\n</c-{name}>')
    said = rendered(f'<c-{name} title="Done">Go on.</c-{name}>')

    assert (bare.count("<p"), said.count("<p")) == (1, 2)
