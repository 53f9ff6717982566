"""Read through and sign: the entry as it will read, what is missing, and the signature (P48)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import in_words
from casebound.foundation.web import marked
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.actions import StaleBookError
from casebound.people.access.reads import SeenBook
from casebound.people.access.roles import role_in
from casebound.people.accounts.reads import has_passkey
from casebound.people.accounts.reauthentication import prove_again
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.duties.entries import WHOLE
from casebound.people.homes.reads import child_names
from casebound.people.rights.shape import Permission
from casebound.record.attachments.reads import UploadSeen, fingerprint, uploads_of
from casebound.record.book import wording
from casebound.record.book.entries import Entry
from casebound.record.book.separating import in_book
from casebound.record.drafting import actions, concerning
from casebound.record.drafting.actions import DraftChangedError, Signing
from casebound.record.drafting.hinting import hints_of
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.reads import OpenDraft, missing_from, would_be_late
from casebound.record.followups.duties import CONCERN
from casebound.rulebook.catalogue.registers import register_words

KNOWN = "known"  # posted by who has read that a measure is never allowed, and signs all the same


@require_http_methods(["GET", "POST"])
@load_draft
def sign(request: WorkerRequest, draft: OpenDraft, book: SeenBook) -> HttpResponse:
    """Show the entry as it will read; on POST prove again who signs, and seal it."""
    now = timezone.now()
    prohibited = draft.form.prohibited(draft.content.answers, secure=book.secure)
    if request.method != "POST" or (prohibited and KNOWN not in request.POST):
        return _page(request, draft, book)  # it says first what is never allowed
    try:
        _check_read_through(request, draft)
        if request.POST.get("pages", "")[:9].isdecimal():
            draft = actions.read_again(
                draft=draft,
                book=BookId(request.POST.get("pages_of", draft.book)),
                pages=int(request.POST["pages"][:9]),
                at=now,
            )
        number = signed(request, draft, book, at=now)
    except StaleBookError as stale:
        return _page(request, draft, book, refused=stale, stale=stale, status=409)
    except DraftChangedError as changed:
        return _page(request, draft, book, refused=changed, status=409)
    except RefusedError as refused:
        return _page(request, draft, book, refused=refused, status=422)
    if prohibited:
        return _lead_on(request, book, number, now)
    return sealed_page(book, number)


def sealed_page(book: SeenBook, number: int) -> HttpResponse:
    """Go on to the entry; who may do no more in the book than finish, to their Shift page."""
    if not book.may(Permission.READ_BOOK):
        return redirect(f"{reverse('desk:shift')}?sealed={number}")
    return redirect(f"{reverse('chronology:entry', args=[book.id, number])}?sealed=1")


def _lead_on(request: WorkerRequest, book: SeenBook, number: int, at: datetime) -> HttpResponse:
    """Go on to the safeguarding concern. Who walks away loses nothing: the duty stays."""
    entry = sealed.entry_at(book.id, number)
    if entry is None:
        return sealed_page(book, number)
    draft = actions.begin_follow_up(
        book=book, entry=entry, form=CONCERN.next_form, subject=WHOLE, by=request.worker, at=at
    )
    return redirect(f"{reverse('drafting:write', args=[draft])}?sealed={number}")


def _check_read_through(request: WorkerRequest, draft: OpenDraft) -> None:
    """Make sure that what is signed is what the page showed (P48).

    Raises:
        DraftChangedError: it was saved from another window since.
    """
    if request.POST.get("version", str(draft.version)) != str(draft.version):
        raise DraftChangedError
    files = request.POST.get("files")
    if files is not None and files != fingerprint(uploads_of(draft.id, draft.book)):
        raise DraftChangedError


def signed(request: WorkerRequest, draft: OpenDraft, book: SeenBook, *, at: datetime) -> int:
    """Check again who signs, seal the draft, and return its number in the book.

    Raises:
        RefusedError: the proof is wrong, something is missing, or the book has grown.
    """
    proof = prove_again(
        request,
        password=request.POST.get("password", ""),
        passkey=request.POST.get("passkey", ""),
    )
    done = actions.sign_draft(
        draft=draft,
        book=book,
        signing=Signing(
            worker=request.worker,
            full_name=request.account.full_name,
            role=role_in(book, at=at),
            auth=proof,
        ),
        at=at,
    )
    return done.numbers[book.id]


def proving(request: WorkerRequest, refused: RefusedError | None, *, name: str) -> dict[str, Any]:
    """Return what the page needs to ask again who signs. 1 query."""
    wrong = getattr(refused, "field", "")
    return {
        "name": name,
        "passkey": has_passkey(request.worker),
        "wrong_proof": f"{refused.why} {refused.do}" if refused and wrong else "",
    }


def about_shown(draft: OpenDraft) -> marked.Entry | None:
    """Return the earlier entry that the draft puts right, as it was signed; None if none."""
    earlier = sealed.entry_of(draft.about.entry_id) if draft.about else None
    if earlier is None or draft.about is None:
        return None
    number = draft.about.number
    return _shown(
        Entry.read(earlier),
        draft.book,
        number=number,
        at=earlier.signed_at,
        files_at=reverse("chronology:entry", args=[draft.book, number]),
    )


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
    uploads = uploads_of(draft.id, draft.book)
    gaps = [
        (one.words, one.rule, f"{back}?check=1#{one.field}")
        for one in missing_from(draft, book=book, now=now, uploads=uploads)
    ]
    role = role_in(book, at=now)
    return render(
        request,
        "drafting/sign.html",
        {
            "draft": draft,
            "book": book,
            "back": back,
            "gaps": gaps,
            "ready": not gaps,
            "files": fingerprint(uploads),
            "shown": []
            if gaps
            else _as_it_will_read(request, draft, uploads, book, role=role, now=now),
            "about": about_shown(draft),
            "hinted": hints_of(draft.content),
            **_where_it_goes(draft, book, now),
            "role": role,
            "when": in_words(now),
            "late": would_be_late(draft.content, now=now),
            "refused": refused,
            "stale": stale,
            "prohibited": draft.form.prohibited(draft.content.answers, secure=book.secure),
            "known": KNOWN in request.GET or KNOWN in request.POST,
            **proving(request, refused, name=request.account.full_name),
        },
        status=status,
    )


def _where_it_goes(draft: OpenDraft, book: SeenBook, now: datetime) -> dict[str, Any]:
    """Say in words which books the entry goes into, and which register numbers it."""
    books = concerning.books_of(draft, book, at=now)
    names = [one.title for one in books]
    words = f"book of {names[0]}"
    if names[1:]:
        words = f"books of {', '.join(names[:-1])} and {names[-1]}"
    if draft.form.register is not None:
        words += f", and numbered in {register_words(draft.form.register)}"
    return {"goes_into": words}


def _as_it_will_read(
    request: WorkerRequest,
    draft: OpenDraft,
    uploads: Sequence[UploadSeen],
    book: SeenBook,
    *,
    role: str,
    now: datetime,
) -> list[tuple[str, marked.Entry]]:
    """Return the entry as it will read in each book: with no number and no signature yet."""
    signing = Signing(
        worker=request.worker, full_name=request.account.full_name, role=role, auth=""
    )
    fact = actions.entry_from(draft, home=book, signing=signing, at=now, uploads=uploads)
    at = reverse("drafting:write", args=[draft.id])
    books = concerning.books_of(draft, book, at=now)
    return [
        (
            one.title,
            replace(
                _shown(fact, one.id, number=0, at=now, files_at=at),
                signed="",
                anchor=f"in-{place}",
            ),
        )
        for place, one in enumerate(books)
    ]


def _shown(
    fact: Entry, book: BookId, *, number: int, at: datetime, files_at: str = ""
) -> marked.Entry:
    names = child_names(named) if (named := wording.children_named(fact)) else {}
    return wording.shown(
        in_book(fact, book),
        number=number,
        signed_at=at,
        names=names,
        book=book,
        files_at=files_at,
    )
