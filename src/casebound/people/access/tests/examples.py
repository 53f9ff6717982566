"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from casebound.foundation.base.ids import new_id
from casebound.people.access.actions import (
    answer_consent,
    end_grant,
    grant_access,
    withdraw_consent,
)
from casebound.people.access.permissions import AccountPermission
from casebound.people.access.tests.build import account
from casebound.people.homes import actions as homes
from casebound.people.homes.consented import consents_of
from casebound.people.homes.consents import How, Party
from casebound.people.rights.shape import Permission, Situation
from casebound.people.second_person.actions import answer, link_or_ask
from casebound.people.second_person.reads import waiting
from tests.house.addresses import Example, Need, Scene, Whose, in_book, in_book_left
from tests.made_up import MadeUp


def _account(scene: Scene) -> Mapping[str, Any]:
    return {"account": scene.made_up.lin.id}


def _leaver(scene: Scene) -> Mapping[str, Any]:
    """Name somebody who works at Oak House, and whose account nobody has closed yet."""
    made_up, name = scene.made_up, f"leaver-{new_id()[:8]}"
    worker = account(made_up, name, "Bo Li")
    homes.appoint(
        worker=worker.id, full_name=worker.full_name, role="residential_worker",
        home=made_up.oak, from_at=made_up.began, by=made_up.alex.id, at=made_up.now,
    )  # fmt: skip
    return {"account": worker.id}


def _home(scene: Scene) -> Mapping[str, Any]:
    return {"home": scene.made_up.oak}


def _placement(scene: Scene) -> Mapping[str, Any]:
    made_up = scene.made_up
    return {"home": made_up.oak, "placement": made_up.placement_of(made_up.jay)}


def _say_yes(made_up: MadeUp) -> str:
    """Let Jay say yes to the independent person, which Dana records; return the consent."""
    now = made_up.now
    return answer_consent(
        book=made_up.book(made_up.jay, by=made_up.dana), party=Party.CHILD, given=True,
        said_by="Jay Quillfeather", how=How.IN_PERSON, said_at=now, by=made_up.dana.id, at=now,
        auth="password",
    )  # fmt: skip


def _consent_given(scene: Scene) -> Mapping[str, Any]:
    jay = scene.made_up.jay
    given = [said.id for said in consents_of(jay.id) if said.given]
    return {"book": jay.book, "which": given[0] if given else _say_yes(scene.made_up)}


MANAGED = (Need(Permission.MANAGE_HOME, Situation.LIVES_HERE),)
WRITES = (Need(Permission.WRITE_ENTRY, Situation.LIVES_HERE),)
AGREES = (Need(Permission.AGREE_ACCESS),)
NONE = "0" * 32  # no request has it
EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "access:people": (Example(Whose.ADMINISTRATORS),),
    "access:new_account": (Example(Whose.ADMINISTRATORS),),
    "access:person": (Example(Whose.ADMINISTRATORS, _account),),
    "access:link": (Example(Whose.ADMINISTRATORS, _account),),
    "access:close_account": (Example(Whose.LEAVERS, _leaver),),
    "access:signed_in": (Example(Whose.LEAVERS, _leaver),),
    "access:sign_out": (Example(Whose.LEAVERS, _leaver),),
    "access:rename": (Example(Whose.ADMINISTRATORS, _account),),
    "access:ends": (Example(Whose.ADMINISTRATORS, _account),),
    "access:sign_on": (Example(Whose.NOBODYS, _account),),  # there is none in tests
    "access:reopen": (Example(Whose.ADMINISTRATORS, _account),),
    "access:take_back_link": (Example(Whose.ADMINISTRATORS, _account),),
    "access:people_here": (Example(Whose.MANAGERS, needs=(Need(AccountPermission.END_ACCOUNTS),)),),
    "access:home_people": (
        Example(Whose.HOME, _home, needs=(Need(AccountPermission.END_ACCOUNTS, Situation.HOME),)),
    ),
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
    "access:consents": (Example(Whose.BOOKS, in_book, needs=WRITES),),
    "access:answer_consent": (
        Example(Whose.HOME, lambda scene: {**in_book(scene), "party": "child"}, needs=MANAGED),
    ),
    "access:withdraw_consent": (Example(Whose.BOOKS, _consent_given, needs=WRITES),),
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


def _consents(made_up: MadeUp) -> None:
    """Let Jay say yes and take it back, and the placing authority say no."""
    dana, now = made_up.dana.id, made_up.now
    book, consent = made_up.book(made_up.jay, by=made_up.dana), _say_yes(made_up)
    said: Mapping[str, Any] = {"said_at": now, "by": dana, "at": now, "auth": "password"}
    withdraw_consent(
        book=book, consent=consent, said_by="Jay Quillfeather", how=How.SIGNS,
        words="Not this month.", **said,
    )  # fmt: skip
    answer_consent(
        book=book, party=Party.PLACING_AUTHORITY, given=False, how=How.WRITTEN,
        said_by="Ama Reid, social worker, Northam Council", **said,
    )  # fmt: skip


def _life(made_up: MadeUp) -> None:
    _grant(made_up)
    _consents(made_up)
    alex, dana, now = made_up.alex.id, made_up.dana.id, made_up.now
    asking: Mapping[str, Any] = {"by": alex, "at": now, "auth": "password"}
    link_or_ask(worker=made_up.sam.id, lost_second_factor=True, **asking)
    [waits] = waiting(at=now)
    answer(request=waits.id, agrees=False, reason="Not now.", by=dana, at=now, auth="password")
    link_or_ask(worker=made_up.sam.id, lost_second_factor=False, **asking)


LIFE = _life
