"""An example of each address of this room, and whose it is; and a little of what it seals."""

from collections.abc import Mapping
from typing import Any

from casebound.record.missing.tests import build
from tests.house.addresses import Example, Scene, Whose
from tests.made_up import MadeUp


def in_log(scene: Scene) -> Mapping[str, Any]:
    """Name the page of a time Jay was missing and came back."""
    missing = build.gone(scene.made_up)
    build.back(scene.made_up, missing)
    return {"book": scene.made_up.jay.book, "number": build.number(scene.made_up, missing)}


EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "missing:episode": (Example(Whose.BOOKS, in_log),),
    "missing:lines": (Example(Whose.BOOKS, in_log),),
}


def _night(made_up: MadeUp) -> None:
    missing = build.gone(made_up)
    due = build.typed(made_up.now + 20 * build.MINUTE)
    build.line(
        made_up, missing, kind="did", what="Rang round.", next="yes", next_what="Ring", next_at=due
    )
    build.back(made_up, missing)
    oak = made_up.house(made_up.oak)
    numbers = {"times": "2", "days": "14"}
    made_up.write(oak, form="missing_numbers", by=made_up.dana, answers=numbers)


LIFE = _night
