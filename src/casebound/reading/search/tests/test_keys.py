"""Keys keep one book together within an epoch, and know their place in the log."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from casebound.reading.search.keys import EPOCH, key, place_of

ids = st.text(alphabet="0123456789abcdef", min_size=32, max_size=32)
leaves = st.integers(0, 2**33)


@given(leaf=leaves, home=ids, book=ids, ordinal=st.integers(0, 15), text=st.integers(0, 255))
def test_a_key_knows_its_place_and_fits_a_column(
    leaf: int, home: str, book: str, ordinal: int, text: int
) -> None:
    made = key(leaf=leaf, home=home, book=book, ordinal=ordinal, text=text)

    assert place_of(made) == (leaf << 12) | (ordinal << 8) | text
    assert 0 <= made < 2**63


@given(home=ids, book=ids, leaf=leaves)
def test_in_one_book_keys_grow_with_the_log(home: str, book: str, leaf: int) -> None:
    keys = [
        key(leaf=leaf + more, home=home, book=book, ordinal=0, text=1)
        for more in (0, 1, 5, 1 << EPOCH)
    ]

    assert all(key < other for key, other in pairwise(keys))
