"""Every id of OWASP's ASVS 5.0.0 leads to a test, a page or a reason, or the build fails (P12)."""

from collections import Counter

from tests.house.asvs import PAGE, State, is_there, page, standard
from tests.house.source import nothing

# As many as the standard has in each chapter, and at each level.
IN_CHAPTER = (30, 13, 31, 16, 13, 47, 19, 13, 7, 36, 24, 12, 21, 13, 21, 17, 12)
AT_LEVEL = {1: 70, 2: 183, 3: 92}
MET_AT_LEAST = 160  # of levels 1 and 2


def test_every_id_of_the_standard_is_there_once() -> None:
    requirements = standard().requirements

    assert len({requirement.id for requirement in requirements}) == len(requirements) == 345
    assert Counter(requirement.level for requirement in requirements) == AT_LEVEL
    chapters = Counter(requirement.chapter for requirement in requirements)
    assert tuple(chapters[chapter] for chapter in sorted(chapters)) == IN_CHAPTER


def test_each_leads_to_what_shows_it_or_to_a_reason() -> None:
    nothing(
        requirement.id
        for requirement in standard().requirements
        if (requirement.state is State.MET and not requirement.shown_by)
        or (requirement.state is State.DOES_NOT_APPLY)
        != (requirement.because in standard().reasons)
        or (requirement.state in {State.IN_PART, State.NOT_MET} and not requirement.how)
    )


def test_what_shows_it_is_there() -> None:
    nothing(
        f"{requirement.id}: {place} is not there"
        for requirement in standard().requirements
        for place in requirement.shown_by
        if not is_there(place)
    )


def test_as_much_is_met_as_is_promised() -> None:
    met = [
        requirement
        for requirement in standard().requirements
        if requirement.state is State.MET and requirement.level < 3
    ]

    assert len(met) >= MET_AT_LEAST


def test_the_page_is_the_one_drawn_from_the_file() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run .venv/bin/python tools/asvs.py"
