"""One person of the register: who they are, what they agreed to, where they are written about."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.foundation.base.times import date_in_words, in_words
from casebound.foundation.web.asked import asked
from casebound.people.access.actions import note_reading
from casebound.people.access.other_names import names_for
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import full_names
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission
from casebound.record.third_parties import reads
from casebound.record.third_parties.http import load_register, person_or_404
from casebound.record.third_parties.wording import answer_words, known_words, standing_words


@require_GET
@load_register
def person(request: WorkerRequest, book: SeenBook, person: str) -> HttpResponse:
    """Show what the register says of somebody, and each answer they gave."""
    seen = person_or_404(book, person)
    now = timezone.now()
    note_reading(book, what="other_people", first=seen.number, last=seen.number, at=now)
    names = names_for(request, book)
    signers = full_names({seen.signed_by, *(answer.signed_by for answer in seen.answers)})
    context = {
        "book": book,
        "names": names,
        "person": seen,
        "standing": standing_words(seen.standing),
        "known": known_words(seen.known),
        "permission": answer_words(seen.permission),
        "signer": signers.get(seen.signed_by, ""),
        "signed": in_words(seen.signed_at),
        "answers": [
            (
                answer,
                answer_words(answer.answer),
                date_in_words(answer.on),
                signers.get(answer.signed_by, ""),
                in_words(answer.signed_at),
            )
            for answer in seen.answers
        ],
        "entries": reads.entries_about(book, seen),
        "may_write": book.may(Permission.WRITE_ENTRY),
        "done": asked(request).done("permission"),
        "at": in_words(now),
        "by": request.account.full_name,
    }
    return render(request, "third_parties/person.html", context)
