from datetime import date

import pytest

from casebound.people.homes.births import Birth, BirthKnown, kept_until

STATED = date(2026, 3, 3)
TODAY = date(2026, 11, 23)


def birth(known: BirthKnown, born_on: date | None = date(2011, 1, 1)) -> Birth:
    return Birth(known, born_on, "Jo Tamblyn", "What he says", STATED)


@pytest.mark.parametrize(
    ("known", "words", "age"),
    [
        (BirthKnown.EXACT, "1 January 2011", "15 years old"),
        (
            BirthKnown.ESTIMATED,
            "about 1 January 2011, estimated by Jo Tamblyn on 3 March 2026",
            "about 15, estimated by Jo Tamblyn on 3 March 2026",
        ),
        (
            BirthKnown.DISPUTED,
            "1 January 2011, which is disputed: Jo Tamblyn on 3 March 2026",
            "15 by the date used here, which is disputed: Jo Tamblyn on 3 March 2026",
        ),
    ],
)
def test_an_age_says_how_sure_it_is(known: BirthKnown, words: str, age: str) -> None:
    assert birth(known).words == words
    assert birth(known).age_words(TODAY) == age


def test_an_unknown_birth_has_neither_age_nor_end() -> None:
    unknown = birth(BirthKnown.UNKNOWN, None)

    assert unknown.words == "not known"
    assert unknown.age_on(TODAY) is None
    assert unknown.age_words(TODAY) == "age not known"
    assert "no end can be worked out, and the record stays" in unknown.kept_words()


def test_a_record_is_kept_for_75_years_from_birth_and_says_how_sure_that_is() -> None:
    assert kept_until(date(2012, 2, 29)) == date(2087, 3, 1)
    assert birth(BirthKnown.EXACT).kept_words().startswith("at least until 1 January 2086")
    assert "about 1 January 2086" in birth(BirthKnown.ESTIMATED).kept_words()
    assert "that is disputed" in birth(BirthKnown.DISPUTED).kept_words()
