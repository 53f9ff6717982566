"""What a right rests on, and the yes that a question about rights is answered with."""

from dataclasses import dataclass
from enum import StrEnum

from casebound.people.rights.shape import Role, Situation


@dataclass(frozen=True, slots=True)
class Basis:
    """What lets a worker into a book: an appointment, and what the book is to its home.

    Attributes:
        role: the role they are appointed to.
        situation: what the book is to the home of the appointment.
        appointment: the id of the appointment.
    """

    role: Role
    situation: Situation
    appointment: str = ""

    def gives(self, permission: StrEnum, *, form: str = "", used_it: bool = False) -> bool:
        """Say whether it gives a permission, and (if named) on a form."""
        return self.role.gives(permission, self.situation, form=form, used_it=used_it)


@dataclass(frozen=True, slots=True)
class Allowed:
    """A yes, with what it rests on. In place of a no there is None."""

    permission: str
    basis: Basis

    @property
    def why(self) -> str:
        """Say in words what gave the right."""
        return f"appointed as {self.basis.role.words}"
