"""A file of a sealed entry, to look at or to download."""

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.foundation.proof.entry import FilePart, file_parts
from casebound.foundation.proof.errors import ProofError
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book_in_part
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.restricted.reads import parts_hidden
from casebound.people.rights.shape import ReadsAs
from casebound.record.attachments.serving import BrokenFileError, served
from casebound.record.book.attached import part_of
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import entry_in, may_read_words, status_of
from casebound.record.book.separating import in_book

WHICH = frozenset({"original", "shown", "thumb"})


@require_GET
@load_book_in_part
def file(
    request: WorkerRequest, book: SeenBook, number: int, place: int, which: str
) -> HttpResponseBase:
    """Give the file, or a copy of a picture; on the read trail either way (P63)."""
    part, of, entry = _part(book, number, place, which)
    what = "file" if which == "original" else "picture"
    asked = request.headers.get("Range", "")
    note_reading(book, what=what, first=number, last=number, at=timezone.now())
    pieces = sealed.file_of(entry.entry_id, part, book=book.id)
    if pieces is None:
        raise BrokenFileError
    suffix = "" if which == "original" else f"-{which}"
    name = f"entry-{number}-file-{place}{suffix}"
    return served(pieces, of, name=name, inline=which != "original", part=asked)


def _part(book: SeenBook, number: int, place: int, which: str) -> tuple[int, FilePart, ReadEntry]:
    """Return which part of which entry it is. What may not be seen answers as what is not there.

    Raises:
        Http404: there is no such file, it is about another child, or the entry is barred here
            and this worker does not answer for the book; or they are not told who the children are,
            and nobody can take a name out of a picture.
    """
    if not book.names_children:
        raise Http404
    try:
        entry = entry_in(book, number)
    except ProofError as broken:
        raise BrokenFileError from broken
    if entry is None or which not in WHICH or not is_written(entry):
        raise Http404
    if not may_read_words(status_of(entry.entry_id, book=book.id), book):
        raise Http404
    if book.reads_as is ReadsAs.CHILD:  # which files are for the child is not asked here
        raise Http404
    files = in_book(Entry.read(entry), book.id).attachments
    hidden = parts_hidden(entry.index, book.reader, book=book.id)
    # The reader counts the files they see, and addresses do so too.
    numbers = [number for number in range(1, len(files) + 1) if f"f{number}" not in hidden]
    if not 0 < place <= len(numbers) or not files[numbers[place - 1] - 1].original.sha256:
        raise Http404
    for i, of in file_parts(entry.parts).items():
        if entry.parts[i].m["n"] == part_of(numbers[place - 1], which):
            return i, of, entry
    raise Http404
