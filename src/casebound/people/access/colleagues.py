"""Who works where a book is written, and what each of them may do in it.

A person who is named as somebody to ask can help: their account is open, and the table of rights
gives them what is asked of them in this book.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casebound.foundation.base.folding import sort_key
from casebound.foundation.base.ids import WorkerId
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import names_and_open
from casebound.people.homes.appointments import workers_at
from casebound.people.rights.shape import Permission, Role, Situation


@dataclass(frozen=True, slots=True)
class ColleagueSeen:
    """Somebody who works at the home of a book.

    Attributes:
        id: their account.
        name: their full name.
        roles: their roles at the home; a role at the home says more than one for a child.
        situation: how the book belongs to the home.
        is_open: whether their account is open.
    """

    id: WorkerId
    name: str
    roles: tuple[Role, ...]
    situation: Situation
    is_open: bool

    @property
    def role(self) -> Role:
        """The role they are shown with."""
        return next((role for role in self.roles if not role.is_of_one_child), self.roles[0])

    def may(self, permission: StrEnum, *, form: str = "") -> bool:
        """Say whether they can do something in the book, on a form if it is named."""
        return self.is_open and any(
            role.gives(permission, self.situation, form=form) for role in self.roles
        )

    @property
    def can_confirm(self) -> bool:
        """Whether they can read what they told there, and answer whether it is right (P28)."""
        return self.may(Permission.READ_BOOK) and self.may(
            Permission.WRITE_ENTRY, form="originator_read"
        )


def colleagues_at(book: SeenBook, *, at: datetime) -> list[ColleagueSeen]:
    """Return who works at the home of a book, by name. 2 queries."""
    roles: dict[WorkerId, list[Role]] = {}
    for worker, role in workers_at(book.home, at=at):
        if not role.is_visitor:
            roles.setdefault(worker, []).append(role)
    seen = [
        ColleagueSeen(worker, name, tuple(roles[worker]), book.situation, is_open)
        for worker, (name, is_open) in names_and_open(roles).items()
    ]
    return sorted(seen, key=lambda colleague: (sort_key(colleague.name), colleague.id))
