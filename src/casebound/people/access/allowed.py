"""The basis of a right, and the positive answer to a question about rights."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext

from casebound.foundation.base.ids import BookId, ChildId
from casebound.people.homes.reach import BookReached, GrantReach
from casebound.people.restricted.parts import BookPart
from casebound.people.rights.shape import AFTER_END, Permission, Role, Situation


@dataclass(frozen=True, slots=True)
class Basis:
    """What lets a worker into a book: an appointment or a grant.

    Attributes:
        role: the role of the appointment; None for a grant.
        situation: how the book belongs to the home of the appointment.
        appointment: the id of the appointment.
        grant: what the grant opens; None for an appointment.
        child: the child whose key worker they are, of an appointment for one child.
        is_over: whether the appointment has ended, and only what was begun can be finished.
        consented: whether the child and the placing authority consent (`Role.with_consent`).
    """

    role: Role | None
    situation: Situation
    appointment: str = ""
    grant: GrantReach | None = None
    child: ChildId | None = None
    is_over: bool = False
    consented: bool = False

    def gives(
        self,
        permission: StrEnum,
        *,
        form: str = "",
        used_it: bool = False,
        register: str = "",
        on: date | None = None,
    ) -> bool:
        """Say whether it gives a permission; see `SeenBook.may`."""
        if self.grant is not None:
            return self.grant.opens(permission.value, form=form, register=register, on=on)
        if self.role is None or (self.is_over and permission not in AFTER_END):
            return False
        return self.role.gives(
            permission, self.situation, form=form, used_it=used_it, consented=self.consented
        )


def part_of(basis: Basis, *, book: BookId) -> BookPart | None:
    """Return the part of a book that a basis lets its worker read; None if none, or the whole."""
    if basis.gives(Permission.READ_BOOK):
        return None
    grant = basis.grant
    if grant is not None:
        return (
            BookPart(
                book,
                forms=(grant.form,) if grant.form else None,
                register=grant.register,
                period=grant.period,
                leaf=grant.leaf,
            )
            if grant.permission == Permission.READ_BOOK
            else None
        )
    role = basis.role
    if role is None or basis.is_over or not role.reads_in_part:
        return None
    if basis.situation not in role.may.get(Permission.READ_BOOK, ()):
        return None
    return BookPart(book, forms=None if role.reads is None else tuple(sorted(role.reads)))


def basis_of(reached: BookReached) -> Basis:
    """Return the basis that an appointment or a grant gives."""
    source = reached.source
    if source.grant is not None:
        return Basis(None, reached.situation, grant=source.grant)
    return Basis(
        source.role,
        reached.situation,
        source.id,
        child=source.child,
        is_over=source.is_over,
        consented=reached.consented,
    )


@dataclass(frozen=True, slots=True)
class Allowed:
    """The answer that the worker may, with its basis. None is the answer that they may not."""

    permission: str
    basis: Basis

    @property
    def why(self) -> str:
        """Name in words the appointment or grant that gave the right."""
        if self.basis.role is None:
            return gettext("granted to you by name, for a time")
        return gettext("appointed as {words}").format(words=gettext(self.basis.role.words))
