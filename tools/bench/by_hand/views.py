"""Its page, with login, rights and a read audit row; and a view that does nothing at all."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tools.bench.by_hand.models import Audit, Entry, Membership

PAGE = 25


@require_GET
@login_required
def book(request: HttpRequest, book: str) -> HttpResponse:
    """Show the newest page of a book, drawn by an ordinary template."""
    member = get_object_or_404(Membership, worker_id=request.user.pk, book_id=book)
    found = Entry.objects.filter(book_id=book).order_by("-happened_at", "-number")
    entries = list(found[: PAGE + 1])
    shown = entries[:PAGE]
    if shown:
        Audit.objects.create(
            at=timezone.now(),
            worker_id=request.user.pk,
            book_id=book,
            what="book",
            first=min(entry.number for entry in shown),
            last=max(entry.number for entry in shown),
        )
    return render(
        request,
        "by_hand/book.html",
        {"member": member, "entries": shown, "more": len(entries) > PAGE},
    )


@require_GET
def empty(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (what every view is called with)
    """Answer with nothing: what is left is the price of the server and the middleware."""
    return HttpResponse()


@require_GET
@login_required
def signed_in(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (as above)
    """Answer with nothing to somebody whose account was looked up."""
    return HttpResponse()
