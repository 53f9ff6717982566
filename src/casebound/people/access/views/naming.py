"""How a child is named, and when they were born: said by the managers of their home, with history.

These pages are the one source of a child's name, pronouns, picture and date of birth. What they
seal shows at once wherever the child is named.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import ChildId, HomeId
from casebound.people.access.forms import BirthForm, NameForm
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_forms import SignedForm, form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.homes import actions, reads
from casebound.people.homes.births import BirthKnown
from casebound.people.homes.naming import goes_by
from casebound.people.homes.reads import ChildDetails, PlacementLine
from casebound.people.rights.shape import Permission


@require_http_methods(["GET", "POST"])
@load_book
def name(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Ask how the child is named from now on, and who wished it."""
    child, details = _child_or_404(book)
    now = timezone.now()
    form = NameForm(
        request.POST or None,
        initial={
            "full_name": details.full_name,
            "called": details.called,
            "pronouns": details.pronouns,
            "face": str(details.face),
            "from_on": day_of(now).isoformat(),
        },
    )

    def seal(answers: dict[str, Any], proof: str) -> None:
        said = ("full_name", "called", "pronouns", "face", "from_on", "wished_by", "old_shown")
        actions.name_child(
            child=child,
            same_name=answers["same_name"],
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
            **{field: answers[field] for field in said},
        )

    if is_sealed(request, form, seal):
        return redirect("profile:profile", book.id)
    homes = [placement.home for placement in reads.placements_of(child)]
    context = {
        "book": book,
        "faces": range(actions.FACES + 1),
        "alike": called_alike(form, homes, at=now, but=child),
    }
    return form_page(request, "access/name.html", form, context)


@require_http_methods(["GET", "POST"])
@load_book
def birth(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Ask when the child was born, how sure that is, and what it rests on."""
    child, details = _child_or_404(book)
    now, so_far = timezone.now(), details.birth
    form = BirthForm(
        request.POST or None,
        initial={
            "birth": so_far.known.value,
            "born_on": so_far.born_on.isoformat() if so_far.born_on else "",
            "birth_by": so_far.by,
            "birth_basis": so_far.basis,
        },
    )

    def seal(answers: dict[str, Any], proof: str) -> None:
        actions.state_birth(
            child=child,
            birth=BirthKnown(answers["birth"]),
            born_on=answers["born_on"],
            birth_by=answers["birth_by"],
            birth_basis=answers["birth_basis"],
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        return redirect("profile:profile", book.id)
    context = {"book": book, "so_far": so_far.words, "needs_basis": True}
    return form_page(request, "access/birth.html", form, context)


def called_alike(
    form: SignedForm, homes: Iterable[HomeId], *, at: datetime, but: ChildId | None = None
) -> list[PlacementLine]:
    """Return the children of these homes who go by the name that a sent form says. 2 queries each.

    None for a form that was not sent.
    """
    if not form.is_bound:
        return []
    called, full_name = (str(form[name].value() or "").strip() for name in ("called", "full_name"))
    called = goes_by(called, full_name)
    return [
        line
        for home in dict.fromkeys(homes)
        for line in reads.called_alike(called, home=home, at=at)
        if line.child != but
    ]


def _child_or_404(book: SeenBook) -> tuple[ChildId, ChildDetails]:
    details = reads.child_details(book.child) if book.child else None
    if book.child is None or details is None or not book.may(Permission.MANAGE_HOME):
        raise Http404
    return book.child, details
