"""What a child is called, and when they were born: stated, with what it rests on, and history."""

from datetime import date, datetime

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.ledger.projecting.kinds import Words
from casebound.ledger.sealing.once import Once
from casebound.people.homes import reads
from casebound.people.homes.actions.sealing import seal_checked
from casebound.people.homes.births import BirthKnown
from casebound.people.homes.entries import (
    BirthStated,
    ChildNamed,
)
from casebound.people.homes.naming import is_called_alike
from casebound.people.homes.refusals import (
    EndedAlreadyError,
    LaterNameError,
    NoBasisError,
    NothingNewError,
    NoWishError,
    SharedNameError,
)
from casebound.people.homes.stated import LONGEST_BASIS, checked_birth, checked_names


def name_child(
    *,
    child: ChildId,
    full_name: str,
    called: str,
    pronouns: str,
    face: int,
    from_on: date,
    wished_by: str,
    old_shown: bool,
    same_name: bool = False,
    by: WorkerId,
    at: datetime,
    auth: str = "password",
    key: str = "",
) -> None:
    """Give a child another name, other pronouns or another picture, from a day on.

    It shows at once wherever the child is named. What was written under the earlier name stays.

    Raises:
        NoFullNameError: the name is empty or too long.
        NameTooLongError: the name the child goes by is too long.
        PronounsTooLongError: they are too long.
        NoWishError: it does not say who wished it.
        LaterNameError: the day is in the future.
        NothingNewError: nothing changes.
        SharedNameError: another child of the home goes by this name, and `same_name` is not said.
        EndedAlreadyError: there is no such child.
    """
    full_name, called, pronouns = checked_names(full_name, called, pronouns)
    wished_by = wished_by.strip()
    if not 0 < len(wished_by) <= LONGEST_BASIS:
        raise NoWishError
    if from_on > day_of(at):
        raise LaterNameError

    def check() -> None:
        now = reads.child_details(child)
        if now is None:
            raise EndedAlreadyError
        if (now.full_name, now.called, now.pronouns, now.face) == (
            full_name, called, pronouns, face,
        ):  # fmt: skip
            raise NothingNewError
        if not same_name and not is_called_alike(now.called, called):
            for placement in reads.placements_of(child):
                check_called(called, home=placement.home, at=at, but=child)

    fact = ChildNamed(
        full_name=full_name,
        called=called,
        pronouns=pronouns,
        face=face,
        from_on=from_on.isoformat(),
        wished_by=Words(wished_by.removesuffix(".")),
        old_shown=old_shown,
    )
    once = Once.of(key, by)
    seal_checked(fact=fact, book=BookId(child), check=check, once=once, at=at, auth=auth)


def state_birth(
    *,
    child: ChildId,
    birth: BirthKnown,
    born_on: date | None,
    birth_by: str = "",
    birth_basis: str,
    by: WorkerId,
    at: datetime,
    auth: str = "password",
    key: str = "",
) -> None:
    """State when a child was born, and how sure that is (Schedule 3, paragraph 2).

    Raises:
        BirthRefusedError: the date does not fit to how sure it is, or the child would not have been
            0 to 25 years old when they came.
        NoBasisError: it does not say what this rests on.
        EndedAlreadyError: there is no such child.
    """
    placements = reads.placements_of(child)
    if not placements:
        raise EndedAlreadyError
    stated = checked_birth(birth, born_on, birth_by, birth_basis, on=day_of(placements[0].from_at))
    if not stated.basis:
        raise NoBasisError
    fact = BirthStated(
        born_on=born_on.isoformat() if born_on else None,
        birth=birth.value,
        birth_by=stated.by or None,
        birth_basis=Words(stated.basis),
    )

    def check() -> None:
        now = reads.child_details(child)
        if now is None or (
            (now.birth.known, now.birth.born_on, now.birth.by, now.birth.basis)
            == (birth, born_on, stated.by, stated.basis)
        ):
            raise NothingNewError

    once = Once.of(key, by)
    seal_checked(fact=fact, book=BookId(child), check=check, once=once, at=at, auth=auth)


def check_called(called: str, *, home: HomeId, at: datetime, but: ChildId | None = None) -> None:
    """Refuse a name that another child of the home goes by.

    Raises:
        SharedNameError: there is one, besides `but`.
    """
    if any(line.child != but for line in reads.called_alike(called, home=home, at=at)):
        raise SharedNameError
