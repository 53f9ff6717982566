"""How far back is looked at a time."""

from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.base.ids import BookId, HomeId
from casebound.reading.search.asked import TIMES, StatementQuery, next_stretch
from casebound.reading.search.keys import LEAF
from casebound.reading.search.on_postgresql import BLOCKS, MOST_NAMED, stretch
from casebound.reading.search.query import read_query
from tests.readers import MANAGER

books = st.none() | st.integers(1, 60).map(lambda n: tuple(BookId(f"{i:032}") for i in range(n)))
homes = st.none() | st.just(HomeId("a" * 32))


@given(books=books, home=homes, top=st.integers(1, 1 << 36), leaves=st.integers(1, 1 << 24))
def test_a_stretch_goes_down_and_names_few_blocks(
    books: tuple[BookId, ...] | None, home: HomeId | None, top: int, leaves: int
) -> None:
    asked = StatementQuery(
        query=read_query("walk"), books=books, home=home, before=None, count=21, reader=MANAGER
    )

    lowest, within = stretch(asked, top, leaves)

    assert 0 <= lowest < top
    named = within[0].split(" | ") if within else []
    assert len(named) <= max(MOST_NAMED, len(books or ()))
    if lowest:  # about as long as was wished: at least half, and at most a block more at either end
        seen = (top - lowest) >> LEAF
        assert leaves // 2 - (1 << BLOCKS[-1]) <= seen <= leaves + (2 << BLOCKS[-1])


@given(
    seen=st.integers(1, 1 << 30),
    found=st.integers(0, 20),
    missing=st.integers(1, 20),
)
def test_the_next_stretch_is_a_quarter_to_four_times_what_was_seen(
    seen: int, found: int, missing: int
) -> None:
    leaves = next_stretch(seen=seen, found=found, missing=missing)

    assert max(1, seen // 4) <= leaves <= TIMES * seen
