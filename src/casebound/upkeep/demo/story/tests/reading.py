"""What tests read out of the pages of the story: their words, their times, and their answers."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from casebound.foundation.base.times import LONDON
from casebound.rulebook.catalogue.content import Content
from casebound.upkeep.demo.story.days import WrittenPage

CLOCK = re.compile(r"(?<![\d:,.])([01]?\d|2[0-3]):([0-5]\d)(?!:?\d)")
AS_DATA = re.compile(r"\d{4}-\d\d-\d\d.*|\d\d:\d\d")


def answers_of(page: WrittenPage) -> dict[str, Any]:
    """Return the answers of a page."""
    return page.content["answers"]  # type: ignore[return-value]  # JSON


def content_of(page: WrittenPage) -> Content:
    """Return what a page says, as the product has it."""
    return Content.from_json(page.content)


def event_of(page: WrittenPage) -> tuple[datetime, datetime]:
    """Return when what a page tells of began and ended, in London."""
    begins = datetime.fromisoformat(str(page.content["happened_from"])).astimezone(LONDON)
    ends = str(page.content["happened_to"])
    return begins, datetime.fromisoformat(ends).astimezone(LONDON) if ends else begins


def words_of(page: WrittenPage) -> Iterator[str]:
    """Yield every text of a page: its statements, and what is written in answers."""
    for statement in page.content["statements"]:  # type: ignore[attr-defined]  # JSON
        yield statement["text"]
    yield from (text for text in _texts(page.content["answers"]) if not AS_DATA.fullmatch(text))


def clocks_of(page: WrittenPage) -> Iterator[tuple[datetime, str]]:
    """Yield each time of day in the words of a page, on the first day of it that it can mean."""
    begins, ends = event_of(page)
    days: list[date] = [begins.date(), ends.date()]
    if page.after is not None:
        days.insert(0, begins.date() - timedelta(days=1))
    for text in words_of(page):
        for told in CLOCK.finditer(text):
            yield (
                min(
                    datetime(
                        day.year, day.month, day.day, int(told[1]), int(told[2]), tzinfo=LONDON
                    )
                    for day in days
                ),
                text,
            )


def times_of(page: WrittenPage) -> Iterator[datetime]:
    """Yield each moment in the answers of a page."""
    for text in _texts(page.content["answers"]):
        if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*", text):
            yield datetime.fromisoformat(text)


def _texts(answer: Any) -> Iterator[str]:
    if isinstance(answer, dict):
        for value in answer.values():
            yield from _texts(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from _texts(value)
    elif isinstance(answer, str):
        yield answer
