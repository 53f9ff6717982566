"""The writing page: show the draft, save what was typed, go where the pressed button leads."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.web.asked import AS_USUAL, asked
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting import actions, forms, open_pages
from casebound.record.drafting.actions import DraftChangedError, StaleDraftError
from casebound.record.drafting.both_page import (
    PUT_TOGETHER,
    both_page,
    put_together,
    typed_here,
)
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.move_page import moved
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.quoting import note_quoted, quoted_pages
from casebound.record.drafting.signature import asked_again, signed
from casebound.record.drafting.signed_already import to_the_entry
from casebound.record.drafting.write_page import write_page

STALE, REFUSED = 409, 422


@require_http_methods(["GET", "POST"])
@load_draft
def write(request: WorkerRequest, prepared: PreparedDraft) -> HttpResponse:
    """Show the draft; on POST save it and go where the pressed button leads."""
    if request.method != "POST":
        read = actions.note_read(draft=prepared.draft, at=prepared.at)
        return _page(request, prepared.with_draft(read))
    here = typed_here(request, prepared)
    if PUT_TOGETHER in request.POST:
        content, back = put_together(request, prepared, here), "?saved=1"
    else:
        content, back = forms.as_asked(prepared.draft.form, here, request.POST)
    try:
        version = actions.save_draft(
            draft=prepared.draft,
            content=content,
            version=forms.version_of(request.POST),
            at=prepared.at,
            page=forms.page_of(request.POST),
            book=forms.book_of(request.POST),
        )
    except StaleDraftError as stale:
        return both_page(request, prepared, here=here, stale=stale)
    return _go_on(request, prepared.saved(content, version), back)


def _go_on(request: WorkerRequest, prepared: PreparedDraft, back: str) -> HttpResponse:
    draft = prepared.draft
    if "keep" in request.POST and draft.form.sealed_at_once:
        return _seal_at_once(request, prepared)
    if "read" in request.POST:
        return redirect("drafting:sign", draft.id)
    if back in {forms.TO_FILES, forms.TO_MOVE}:
        return redirect(f"drafting:{back}", draft.id)
    if to := forms.moves_to(request.POST):
        return moved(request, prepared, to)
    if forms.has_looked(request.POST):
        return _looked_again(request, prepared)
    return redirect(f"{reverse('drafting:write', args=[draft.id])}{back}")


def _looked_again(request: WorkerRequest, prepared: PreparedDraft) -> HttpResponse:
    """Note that the author looked at what a move made uncertain."""
    draft = prepared.draft
    try:
        actions.note_looked_again(draft=draft, at=prepared.at)
    except DraftChangedError as changed:
        return _page(request, prepared, refused=changed, status=STALE)
    return redirect(f"{reverse('drafting:write', args=[draft.id])}?saved=1")


def _seal_at_once(request: WorkerRequest, prepared: PreparedDraft) -> HttpResponse:
    """Seal a note at once. What was typed is saved even if sealing is refused (P03, P04)."""
    try:
        number = signed(request, prepared)
    except RefusedError as refused:
        return _page(request, prepared, refused=refused, status=REFUSED)
    return to_the_entry(prepared.book, number, live_log=prepared.draft.form.live_log)


def _page(
    request: WorkerRequest,
    prepared: PreparedDraft,
    *,
    refused: RefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = write_page(
        prepared,
        content=prepared.draft.content,
        version=prepared.draft.version,
        check=asked(request).flag("check") or bool(refused),
    )
    note_quoted(prepared.book, quoted_pages(context), at=prepared.at)
    draft, about = prepared.draft.id, prepared.draft.about
    elsewhere = open_pages.elsewhere(request, draft, at=prepared.at)
    open_pages.note_opened(request, draft, page=context["page"], at=prepared.at)
    sealed = asked(request).number("sealed", label=gettext_noop("Sealed"), instead=AS_USUAL)
    context |= {
        "refused": refused,
        "elsewhere": elsewhere,
        "just_saved": asked(request).flag("saved") and bool(context["at"]),
        "sealed_before": sealed if about and sealed else 0,
        **asked_again(request, refused),
    }
    context["missing"] = context["missing"] or context["proof_errors"]
    return render(request, "drafting/write.html", context, status=status)
