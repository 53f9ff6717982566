"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping
from typing import Any

from casebound.people.rights.shape import Permission, Situation
from casebound.record.book.relations import RELATIONS, Relation
from tests.house.addresses import Example, Need, Places, Scene, Whose, in_book, on_page


def _following(scene: Scene) -> Mapping[str, Any]:
    return {"book": scene.oak.book, "number": scene.visit, "form": "independent_report"}


def _putting_right(how: Relation) -> Places:
    return lambda scene: {**on_page(scene), "how": how.key}


def _same_event(scene: Scene) -> Mapping[str, Any]:
    accident = scene.made_up.write(scene.made_up.jay, form="accident")
    number = accident.numbers[scene.made_up.jay.book]
    return {"book": scene.made_up.jay.book, "number": number, "form": "incident"}


def _medicine(scene: Scene) -> Mapping[str, Any]:
    prescribed = scene.made_up.write(scene.made_up.jay, form="prescription")
    number = prescribed.numbers[scene.made_up.jay.book]
    return {"book": scene.made_up.jay.book, "number": number, "form": "medicine_given"}


def _next_log(scene: Scene) -> Mapping[str, Any]:
    return {**on_page(scene), "child": scene.made_up.jay.book}


def _draft(scene: Scene) -> Mapping[str, Any]:
    return {"draft": scene.draft()}


def _draft_file(scene: Scene) -> Mapping[str, Any]:
    return {"draft": scene.draft_with_file(), "number": 1, "which": "original"}


INCIDENT = (Need(Permission.WRITE_ENTRY, Situation.LIVES_HERE, "incident"),)
DOSE = (Need(Permission.WRITE_ENTRY, Situation.LIVES_HERE, "medicine_given"),)
LOG = (Need(Permission.WRITE_ENTRY, Situation.LIVES_HERE, "daily_log"),)
REPORT = (
    Need(Permission.WRITE_ENTRY, Situation.HOME, "independent_report"),
    Need(Permission.ANSWER_FOR_BOOK, Situation.HOME),
)
EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "drafting:jot": (Example(Whose.READERS, needs=(Need(Permission.WRITE_ENTRY, form="note"),)),),
    "drafting:choose": (
        Example(Whose.BOOKS, in_book, needs=(Need(Permission.WRITE_ENTRY, Situation.LIVES_HERE),)),
    ),
    "drafting:begin": (
        Example(Whose.BOOKS, lambda scene: {**in_book(scene), "form": "daily_log"}, needs=LOG),
    ),
    "drafting:same_event": (Example(Whose.BOOKS, _same_event, needs=INCIDENT),),
    "drafting:same_shift": (Example(Whose.BOOKS, _next_log, needs=LOG),),
    "drafting:put_right": tuple(
        Example(Whose.BOOKS, _putting_right(how), needs=LOG) for how in RELATIONS
    ),
    "drafting:follow": (Example(Whose.BOOKS, _following, needs=REPORT),),
    "drafting:of_medicine": (Example(Whose.BOOKS, _medicine, needs=DOSE),),
    "drafting:write": (Example(Whose.DRAFTS, _draft, post={"read": "1"}),),
    "drafting:save": (Example(Whose.DRAFTS, _draft),),
    "drafting:names": (Example(Whose.DRAFTS, _draft),),
    "drafting:hints": (Example(Whose.DRAFTS, _draft),),
    "drafting:mark_name": (Example(Whose.DRAFTS, _draft),),
    "drafting:move": (Example(Whose.DRAFTS, _draft),),
    "drafting:hand_over": (Example(Whose.DRAFTS, _draft),),
    "drafting:left_by": (Example(Whose.MANAGERS, lambda scene: {"account": scene.made_up.sam.id}),),
    "drafting:discard": (Example(Whose.DRAFTS, _draft),),
    "drafting:sign": (Example(Whose.DRAFTS, _draft),),
    "drafting:files": (Example(Whose.DRAFTS, _draft),),
    "drafting:file": (Example(Whose.DRAFTS, _draft_file),),
}
