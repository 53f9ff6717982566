"""The gallery: every component in every state, with made-up words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from casebound.foundation.web import samples
from casebound.foundation.web.marked import entry_html


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component. No queries."""
    context = {
        "frame": samples.FRAME,
        "entries": [SafeString(entry_html(entry)) for entry in samples.ENTRIES],
        "s": samples,
    }
    return render(request, "web/gallery.html", context)
