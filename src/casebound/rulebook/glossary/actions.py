"""Adding a term of the provider's own, and withdrawing one: sealed in the office's book."""

from datetime import datetime
from typing import ClassVar, Final

from casebound.foundation.base.ids import WorkerId, new_id
from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.foundation.proof.canonical import clean_text
from casebound.foundation.proof.errors import UnsealableTextError
from casebound.ledger.projecting.actions import seal_and_project
from casebound.ledger.projecting.kinds import Kind
from casebound.ledger.sealing.actions import NewEntry
from casebound.people.homes.reads import book_of
from casebound.rulebook.glossary.entries import TermAdded, TermWithdrawn
from casebound.rulebook.glossary.models import ProviderTerm
from casebound.rulebook.glossary.reads import AT_MOST, may_add

LONGEST: Final = {"term": 60, "instead": 120, "why": 300}


class TermRefusedError(RefusedError):
    """A term is not added. `field` is what the refusal is about."""

    field: ClassVar = "term"
    what = "This was not sealed."
    why = "It needs the word, with 60 letters at most, and what to write instead, with 120."
    do = "Type both, without line breaks."


class TermKnownError(TermRefusedError):
    """The provider has the term already, or as many as it can have."""

    why = f"The word is on your list already, or there are {AT_MOST} on it."
    do = "Withdraw one first."


def add_term(*, term: str, instead: str, why: str, by: WorkerId, at: datetime, auth: str) -> str:
    """Add a term; every hint from now on knows it. Return its id.

    Raises:
        NotAllowedError: `by` is no manager.
        TermRefusedError: a text is empty, too long or cannot be sealed.
        TermKnownError: the term is there, or there is no room for more.
    """
    if not may_add(by, at=at):
        raise NotAllowedError
    said = {"term": _line(term), "instead": _line(instead), "why": _line(why)}
    if not said["term"] or not said["instead"]:
        raise TermRefusedError
    if any(len(text) > LONGEST[name] for name, text in said.items()):
        raise TermRefusedError
    if (
        ProviderTerm.objects.filter(term__iexact=said["term"]).exists()
        or ProviderTerm.objects.count() >= AT_MOST
    ):
        raise TermKnownError
    made = new_id()
    _seal(TermAdded(term_id=made, **said), by=by, at=at, auth=auth)
    return made


def withdraw_term(*, term: str, by: WorkerId, at: datetime, auth: str) -> None:
    """Withdraw a term; that it was there stays on the office's book.

    Raises:
        NotAllowedError: `by` is no manager, or there is no such term.
    """
    if not may_add(by, at=at) or not ProviderTerm.objects.filter(id=term).exists():
        raise NotAllowedError
    _seal(TermWithdrawn(term_id=term), by=by, at=at, auth=auth)


def _line(text: str) -> str:
    try:
        return " ".join(clean_text(text).split())
    except UnsealableTextError:
        raise TermRefusedError from None


def _seal(fact: Kind, *, by: WorkerId, at: datetime, auth: str) -> None:
    office = book_of(None)
    if office is None:
        raise NotAllowedError
    seal_and_project(
        NewEntry(books=(office,), parts=fact.parts(), signed_by=by, signed_at=at, auth=auth)
    )
