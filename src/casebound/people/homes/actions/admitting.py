"""Admitting children, and the end of their time at a home."""

from datetime import date, datetime

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.foundation.base.times import utc_text
from casebound.ledger.projecting.kinds import Words
from casebound.ledger.sealing.actions import open_book
from casebound.ledger.sealing.once import Once
from casebound.ledger.sealing.reads import entry_of
from casebound.people.homes import reads
from casebound.people.homes.actions.naming import check_called
from casebound.people.homes.actions.sealing import SentBeforeError, seal_checked, seal_fact
from casebound.people.homes.births import BirthKnown
from casebound.people.homes.entries import (
    ChildAdmitted,
    PlacementBegun,
    PlacementEnded,
)
from casebound.people.homes.reads import HomeSeen
from casebound.people.homes.refusals import (
    AdmittedAlreadyError,
    BeforeTheyLeftError,
    EndBeforeStartError,
    EndedAlreadyError,
    HasBookError,
    LivesSomewhereError,
    NoSuchHomeError,
    UnlikelyEndError,
    UnlikelyTimeError,
)
from casebound.people.homes.rules import PLANNED_AHEAD, is_likely, is_same_name
from casebound.people.homes.stated import checked_birth, checked_names

FACES = 24  # drawn pictures to choose from


def admit_child(
    *,
    home: HomeId,
    full_name: str,
    called: str,
    pronouns: str,
    born_on: date | None,
    birth: BirthKnown = BirthKnown.EXACT,
    birth_by: str = "",
    birth_basis: str = "",
    face: int | None = None,
    same_name: bool = False,
    from_at: datetime,
    by: WorkerId,
    at: datetime,
    auth: str = "password",
    key: str = "",
) -> ChildId:
    """Admit a child: the child has a book from now on (P01). Return the child's id.

    Args:
        home: where the child lives from now on.
        full_name: the name in full (Schedule 3, paragraph 1).
        called: the name the child goes by; empty for the first of the full name.
        pronouns: as the child wants them, or empty.
        born_on: the date of birth (Schedule 3, paragraph 2); None if it is not known.
        birth: how sure it is.
        birth_by: who estimates or disputes it.
        birth_basis: what that rests on.
        face: which drawn picture stands for the child; None for one of their own.
        same_name: two children of the home are to go by the same name; their surnames tell them
            apart.
        from_at: the admission; a planned one may be up to four weeks ahead.
        by: who signs.
        at: now.
        auth: how `by` proved who they are.
        key: made with the page, so that a page sent twice admits one child.

    Raises:
        NoFullNameError: the name is empty or too long.
        NameTooLongError: the name the child goes by is too long.
        PronounsTooLongError: they are too long.
        UnlikelyTimeError: the admission is too far ahead or too long ago.
        BirthRefusedError: the date of birth does not fit to how sure it is, or the child would not
            be 0 to 25 years old.
        SharedNameError: another child of the home goes by this name, and `same_name` is not said.
        NoSuchHomeError: there is no such home, or it is the office.
        AdmittedAlreadyError: the page was sent before and named another child, or a child of this
            name and date of birth lives at the home.
        HasBookError: a child of this name and date of birth lived at the home before.
    """
    full_name, called, pronouns = checked_names(full_name, called, pronouns)
    if not is_likely(from_at, now=at, ahead=PLANNED_AHEAD):
        raise UnlikelyTimeError
    stated = checked_birth(birth, born_on, birth_by, birth_basis, on=day_of(from_at))
    _childrens_home(home)
    once = Once.of(key, by)
    child = ChildId(once.id_of("child"))
    fact = ChildAdmitted(
        child_id=child,
        placement_id=once.id_of("placement"),
        home_id=home,
        from_at=utc_text(from_at),
        full_name=full_name,
        called=called,
        pronouns=pronouns,
        born_on=born_on.isoformat() if born_on else None,
        face=int(child[:4], 16) % FACES + 1 if face is None else face,
        birth=None if birth is BirthKnown.EXACT else birth.value,
        birth_by=stated.by or None,
        birth_basis=Words(stated.basis) if stated.basis else None,
    )
    if once.sealed(fact.parts()):
        return child
    _check_new_here(full_name, born_on, home=home, at=at)
    if not same_name and entry_of(once.entry_id) is None:
        check_called(called, home=home, at=at)
    book = open_book(BookId(child))
    try:
        seal_fact(fact=fact, book=book, once=once, at=at, auth=auth, pages=0)
    except SentBeforeError as another:
        raise AdmittedAlreadyError from another
    return child


def begin_placement(
    *,
    child: ChildId,
    home: HomeId,
    from_at: datetime,
    by: WorkerId,
    at: datetime,
    auth: str = "password",
    key: str = "",
) -> None:
    """Begin a further time at a home for a child who moved on before. Their book goes on (P01).

    A planned beginning may be up to four weeks ahead.

    Raises:
        UnlikelyTimeError: it is too far ahead or too long ago.
        NoSuchHomeError: there is no such home, or it is the office.
        LivesSomewhereError: the child lives at a home, or will come to one.
        BeforeTheyLeftError: it would begin before the child's last time at a home ended.
    """
    if not is_likely(from_at, now=at, ahead=PLANNED_AHEAD):
        raise UnlikelyTimeError
    where = _childrens_home(home)

    def check() -> None:
        ends = [placement.to_at for placement in reads.placements_of(child)]
        if not ends or None in ends:
            raise LivesSomewhereError
        if any(end > from_at for end in ends if end):
            raise BeforeTheyLeftError

    once = Once.of(key, by)
    fact = PlacementBegun(
        placement_id=once.id_of("placement"),
        home_id=home,
        home_name=where.name,
        from_at=utc_text(from_at),
    )
    seal_checked(fact=fact, book=BookId(child), check=check, once=once, at=at, auth=auth)


def end_placement(
    *,
    placement: str,
    to_at: datetime,
    by: WorkerId,
    at: datetime,
    auth: str = "password",
    key: str = "",
) -> None:
    """End a child's time at a home, after the child has gone.

    Raises:
        EndedAlreadyError: it has ended, or never existed.
        EndBeforeStartError: the end is before the admission.
        UnlikelyEndError: the end is in the future.
    """
    if not is_likely(to_at, now=at):
        raise UnlikelyEndError
    stay = reads.placement(placement)
    if stay is None:
        raise EndedAlreadyError

    def check() -> None:
        now = reads.placement(placement)
        if now is None or now.to_at is not None:
            raise EndedAlreadyError
        if to_at < now.from_at:
            raise EndBeforeStartError

    once = Once.of(key, by)
    fact = PlacementEnded(placement_id=placement, to_at=utc_text(to_at))
    seal_checked(fact=fact, book=BookId(stay.child), check=check, once=once, at=at, auth=auth)


def _childrens_home(home: HomeId) -> HomeSeen:
    seen = reads.home(home)
    if seen is None or seen.is_office:
        raise NoSuchHomeError
    return seen


def _check_new_here(full_name: str, born_on: date | None, *, home: HomeId, at: datetime) -> None:
    earlier = [
        placement
        for placement in reads.placements_born_on(born_on, home=home)
        if is_same_name(placement.full_name, full_name)
    ]
    if any(placement.to_at is None or placement.to_at > at for placement in earlier):
        raise AdmittedAlreadyError
    if earlier:
        raise HasBookError
