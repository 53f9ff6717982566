"""One entry: its words, its follow-ups, its links, and its proof in one sentence."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET

from casebound.foundation.base.times import in_words
from casebound.foundation.web.asked import asked
from casebound.ledger.projecting.damaged import cause_words
from casebound.ledger.sealing.reads import Cause, ReadEntry
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book_in_part
from casebound.people.access.other_names import names_for
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.restricted.reads import parts_hidden
from casebound.people.rights.shape import Permission
from casebound.reading.chronology.as_sealed import LineAsSealed, line_as_sealed, proof_of_page
from casebound.reading.chronology.in_part import drawn_in_part
from casebound.reading.chronology.links import without_hidden_links
from casebound.reading.chronology.next_logs import next_logs
from casebound.reading.chronology.part_words import part_in_words
from casebound.reading.chronology.places import places_of
from casebound.reading.chronology.reads import has_page, pages_around
from casebound.record.book.entries import Entry
from casebound.record.book.reads import entry_in, status_of
from casebound.record.book.relations import ADDENDUM, CORRECTION, MISFILED, STRIKE
from casebound.record.book.rules import may_withdraw
from casebound.record.drafting.event_offers import NO_EVENT, event_seen
from casebound.record.followups.reads import what_follows
from casebound.record.rendering.audience import Reader
from casebound.record.rendering.entry_view import EntryView
from casebound.record.rendering.other_names import with_other_names
from casebound.record.rendering.seen import opened

WAYS = (
    (ADDENDUM, gettext_noop("Add to this entry")),
    (CORRECTION, gettext_noop("Correct this entry")),
    (STRIKE, gettext_noop("Strike this entry through")),
    (MISFILED, gettext_noop("This entry is in the wrong book")),
)


def _reader(book: SeenBook) -> Reader:
    """Return the audience of the worker: a worker who answers for the book reads misfiled words."""
    return Reader.ANSWERS_FOR_BOOK if book.may(Permission.ANSWER_FOR_BOOK) else Reader.STAFF


@require_GET
@load_book_in_part
def entry(request: WorkerRequest, book: SeenBook, number: int) -> HttpResponse:
    """Show one entry. An entry that does not exist answers 404, like a book one may not see."""
    read_entry = entry_in(book, number)
    if read_entry is None and not has_page(book, number):
        raise Http404
    if read_entry is None or read_entry.is_damaged:
        return _damaged(request, book, number, read_entry)
    note_reading(book, what="entry", first=number, last=number, at=timezone.now())
    names = names_for(request, book)
    line = line_as_sealed(read_entry, book.id)
    view = with_other_names(_opened(line, book), names) if line else None
    shown = without_hidden_links(view, book)
    state = shown.state if shown else ""
    kind = read_entry.values()["kind"]["kind"]
    fact = Entry.read(read_entry) if kind == Entry.kind else None
    previous, following_page = pages_around(book, number)
    now = timezone.now()
    status = status_of(read_entry.entry_id, book=book.id) if state else None
    just_sealed = asked(request).flag("sealed")
    in_part = book.is_in_part
    following = what_follows(book, read_entry, fact, at=now, status=status) if not in_part else None
    return render(
        request,
        "chronology/entry.html",
        {
            "book": book,
            "part": part_in_words(book),
            "drawn": drawn_in_part([shown], book, names)[0] if shown and in_part else None,
            "names": names,
            "number": number,
            "just_sealed": just_sealed,
            "next_logs": next_logs(book, fact, at=now) if just_sealed and fact else [],
            "places": places_of(read_entry, fact, book, names, at=now)
            if fact and not in_part
            else [],
            "entry": shown,
            "reader": _reader(book),
            "state": state,
            "fact": fact,
            "signed": in_words(read_entry.signed_at),
            "previous": previous,
            "next": following_page,
            "ways": _ways(fact, request) if fact else (),
            "following": following,
            "event": event_seen(book, read_entry, fact, at=now, stands=not state)
            if fact and not in_part
            else NO_EVENT,
            "proof": proof_of_page(read_entry, book, line),
        },
    )


def _opened(line: LineAsSealed, book: SeenBook) -> EntryView:
    """Return the entry without the parts that this worker does not read. At most 1 query."""
    if not line.holds_parts:
        return line.view
    return opened(line.view, parts_hidden(line.leaf, book.reader, book=book.id))


def _damaged(
    request: WorkerRequest, book: SeenBook, number: int, entry: ReadEntry | None
) -> HttpResponse:
    """Show that an entry is damaged, and nothing of it: nobody knows if it was what was sealed.

    Without `entry` its page is gone, and what is shown of the book still knows that it was there.
    """
    note_reading(book, what="entry", first=number, last=number, at=timezone.now())
    previous, following = pages_around(book, number)
    cause = entry.cause if entry is not None else Cause.PAGE
    context = {
        "book": book,
        "number": number,
        "cause": cause_words(cause),
        "sealed": in_words(entry.sealed_at) if entry is not None else "",
        "previous": previous,
        "next": following,
    }
    return render(request, "chronology/broken.html", context)


def _ways(fact: Entry, request: WorkerRequest) -> list[tuple[str, str]]:
    """Return the ways to put an entry right. A worker that the entry names may not withdraw it."""
    named = not may_withdraw(fact, worker=request.worker, full_name=request.account.full_name)
    return [(how.key, gettext(words)) for how, words in WAYS if how.withdraws is None or not named]
