"""Words: the provider's own list, the product's, and what acronyms stand for (P46, P47)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET

from casebound.people.access.http import load_books
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.rulebook.glossary import reads
from casebound.rulebook.language.vocabulary import TermKind, shipped

SORTS = {
    TermKind.CARE: gettext_noop("Words that can hurt or label"),
    TermKind.PLAIN: gettext_noop("Words that can be plainer"),
    TermKind.OPINION: gettext_noop("Opinion told as fact"),
    TermKind.GROUP: gettext_noop("Words about groups of people"),
}


@require_GET
@load_books
def words(request: WorkerRequest, _books: list[SeenBook]) -> HttpResponse:
    """Show the words. The most offensive ones are not spelled out; hints know them."""
    terms = sorted(shipped().terms.values(), key=lambda term: term.term.casefold())
    return render(
        request,
        "glossary/words.html",
        {
            "own": reads.own_terms(),
            "may": reads.may_add(request.worker, at=timezone.now()),
            "sorts": [
                (gettext(heading), [term for term in terms if term.sort is sort])
                for sort, heading in SORTS.items()
            ],
            "acronyms": sorted(shipped().acronyms.items()),
        },
    )
