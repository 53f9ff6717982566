"""Looking that is out of the ordinary, made through the product's own actions."""

import re
from datetime import datetime, timedelta
from html import unescape

from casebound.foundation.base.calendar import day_of, start_of
from casebound.oversight.who_looked.asking import questions_of
from casebound.oversight.who_looked.rules import LookingQuestion
from casebound.oversight.who_looked.scope import scope_of
from casebound.people.access.actions import note_reading
from casebound.people.access.reads import rights_of
from tests.made_up import Child, House, MadeUp, Worker


def words(html: str) -> str:
    """Return what a person reads of some HTML: its words, with single spaces."""
    return re.sub(r" (?=[.,;])", "", " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()))


def yesterday(made_up: MadeUp, hour: int = 12) -> datetime:
    """Return an hour of yesterday in London."""
    return start_of(day_of(made_up.now) - timedelta(days=1)) + timedelta(hours=hour)


def plan(made_up: MadeUp, who: str, *, begins: str = "08:00", ends: str = "16:00") -> None:
    """Plan a shift for somebody at Oak House yesterday."""
    day = day_of(yesterday(made_up)).isoformat()
    row = {"who": who, "day": day, "begins": begins, "ends": ends}
    made_up.write(
        made_up.house(made_up.oak), form="roster_planned", statements=[], by=made_up.dana,
        answers={"week_of": day, "shifts": [row]},
    )  # fmt: skip


def looks_at(
    made_up: MadeUp, place: Child | House, at: datetime, *, by: Worker | None = None,
    what: str = "book",
) -> None:  # fmt: skip
    """Let somebody, Sam unless another is named, look at a book."""
    note_reading(made_up.book(place, by=by), what=what, first=1, last=1, at=at)


def opens_off_roster(made_up: MadeUp) -> None:
    """Let Sam look at Jay's book on a day on which the roster has Kit alone."""
    plan(made_up, "Kit Adeyemi")
    looks_at(made_up, made_up.jay, yesterday(made_up))


def questions_for(made_up: MadeUp, manager: Worker | None = None) -> list[LookingQuestion]:
    """Return what a manager, Dana unless another is named, is asked."""
    rights = rights_of((manager or made_up.dana).id, at=made_up.now)
    return questions_of(scope_of(rights, at=made_up.now), at=made_up.now)


def question_about(made_up: MadeUp, worker: Worker | None = None) -> LookingQuestion:
    """Return the one question about somebody."""
    whose = (worker or made_up.sam).id
    [question] = [question for question in questions_for(made_up) if question.worker == whose]
    return question
