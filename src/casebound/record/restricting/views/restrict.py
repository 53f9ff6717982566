"""Restrict an entry, or parts of it, that was sealed before: for those who answer for the book."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import WorkerId
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.access.actions import note_reading
from casebound.people.access.colleagues import colleagues_at
from casebound.people.access.http import load_book
from casebound.people.access.other_names import names_for
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.restricted.holding import WHOLE, Scope
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import entry_in
from casebound.record.restricting import actions
from casebound.record.restricting.forms import SCOPES, RestrictForm
from casebound.record.restricting.longest import longest_of_each
from casebound.record.restricting.parts import WHOLE_NAME, EntryPart, parts_of
from casebound.record.restricting.reads import last_step, restrictions_of_entry, restrictions_seen
from casebound.rulebook.catalogue.grounds import grounds_asking


@require_http_methods(["GET", "POST"])
@load_book
def restrict(request: WorkerRequest, book: SeenBook, number: int) -> HttpResponse:
    """Ask what, who it is kept from, on which ground and until when; on POST seal it."""
    entry = _entry_or_404(book, number)
    now, parts = timezone.now(), parts_of(Entry.read(entry), book.id)
    form = _form(request, book, entry, parts)

    def seal(answers: dict[str, Any], proof: str) -> None:
        actions.restrict(
            book=book,
            number=number,
            parts=[WHOLE if part == WHOLE_NAME else part for part in answers["parts"]],
            scope=Scope(answers["scope"]),
            grounds=grounds_in(answers),
            seen=answers["seen"],
            decided_by=WorkerId(answers["decided_by"]) if answers["decided_by"] else None,
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('restricting:section')}?done=restricted")
    note_reading(book, what="entry", first=number, last=number, at=now)
    held = restrictions_of_entry(book, entry.index)
    names = names_for(request, book)
    return form_page(
        request,
        "restricting/restrict.html",
        form,
        {
            "book": book,
            "names": names,
            "number": number,
            "parts": [(part.name, part.words, names.shown(part.begins)) for part in parts],
            "scopes": SCOPES,
            "held": restrictions_seen(held, {book.id: book}, at=now),
            "longest": longest_of_each(),
            "asks_reference": grounds_asking("reference"),
            "asks_officer": grounds_asking("officer"),
        },
    )


def _entry_or_404(book: SeenBook, number: int) -> ReadEntry:
    """Return the entry, if this worker answers for the book and somebody wrote it on a form."""
    entry = entry_in(book, number)
    if book.may(Permission.ANSWER_FOR_BOOK) is None or entry is None:
        raise Http404
    if entry.is_damaged or not is_written(entry):
        raise Http404
    return entry


def _form(
    request: WorkerRequest, book: SeenBook, entry: ReadEntry, parts: list[EntryPart]
) -> RestrictForm:
    colleagues = colleagues_at(book, at=timezone.now())
    managers = {who.id: who.name for who in colleagues if who.may(Permission.ANSWER_FOR_BOOK)}
    managers.setdefault(request.worker, request.account.full_name)
    return RestrictForm(
        request.POST or None,
        initial={"seen": last_step(book.id, entry.index), "decided_by": request.worker},
        parts=[(part.name, part.words) for part in parts],
        managers=[*managers.items()],
        colleagues=[(who.id, who.name) for who in colleagues if who.id != request.worker],
    )


def grounds_in(answers: dict[str, Any]) -> actions.Grounds:
    """Return the grounds that a form says."""
    return actions.Grounds(
        ground=answers["ground"],
        reason=answers["reason"],
        review_on=answers["review_on"],
        reference=answers["reference"],
        officer=answers["officer"],
        kept_from=[WorkerId(worker) for worker in answers["kept_from"]],
    )
