"""Read through and sign: the entry as it will read, what is missing, and the signature (P48)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import in_words
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.actions import StaleBookError
from casebound.people.access.reads import SeenBook
from casebound.people.access.roles import role_in
from casebound.people.accounts.reauthentication import prove_again
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.book.wording import shown_fact
from casebound.record.drafting import actions
from casebound.record.drafting.actions import Signing
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.reads import OpenDraft, missing_from, would_be_late


@require_http_methods(["GET", "POST"])
@load_draft
def sign(request: WorkerRequest, draft: OpenDraft, book: SeenBook) -> HttpResponse:
    """Show the entry as it will read; on POST prove again who signs, and seal it."""
    now = timezone.now()
    if request.method != "POST":
        return _page(request, draft, book)
    try:
        if request.POST.get("pages", "").isdecimal() and draft.about is not None:
            draft = actions.read_again(draft=draft, pages=int(request.POST["pages"]), at=now)
        proof = prove_again(
            request,
            password=request.POST.get("password", ""),
        )
        done = actions.sign_draft(
            draft=draft,
            book=book,
            signing=Signing(
                worker=request.worker,
                full_name=request.account.full_name,
                role=role_in(book, at=now),
                auth=proof,
            ),
            at=now,
        )
    except StaleBookError as stale:
        return _page(request, draft, book, refused=stale, stale=stale, status=409)
    except RefusedError as refused:
        return _page(request, draft, book, refused=refused, status=422)
    number = done.numbers[book.id]
    return redirect(f"{reverse('chronology:entry', args=[book.id, number])}?sealed=1")


def _page(
    request: WorkerRequest,
    draft: OpenDraft,
    book: SeenBook,
    *,
    refused: RefusedError | None = None,
    stale: StaleBookError | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    back = reverse("drafting:write", args=[draft.id])
    gaps = [
        (one.words, one.rule, f"{back}?check=1#{one.field}") for one in missing_from(draft, now=now)
    ]
    role = role_in(book, at=now)
    shown: Any = None
    if not gaps:
        signing = Signing(
            worker=request.worker, full_name=request.account.full_name, role=role, auth=""
        )
        fact = actions.entry_from(draft, home=book, signing=signing, at=now)
        shown = shown_fact(fact, number=sealed.book_pages(book.id) + 1, signed_at=now)
    return render(
        request,
        "drafting/sign.html",
        {
            "draft": draft,
            "book": book,
            "back": back,
            "gaps": gaps,
            "ready": not gaps,
            "shown": shown,
            "name": request.account.full_name,
            "role": role,
            "when": in_words(now),
            "late": would_be_late(draft.content, now=now),
            "refused": refused,
            "stale": stale,
        },
        status=status,
    )
