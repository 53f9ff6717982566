"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from casebound.people.access.actions import end_grant, grant_access
from casebound.people.rights.shape import Permission, Situation
from casebound.people.second_person.actions import answer, link_or_ask
from casebound.people.second_person.reads import waiting
from tests.house.addresses import Example, Need, Scene, Whose, in_book, in_book_left
from tests.made_up import MadeUp


def _account(scene: Scene) -> Mapping[str, Any]:
    return {"account": scene.made_up.lin.id}


def _home(scene: Scene) -> Mapping[str, Any]:
    return {"home": scene.made_up.oak}


def _placement(scene: Scene) -> Mapping[str, Any]:
    made_up = scene.made_up
    return {"home": made_up.oak, "placement": made_up.placement_of(made_up.jay)}


MANAGED = (Need(Permission.MANAGE_HOME, Situation.LIVES_HERE),)
AGREES = (Need(Permission.AGREE_ACCESS),)
NONE = "0" * 32  # no request has it
EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "access:people": (Example(Whose.ADMINISTRATORS),),
    "access:new_account": (Example(Whose.ADMINISTRATORS),),
    "access:person": (Example(Whose.ADMINISTRATORS, _account),),
    "access:link": (Example(Whose.ADMINISTRATORS, _account),),
    "access:close_account": (Example(Whose.ADMINISTRATORS, _account),),
    "access:appoint": (Example(Whose.ADMINISTRATORS, _account),),
    "access:end_appointment": (
        Example(
            Whose.ADMINISTRATORS,
            lambda scene: {
                "account": scene.made_up.sam.id,
                "which": scene.made_up.sams_appointment,
            },
        ),
    ),
    "access:make_link": (
        Example(
            Whose.ADMINISTRATORS, lambda scene: {**_account(scene), "which": NONE}, is_empty=True
        ),
    ),
    "access:security": (Example(Whose.PROVERS, needs=(Need(Permission.SEE_SECURITY),)),),
    "access:why": (Example(Whose.ONES_OWN, post={"why": "why_sample"}),),
    "access:agreeing": (Example(Whose.MANAGERS, needs=AGREES),),
    "access:agree": (
        Example(Whose.MANAGERS, lambda _: {"which": NONE}, is_empty=True, needs=AGREES),
    ),
    "access:take_back": (Example(Whose.ONES_OWN, lambda _: {"which": NONE}, is_empty=True),),
    "access:hand_over": (Example(Whose.ONES_OWN, is_empty=True),),
    "access:homes": (Example(Whose.ADMINISTRATORS),),
    "access:open_home": (Example(Whose.ADMINISTRATORS),),
    "access:our_home": (Example(Whose.HOME, _home),),
    "access:admit": (Example(Whose.HOME, _home),),
    "access:moved_on": (Example(Whose.HOME, _placement),),
    "access:lives_again": (
        Example(
            Whose.LEFT,
            in_book_left,
            needs=(Need(Permission.MANAGE_HOME, Situation.LIVED_HERE_LAST),),
        ),
    ),
    "access:name": (Example(Whose.HOME, in_book, needs=MANAGED),),
    "access:birth": (Example(Whose.HOME, in_book, needs=MANAGED),),
    "access:key_worker": (Example(Whose.HOME, _placement),),
    "access:end_key_work": (
        Example(
            Whose.HOME, lambda scene: {**_home(scene), "which": scene.made_up.kits_appointment}
        ),
    ),
}


def _grant(made_up: MadeUp) -> None:
    """Let Lin read Jay's book for a week, and end it at once."""
    book, dana, now = made_up.book(made_up.jay, by=made_up.dana), made_up.dana.id, made_up.now
    grant = grant_access(
        book=book, worker=made_up.lin.id, reason="Lin takes Jay to the hospital.", from_at=now,
        to_at=now + timedelta(days=7), by=dana, at=now, auth="password",
    )  # fmt: skip
    end_grant(book=book, grant=grant, reason="It is over.", by=dana, at=now, auth="password")


def _life(made_up: MadeUp) -> None:
    _grant(made_up)
    alex, dana, now = made_up.alex.id, made_up.dana.id, made_up.now
    asking: Mapping[str, Any] = {"by": alex, "at": now, "auth": "password"}
    link_or_ask(worker=made_up.sam.id, lost_second_factor=True, **asking)
    [waits] = waiting(at=now)
    answer(request=waits.id, agrees=False, reason="Not now.", by=dana, at=now, auth="password")
    link_or_ask(worker=made_up.sam.id, lost_second_factor=False, **asking)


LIFE = _life
