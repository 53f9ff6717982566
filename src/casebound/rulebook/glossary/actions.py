"""Adding a term of the provider's own, and withdrawing one: sealed in the office's book."""

from datetime import datetime
from typing import ClassVar, Final

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.pasted import without_turns
from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.foundation.proof.canonical import clean_text
from casebound.ledger.projecting.actions import seal_and_project
from casebound.ledger.projecting.kinds import Kind
from casebound.ledger.sealing.actions import NewEntry
from casebound.ledger.sealing.once import Once
from casebound.people.homes.reads import book_of
from casebound.rulebook.glossary.entries import TermAdded, TermWithdrawn
from casebound.rulebook.glossary.models import ProviderTerm
from casebound.rulebook.glossary.reads import AT_MOST, may_add

LONGEST: Final = {"term": 60, "instead": 120, "why": 300}


class TermRefusedError(RefusedError):
    """A term is not added. `field` is what the refusal is about."""

    field: ClassVar = "term"
    what = "This was not sealed."
    why = "It needs the word, in up to 60 characters, and what to write instead, in up to 120."
    do = "Type both, without line breaks."


class TermKnownError(TermRefusedError):
    """The provider has the term already, or as many as it can have."""

    why = f"The word is on your list already, or there are {AT_MOST} on it."
    do = "Withdraw one first."


def add_term(
    *, term: str, instead: str, why: str, by: WorkerId, at: datetime, auth: str, key: str = ""
) -> str:
    """Add a term; every hint from now on knows it. Return its id.

    Raises:
        NotAllowedError: `by` is no manager.
        TermRefusedError: a text is empty, too long or cannot be sealed.
        TermKnownError: the term is there, or there is no room for more.
    """
    if not may_add(by, at=at):
        raise NotAllowedError
    texts = {"term": _line(term), "instead": _line(instead), "why": _line(why)}
    if not texts["term"] or not texts["instead"]:
        raise TermRefusedError
    if any(len(text) > LONGEST[name] for name, text in texts.items()):
        raise TermRefusedError
    once = Once.of(key, by)
    added = once.id_of("term")
    fact = TermAdded(term_id=added, **texts)
    if once.sealed(fact.parts()):
        return added
    if (
        ProviderTerm.objects.filter(term__iexact=texts["term"]).exists()
        or ProviderTerm.objects.count() >= AT_MOST
    ):
        raise TermKnownError
    _seal(fact, once=once, at=at, auth=auth)
    return added


def withdraw_term(*, term: str, by: WorkerId, at: datetime, auth: str, key: str = "") -> None:
    """Withdraw a term; that it was there stays on the office's book.

    Raises:
        NotAllowedError: `by` is no manager, or there is no such term.
    """
    once, fact = Once.of(key, by), TermWithdrawn(term_id=term)
    if not may_add(by, at=at):
        raise NotAllowedError
    if once.sealed(fact.parts()):
        return
    if not ProviderTerm.objects.filter(id=term).exists():
        raise NotAllowedError
    _seal(fact, once=once, at=at, auth=auth)


def _line(text: str) -> str:
    return " ".join(clean_text(without_turns(text)).split())


def _seal(fact: Kind, *, once: Once, at: datetime, auth: str) -> None:
    office = book_of(None)
    if office is None:
        raise NotAllowedError
    seal_and_project(
        NewEntry(
            books=(office,),
            parts=fact.parts(),
            entry_id=once.entry_id,
            signed_by=once.by,
            signed_at=at,
            auth=auth,
        )
    )
