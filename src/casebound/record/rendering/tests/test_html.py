from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from casebound.foundation.drawing.drawings import Drawn, drawn
from casebound.record.rendering import html as rendering
from casebound.record.rendering import samples
from casebound.record.rendering.audience import Reader
from casebound.record.rendering.entry_view import (
    AnswerView,
    DrawingView,
    EntryView,
    FileView,
    LinkView,
    MatterView,
    ReasonView,
    StatementView,
    from_row,
    to_row,
)
from casebound.record.rendering.html import statement_html
from casebound.record.rendering.marks import _KINDS

TAGS = {
    "a", "article", "bdi", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "h2", "img", "li",
    "ol", "p", "span", "ul",
}  # fmt: skip
PICTURE = {"svg", "title", "desc", "g", "path", "rect", "circle", "text"}
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def entry_html(view: EntryView) -> str:
    return rendering.entry_html(view, reader=Reader.STAFF)


def built(struct: Any, **others: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    texts = {field.name: WORDS for field in fields(struct) if field.type is str}
    return st.builds(struct, **texts | others)


def drawing(words: str, label: str) -> DrawingView:
    made = drawn({"words": words, "strokes": [], "points": [{"x": 9, "y": 9, "text": label}]})
    assert isinstance(made, Drawn)
    return DrawingView(made.svg, made.heading, made.lines, made.description)


STATEMENTS = built(
    StatementView,
    kind=st.sampled_from([*_KINDS, "<script>"]),
    sharing=st.sampled_from(["shared", "withheld", "third_party"]),
    source=st.sampled_from(["first_hand", "told_by", "read_in"]),
    permission=st.sampled_from(["", "asked", "<b>"]),
)
DRAWINGS = st.builds(drawing, WORDS, WORDS)
ENTRIES = built(
    EntryView,
    number=st.integers(0, 10**6),
    statements=st.lists(STATEMENTS, max_size=3).map(tuple),
    answers=st.lists(built(AnswerView, value=WORDS | DRAWINGS), max_size=2).map(tuple),
    standing=st.lists(
        built(MatterView, settled=st.sampled_from([True, False, None])), max_size=2
    ).map(tuple),
    links=st.lists(built(LinkView), max_size=2).map(tuple),
    files=st.lists(built(FileView, is_page=st.booleans()), max_size=2).map(tuple),
    numbered=st.lists(WORDS, max_size=2).map(tuple),
    state=st.sampled_from(["", "struck", "misfiled", "<"]),
    state_reason=st.lists(built(ReasonView), max_size=2).map(tuple),
)


class Page(HTMLParser):
    open: list[str]
    text: list[str]
    attributes: list[tuple[str, str | None]]

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open, self.text, self.attributes = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS | PICTURE
        self.attributes += [] if tag in PICTURE else attrs  # the room of drawings tests its own
        if tag == "br":
            self.text.append("\n")
        elif tag == "img":
            return
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


@given(ENTRIES)
def test_what_a_row_keeps_is_the_entry_again(entry: EntryView) -> None:
    assert from_row(to_row(entry)) == entry


@given(ENTRIES)
def test_whatever_is_typed_only_our_own_tags_are_in_the_page(entry: EntryView) -> None:
    read = Page(entry_html(entry))
    assert not read.open
    assert {name for name, _ in read.attributes} <= {
        "class",
        "dir",
        "href",
        "id",
        "aria-labelledby",
        "aria-label",
        "aria-hidden",
        "alt",
        "download",
        "src",
    }


@given(
    st.text(
        min_size=1, alphabet=st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"])
    )
)
def test_every_letter_of_a_statement_can_be_read_again(text: str) -> None:
    html = statement_html(StatementView(text))
    shown = html.split('dir="auto">', 1)[1].split("</p>", 1)[0]
    assert "".join(Page(f"<p>{shown}</p>").text) == text


def test_a_statement_keeps_its_lines_and_finds_its_own_direction() -> None:
    html = statement_html(StatementView("one\ntwo <b>"), anchor="no-7-1")
    assert 'id="no-7-1"' in html
    assert '<p class="app-statement__text" dir="auto">one<br>two &lt;b&gt;</p>' in html


@pytest.mark.policy("P51", "P53")
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("fact", "Fact"),
        ("account", "Account"),
        ("view", "Child's view"),
        ("opinion", "Opinion"),
        ("assessment", "Assessment"),
        ("judgement", "Judgement"),
        ("decision", "Decision"),
    ],
)
def test_every_kind_of_statement_is_named_in_words(kind: str, words: str) -> None:
    assert words in "".join(Page(statement_html(StatementView("x", kind=kind))).text)


@pytest.mark.policy("P53")
def test_an_opinion_says_whose_it_is_and_what_it_rests_on() -> None:
    html = statement_html(StatementView("x", kind="opinion", whose="Amara", basis="two evenings"))
    assert "Opinion of Amara, resting on: two evenings" in "".join(Page(html).text)


@pytest.mark.policy("P52")
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (StatementView("x"), "First hand"),
        (StatementView("x", source="told_by", told_by="Ruth"), "Told by Ruth"),
        (StatementView("x", source="read_in", read_in="the sheet"), "Read in the sheet"),
    ],
)
def test_every_source_is_named_in_words(statement: StatementView, words: str) -> None:
    assert words in "".join(Page(statement_html(statement)).text)


def test_a_withheld_statement_says_so_with_ground_reason_and_the_day_to_look_again() -> None:
    html = statement_html(
        StatementView("x", sharing="withheld", ground="harm", reason="soon", review_on="2027-05-03")
    )
    said = "".join(Page(html).text)
    assert "Withheld from the child harm; soon; look again on 3 May 2027" in said


def test_a_statement_about_a_third_party_says_who_and_whether_they_agreed() -> None:
    html = statement_html(
        StatementView("x", sharing="third_party", third_party="his mother", permission="asked")
    )
    said = "".join(Page(html).text)
    assert "About a third party his mother, permission asked, no answer yet" in said


@pytest.mark.policy("P44")
def test_a_late_entry_says_so_with_how_late_and_why() -> None:
    said = "".join(Page(entry_html(samples.ENTRIES[1])).text)
    assert "Late Entry Signed 54 hours after it happened. Reason: I was off shift" in said


def test_an_entry_has_its_number_its_signature_and_who_was_there() -> None:
    html = entry_html(samples.ENTRIES[0])
    said = "".join(Page(html).text)
    assert 'id="no-118"' in html
    assert "Signed by Amara Okafor, residential worker, who was there." in said
    assert "Present: Kofi; Ben Whitlock, residential worker." in said


def test_an_entry_that_is_not_signed_says_so_and_has_no_number() -> None:
    said = "".join(Page(entry_html(samples.UNSIGNED)).text)
    assert "No number yet" in said
    assert "To be signed by Ruth Abara" in said


def test_a_struck_entry_stays_readable_with_the_reason_before_it() -> None:
    html = entry_html(samples.ENTRIES[2])
    assert html.index("The wrong morning") < html.index("Kofi slept until eight")


def test_nothing_of_a_misfiled_entry_is_in_the_page_but_why() -> None:
    entry = replace(
        samples.ENTRIES[4], answers=(AnswerView("Secret", "answer"),), where="somewhere"
    )
    html = entry_html(entry)
    assert "It is about another child." in html
    for hidden in ("This text must not be in the page", "Secret", "answer<", "somewhere"):
        assert hidden not in html
