"""The twins of the demo have a book each, and no page of one is a copy of the other's."""

from datetime import UTC, datetime

from casebound.upkeep.demo.story.days import WrittenPage, written
from casebound.upkeep.demo.story.people import CHILD_OF
from casebound.upkeep.demo.story.tests.reading import event_of, words_of

UNTIL = datetime(2026, 11, 30, 14, 10, tzinfo=UTC)


def test_no_page_of_a_twin_copies_the_other_twins_page_of_that_day() -> None:
    told = list(written(UNTIL))
    bryn, carys = (_texts_by_day(told, key) for key in ("bryn", "carys"))

    assert len(bryn) > 60
    assert len(carys) > 60
    assert not bryn & carys


def test_nobody_is_written_of_before_they_came_or_as_living_there_after_they_moved_on() -> None:
    told = list(written(UNTIL))
    for key in ("bryn", "carys"):
        assert min(page.signed_at for page in told if key in page.children) > datetime(
            2026, 10, 30, 16, tzinfo=UTC
        )
    for key in ("ellis", "tamsin"):
        name = CHILD_OF[key].full_name
        logs = [page for page in told if page.children == (key,) and page.form == "daily_log"]
        last = max(page.signed_at for page in logs)
        later = [page for page in told if page.signed_at > last and page.form == "daily_log"]
        assert len(logs) >= 15
        assert not any(
            person["name"] == name
            for page in later
            for person in page.content["present"]  # type: ignore[attr-defined]  # JSON
            if event_of(page)[0] > last
        )


def _texts_by_day(told: list[WrittenPage], key: str) -> set[tuple[str, str]]:
    name = CHILD_OF[key].called
    return {
        (str(event_of(page)[0].date()), text.replace(name, "…"))
        for page in told
        if page.children == (key,)
        for text in words_of(page)
        if len(text) > 60
    }
