"""No entry of the demo tells of what happened after its author signed it."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from casebound.rulebook.catalogue.catalogue import form
from casebound.rulebook.catalogue.setting import ANYWHERE
from casebound.rulebook.catalogue.true_times import untrue_answers
from casebound.upkeep.demo.story.days import WrittenPage, written
from casebound.upkeep.demo.story.tests.reading import (
    answers_of,
    clocks_of,
    event_of,
    times_of,
    words_of,
)

TWO_YEARS = [
    datetime(2026, 11, 30, 14, 10, tzinfo=UTC),
    datetime(2027, 7, 4, 9, 30, tzinfo=UTC),
]
# Words that may tell of what came later. An entry that has them states the last moment it tells
# of, as data (`tells_to`), unless its own event is as long as what it tells of.
LATER = re.compile(
    r"""\b([Aa]fterwards|[Ll]ater\s(that|the\ssame)|the\snext\s(day|morning)|in\sthe\smorning|
    by\s(bedtime|eleven|midnight)|asleep\s(by|at)|slept|fell\sasleep|within\sthe\shour|since\sthen|
    (minutes|hours?)\slater|[Oo]n\s\w+day\s(he|she|they)\s\w+ed|until\s(bedtime|morning)|
    an\shour\slater|watched\suntil)\b""",
    re.VERBOSE,
)
TELL_OF_A_SPAN = frozenset({"daily_log", "contact", "key_session", "visit", "appointment"})
# A look ahead, or back at an earlier day.
NOT_LATER = re.compile(
    r"will|would|wants|going\sto|ring\sthe|has\sasked|plumber|every|last\snight|tomorrow|today",
    re.VERBOSE,
)


@pytest.fixture(scope="module", params=TWO_YEARS, ids=str)
def told(request: pytest.FixtureRequest) -> list[WrittenPage]:
    return list(written(request.param))


def test_each_moment_of_an_answer_lies_before_the_signature_unless_it_is_still_to_come(
    told: list[WrittenPage],
) -> None:
    count = 0
    for page in told:
        begins, ends = event_of(page)
        asked, answers = form(page.form), answers_of(page)
        said = [(asked.field(name), answer) for name, answer in answers.items()]
        now = page.signed_at
        wrong = untrue_answers(asked, said, event=begins, now=now, setting=ANYWHERE)
        assert not [*wrong], page.key
        assert begins <= ends <= page.signed_at or page.key.endswith("-note"), page.key
        count += sum(moment <= page.signed_at for moment in times_of(page))
    assert count > 10


def test_each_time_of_day_in_the_words_lies_before_the_signature(told: list[WrittenPage]) -> None:
    times = [(page, moment, text) for page in told for moment, text in clocks_of(page)]
    assert len(times) > 800
    for page, moment, text in times:
        assert moment <= page.signed_at, (page.key, text, page.signed_at)


def test_what_words_say_came_later_is_stated_as_a_moment_before_the_signature(
    told: list[WrittenPage],
) -> None:
    stated = 0
    for page in told:
        if page.tells_to is not None:
            assert page.tells_to <= page.signed_at, page.key
            stated += 1
        elif telling := [*_telling_of_later(page)]:
            assert _is_long_enough(page), (page.key, telling)
    assert stated > 8


def test_nobody_signs_for_a_colleague_who_was_not_named(told: list[WrittenPage]) -> None:
    for page in told:
        for text in words_of(page):
            assert "worker on shift" not in text, (page.key, text)
            assert "{" not in text or text.startswith("{"), (page.key, text)


def test_there_are_hard_days_and_the_log_of_a_hard_day_says_so(told: list[WrittenPage]) -> None:
    logs = [page for page in told if page.form == "daily_log" and page.after is None]
    days = Counter(answers_of(page).get("day") for page in logs)
    assert days["difficult"] >= 16
    hard = {page.children[0] for page in logs if answers_of(page).get("day") == "difficult"}
    assert len(hard) >= 7


def _telling_of_later(page: WrittenPage) -> Iterator[str]:
    if page.form in TELL_OF_A_SPAN or page.follows or page.after:
        return
    for text in words_of(page):
        for sentence in re.split(r"(?<=[.!?])\s", text):
            if LATER.search(sentence) and not NOT_LATER.search(sentence):
                yield sentence


def _is_long_enough(page: WrittenPage) -> bool:
    begins, ends = event_of(page)
    return ends - begins >= timedelta(minutes=25)
