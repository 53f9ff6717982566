"""Why entries are kept from somebody, said to who reads these entries."""

from collections.abc import Iterable
from enum import StrEnum

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.people.restricted.entries import Readers
from casebound.people.restricted.holding import Scope
from casebound.people.restricted.models import AboutManagers, KeptFrom, RestrictedEntry
from casebound.people.restricted.reads import EntryReader, held_in, parts_hidden_among


class WhyKept(StrEnum):
    """Why somebody does not read an entry."""

    ABOUT_THEM = "about_them"
    ABOUT_MANAGERS = "about_managers"
    MANAGERS = "managers"
    NEED_TO_KNOW = "need_to_know"


def why_kept(leaves: Iterable[int], *, worker: WorkerId, book: BookId) -> dict[int, WhyKept]:
    """Return why each of these entries, which `worker` does not read, is kept from them.

    3 queries, none without any. If it is about them, that is why.
    """
    wanted = list(leaves)
    if not wanted:
        return {}
    rows = list(RestrictedEntry.objects.filter(book_id=book, leaf__in=wanted))
    families = {row.family for row in rows}
    about_them = set(
        KeptFrom.objects.filter(family__in=families, worker_id=worker).values_list(
            "family", flat=True
        )
    )
    above = set(AboutManagers.objects.filter(family__in=families).values_list("family", flat=True))
    reasons: dict[int, WhyKept] = {}
    for row in rows:
        if row.family in about_them:
            reason = WhyKept.ABOUT_THEM
        elif row.family in above:
            reason = WhyKept.ABOUT_MANAGERS
        else:
            is_need = row.readers == Readers.NEED_TO_KNOW
            reason = WhyKept.NEED_TO_KNOW if is_need else WhyKept.MANAGERS
        earlier = reasons.get(row.leaf, reason)
        reasons[row.leaf] = min(earlier, reason, key=list(WhyKept).index)
    return reasons


def leaves_with_kept_parts(
    book: BookId, reader: EntryReader, *, asker: EntryReader, count: int = 50
) -> list[int]:
    """Return entries of which `reader` does not read a part that the asker may know of.

    The newest `count`. 2 queries.
    """
    held = held_in([book], asker).exclude(part="").filter(scope=Scope.NEED_TO_KNOW)
    parts = list(held.order_by("-leaf").values_list("leaf", "part")[: count * 4])
    hidden = parts_hidden_among({leaf for leaf, _ in parts}, reader)
    kept = [leaf for leaf, part in parts if part in hidden.get((book, leaf), ())]
    return list(dict.fromkeys(kept))[:count]
