"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from casebound.oversight.who_looked import actions
from casebound.oversight.who_looked.permissions import LookingPermission
from casebound.oversight.who_looked.rules import LookingVerdict
from casebound.oversight.who_looked.scope import scope_of
from casebound.oversight.who_looked.tests.build import opens_off_roster, question_about
from casebound.people.access.reads import rights_of
from casebound.people.rights.shape import Situation
from tests.house.addresses import Example, Need, Whose, in_book, in_book_left
from tests.made_up import MadeUp

SEES = (Need(LookingPermission.SEE_WHO_LOOKED),)
NONE = "0" * 32


def _sees(where: Situation) -> tuple[Need, ...]:
    return (Need(LookingPermission.SEE_WHO_LOOKED, where),)


EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "who_looked:looks": (Example(Whose.MANAGERS, needs=SEES),),
    "who_looked:print": (Example(Whose.MANAGERS, needs=SEES),),
    "who_looked:questions": (Example(Whose.MANAGERS, needs=SEES),),
    "who_looked:answer": (
        Example(Whose.MANAGERS, lambda _: {"question": NONE}, is_empty=True, needs=SEES),
    ),
    "who_looked:of_book": (
        Example(Whose.HOME, in_book, needs=_sees(Situation.LIVES_HERE)),
        Example(Whose.LEFT, in_book_left, needs=_sees(Situation.LIVED_HERE_LAST)),
    ),
}


def _life(made_up: MadeUp) -> None:
    """Let Sam look on a day that the roster gives to somebody else, and the manager answer."""
    opens_off_roster(made_up)
    scope = scope_of(rights_of(made_up.dana.id, at=made_up.now), at=made_up.now)
    actions.answer_question(
        scope=scope,
        question=question_about(made_up).id,
        answer=LookingVerdict.FOR_WORK,
        words="",
        by=made_up.dana.id,
        at=made_up.now,
        auth="password",
    )


LIFE = _life
