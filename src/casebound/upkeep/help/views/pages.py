"""The guide in the product: its contents with a search, its pages, its pictures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from casebound.foundation.web.asked import asked
from casebound.upkeep.help import reads

LONGEST = 100  # letters of a search


@require_GET
def contents(request: HttpRequest) -> HttpResponse:
    """List the pages of the guide; with `q`, the parts of it that have those words."""
    words = asked(request).text("q", label=gettext_noop("Search the guide"), longest=LONGEST)
    typed = " ".join(words.split())
    context = {"pages": reads.pages().values(), "typed": typed, "hits": reads.search(typed)}
    return render(request, "help/contents.html", context)


@require_GET
def page(request: HttpRequest, page: str) -> HttpResponse:
    """Show a page of the guide."""
    shown = reads.pages().get(page)
    if shown is None:
        raise Http404
    return render(request, "help/page.html", {"page": shown})


@require_GET
def about(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001
    """Lead to the help for a page of the product, by the name of its address."""
    return redirect(reads.place_about(name))


@require_GET
def picture(request: HttpRequest, picture: str) -> HttpResponse:  # noqa: ARG001
    """Send a picture of the guide. All people in them are made up."""
    file = reads.GUIDE / "pictures" / f"{picture}.png"
    if not file.is_file():
        raise Http404
    response = HttpResponse(file.read_bytes(), content_type="image/png")
    response["Cache-Control"] = "public, max-age=86400"
    return response
