"""The files of a draft: adding them, saying what they are, their order."""

from collections.abc import Iterable
from functools import partial

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import ChildId, is_id
from casebound.foundation.base.messages import gettext
from casebound.foundation.web.lengths import takes_files
from casebound.ledger.keyring.actions import book_key
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.attachments import actions as attaching
from casebound.record.attachments.not_taken import NotTakenError
from casebound.record.attachments.reads import uploads_of
from casebound.record.attachments.rules import LARGEST_TOGETHER, LIMITS, MB, OFFERED, FileKind
from casebound.record.attachments.uploads import EncryptingHandler
from casebound.record.drafting import actions
from casebound.record.drafting.actions import DraftChangedError
from casebound.record.drafting.drafts import OpenDraft
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.showing import files_shown

MOST_AT_ONCE = LARGEST_TOGETHER + 2 * MB  # the browser sends some bytes with the files
TOO_LARGE, NOT_TAKEN = 413, 422


@takes_files(at_most=MOST_AT_ONCE)
@csrf_exempt  # the form's secret is read in `_posted`: reading it is reading the files
@require_http_methods(["GET", "POST"])
@load_draft
def files(request: WorkerRequest, prepared: PreparedDraft) -> HttpResponseBase:
    """Show the files of the draft; on POST store new files and what was typed about them."""
    if request.method != "POST":
        return _page(request, prepared)
    if int(request.headers.get("Content-Length") or 0) > MOST_AT_ONCE:
        # Nothing of it is read: the page says so at once, and no byte is stored.
        return _page(request, prepared, refused=[NotTakenError("together")], status=TOO_LARGE)
    handler = EncryptingHandler(book_key(prepared.draft.book))
    request.upload_handlers = [handler]
    try:
        return _posted(request, prepared, handler)
    finally:
        handler.abandon_rest()


@csrf_protect
def _posted(
    request: WorkerRequest, prepared: PreparedDraft, handler: EncryptingHandler
) -> HttpResponse:
    draft, posted = prepared.draft, request.POST  # reads the whole form, files and all
    _describe(prepared, posted)
    refused = list(handler.refused)
    added: list[str] = []
    twice: list[tuple[str, str]] = []
    for arrived in handler.claim():
        try:
            file = attaching.add_file(
                draft=draft.id,
                book=draft.book,
                arrived=arrived,
                at=prepared.at,
                check=partial(actions.check_in_its_book, draft=draft),
            )
        except NotTakenError as not_taken:
            refused.append(not_taken)
        except DraftChangedError:
            refused.append(NotTakenError("moved", arrived.name))
        else:
            if file.before:
                twice.append((arrived.name, file.id))
            else:
                added.append(arrived.name)
    button = posted.get("do", "")
    _remove_or_move(draft, button)
    actions.note_files(draft=draft, at=prepared.at)
    if refused or twice:
        return _page(request, prepared, refused=refused, twice=twice, added=added, status=NOT_TAKEN)
    return redirect("drafting:write" if button == "back" else "drafting:files", draft.id)


def _describe(prepared: PreparedDraft, posted: QueryDict) -> None:
    """Save what was typed about the files of the draft."""
    for upload in prepared.files:
        if f"kind-{upload.id}" in posted:
            attaching.describe(
                upload=upload,
                kind=posted.get(f"kind-{upload.id}", ""),
                alt=posted.get(f"alt-{upload.id}", ""),
                scale=posted.get(f"scale-{upload.id}", ""),
                about=_about(posted, f"about-{upload.id}"),
            )


def _about(posted: QueryDict, name: str) -> tuple[ChildId, ...] | None:
    """Return the child a file is about alone, nobody for all; None if it was not asked."""
    if name not in posted:
        return None
    child = str(posted[name])
    return (ChildId(child),) if is_id(child) else ()


def _remove_or_move(draft: OpenDraft, button: str) -> None:
    """Do what a button next to a file asks."""
    verb, _, upload_id = button.partition(":")
    uploads = uploads_of(draft.id, draft.book)
    for upload in uploads:
        if upload.id == upload_id and verb == "remove":
            attaching.remove(upload=upload)
    if verb in {"up", "down"}:
        attaching.move(uploads=uploads, upload=upload_id, steps=-1 if verb == "up" else 1)


def _children(prepared: PreparedDraft) -> list[tuple[str, str]]:
    """Return the children a file may be about alone; nobody if the draft is about one child."""
    if len(prepared.books) == 1 and not any(upload.file.about for upload in prepared.files):
        return []
    return [("", gettext("All of them")), *((book.id, book.title) for book in prepared.books)]


def _page(
    request: WorkerRequest,
    prepared: PreparedDraft,
    *,
    refused: Iterable[NotTakenError] = (),
    twice: Iterable[tuple[str, str]] = (),
    added: Iterable[str] = (),
    status: int = 200,
) -> HttpResponse:
    draft = prepared.draft
    files = files_shown(uploads_of(draft.id, draft.book))
    numbers = {file["id"]: file["number"] for file in files}
    context = {
        "draft": draft,
        "book": prepared.book,
        "files": files,
        "children": _children(prepared),
        "kinds": [(kind.value, kind.label) for kind in FileKind],
        "limits": [gettext(limit) for limit in LIMITS],
        "offered": OFFERED,
        "refused": refused,
        "added": added,
        "twice": [(name, numbers[file]) for name, file in twice if file in numbers],
        "most": LARGEST_TOGETHER,
    }
    return render(request, "drafting/files.html", context, status=status)
