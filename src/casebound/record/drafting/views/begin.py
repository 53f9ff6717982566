"""Begin writing: one tap from the Shift page."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.book.reads import forms_of
from casebound.record.drafting import actions
from casebound.record.missing.reads import open_episode
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import Register


@require_POST
@load_book
def begin(request: WorkerRequest, book: SeenBook, form: str) -> HttpResponse:
    """Begin an entry on a form in this book, or go on with one that is still untouched.

    While the child is missing, "not where expected" leads to the log.
    """
    if form not in {offered.name for offered in forms_of(book)}:
        raise Http404
    if catalogue.form(form).register is Register.MISSING and (open_now := open_episode(book.id)):
        # One log for one time missing: a second worker writes in the log that the first began.
        return redirect("missing:episode", book.id, open_now)
    draft = actions.begin_draft(book=book, form=form, by=request.worker, at=timezone.now())
    return redirect("drafting:write", draft)
