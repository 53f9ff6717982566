"""Who may read a book, as those see it who let others in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from casebound.foundation.base.folding import sort_key
from casebound.foundation.base.ids import WorkerId
from casebound.people.access.colleagues import colleagues_at
from casebound.people.access.for_a_time import appointments_for_a_time, may_end
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import every_account, full_names
from casebound.people.homes.appointments import (
    AppointmentLine,
    workers_at,
    workers_with_roles,
)
from casebound.people.homes.consented import children_consented
from casebound.people.homes.reads import GrantSeen, grants_of
from casebound.people.restricted.parts import BookPart
from casebound.people.rights.rights import roles
from casebound.people.rights.shape import ALWAYS, IN_HOURS, Permission, Role
from casebound.reading.chronology.part_words import words_of
from casebound.reading.chronology.reads import numbers_of_leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedTo:
    """Somebody who reads a book for a time, or by name.

    Attributes:
        id: the appointment or the grant.
        name: who they are.
        what: their role, or what they may read.
        href: the entry they may read, if it is one.
        from_at, to_at: from when and until when.
        is_later: whether it has not begun yet.
        is_over: whether it has ended.
        reason: why.
        by: who gave it.
        can_end: whether the reader of the page may end it.
    """

    id: str
    name: str
    what: str
    number: int = 0
    from_at: datetime
    to_at: datetime | None
    is_later: bool
    is_over: bool
    reason: str
    by: str
    can_end: bool = False


@dataclass(frozen=True, slots=True)
class ReaderByRole:
    """Somebody who reads a book because of where they work."""

    name: str
    role: str


def by_role(book: SeenBook, *, at: datetime) -> list[ReaderByRole]:
    """Return who reads a book by their role at the home or in the provider, by name.

    Visitors of the home are among who reads a child's book; in the home's own they are listed with
    who is there for a time. 4 queries, for a child's book 7 at most.
    """
    seen = [
        ReaderByRole(colleague.name, gettext(colleague.role.words))
        for colleague in colleagues_at(book, at=at)
        if colleague.may(Permission.READ_BOOK)
    ]
    everywhere = [
        role.key
        for role in roles()
        if all(role.gives(Permission.READ_BOOK, where) for where in ALWAYS)
    ]
    held = [
        (worker, role)
        for worker, role, home in workers_with_roles(everywhere, at=at)
        if home is None
    ]
    held += _visitors(book, at=at)
    names = full_names({worker for worker, _ in held})
    seen += [ReaderByRole(names[worker], gettext(role.words)) for worker, role in held]
    return sorted(set(seen), key=lambda reader: (sort_key(reader.name), reader.role))


def _visitors(book: SeenBook, *, at: datetime) -> list[tuple[WorkerId, Role]]:
    """Return the visitors of a home who read the book of one of its children."""
    if book.child is None:
        return []
    visitors = [held for held in workers_at(book.home, at=at) if held[1].is_visitor]
    if not visitors:
        return []
    consented = bool(children_consented([(book.child, book.home)], at=at))
    return [
        (worker, role)
        for worker, role in visitors
        if role.gives(Permission.READ_BOOK, book.situation, consented=consented)
    ]


def for_a_time(book: SeenBook, *, at: datetime) -> list[OpenedTo]:
    """Return who works here or visits for a time. 2 queries."""
    lines = appointments_for_a_time(book, at=at)
    ending = {line.id for line in lines if may_end(book, line)}
    return appointments_shown(lines, at=at, ending=ending)


def appointments_shown(
    lines: Sequence[AppointmentLine], *, at: datetime, ending: set[str] | None = None
) -> list[OpenedTo]:
    """Return appointments in words. 1 query."""
    names = full_names({who for line in lines for who in (line.worker, line.appointed_by)})
    return [
        OpenedTo(
            id=line.id,
            name=names.get(line.worker, ""),
            what=gettext(line.role.words).capitalize(),
            from_at=line.from_at,
            to_at=line.to_at,
            is_later=line.from_at > at,
            is_over=line.to_at is not None and line.to_at <= at,
            reason=line.reason,
            by=names.get(line.appointed_by, ""),
            can_end=line.id in (ending or set()),
        )
        for line in lines
    ]


def grants_listed(book: SeenBook, *, at: datetime) -> list[OpenedTo]:
    """Return every grant of a book, newest first. 3 queries."""
    return grant_shown(grants_of(book.id), book, at=at)


def grant_shown(grants: Sequence[GrantSeen], book: SeenBook, *, at: datetime) -> list[OpenedTo]:
    """Return grants in words. At most 2 queries."""
    names = full_names({who for grant in grants for who in (grant.worker, grant.granted_by)})
    leaves = [grant.leaf for grant in grants if grant.leaf is not None]
    numbers = numbers_of_leaves(book, leaves)
    return [
        OpenedTo(
            id=grant.id,
            name=names.get(grant.worker, ""),
            what=_what(grant, numbers.get(grant.leaf or 0, 0)),
            number=numbers.get(grant.leaf or 0, 0),
            from_at=grant.from_at,
            to_at=grant.to_at,
            is_later=grant.from_at > at,
            is_over=grant.to_at <= at,
            reason=grant.reason,
            by=names.get(grant.granted_by, ""),
            can_end=book.may(Permission.GRANT_ACCESS) is not None,
        )
        for grant in grants
    ]


def _what(grant: GrantSeen, number: int) -> str:
    if number:
        return gettext("Entry no. {number}").format(number=number)
    words = words_of(
        BookPart(
            grant.book,
            forms=(grant.form,) if grant.form else None,
            register=grant.register,
            period=grant.period,
            leaf=grant.leaf,
        )
    )
    return f"{words[:1].upper()}{words[1:]}" if words else gettext("The whole book")


def longest_in_words(role: Role) -> str:
    """Return how long a role for a time lasts at most, in words."""
    longest = role.longest or timedelta(0)
    if longest < IN_HOURS or longest % timedelta(days=1):
        return gettext("{count} hours at most").format(count=int(longest / timedelta(hours=1)))
    return gettext("{count} days at most").format(count=longest.days)


def people_to_choose(*, but: WorkerId) -> list[tuple[str, str]]:
    """Return everybody with an open account, by name, but one. 1 query."""
    people = [seen for seen in every_account() if seen.closed_at is None and seen.id != but]
    ordered = sorted(people, key=lambda seen: (sort_key(seen.full_name), seen.id))
    return [(seen.id, seen.full_name) for seen in ordered]
