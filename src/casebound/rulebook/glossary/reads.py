"""The provider's own terms, and the vocabulary with them in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from django.db import connections
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.ids import WorkerId
from casebound.people.access.reads import rights_of
from casebound.people.rights.shape import Permission
from casebound.rulebook.glossary.models import ProviderTerm
from casebound.rulebook.language import vocabulary as language
from casebound.rulebook.language.vocabulary import TermKind, Vocabulary

AT_MOST: Final = 300  # terms of one provider
OURS: Final = gettext_noop("your provider")


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """A term of the provider's own."""

    id: str
    term: str
    instead: str
    why: str


def own_terms() -> list[OwnTerm]:
    """Return the provider's own terms by name, at most 300. 1 query."""
    rows = ProviderTerm.objects.order_by("term", "id")[:AT_MOST]
    return [OwnTerm(row.id, row.term, row.instead, row.why) for row in rows]


def vocabulary() -> Vocabulary:
    """Return the product's vocabulary with the provider's own terms in it. 1 query.

    Put together again only when they have changed: compiling takes some ms.
    """
    with connections["derived"].cursor() as cursor:
        cursor.execute(
            f"SELECT term, instead FROM glossary_providerterm ORDER BY term, id LIMIT {AT_MOST}"  # noqa: S608 (a number)
        )
        return _with(tuple((term, instead) for term, instead in cursor.fetchall()))


@lru_cache(maxsize=4)
def _with(own: Sequence[tuple[str, str]]) -> Vocabulary:
    return language.shipped().with_more(
        language.Term(term, TermKind.PLAIN, (instead,), gettext(OURS)) for term, instead in own
    )


def may_add(worker: WorkerId, *, at: datetime) -> bool:
    """Say whether a worker answers for records, and so for the words in them. 1 query."""
    return rights_of(worker, at=at).may(Permission.CHANGE_VOCABULARY)
