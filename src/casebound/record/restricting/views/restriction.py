"""One restriction: what is restricted and why, its history, and what to decide about it now."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.times import date_in_words
from casebound.foundation.web.asked import asked
from casebound.people.access.actions import note_reading
from casebound.people.access.colleagues import colleagues_at
from casebound.people.access.http import load_book
from casebound.people.access.other_names import OtherNames, names_for
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.restricted.holding import WHOLE, State
from casebound.record.restricting import actions, reads
from casebound.record.restricting.forms import OUTCOMES, ReviewForm
from casebound.record.restricting.longest import longest_of_each
from casebound.record.restricting.sections import (
    CONSULTED,
    HOW,
    Consulted,
    DecisionStep,
    scope_words,
)
from casebound.record.restricting.views.restrict import grounds_in
from casebound.rulebook.catalogue.grounds import grounds_asking

STATES = {
    State.HELD: gettext_noop("Restricted"),
    State.RELEASED: gettext_noop("Released"),
    State.MOVED: gettext_noop("Moved to another section"),
}
STEPS = {
    DecisionStep.SET: gettext_noop("Restricted"),
    DecisionStep.RENEWED: gettext_noop("Looked at again: it stays"),
    DecisionStep.RELEASED: gettext_noop("Released"),
    DecisionStep.MOVED: gettext_noop("Moved to another section"),
    DecisionStep.ASKED: gettext_noop("Asked what they think"),
    DecisionStep.TOLD: gettext_noop("Told what was decided"),
}


@require_http_methods(["GET", "POST"])
@load_book
def restriction(request: WorkerRequest, book: SeenBook, which: str) -> HttpResponse:
    """Show a restriction with its history; on POST seal what the manager decides."""
    now, row = timezone.now(), reads.restriction_of(book, which)
    seen = reads.restrictions_seen([row], {book.id: book}, at=now) if row else []
    if row is None or not seen:
        raise Http404
    colleagues = colleagues_at(book, at=now)
    form = ReviewForm(
        request.POST or None,
        initial={"seen": reads.last_step(book.id, row.leaf)},
        section=seen[0].section,
        is_whole=row.part == WHOLE,
        colleagues=[(who.id, who.name) for who in colleagues if who.id != request.worker],
    )

    def seal(answers: dict[str, Any], proof: str) -> None:
        actions.review(
            book=book,
            which=which,
            outcome=answers["outcome"],
            to=answers["to"],
            grounds=grounds_in(answers),
            seen=answers["seen"],
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        outcome = form.cleaned_data["outcome"]
        return redirect(
            f"{reverse('restricting:restriction', args=[book.id, which])}?done={outcome}"
        )
    [shown], names = seen, names_for(request, book)
    note_reading(book, what="section", first=shown.number, last=shown.number, at=now)
    return form_page(
        request,
        "restricting/restriction.html",
        form,
        {
            "book": book,
            "names": names,
            "row": shown,
            "summary": _summary(shown, names),
            "held": row.state == State.HELD,
            "history": [_step(step) for step in reads.history(book, which)],
            "outcomes": OUTCOMES,
            "longest": longest_of_each(),
            "asks_reference": grounds_asking("reference"),
            "asks_officer": grounds_asking("officer"),
            "done": asked(request).done("renewed", "released", "moved", "discussed"),
        },
    )


def _summary(row: reads.RestrictionSeen, names: OtherNames) -> list[tuple[str, ...]]:
    """Return what the page says of a restriction, with the way to the entry."""
    what = gettext("No. {number}, {title}: {part}").format(
        number=row.number, title=row.title, part=row.part
    )
    entry = reverse("chronology:entry", args=[row.book.id, row.number])
    now = gettext(STATES[row.state])
    if row.state is State.HELD and row.review_on is not None:
        words = ngettext(
            "{now} for {days} day. Look again by {on}.",
            "{now} for {days} days. Look again by {on}.",
            row.days,
        )
        now = words.format(now=now, days=row.days, on=date_in_words(row.review_on))
    decided = f"{row.decided_by}, {date_in_words(row.decided_on)}"
    return [
        (gettext("What"), what, entry, gettext("Read it")),
        (gettext("Section"), row.where),
        (gettext("Ground"), "\n".join(filter(None, [row.ground, row.reference, row.officer]))),
        (gettext("Reason"), names.shown(row.reason)),
        (gettext("Decided by"), decided),
        (gettext("Now"), now),
    ]


def _step(step: reads.StepSeen) -> dict[str, Any]:
    """Return a step as the page shows it."""
    return {
        "of": step,
        "what": gettext(STEPS[step.step]),
        "to": scope_words(step.to) if step.to else "",
        "who": gettext(CONSULTED[Consulted(step.who)]) if step.who else "",
        "how": gettext(HOW[step.how]) if step.how else "",
        "another": step.decided_by if step.decided_by != step.signed_by else "",
    }
