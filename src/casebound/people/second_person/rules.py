"""What needs a second person, for how long it waits, and the code that they hand over."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from typing import Final

from casebound.people.rights.shape import Permission, Role

WAITS: Final = timedelta(days=7)  # for an answer: a manager's week off is not the end of it
USED_WITHIN: Final = timedelta(days=2)  # after it was agreed: as long as a set-up link works
DIGITS: Final = 8
_OPENS: Final = frozenset(
    {
        Permission.READ_BOOK,
        Permission.WRITE_ENTRY,
        Permission.FINISH_OWN_DRAFT,
        Permission.GRANT_ACCESS,
        Permission.MANAGE_HOME,
    }
)


class RequestKind(StrEnum):
    """What somebody asks for. The values are sealed."""

    LINK = "link"
    LINK_AND_FACTORS = "link_and_factors"
    APPOINTMENT = "appointment"


class RequestState(StrEnum):
    """What became of a request. The values are sealed, but for `WAITING` and `DONE`."""

    WAITING = "waiting"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DONE = "done"


def opens_books(role: Role) -> bool:
    """Say whether a role lets its worker into any book."""
    return any(permission.value in role.may for permission in _OPENS)


def can_agree_in(role: Role, *, home: str | None, homes: Collection[str]) -> bool:
    """Say whether somebody with a role at `home` (None: everywhere) agrees for these homes."""
    return role.gives_today(Permission.AGREE_ACCESS) and (home is None or home in homes)


def hand_over_code(mark: str) -> str:
    """Return the code of a request, eight digits, from the mark that this installation gives it.

    It is kept nowhere. A guesser has five tries in five minutes, and a link works for two days.
    """
    return f"{int(mark, 16) % 10**DIGITS:0{DIGITS}}"
