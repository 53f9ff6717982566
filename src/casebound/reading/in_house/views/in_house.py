"""The page of who is in the house, and the roll call that begins the record of a drill."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from casebound.foundation.base.messages import gettext, ngettext
from casebound.foundation.base.times import clock
from casebound.people.access.actions import note_readings
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.reading.in_house.reads import InHouse
from casebound.reading.in_house.reads import in_house as in_house_now
from casebound.record.drafting.actions import begin_draft
from casebound.record.drafting.first_content import first_content
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Content

DRILL = "fire_drill"


@require_GET
@load_book
def in_house(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show who is in the house, to those who are told who the children are."""
    if book.child is not None or not book.names_children:
        raise Http404
    now = timezone.now()
    house = in_house_now(book, at=now)
    note_readings([(seen, n, n) for seen, n in house.read], what="in-house", at=now)
    return render(request, "in_house/in_house.html", {"book": book, "house": house})


@require_POST
@load_book
def roll_call(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Begin the record of a drill or an alarm with who answered at the assembly point."""
    if book.child is not None:
        raise Http404
    now = timezone.now()
    house, here = in_house_now(book, at=now), frozenset(request.POST.getlist("here"))
    answered = [child.id for child in house.children if child.id in here]
    first = first_content(book, catalogue.form(DRILL), now).to_json()
    content = Content.from_json(
        {
            **first,
            "statements": [{"text": f"{clock(now)}: {_called(house, here)}"}],
            "answers": {
                **_table(first.get("answers")),
                "who_left": [{"id": child} for child in answered],
            },
        }
    )
    draft = begin_draft(book=book, form=DRILL, by=request.worker, at=now, content=content)
    return redirect("drafting:write", draft)


def _table(answers: object) -> dict[str, object]:
    return dict(answers) if isinstance(answers, dict) else {}


def _called(house: InHouse, here: frozenset[str]) -> str:
    """Say how many answered, and who did not: visitors and workers by name, children by number."""
    adults = [visitor.who for visitor in house.visitors_now]
    adults += [colleague.who for colleague in house.on_shift] or list(house.colleagues)
    expected = [*(child.id for child in house.children_in), *adults]
    there: list[str] = [child.id for child in house.children if child.id in here]
    there += [name for name in adults if name in here]
    children_not = sum(child.id not in here for child in house.children_in)
    not_there = [name for name in adults if name not in here and house.on_shift]
    if children_not:
        words = ngettext("{n} child", "{n} children", children_not)
        not_there.append(words.format(n=children_not))
    said = gettext("roll call. {there} answered; {expected} were expected.").format(
        there=len(there), expected=len(expected)
    )
    if not not_there:
        return said
    return gettext("{said} Not answered: {who}.").format(said=said, who="; ".join(not_there))
