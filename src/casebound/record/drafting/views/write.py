"""The writing page, and the saving that goes on while one types."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import clock
from casebound.people.access.reads import SeenBook
from casebound.people.access.roles import role_in
from casebound.people.accounts.reauthentication import prove_again
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting import actions, forms
from casebound.record.drafting.actions import Signing, StaleDraftError
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.reads import OpenDraft, missing_from, open_draft, would_be_late
from casebound.record.notes import reads as notes
from casebound.rulebook.catalogue.marks import Ground, HowKnown

STALE = 409


@require_http_methods(["GET", "POST"])
@load_draft
def write(request: WorkerRequest, draft: OpenDraft, book: SeenBook) -> HttpResponse:
    """Show the draft; on POST keep it and go where the pressed button leads."""
    if request.method != "POST":
        return _page(request, draft, book)
    version = _version(request)
    content = forms.content_of(draft.form, request.POST)
    try:
        actions.save_draft(draft=draft, content=content, version=version, at=timezone.now())
    except StaleDraftError as stale:
        # Both versions are shown: the kept one in the boxes' place below, the posted one in them.
        return _page(request, draft, book, mine=content, stale=stale, status=STALE)
    if "keep" in request.POST and draft.form.sealed_at_once:
        return _keep(request, draft, book)
    if "read" in request.POST:
        return redirect("drafting:sign", draft.id)
    return redirect("drafting:write", draft.id)


def _keep(request: WorkerRequest, draft: OpenDraft, book: SeenBook) -> HttpResponse:
    """Seal a note at once: what is typed is kept either way (P03, P04)."""
    now = timezone.now()
    again = open_draft(draft.id, author=draft.author) or draft
    try:
        proof = prove_again(request, password=request.POST.get("password", ""))
        done = actions.sign_draft(
            draft=again,
            book=book,
            signing=Signing(
                worker=request.worker,
                full_name=request.account.full_name,
                role=role_in(book, at=now),
                auth=proof,
            ),
            at=now,
        )
    except RefusedError as refused:
        return _page(request, again, book, refused=refused, status=422)
    number = done.numbers[book.id]
    return redirect(f"{reverse('chronology:entry', args=[book.id, number])}?sealed=1")


@require_POST
@load_draft
def save(request: WorkerRequest, draft: OpenDraft, book: SeenBook) -> HttpResponse:
    """Keep what was typed so far and say so, in a line (P12)."""
    now = timezone.now()
    content = forms.content_of(draft.form, request.POST)
    context: dict[str, Any] = {"draft": draft, "at": clock(now)}
    try:
        version = actions.save_draft(
            draft=draft, content=content, version=_version(request), at=now
        )
    except StaleDraftError as stale:
        return render(
            request, "drafting/_stale.html", {**context, "stale": stale}, status=STALE
        )
    return render(request, "drafting/_saved.html", {**context, "version": version})


@require_POST
@load_draft
def discard(request: WorkerRequest, draft: OpenDraft, book: SeenBook) -> HttpResponse:
    """Throw the draft away, once that was confirmed."""
    if "sure" not in request.POST:
        return render(request, "drafting/discard.html", {"draft": draft, "book": book})
    actions.discard_draft(draft=draft)
    return redirect("desk:shift")


@require_GET
@load_draft
def kept(request: WorkerRequest, draft: OpenDraft, book: SeenBook) -> HttpResponse:
    """Show the draft as it is kept on the server, beside a window that is behind."""
    return _page(request, draft, book)


def _version(request: WorkerRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004


def _page(
    request: WorkerRequest,
    draft: OpenDraft,
    book: SeenBook,
    *,
    mine: Any = None,
    stale: StaleDraftError | None = None,
    refused: RefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    content = mine or draft.content
    now = timezone.now()
    found = missing_from(draft, now=now) if refused or "check" in request.GET else ()
    errors = {one.field: one.words for one in found}
    shown_version = stale.draft.version if stale else draft.version
    shown_fields = forms.fields_shown(draft.form, content, errors)
    day, time = _day_time(content.happened_from)
    end_day, end_time = _day_time(content.happened_to)
    return render(
        request,
        "drafting/write.html",
        {
            "draft": draft,
            "book": book,
            "content": content,
            "version": shown_version,
            "stale": stale,
            "errors": errors,
            "missing": [(one.field, one.words) for one in found],
            "statements": _numbered(forms.statements_shown(content), errors),
            "fields": shown_fields,
            "grounds": [(one.value, one.label) for one in Ground.offered()],
            "known": [(one.value, one.label) for one in HowKnown.offered()],
            "present_lines": forms.people_lines(content.present),
            "when": {"day": day, "time": time, "end_day": end_day, "end_time": end_time},
            "notes": notes.notes_to_draw_on(book.id, request.worker, now=now),
            "late": would_be_late(content, now=now),
            "at": clock(draft.saved_at) if draft.version > 1 else "",
            "nobody": ["1"] if content.present_nobody else [],
            "fields_open": any(one["error"] or one["value"] for one in shown_fields)
            or any(field.required_by for field in draft.form.fields),
            "name": request.account.full_name,
            "refused": refused,
        },
        status=status,
    )


def _numbered(statements: Any, errors: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "n": number,
            "of": statement,
            "errors": {
                field.removeprefix(f"statements-{number}-"): words
                for field, words in errors.items()
                if field.startswith(f"statements-{number}-")
            },
        }
        for number, statement in enumerate(statements, start=1)
    ]


def _day_time(text: str) -> tuple[str, str]:
    day, _, time = text.partition("T")
    return day, time[:5]
