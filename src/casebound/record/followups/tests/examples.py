"""A little of what this room's tables need: an allegation about a manager, a home's own numbers."""

from tests.made_up import MadeUp


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
