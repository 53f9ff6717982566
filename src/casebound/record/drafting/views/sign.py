"""Read through and sign: the entry as it will read, what is missing, and the signature (P48)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import in_words
from casebound.foundation.web.asked import asked
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.actions import StaleBookError
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.attachments.reads import fingerprint
from casebound.record.drafting import actions
from casebound.record.drafting.actions import DraftChangedError
from casebound.record.drafting.hinting import hints_of
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.medicine_shown import medicine_shown
from casebound.record.drafting.missing import missing_from, would_be_late
from casebound.record.drafting.names_noticed import names_noticed
from casebound.record.drafting.never_said import for_group, never_said
from casebound.record.drafting.new_pages import new_pages
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.quoting import not_shown, note_quoted, quoted_pages
from casebound.record.drafting.same_words import same_words
from casebound.record.drafting.showing import (
    as_it_will_read,
    earlier_shown,
    told_shown,
    where_it_goes,
)
from casebound.record.drafting.signature import asked_again, signed, signing_of
from casebound.record.drafting.signed_already import to_the_entry
from casebound.record.followups.duties import CONCERN
from casebound.record.followups.reads import whole_of
from casebound.rulebook.catalogue.shape import Prohibited
from casebound.rulebook.catalogue.unusual import unusual

KNOWN = "known"  # posted once the author has read that a measure is never allowed
CHANGED, REFUSED = 409, 422
LONGEST_NUMBER = 9  # digits of a page


@require_http_methods(["GET", "POST"])
@load_draft
def sign(request: WorkerRequest, prepared: PreparedDraft) -> HttpResponse:
    """Show the entry as it will read; on POST prove again who signs, and seal it."""
    prohibited = _prohibited(prepared)
    if request.method != "POST" or (prohibited and KNOWN not in request.POST):
        return _page(request, prepared)  # the page first says what is never allowed
    try:
        prepared = _as_read_through(request, prepared)
        number = signed(request, prepared)
    except (StaleBookError, DraftChangedError) as changed:
        return _page(request, prepared, refused=changed, status=CHANGED)
    except RefusedError as refused:
        return _page(request, prepared, refused=refused, status=REFUSED)
    if prohibited:
        return _lead_on(prepared, number)
    return to_the_entry(prepared.book, number, live_log=prepared.draft.form.live_log)


def _as_read_through(request: WorkerRequest, prepared: PreparedDraft) -> PreparedDraft:
    """Return the draft with the pages read since, if it is what the page showed (P48).

    Raises:
        DraftChangedError: it was saved from another window since.
    """
    posted, draft = request.POST, prepared.draft
    if posted.get("version", str(draft.version)) != str(draft.version):
        raise DraftChangedError
    if "files" in posted and posted["files"] != fingerprint(prepared.files):
        raise DraftChangedError
    read = zip(posted.getlist("pages_of"), posted.getlist("pages"), strict=False)
    for book, pages in read:
        if pages.isdecimal() and len(pages) <= LONGEST_NUMBER:
            draft = actions.read_again(
                draft=draft, book=BookId(book), pages=int(pages), at=prepared.at
            )
    prepared = prepared.with_draft(draft)
    for new in new_pages(prepared):
        if new.says_nothing:
            draft = actions.read_again(draft=draft, book=new.book, pages=new.now, at=prepared.at)
    return prepared.with_draft(draft)


def _lead_on(prepared: PreparedDraft, number: int) -> HttpResponse:
    """Go on to the safeguarding concern. If the author leaves the page, the duty stays."""
    book = prepared.book
    entry = sealed.entry_at(book.id, number)
    if entry is None:
        return to_the_entry(book, number, live_log=False)
    draft = actions.begin_follow_up(
        book=book,
        entry=entry,
        form=CONCERN.next_form,
        subject=whole_of(CONCERN.key, CONCERN.next_form),
        by=book.worker,
        at=prepared.at,
    )
    return redirect(f"{reverse('drafting:write', args=[draft])}?sealed={number}")


def _prohibited(prepared: PreparedDraft) -> tuple[Prohibited, ...]:
    draft = prepared.draft
    return draft.form.prohibited(draft.content.answers, secure=prepared.book.secure)


def _page(
    request: WorkerRequest,
    prepared: PreparedDraft,
    *,
    refused: RefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    draft = prepared.draft
    back = reverse("drafting:write", args=[draft.id])
    gaps = [(gap.words, gap.rule, f"{back}?check=1#{gap.field}") for gap in missing_from(prepared)]
    signing = signing_of(request, prepared)
    earlier = earlier_shown(prepared)
    context: dict[str, Any] = {
        "draft": draft,
        "book": prepared.book,
        "back": back,
        "can_move": draft.about is None,
        "gaps": gaps,
        "ready": not gaps,
        "files": fingerprint(prepared.files),
        "shown": [] if gaps else as_it_will_read(prepared, signing),
        "same_words": [] if gaps else same_words(prepared),
        "about": earlier,
        "told": told_shown(prepared, earlier),
        "not_shown": not_shown(draft, prepared.unread),
        "medicine": medicine_shown(prepared),
        "hinted": hints_of(draft.content),
        "noticed": [] if gaps else names_noticed(prepared),
        "unusual": unusual(draft.form, draft.content, prepared.setting),
        "never_said": never_said(draft.form, draft.content, secure=prepared.book.secure),
        "for_group": for_group(
            draft.form, draft.content, children=len(prepared.books), secure=prepared.book.secure
        ),
        "asks_about_ten": any(choice.prohibited for f in draft.form.fields for choice in f.choices),
        "goes_into": where_it_goes(prepared),
        "role": signing.role,
        "when": in_words(prepared.at),
        "late": would_be_late(draft.content, now=prepared.at),
        "refused": refused,
        "stale": isinstance(refused, StaleBookError),
        "new_pages": [] if gaps else [new for new in new_pages(prepared) if not new.says_nothing],
        "prohibited": _prohibited(prepared),
        "needs_agreement": prepared.needs_agreement,
        "known": asked(request).flag(KNOWN) or KNOWN in request.POST,
        **asked_again(request, refused),
    }
    note_quoted(prepared.book, quoted_pages(context), at=prepared.at)
    return render(request, "drafting/sign.html", context, status=status)
