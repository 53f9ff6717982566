"""Of the mentions in 500 labelled entries at least 95 % are separated by the end of writing."""

import pytest

from tests.third_parties.measure import entries, measure, told, worlds

pytestmark = pytest.mark.policy("P39", "P40")
AT_LEAST = 0.95


def test_the_labels_say_what_stands_there() -> None:
    known = worlds()
    written = entries()

    assert len(written) == 500
    for labelled in written:
        assert labelled.world in known
        for mention in labelled.mentions:
            assert labelled.words(mention.part)[mention.start : mention.end].strip()


def test_nearly_every_mention_is_separated_when_the_writer_takes_the_offers() -> None:
    measured = measure()

    print("\n".join(told(measured)))
    assert measured.mentions > 1000
    assert measured.taken >= AT_LEAST * measured.mentions, told(measured)
    # Offers of words that name nobody else would teach people to tap them away.
    assert measured.for_nobody <= 0.02 * measured.taps, told(measured)
