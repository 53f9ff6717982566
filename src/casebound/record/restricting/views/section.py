"""The restricted section: all that is restricted in the books a manager answers for (P42)."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET

from casebound.foundation.base.times import in_words
from casebound.foundation.web.asked import asked
from casebound.people.access.actions import note_readings
from casebound.people.access.http import permission_required, rights_here
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.restricted.holding import Scope
from casebound.people.rights.shape import Permission
from casebound.record.restricting import reads
from casebound.record.restricting.forms import ground_choices
from casebound.record.restricting.permissions import RestrictingPermission
from casebound.record.restricting.sections import scope_words

FIRST = gettext_noop("The page begins with what is due first.")


@require_GET
@permission_required(Permission.ANSWER_FOR_BOOK)
def section(request: WorkerRequest) -> HttpResponse:
    """Show a page of the section, what is due first at its head. About 9 queries."""
    wanted, books, page = _page(request, count=reads.PAGE)
    may_set = rights_here(request, request.worker).may(RestrictingPermission.SET_REVIEW_INTERVALS)
    return render(
        request,
        "restricting/section.html",
        {
            **_shown(wanted, books, page),
            "books": sorted(
                ((book.id, book.title) for book in books.values()), key=lambda pair: pair[1]
            ),
            "grounds": ground_choices(),
            "scopes": [(scope.value, scope_words(scope)) for scope in Scope],
            "print": reverse("restricting:print") + _link(wanted),
            "may_set": may_set,
            "done": asked(request).done("restricted"),
        },
    )


@require_GET
@permission_required(Permission.ANSWER_FOR_BOOK)
def printed(request: WorkerRequest) -> HttpResponse:
    """Show the section as one table for printing (P84)."""
    wanted, books, page = _page(request, count=reads.PRINTED)
    return render(
        request,
        "restricting/print.html",
        {
            **_shown(wanted, books, page),
            "at": in_words(timezone.now()),
            "by": request.account.full_name,
        },
    )


def _page(
    request: WorkerRequest, *, count: int
) -> tuple[reads.SectionWanted, dict[Any, SeenBook], reads.SectionPage]:
    """Return what is asked for, the manager's books and the page, which is on the read trail."""
    now = timezone.now()
    books = reads.books_answered_for(request.worker, at=now)
    wanted = _wanted(request, books)
    page = reads.section(books, wanted, worker=request.worker, at=now, count=count)
    looks = [(row.book, row.number, row.number) for row in page.rows]
    note_readings(looks, what="section", at=now)
    return wanted, books, page


def _wanted(request: WorkerRequest, books: dict[Any, SeenBook]) -> reads.SectionWanted:
    here = asked(request)
    everything = gettext_noop("Everything is shown.")
    return reads.SectionWanted(
        book=here.choice("book", set(books), label=gettext_noop("Book"), instead=everything),
        ground=here.choice(
            "ground", {ground for ground, _ in ground_choices()}, label=gettext_noop("Ground"),
            instead=everything,
        ),
        scope=here.choice(
            "scope", {scope.value for scope in Scope}, label=gettext_noop("Kept from"),
            instead=everything,
        ),
        ended=here.choice(
            "which", {"ended"}, label=gettext_noop("Which"),
            instead=gettext_noop("What is restricted now is shown."),
        ) == "ended",
        after=_place(request, "after"),
        before=_place(request, "before"),
    )  # fmt: skip


def _place(request: WorkerRequest, name: str) -> tuple[date, str] | None:
    """Return the place in the list that an address names: a day and the id of a restriction."""
    here = asked(request)
    typed = here.text(name, label=name, longest=200)
    day, _, last = typed.partition("~")
    try:
        return (date.fromisoformat(day), last) if typed else None
    except ValueError:
        here.left_out(gettext_noop("Place in the list"), typed, FIRST)
        return None


def _shown(
    wanted: reads.SectionWanted, books: dict[Any, SeenBook], page: reads.SectionPage
) -> dict[str, Any]:
    return {
        "wanted": wanted,
        "rows": page.rows,
        "overdue": page.overdue,
        "held": page.held,
        "narrowed": _narrowed(wanted, books),
        "newer": _link(wanted, before=page.newer) if page.newer else "",
        "older": _link(wanted, after=page.older) if page.older else "",
    }


def _narrowed(wanted: reads.SectionWanted, books: dict[Any, SeenBook]) -> str:
    """Return the filters in words: `Jay, not shared with the child`."""
    words = [
        books[wanted.book].title if wanted.book else "",
        reads.ground_words(wanted.ground) if wanted.ground else "",
        scope_words(wanted.scope) if wanted.scope else "",
        gettext("Released or moved") if wanted.ended else "",
    ]
    return ", ".join(filter(None, words))


def _link(wanted: reads.SectionWanted, **place: tuple[date, str]) -> str:
    parameters = {
        "book": wanted.book,
        "ground": wanted.ground,
        "scope": wanted.scope,
        "which": "ended" if wanted.ended else "",
        **{name: f"{day}~{last}" for name, (day, last) in place.items()},
    }
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"?{query}" if query else ""
