"""An example of each address of this room, and whose it is; and a little of what it seals."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import WorkerId
from casebound.ledger.sealing.reads import entry_at
from casebound.people.restricted.holding import WHOLE, Scope
from casebound.people.rights.shape import Permission, Situation
from casebound.record.restricting.actions import Grounds, note_discussed, restrict, review
from casebound.record.restricting.actions.intervals import set_interval
from casebound.record.restricting.permissions import RestrictingPermission
from casebound.record.restricting.reads import last_step
from tests.house.addresses import Example, Need, Scene, Whose, on_page
from tests.made_up import MadeUp

ANSWERS = (Need(Permission.ANSWER_FOR_BOOK, Situation.LIVES_HERE),)


def _restriction(scene: Scene) -> Mapping[str, Any]:
    """Restrict a statement of another entry of Jay's, and name that."""
    return {"book": scene.made_up.jay.book, "which": restricted(scene.made_up)}


def restricted(
    made_up: MadeUp,
    scope: Scope = Scope.CHILD,
    part: str = "s1",
    *,
    kept_from: Collection[WorkerId] = (),
) -> str:
    """Let Dana restrict a part of a new entry of Jay's; return the name of the restriction."""
    number = made_up.write(made_up.jay, "Soup.").numbers[made_up.jay.book]
    book, entry = made_up.book(made_up.jay, by=made_up.dana), entry_at(made_up.jay.book, number)
    assert entry is not None
    restrict(
        book=book, number=number, parts=[part], scope=scope, grounds=_grounds(made_up, kept_from),
        seen=last_step(book.id, entry.index), by=made_up.dana.id, at=made_up.now, auth="password",
    )  # fmt: skip
    return f"{entry.index}-{part or 'entry'}-{scope}"


def _grounds(made_up: MadeUp, kept_from: Collection[WorkerId] = ()) -> Grounds:
    return Grounds(
        ground="about_colleague" if kept_from else "risk_to_child",
        kept_from=kept_from,
        reason="As agreed.",
        review_on=day_of(made_up.now) + timedelta(days=28),
    )


EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "restricting:section": (Example(Whose.MANAGERS),),
    "restricting:print": (Example(Whose.MANAGERS),),
    "restricting:intervals": (
        Example(Whose.NOBODYS, needs=(Need(RestrictingPermission.SET_REVIEW_INTERVALS),)),
    ),
    "restricting:restrict": (Example(Whose.LEFT, on_page, needs=ANSWERS),),
    "restricting:restriction": (Example(Whose.LEFT, _restriction, needs=ANSWERS),),
    "restricting:discussed": (Example(Whose.LEFT, _restriction, needs=ANSWERS),),
}


def _decisions(made_up: MadeUp) -> None:
    book = made_up.book(made_up.jay, by=made_up.dana)
    which = restricted(made_up)
    restricted(made_up, Scope.NEED_TO_KNOW, WHOLE)
    restricted(made_up, Scope.NEED_TO_KNOW, kept_from=[made_up.kit.id])
    note_discussed(
        book=book, which=which, what="told", who="social_worker", name="Ruth Abara", how="phone",
        on=day_of(made_up.now), said="She agrees.", by=made_up.dana.id, at=made_up.now,
        auth="password",
    )  # fmt: skip
    _review(made_up, which, "renewed")
    _review(made_up, which, "moved", to="need_to_know")
    _review(made_up, restricted(made_up), "released")
    ursula = made_up._worker("ursula.marsh", "Ursula Marsh")
    made_up._appoint(ursula, "responsible_individual", None)
    set_interval(
        ground="police_investigation", days=21, by=ursula.id, at=made_up.now, auth="password"
    )


def _review(made_up: MadeUp, which: str, outcome: str, *, to: str = "") -> None:
    book = made_up.book(made_up.jay, by=made_up.dana)
    review(
        book=book, which=which, outcome=outcome, to=to, grounds=_grounds(made_up),
        seen=last_step(book.id, int(which.split("-", maxsplit=1)[0])), by=made_up.dana.id,
        at=made_up.now, auth="password",
    )  # fmt: skip


LIFE = _decisions
