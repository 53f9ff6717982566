"""A child's profile: what is so now, or was on a day, and what is still missing (P11, P49)."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET

from casebound.foundation.base.ids import ChildId
from casebound.foundation.base.times import LONDON, day_in_words, in_words
from casebound.foundation.web.asked import asked
from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.other_names import names_for
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import full_names
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.homes.reads import births_of, names_of
from casebound.people.rights.shape import Permission
from casebound.record.profile import reads

AS_ON = gettext_noop("As it stood on")
AS_NOW = gettext_noop("The profile is shown as it is now.")


@require_GET
@load_book
def profile(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show the profile; 404 for a book that is no child's."""
    if book.child is None:
        raise Http404
    now = timezone.now()
    today = now.astimezone(LONDON).date()
    day = DayAsked.of(request, today)
    on = day.day
    child = _child(book, book.child, on=on, today=today)
    names = names_for(request, book)
    seen = reads.profile(book, on=on, birth_known=child["birth_known"])
    names.look_at(
        detail.words
        for section in seen.sections
        for detail in section.details
        if isinstance(detail.words, str)
    )
    note_reading(book, what="profile", first=1, last=book_pages(book.id), at=now)
    return render(
        request,
        "profile/profile.html",
        {
            "book": book,
            "names": names,
            "profile": seen,
            "balance": None if on else reads.balance(book.id, today=today),
            "asked": day,
            "on": on,
            **child,
            "on_words": day_in_words(on) if on else "",
            "at": in_words(now),
            "by": request.account.full_name,
        },
    )


def _child(book: SeenBook, child: ChildId, *, on: date | None, today: date) -> dict[str, Any]:
    """Return how the child is, or was on a day, named, and their birth. 3 queries."""
    names = [name for name in names_of(child) if on is None or name.from_on <= on]
    births = [seen for seen in births_of(child) if on is None or (seen.birth.stated_on or on) <= on]
    signers = full_names({name.signed_by for name in names} | {seen.signed_by for seen in births})
    return {
        "name": names[-1] if names else None,
        "earlier_names": [
            (name, day_in_words(later.from_on), later.old_shown)
            for name, later in reversed(list(pairwise(names)))
        ],
        "birth": births[-1] if births else None,
        "birth_known": bool(births) and births[-1].birth.known.has_date,
        "born": births[-1].birth.printed_words(settings.PRINT_BIRTH) if births else "",
        "earlier_births": list(reversed(births[:-1])),
        "age": births[-1].birth.age_words(on or today) if births else "",
        "signers": signers,
        "may_name": on is None and book.may(Permission.MANAGE_HOME),
    }


@dataclass(frozen=True, slots=True)
class DayAsked:
    """The day a profile is asked for: as it was typed, what is wrong with it, and the day."""

    typed: str
    wrong: str = ""
    day: date | None = None

    @classmethod
    def of(cls, request: HttpRequest, today: date) -> "DayAsked":
        """Read the day. Nothing typed, and today, ask for the profile as it is now."""
        here = asked(request)
        day, typed, wrong = here.day("on", label=AS_ON, instead=AS_NOW)
        if day and day > today:
            wrong = gettext("This day is still to come. Give today or an earlier day.")
            here.left_out(AS_ON, typed, f"{wrong} {gettext(AS_NOW)}")
        return cls(typed, wrong, day=day if day and day < today else None)
