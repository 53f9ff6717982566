"""No address; what these tables need: a concern about a manager, a home's own numbers."""

from collections.abc import Mapping

from tests.house.addresses import Example
from tests.made_up import MadeUp

EXAMPLES: Mapping[str, tuple[Example, ...]] = {}


def _concern(made_up: MadeUp) -> None:
    numbers = {"allegation_officer": "2"}
    oak = made_up.house(made_up.oak)
    made_up.write(oak, form="concern_numbers", by=made_up.dana, answers=numbers)
    made_up.write(
        made_up.jay,
        "Jay told what Dana Whitlock said to him.",
        form="allegation",
        answers={"about_whom": [{"id": made_up.dana.id}]},
    )


LIFE = _concern
