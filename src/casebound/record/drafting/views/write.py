"""The writing page, and the saving that goes on while one types."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import LONDON, clock
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting import actions, concerning, controls, forms, handing_over
from casebound.record.drafting.actions import StaleDraftError
from casebound.record.drafting.controls import Around
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.reads import (
    OpenDraft,
    home_around,
    missing_from,
    open_draft,
    people_in,
    setting_of,
    would_be_late,
)
from casebound.record.drafting.views.files import shown_files
from casebound.record.drafting.views.sign import about_shown, proving, sealed_page, signed
from casebound.record.notes import reads as notes
from casebound.rulebook.catalogue.content import Content, Person
from casebound.rulebook.catalogue.marks import Ground, HowKnown, StatementKind
from casebound.rulebook.catalogue.shape import DRAWN

STALE = 409
TO_FILES = "files"


@require_http_methods(["GET", "POST"])
@load_draft
def write(request: WorkerRequest, draft: OpenDraft, book: SeenBook) -> HttpResponse:
    """Show the draft; on POST keep it and go where the pressed button leads."""
    if request.method != "POST":
        return _page(request, draft, book)
    now = timezone.now()
    typed = forms.each_paragraph(forms.content_of(draft.form, request.POST))
    if typed.originator_id:
        typed = forms.with_originator(typed, home_around(book, at=now).workers)
    content, back = _as_asked(draft, typed, request.POST.get("save", ""))
    try:
        actions.save_draft(draft=draft, content=content, version=_version(request), at=now)
    except StaleDraftError as stale:
        # The boxes hold what was typed here; the kept version is one link away.
        return _page(request, draft, book, mine=content, stale=stale, status=STALE)
    if "keep" in request.POST and draft.form.sealed_at_once:
        return _keep(request, draft, book)
    if "read" in request.POST:
        return redirect("drafting:sign", draft.id)
    if back == TO_FILES:
        return redirect("drafting:files", draft.id)
    return redirect(f"{reverse('drafting:write', args=[draft.id])}{back}")


def _as_asked(draft: OpenDraft, content: Content, asked: str) -> tuple[Content, str]:
    """Return the content as the pressed button wants it, and where on the page to come back."""
    rows = {f"row:{one.name}": one.name for one in draft.form.fields if one.columns}
    if asked == "more":
        content = forms.with_one_more(content)
        return content, f"#statements-{len(content.statements)}-text"
    if asked == "marks":
        return forms.marked_as_known(content), "?check=1"
    drawn = {f"draw:{one.name}": one.name for one in draft.form.fields if one.type in DRAWN}
    if asked in drawn:
        return content, f"#answers-{drawn[asked]}"
    if asked == "files":
        return content, TO_FILES
    if asked in rows:
        return controls.with_one_more_row(content, rows[asked]), f"#answers-{rows[asked]}"
    return content, "?saved=1"


def _keep(request: WorkerRequest, draft: OpenDraft, book: SeenBook) -> HttpResponse:
    """Seal a note at once: what is typed is kept either way (P03, P04)."""
    now = timezone.now()
    again = open_draft(draft.id, author=draft.author) or draft
    try:
        number = signed(request, again, book, at=now)
    except RefusedError as refused:
        return _page(request, again, book, refused=refused, status=422)
    return sealed_page(book, number)


@require_POST
@load_draft
def save(request: WorkerRequest, draft: OpenDraft, _book: SeenBook) -> HttpResponse:
    """Keep what was typed so far and say so, in a line (P12)."""
    now = timezone.now()
    content = forms.content_of(draft.form, request.POST)
    context: dict[str, Any] = {"draft": draft, "at": clock(now)}
    try:
        version = actions.save_draft(
            draft=draft, content=content, version=_version(request), at=now
        )
    except StaleDraftError as stale:
        return render(request, "drafting/_stale.html", {**context, "stale": stale}, status=STALE)
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
    """Show the draft as it is kept on the server, to read beside a window that is behind."""
    return render(
        request,
        "drafting/kept.html",
        {
            "draft": draft,
            "book": book,
            "at": clock(draft.saved_at),
            "statements": [one for one in draft.content.statements if not one.is_blank],
            "rows": forms.words_of(
                draft.form,
                draft.content,
                setting_of(draft.form, book, at=timezone.now()),
            ),
        },
    )


def _version(request: WorkerRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004


def _page(
    request: WorkerRequest,
    draft: OpenDraft,
    book: SeenBook,
    *,
    mine: Content | None = None,
    stale: StaleDraftError | None = None,
    refused: RefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    content = mine or draft.content
    now = timezone.now()
    found = missing_from(draft, book=book, now=now) if refused or "check" in request.GET else ()
    errors = {one.field: one.words for one in found}
    around = home_around(book, at=now)
    return render(
        request,
        "drafting/write.html",
        {
            "draft": draft,
            "book": book,
            "content": content,
            "version": stale.draft.version if stale else draft.version,
            "stale": stale,
            "refused": refused,
            "just_saved": "saved" in request.GET and draft.version > 1,
            "sealed_before": draft.about.number if draft.about and "sealed" in request.GET else 0,
            "errors": errors,
            "missing": [(_anchor(one.field), one.words) for one in found],
            "statements": _numbered(forms.statements_shown(draft.form, content), errors),
            "notes": notes.notes_to_draw_on(book.id, request.worker, now=now),
            "late": would_be_late(content, now=now),
            "at": clock(draft.saved_at) if draft.version > 1 else "",
            "uploads": shown_files(draft),
            "today": now.astimezone(LONDON).date().isoformat(),
            "about": about_shown(draft),
            "asks_word_reason": content.word_reason or any(one.rule == "P45" for one in found),
            **_whom(draft, book, now),
            "colleagues": [
                (key, f"{one.name}, {one.role}" if one.role else one.name)
                for key, one in around.workers.items()
                if key != book.worker
            ],
            "handed": handing_over.handed_over(draft, book, at=now),
            **_choices(content, people_in(around, book)),
            "fields": controls.drawn(draft.form, content, errors, Around(around, book.worker)),
            **_moments(content),
            **proving(request, refused, name=request.account.full_name),
        },
        status=status,
    )


def _whom(draft: OpenDraft, book: SeenBook, now: datetime) -> dict[str, Any]:
    """Return whom else the entry may be about, and of whom each statement may be."""
    others = concerning.others_offered(draft, book, at=now)
    asked = concerning.is_asked(draft)
    whom = [(one.id, one.title, not asked or one is book) for one in (book, *others)]
    return {
        "whom": [(one.id, one.title) for one in others] if asked else [],
        "children": whom if others else [],
        "children_when": f"also_about={'|'.join(one.id for one in others)}" if asked else "",
    }


def _choices(content: Content, around: list[Person]) -> dict[str, Any]:
    people, picked, others = forms.picks(around, content.present)
    return {
        "grounds": [(one.value, one.label) for one in Ground.offered()],
        "known": [(one.value, one.label) for one in HowKnown.offered()],
        "can_mark": content.how_known in {HowKnown.TOLD_BY, HowKnown.READ_IN},
        "people": people,
        "picked": picked,
        "others": others,
        "nobody": ["1"] if content.present_nobody else [],
    }


def _moments(content: Content) -> dict[str, Any]:
    day, _, time = content.happened_from.partition("T")
    end_day, _, end_time = content.happened_to.partition("T")
    return {"when": {"day": day, "time": time[:5], "end_day": end_day, "end_time": end_time[:5]}}


def _anchor(field: str) -> str:
    """Return where on the page a thing that is missing can be put right."""
    return "present-typed" if field.startswith("present-") else field


def _numbered(statements: list[Mapping[str, Any]], errors: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "n": number,
            "of": statement,
            "view": statement["kind"] == StatementKind.VIEW.value,
            "errors": {
                field.removeprefix(f"statements-{number}-"): words
                for field, words in errors.items()
                if field.startswith(f"statements-{number}-")
            },
        }
        for number, statement in enumerate(statements, start=1)
    ]
