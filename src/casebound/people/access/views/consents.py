"""Consents to the independent person reading a child's records (reg 44(2)(b))."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from casebound.foundation.web.asked import asked
from casebound.foundation.web.moment_field import typed_moment
from casebound.people.access import actions
from casebound.people.access.forms import AnswerConsentForm, WithdrawForm
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import full_names
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.homes.consented import ConsentSeen, consent, consents_of
from casebound.people.homes.consents import (
    How,
    Party,
    ended_in_words,
    how_in_words,
    party_in_words,
    ways_of_saying,
)
from casebound.people.homes.reads import child_details
from casebound.people.rights.shape import Permission


@require_GET
@load_book
def consents(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show what both parties say now, and everything they said before. 4 queries."""
    if book.child is None or not book.may(Permission.WRITE_ENTRY):
        raise Http404
    now = timezone.now()
    said = consents_of(book.child)
    if said:
        numbers = [answer.number for answer in said]
        actions.note_reading(book, what="consents", first=min(numbers), last=max(numbers), at=now)
    names = full_names(
        {answer.recorded_by for answer in said}
        | {answer.withdrawal.recorded_by for answer in said if answer.withdrawal}
    )
    shown = [_shown(answer, names, book, at=now) for answer in said]
    standing = [_standing(party, shown, book) for party in Party]
    return render(
        request,
        "access/consents.html",
        {
            "book": book,
            "standing": standing,
            "both": all(party["given"] for party in standing),
            "said": shown,
            "manages": _manages(book),
            "done": asked(request).done("given", "refused", "withdrawn"),
        },
    )


@require_http_methods(["GET", "POST"])
@load_book
def answer(request: WorkerRequest, book: SeenBook, party: str) -> HttpResponse:
    """Record that the child, or the placing authority, gives or refuses consent."""
    if book.child is None or not _manages(book) or party not in set(Party):
        raise Http404
    now = timezone.now()
    form = AnswerConsentForm(
        request.POST or None,
        initial={"said_at": typed_moment(now), "said_by": _speaks(book, Party(party))},
    )

    def seal(answers: dict[str, Any], proof: str) -> None:
        actions.answer_consent(
            book=book,
            party=Party(party),
            given=answers["given"],
            **_said(answers),
            by=request.worker,
            at=now,
            auth=proof,
        )

    if is_sealed(request, form, seal):
        done = "given" if form.cleaned_data["given"] else "refused"
        return redirect(f"{reverse('access:consents', args=[book.id])}?done={done}")
    context = {"book": book, "party": party, "of": party_in_words(party), "how": ways_of_saying()}
    return form_page(request, "access/answer_consent.html", form, context)


@require_http_methods(["GET", "POST"])
@load_book
def withdraw(request: WorkerRequest, book: SeenBook, which: str) -> HttpResponse:
    """Record that a consent is withdrawn: the independent person reads nothing from then on."""
    ending = consent(which)
    if ending is None or ending.child != book.child or not ending.given:
        raise Http404
    if not book.may(Permission.WRITE_ENTRY):
        raise Http404
    now = timezone.now()
    form = WithdrawForm(
        request.POST or None,
        initial={"said_at": typed_moment(now), "said_by": _speaks(book, ending.party)},
    )

    def seal(answers: dict[str, Any], proof: str) -> None:
        actions.withdraw_consent(
            book=book,
            consent=ending.id,
            **_said(answers),
            by=request.worker,
            at=now,
            auth=proof,
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('access:consents', args=[book.id])}?done=withdrawn")
    context = {
        "book": book,
        "party": ending.party.value,
        "of": party_in_words(ending.party),
        "how": ways_of_saying(),
    }
    return form_page(request, "access/withdraw_consent.html", form, context)


def _manages(book: SeenBook) -> bool:
    """Say whether the reader records answers here: the child lives at a home they manage."""
    return book.left_at is None and book.may(Permission.MANAGE_HOME) is not None


def _speaks(book: SeenBook, party: Party) -> str:
    """Return who speaks for a party, if that is known: a child speaks for themself."""
    details = child_details(book.child) if book.child and party is Party.CHILD else None
    return details.full_name if details else ""


def _said(answers: dict[str, Any]) -> dict[str, Any]:
    return {
        "said_by": answers["said_by"],
        "how": How(answers["how"]),
        "said_at": answers["said_at"],
        "words": answers["words"],
        "key": answers["key"],
    }


def _shown(
    answer: ConsentSeen, names: dict[Any, str], book: SeenBook, *, at: datetime
) -> dict[str, Any]:
    withdrawal = answer.withdrawal
    return {
        "id": answer.id,
        "party": answer.party,
        "of": party_in_words(answer.party),
        "given": answer.given,
        "said_by": answer.said_by,
        "how": how_in_words(answer.how),
        "said_at": answer.said_at,
        "words": answer.words,
        "number": answer.number,
        "recorded_by": names.get(answer.recorded_by, ""),
        "counts": answer.counts(at) and answer.home == book.home,
        "to_at": answer.to_at,
        "ended": ended_in_words(answer.ended),
        "withdrawal": withdrawal
        and {
            "said_by": withdrawal.said_by,
            "how": how_in_words(withdrawal.how),
            "said_at": withdrawal.said_at,
            "words": withdrawal.words,
            "number": withdrawal.number,
            "recorded_by": names.get(withdrawal.recorded_by, ""),
        },
    }


def _standing(party: Party, said: list[dict[str, Any]], book: SeenBook) -> dict[str, Any]:
    """Return what a party says now."""
    now = next((line for line in said if line["party"] is party and line["counts"]), None)
    return {
        "party": party.value,
        "of": book.title if party is Party.CHILD else gettext("The placing authority"),
        "now": now,
        "given": now is not None and now["given"],
    }
