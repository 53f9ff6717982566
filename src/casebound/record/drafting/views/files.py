"""The files of a draft: adding them, saying what they are, their order."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from casebound.ledger.keyring.actions import book_key
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.attachments import actions as attaching
from casebound.record.attachments.arriving import EncryptingHandler
from casebound.record.attachments.reads import UploadSeen, uploads_of
from casebound.record.attachments.rules import (
    LARGEST_TOGETHER,
    LIMITS_IN_WORDS,
    MB,
    Kind,
    NotTakenError,
)
from casebound.record.attachments.serving import served
from casebound.record.drafting import actions
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.reads import OpenDraft

MOST_AT_ONCE = LARGEST_TOGETHER + 2 * MB  # what a browser sends around the files included
TOO_LARGE, NOT_TAKEN = 413, 422


@csrf_exempt  # the form's secret is read in `_posted`: reading it is reading the files
@require_http_methods(["GET", "POST"])
@load_draft
def files(request: WorkerRequest, draft: OpenDraft, book: SeenBook) -> HttpResponseBase:
    """Show the files of the draft; on POST take what came and keep what was said of them."""
    if request.method != "POST":
        return _page(request, draft, book)
    if int(request.headers.get("Content-Length") or 0) > MOST_AT_ONCE:
        # Not read at all: the words are said at once, and no byte is kept.
        return _page(request, draft, book, refused=[NotTakenError("together")], status=TOO_LARGE)
    handler = EncryptingHandler(book_key(draft.book))
    request.upload_handlers = [handler]
    try:
        return _posted(request, draft, book, handler)
    finally:
        handler.abandon_rest()


@csrf_protect
def _posted(
    request: WorkerRequest, draft: OpenDraft, book: SeenBook, handler: EncryptingHandler
) -> HttpResponse:
    now = timezone.now()
    said = request.POST  # reads the whole form, files and all
    for one in uploads_of(draft.id, draft.book):
        if f"kind-{one.id}" in said:
            attaching.describe(
                upload=one,
                kind=said.get(f"kind-{one.id}", ""),
                alt=said.get(f"alt-{one.id}", ""),
                scale=said.get(f"scale-{one.id}", ""),
            )
    refused = list(handler.refused)
    for arrived in handler.claim():
        try:
            attaching.add_file(draft=draft.id, book=draft.book, arrived=arrived, at=now)
        except NotTakenError as wrong:
            refused.append(wrong)
    _do(draft, said.get("do", ""))
    actions.note_files(draft=draft, at=now)
    if refused:
        return _page(request, draft, book, refused=refused, status=NOT_TAKEN)
    return redirect("drafting:write" if said.get("do") == "back" else "drafting:files", draft.id)


def _do(draft: OpenDraft, asked: str) -> None:
    """Do what a button beside a file asks."""
    verb, _, which = asked.partition(":")
    uploads = uploads_of(draft.id, draft.book)
    for one in uploads:
        if one.id == which and verb == "remove":
            attaching.remove(upload=one)
    if verb in {"up", "down"}:
        attaching.move(uploads=uploads, upload=which, steps=-1 if verb == "up" else 1)


@require_GET
@load_draft
def one(
    _request: WorkerRequest, draft: OpenDraft, _book: SeenBook, number: int, which: str
) -> HttpResponseBase:
    """Give a file of the draft to its author."""
    uploads = uploads_of(draft.id, draft.book)
    if not 0 < number <= len(uploads) or which not in uploads[number - 1].locators:
        raise Http404
    upload = uploads[number - 1]
    of = getattr(upload.file, which)
    name = f"draft-file-{number}"
    return served(upload.pieces(which), of, name=name, inline=which != "original")


def shown_files(draft: OpenDraft) -> list[dict[str, Any]]:
    """Return the draft's files as its pages show them. 1 query."""
    uploads = uploads_of(draft.id, draft.book)
    return [_shown(number, one, len(uploads)) for number, one in enumerate(uploads, start=1)]


def _shown(number: int, upload: UploadSeen, count: int) -> dict[str, Any]:
    file = upload.file
    return {
        "id": upload.id,
        "number": number,
        "kind": file.kind,
        "called": Kind(file.kind).label,
        "name": file.name,
        "alt": file.alt,
        "scale": "" if file.scale_mm is None else str(file.scale_mm),
        "picture": file.is_picture,
        "first": number == 1,
        "last": number == count,
    }


def _page(
    request: WorkerRequest,
    draft: OpenDraft,
    book: SeenBook,
    *,
    refused: list[NotTakenError] | None = None,
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        "drafting/files.html",
        {
            "draft": draft,
            "book": book,
            "files": shown_files(draft),
            "kinds": [(one.value, one.label) for one in Kind],
            "limits": LIMITS_IN_WORDS,
            "refused": refused or [],
            "most": LARGEST_TOGETHER,
        },
        status=status,
    )
