"""Questions about consents: who said what, and whose records the independent person may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casebound.foundation.base.ids import ChildId, HomeId, WorkerId
from casebound.people.homes.consents import Party
from casebound.people.homes.holding import holds
from casebound.people.homes.marked import marked
from casebound.people.homes.models import Consent
from casebound.people.homes.reads import AT_MOST

_BOTH: Final = set(Party)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Who withdrew a consent, how and when, and who recorded it on which page."""

    said_by: str
    how: str
    said_at: datetime
    words: str
    number: int
    recorded_by: WorkerId


@dataclass(frozen=True, slots=True)
class ConsentSeen:
    """What a child or a placing authority said; `to_at` is when it stopped counting."""

    id: str
    child: ChildId
    home: HomeId
    party: Party
    given: bool
    said_by: str
    how: str
    said_at: datetime
    words: str
    number: int
    recorded_by: WorkerId
    from_at: datetime
    to_at: datetime | None
    ended: str
    withdrawal: TakenBack | None

    def counts(self, at: datetime) -> bool:
        """Say whether it is what the party says at `at`."""
        return self.from_at <= at and (self.to_at is None or at < self.to_at)


def consents_of(child: ChildId) -> list[ConsentSeen]:
    """Return what was said for a child, newest first, at most 200 answers. 1 query."""
    rows = Consent.objects.filter(child_id=child).order_by("-from_at", "-number", "id")
    return [_consent(row) for row in marked(rows[:AT_MOST])]


def consent(consent: str) -> ConsentSeen | None:
    """Return an answer, or None if there is none. 1 query."""
    return next((_consent(row) for row in marked(Consent.objects.filter(id=consent))), None)


def children_consented(
    children: Iterable[tuple[ChildId, HomeId]], *, at: datetime
) -> set[tuple[ChildId, HomeId]]:
    """Return for which of these children, at these homes, both parties say yes at `at`. 1 query."""
    asked = set(children)
    if not asked:
        return set()
    rows = Consent.objects.filter(holds(at), child_id__in={child for child, _ in asked}, given=True)
    yes: dict[tuple[ChildId, HomeId], set[Party]] = {}
    for row in marked(rows):
        of_child = (ChildId(row.child_id), HomeId(row.home_id))
        yes.setdefault(of_child, set()).add(Party(row.party))
    return {of_child for of_child in asked if yes.get(of_child) == _BOTH}


def _consent(row: Consent) -> ConsentSeen:
    withdrawal = None
    if row.withdrawn_said_at is not None:
        withdrawal = TakenBack(
            row.withdrawn_by,
            row.withdrawn_how,
            row.withdrawn_said_at,
            row.withdrawn_words,
            row.ended_number,
            WorkerId(row.ended_by),
        )
    return ConsentSeen(
        id=row.id,
        child=ChildId(row.child_id),
        home=HomeId(row.home_id),
        party=Party(row.party),
        given=row.given,
        said_by=row.said_by,
        how=row.how,
        said_at=row.said_at,
        words=row.words,
        number=row.number,
        recorded_by=WorkerId(row.recorded_by),
        from_at=row.from_at,
        to_at=row.to_at,
        ended=row.ended,
        withdrawal=withdrawal,
    )
