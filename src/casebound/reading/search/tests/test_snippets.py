"""What a hit shows of a statement."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from casebound.reading.search.query import QueryTerm
from casebound.reading.search.snippets import (
    LENGTH,
    START,
    STOP,
    mark,
    near,
    snippet,
    without_delimiters,
)
from casebound.reading.search.words import words_of

MARKED = re.compile('<mark class="app-found">(.*?)</mark>', re.DOTALL)


def marked(text: str, *terms: QueryTerm, **stems: str) -> list[str]:
    return MARKED.findall(snippet(mark(text, words_of(text), terms, stems)))


def test_what_was_found_is_marked_and_the_rest_is_escaped() -> None:
    shown = snippet(f"<b>{START}tea{STOP}</b> & “toast”")

    assert shown == '&lt;b&gt;<mark class="app-found">tea</mark>&lt;/b&gt; &amp; “toast”'


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("Tea and toast.") == "Tea and toast."


def test_a_long_text_is_cut_between_words_around_the_first_mark() -> None:
    text = "before " * 100 + f"{START}tea{STOP}" + " after" * 100

    shown = snippet(text)

    assert shown.startswith("… before ")
    assert shown.endswith(" after …")
    assert MARKED.findall(shown) == ["tea"]


def test_a_word_longer_than_the_snippet_is_cut_all_the_same() -> None:
    assert len(snippet("x" * 5000)) == LENGTH + len(" …")


@given(st.text(alphabet=st.sampled_from(f"ab <>&\"'\n{START}{STOP}"), max_size=400))
def test_a_snippet_is_safe_and_shows_nothing_that_is_not_there(text: str) -> None:
    shown = snippet(text)

    plain = unescape(shown.replace('<mark class="app-found">', "").replace("</mark>", ""))
    assert plain.removeprefix("… ").removesuffix(" …") in re.sub(f"[{START}{STOP}]", "", text)
    assert not set("<>\"'") & set(MARKED.sub("", shown))
    assert shown.count("<mark") == shown.count("</mark>")


def test_words_are_marked_by_their_stems_as_they_were_written() -> None:
    stems = {"walking": "walk", "walks": "walk", "walk": "walk"}

    assert marked("Walking; he WALKS, she ran.", QueryTerm(("walk",)), **stems) == [
        "Walking",
        "WALKS",
    ]


def test_words_side_by_side_are_marked_as_one_and_only_side_by_side() -> None:
    assert marked("bed out. Out of bed.", QueryTerm(("out", "of", "bed"))) == ["Out of bed"]


def test_a_beginning_marks_the_whole_word() -> None:
    assert marked("A settlement, at last", QueryTerm(("settl",), begins=True)) == ["settlement"]


def test_accents_are_no_hindrance() -> None:
    assert marked("Zoë and José", QueryTerm(("jose",))) == ["José"]
    assert marked("In the cafe\u0301.", QueryTerm(("cafe",))) == ["cafe\u0301"]
    words = ["zoe", "s", "cafe"]
    read = words_of("Zoë\N{RIGHT SINGLE QUOTATION MARK}s cafe\u0301")
    assert [word.word for word in read.words] == words


def test_words_that_are_near_begin_like_the_stem_but_for_its_last_letter() -> None:
    assert near(["happy", "happily", "hat", "sad"], {"happi"}) == {"happy", "happily"}


def test_delimiters_in_a_text_mark_nothing() -> None:
    text = without_delimiters(f"{START}tea{STOP} and toast")

    assert marked(text, QueryTerm(("toast",))) == ["toast"]
