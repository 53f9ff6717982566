from hypothesis import given
from hypothesis import strategies as st

from casebound.reading.search.indexed import indexed
from casebound.reading.search.words import words_of

PIECES = st.sampled_from(
    ["Anne", "Anne-Marie", "OHara", "O’Hara", "d'Amico", "McDonald’s", "DNA", "A", "toast", "2.5",
     "well-being", "Łukasz", "日本", "Jay's,", "x", "(Sam"]
)  # fmt: skip


@given(
    st.one_of(
        st.text(),
        st.lists(st.tuples(PIECES, st.sampled_from([" ", "  ", "\n", ", ", "-", ""]))).map(
            lambda pairs: "".join(piece + gap for piece, gap in pairs)
        ),
    )
)
def test_a_text_read_in_pieces_has_the_words_of_the_whole(text: str) -> None:
    whole = words_of(text)
    words = [word.word for word in whole.words]
    joined = sorted({word.word for word in whole.joined}.difference(words))

    assert indexed(text).words.split() == words + [part for word in joined for part in ("·", word)]
