"""Who can open something to a person who may not see it: said without a look at what they tried.

What is said follows from where the person works, never from the address they asked for. So it
confirms nothing (P40, P63).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from casebound.foundation.base.ids import HomeId
from casebound.people.access.reads import WorkerRights
from casebound.people.accounts.reads import names_and_open
from casebound.people.homes.appointments import workers_with_roles
from casebound.people.homes.reads import homes, placements_of
from casebound.people.rights.rights import roles
from casebound.people.rights.shape import Permission, Role


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who can open a book to others, and of which home; empty for every home."""

    name: str
    role: Role
    home: str

    @property
    def words(self) -> str:
        """Name them, with what they are."""
        said = gettext("{name} ({role} of {home})") if self.home else gettext("{name} ({role})")
        return said.format(name=self.name, role=gettext(self.role.words), home=self.home)


def helpers_of(rights: WorkerRights, *, at: datetime) -> list[Helper]:
    """Return who can open something to a worker: of each home where they work, the first to ask.

    That is the registered manager; for who manages the home alone, or works in no home, the
    responsible individual. At most 3 queries, and 2 for each child whose visitor they are.
    """
    here = _homes_of(rights, at=at)
    opening = [role.key for role in roles() if role.gives_today(Permission.GRANT_ACCESS)]
    held = [
        (worker, role, home)
        for worker, role, home in workers_with_roles(opening, at=at)
        if worker != rights.worker and (home is None or home in here)
    ]
    named = names_and_open({worker for worker, _, _ in held})
    home_names = {home.id: home.name for home in homes(here)} if here else {}
    helpers: dict[str, Helper] = {}
    for wanted in [*home_names, None]:
        if wanted is None and helpers:
            break
        able = [
            (role.seniority, named[worker][0], worker, role, home)
            for worker, role, home in held
            if home in (wanted, None) and named.get(worker, ("", False))[1]
        ]
        for _, name, worker, role, home in sorted(able, key=lambda row: row[:3])[:1]:
            helpers.setdefault(worker, Helper(name, role, home_names[home] if home else ""))
    return list(helpers.values())


def in_words(helpers: Iterable[Helper]) -> str:
    """Say who can be asked, in a sentence or two."""
    names = [helper.words for helper in helpers]
    if not names:
        return gettext("If you need something for your work, ask the manager of the home.")
    listed = names[0]
    for name in names[1:]:
        listed = gettext("{names} or {name}").format(names=listed, name=name)
    return gettext(
        "If you need something for your work that you cannot open, ask {names}. Say what you need "
        "and why. They can give you access for a time."
    ).format(names=listed)


def _homes_of(rights: WorkerRights, *, at: datetime) -> list[HomeId]:
    """Return the homes where somebody works, or where the child whose visitor they are lives."""
    found: dict[HomeId, None] = {}
    for source in rights.sources:
        if source.home:
            found[source.home] = None
        elif source.child:
            found |= {
                stay.home: None
                for stay in placements_of(source.child)
                if stay.from_at <= at and (stay.to_at is None or at < stay.to_at)
            }
    return list(found)
