"""A draft as its pages show it: the earlier entry, the preview, its books, its files."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from msgspec.structs import replace

from casebound.foundation.base.messages import gettext
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.access.other_names import OtherNames, usual_names
from casebound.people.access.reads import SeenBook
from casebound.people.duties.entries import SubjectKind
from casebound.people.homes.reads import child_names
from casebound.people.restricted.reads import parts_hidden
from casebound.record.attachments.reads import UploadSeen
from casebound.record.attachments.rules import FileKind
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.naming import children_named
from casebound.record.book.reads import about_it, open_among
from casebound.record.book.relations import ADDENDUM, CORRECTION
from casebound.record.book.separating import in_book
from casebound.record.drafting.as_signed import Signing, entry_from
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.followups.relations import CONFIRMS
from casebound.record.rendering import wording
from casebound.record.rendering.entry_view import EntryView, StatementView
from casebound.record.rendering.other_names import with_other_names
from casebound.record.rendering.seen import opened
from casebound.rulebook.catalogue.registers import register_words


def earlier_shown(prepared: PreparedDraft) -> EntryView | None:
    """Return the earlier entry that the draft puts right, as the book shows it.

    None if there is none, or the author may not read it now.
    """
    about, earlier = prepared.draft.about, prepared.quoted
    if about is None or earlier is None:
        return None
    return _shown(
        Entry.read(earlier),
        prepared.book,
        prepared.names,
        number=about.number,
        at=earlier.signed_at,
        files_at=reverse("chronology:entry", args=[prepared.draft.book, about.number]),
        hidden=_hidden(earlier, prepared.book),
    )


@dataclass(frozen=True, slots=True)
class ToldShown:
    """What a person who told something is asked about: the statement, and who wrote it down.

    `later` is what was added to the entry since, or corrected in it.
    """

    statement: StatementView | None
    author: str
    later: Sequence[EntryView]


def told_shown(prepared: PreparedDraft, earlier: EntryView | None) -> ToldShown | None:
    """Return what the draft confirms, if it is a confirmation. At most 3 queries and 1 each."""
    about = prepared.draft.about
    if about is None or earlier is None or about.relation is not CONFIRMS:
        return None
    statement = None
    if about.subject.kind is SubjectKind.STATEMENT:
        statement = _statement(prepared, about.subject.id)
    book = prepared.draft.book
    later = about_it(about.entry_id, by=(CORRECTION, ADDENDUM), book=book)
    read = (entry for found in later if (entry := entry_of(found)) and is_written(entry))
    entries = open_among(read, prepared.book)
    return ToldShown(
        statement,
        earlier.author,
        [
            _shown(
                Entry.read(entry),
                prepared.book,
                prepared.names,
                number=entry.pages[book],
                at=entry.signed_at,
                files_at=reverse("chronology:entry", args=[book, entry.pages[book]]),
                hidden=_hidden(entry, prepared.book),
            )
            for entry in entries
        ],
    )


def _statement(prepared: PreparedDraft, number: str) -> StatementView | None:
    """Return one statement of the earlier entry, by its number there; None if it is kept back."""
    earlier = prepared.quoted
    if earlier is None or f"s{number}" in _hidden(earlier, prepared.book):
        return None
    fact = in_book(Entry.read(earlier), prepared.book.id)
    children = children_named(fact)
    names = child_names(children) if children else {}
    view = wording.view_of(
        fact, number=1, signed_at=earlier.signed_at, names=names, book=prepared.book.id
    )
    return with_other_names(opened(view, ()), prepared.names).statements[int(number) - 1]


def as_it_will_read(prepared: PreparedDraft, signing: Signing) -> list[tuple[str, EntryView]]:
    """Return the entry as each book will show it, still without number and signature.

    Its lists name other children as the book does. The words are as they are signed.
    """
    fact = entry_from(prepared, signing)
    files_at = reverse("drafting:write", args=[prepared.draft.id])
    shown = []
    for place, book in enumerate(prepared.books):
        names = prepared.names if book.id == prepared.book.id else usual_names(book)
        entry = _shown(
            fact, book, names, number=0, at=prepared.at, files_at=files_at, own_words=False
        )
        shown.append((book.title, replace(entry, signed="", anchor=f"in-{place}")))
    return shown


def where_it_goes(prepared: PreparedDraft) -> str:
    """Say in words which books the entry goes into, and which register numbers it."""
    names = [book.title for book in prepared.books]
    words = gettext("book of {name}").format(name=names[0])
    if names[1:]:
        words = gettext("books of {names} and {last}").format(
            names=", ".join(names[:-1]), last=names[-1]
        )
    register = prepared.draft.form.register
    if register is not None:
        words += gettext(", and numbered in {register}").format(register=register_words(register))
    return words


def files_shown(files: Sequence[UploadSeen]) -> list[dict[str, Any]]:
    """Return a draft's files as its pages show them."""
    return [_file(number, upload, len(files)) for number, upload in enumerate(files, start=1)]


def _file(number: int, upload: UploadSeen, count: int) -> dict[str, Any]:
    file = upload.file
    return {
        "id": upload.id,
        "number": number,
        "kind": file.kind,
        "called": FileKind(file.kind).label,
        "name": file.name,
        "alt": file.alt,
        "scale": "" if file.scale_mm is None else str(file.scale_mm),
        "picture": file.is_picture,
        "plays": file.plays,
        "note": file.notes,
        "about": file.about[0] if file.about else "",
        "first": number == 1,
        "last": number == count,
    }


def _hidden(entry: ReadEntry, book: SeenBook) -> frozenset[str]:
    """Return which parts of a sealed entry the author of the draft does not read. 1 query."""
    return parts_hidden(entry.index, book.reader, book=book.id)


def _shown(
    fact: Entry,
    book: SeenBook,
    names: OtherNames,
    *,
    number: int,
    at: datetime,
    files_at: str,
    own_words: bool = True,
    hidden: Collection[str] = (),
) -> EntryView:
    children = children_named(fact)
    view = wording.view_of(
        in_book(fact, book.id),
        number=number,
        signed_at=at,
        names=child_names(children) if children else {},
        book=book.id,
        files_at=files_at,
    )
    return with_other_names(opened(view, hidden), names, own_words=own_words)
