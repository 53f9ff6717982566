"""Lines of the books: written once, and written again when a later entry is about them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from casebound.foundation.base.ids import BookId, EntryId
from casebound.ledger.projecting.entries import Damaged
from casebound.ledger.projecting.kinds import Kind, Withdrawal, kind_of
from casebound.ledger.projecting.registry import Projection, kinds
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.projecting.titles import titles
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.accounts.reads import account
from casebound.people.homes.entries import NAMING
from casebound.people.homes.reads import child_names, named_by
from casebound.people.restricted.entries import is_restricted
from casebound.people.restricted.holding import held_as_projected
from casebound.people.staff.reads import name_as_projected
from casebound.reading.chronology import facts
from casebound.reading.chronology.event_links import (
    event_links,
    is_joining,
    link_to,
    others_of_event,
)
from casebound.reading.chronology.models import Line, Writer
from casebound.record.book.entries import Entry, is_written, reason_in
from casebound.record.book.naming import books_led_to, children_named, entries_naming
from casebound.record.book.reads import StatusSeen, links_to, status_as_projected
from casebound.record.book.relations import SAME_EVENT, Relation
from casebound.record.book.same_event import is_told_elsewhere
from casebound.record.book.separating import in_book
from casebound.record.drafting.relations import HANDS_OVER
from casebound.record.followups.relations import FOLLOWS
from casebound.record.followups.standing import EntryStanding, Standing, standing
from casebound.record.notes.relations import DREW_ON
from casebound.record.rendering import wording
from casebound.record.rendering.audience import (
    ANSWERS_FOR_BOOK,
    STAFF,
    STAFF_AND_CHILD,
    Audience,
    Reader,
)
from casebound.record.rendering.entry_view import (
    DAMAGED,
    EntryView,
    LinkView,
    MatterView,
    ReasonView,
    to_row,
)
from casebound.record.rendering.held import held_of_rows
from casebound.record.rendering.html import entry_html
from casebound.record.third_parties.entries import DESCRIBING, Described, PermissionNoted
from casebound.record.third_parties.permitted import as_permitted
from casebound.record.third_parties.reads import entries_about_as_projected
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.clocks.clocks import TABLE


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add the entry's line to each of its books, and redraw the lines it is about."""
    earlier = _earlier(fact)
    names = _names(fact, rows)
    restricted = is_restricted(rows, entry.index)
    of_event = any(reference.relation.same_event for reference in fact.references)
    for book, number in entry.pages.items():
        links = _onward(fact, book, earlier, names, rows)
        if of_event and not is_joining(fact):
            links = (*links, *event_links(entry, book, rows))
        rows.add(
            Line,
            book_id=book,
            number=number,
            state="",
            **lasting_columns(entry, fact),
            **_shown(
                entry,
                fact,
                book,
                names,
                links=links,
                stands=standing(entry, fact, book, rows),
                rows=rows,
            ),
        )
        if not restricted:
            rows.add_missing(Writer, book_id=book, author_id=fact.author.id, name=fact.author.name)
    _redraw_earlier(fact, earlier, by=entry, rows=rows)


def lasting_columns(entry: ReadEntry, fact: Entry) -> dict[str, Any]:
    """Return what an entry's line says in each of its books, whichever later entry is about it."""
    return {
        "happened_at": fact.happened_from,
        "signed_at": entry.signed_at,
        "form": fact.form,
        "author_id": fact.author.id,
        "home_id": fact.home_id,
        "entry_id": entry.entry_id,
        "leaf": entry.index,
        "late": fact.late,
    }


def _redraw_earlier(fact: Entry, earlier: list[ReadEntry], *, by: ReadEntry, rows: Rows) -> None:
    """Write the lines again that an entry is about, and those of the same event.

    A handed-over entry's line does not mention the handover, so it stays as it is.
    """
    handed = _handed_over(fact)
    about = {line.index: line for line in earlier if line.entry_id not in handed}
    of_event = {other.index: other for line in about.values() for other in _event(line, fact, rows)}
    for line in {**of_event, **about}.values():
        if line.index != by.index:
            _redraw(line, by=by, rows=rows)


def _event(line: ReadEntry, fact: Entry, rows: Rows) -> list[ReadEntry]:
    """Return the other entries of a line's event, if they must say what became of it."""
    relations = [
        reference.relation for reference in fact.references if reference.entry_id == line.entry_id
    ]
    changes = any(relation.same_event or relation.puts_right for relation in relations)
    return others_of_event(line, rows) if changes else []


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Write the lines that a withdrawn entry was about again, without its effect on them.

    Its own line is written again with the entry that withdraws it, struck through or barred, and
    the other entries of its event say so.
    """
    withdrawn = entry_of(withdrawal.entry_id)
    if withdrawn is None or not is_written(withdrawn):
        return
    fact = Entry.read(withdrawn)
    _redraw_earlier(fact, _earlier(fact), by=withdrawal.by, rows=rows)
    for other in others_of_event(withdrawn, rows):
        _redraw(other, by=withdrawal.by, rows=rows)


def draw(entry: ReadEntry, rows: Rows) -> None:
    """Write the lines of an entry as they stand now, whichever later entries are about it."""
    name, version = kind_of(entry)
    if name == Entry.kind:
        _redraw(entry, by=entry, rows=rows)
    elif name == Damaged.kind:
        damaged(entry, Damaged.read(entry), rows)
    elif name in titles():
        fact_sealed(entry, kinds()[name, version].read(entry), rows)


def redraw(earlier: ReadEntry, later: ReadEntry, rows: Rows) -> None:
    """Write the lines of an entry again whose readers a later one changed."""
    if is_written(earlier):
        _redraw(earlier, by=later, rows=rows)


def _redraw(entry: ReadEntry, *, by: ReadEntry, rows: Rows) -> None:
    """Write an entry's lines again, with every entry that is about it; `by` is the newest."""
    fact = Entry.read(entry)
    earlier = _earlier(fact)
    names = _names(fact, rows)
    later = [
        (link.relation, link.books, by if link.entry == by.entry_id else entry_of(link.entry))
        for link in links_to(entry.entry_id, rows)
    ]
    restricted = is_restricted(rows, entry.index)
    of_event = not is_joining(fact) and _is_of_event(fact, entry, rows)
    for book, number in entry.pages.items():
        # An entry about it counts only in the books that it is written in.
        about = [
            (how, found)
            for how, books, found in later
            if found and book in books and is_written(found)
        ]
        status = status_as_projected(entry.index, book, rows)
        links = (
            *_onward(fact, book, earlier, names, rows),
            *(_back(how, found, book, rows) for how, found in about if not how.same_event),
            *(event_links(entry, book, rows) if of_event else ()),
        )
        shown = _shown(
            entry,
            fact,
            book,
            names,
            links=links,
            # A withdrawn entry has no follow-ups to show.
            stands=EntryStanding() if status else standing(entry, fact, book, rows),
            rows=rows,
            state=status.status.value if status else "",
            reason=_reason(status, about, book, restricted=restricted) if status else (),
        )
        state = status.status.value if status else ""
        rows.change(Line, {"book_id": book, "number": number}, state=state, **shown)


def _is_of_event(fact: Entry, entry: ReadEntry, rows: Rows) -> bool:
    """Say whether another entry may tell of the same event. 0 or 1 query."""
    says_so = any(reference.relation.same_event for reference in fact.references)
    return says_so or is_told_elsewhere(entry.index, rows)


def _reason(
    status: StatusSeen,
    about: Sequence[tuple[Relation, ReadEntry]],
    book: BookId,
    *,
    restricted: bool,
) -> tuple[ReasonView, ...]:
    """Return why an entry no longer stands, as statements, each with its audience.

    Why a restricted entry does not is for those who answer for the book, not for its author.
    """
    later = next((found for _, found in about if found.index == status.withdrawn_in), None)
    if later is None:
        return (ReasonView(status.reason, ANSWERS_FOR_BOOK if restricted else STAFF),)
    if restricted:
        said = in_book(reason_in(Entry.read(later)), book).content.statements
        return tuple(ReasonView(s.text, ANSWERS_FOR_BOOK) for s in said if s.text)
    return wording.reason_of(in_book(reason_in(Entry.read(later)), book))


def _earlier(fact: Entry) -> list[ReadEntry]:
    """Return the entries it is about. Events, which have no form, need no new line."""
    found = (entry_of(reference.entry_id) for reference in fact.references)
    return [row for row in found if row is not None and is_written(row)]


def _handed_over(fact: Entry) -> set[EntryId]:
    return {reference.entry_id for reference in fact.references if reference.relation is HANDS_OVER}


def _onward(
    fact: Entry, book: BookId, earlier: list[ReadEntry], names: Mapping[str, str], rows: Rows
) -> tuple[LinkView, ...]:
    """Return the links from an entry to the entries it is about, and to the notes it drew on.

    A handover links entries in other books than its own: in the children's books.
    """
    references = {reference.entry_id: reference for reference in fact.references}

    def links() -> Iterator[LinkView]:
        for found in earlier:
            reference = references[found.entry_id]
            if reference.relation is SAME_EVENT:
                continue  # it has a line of its own, with what became of it
            words = reference.relation.onward
            if reference.relation is HANDS_OVER:
                form = Entry.read(found)
                title = catalogue.form(form.form, form.form_version).title
                for other, number in found.pages.items():
                    whose = names.get(other, "the home")
                    # A link into another child's book is only for staff.
                    words_of = f"{words} {title}: {whose}, no. {number:,}"
                    yield link_to(found, words_of, _href(other, number), rows, STAFF)
            elif book in found.pages:
                # A link to an entry outside this book would betray that another child has it.
                name = reference.subject.name
                said = f"{words} {_number(found, book)}"
                if reference.relation is DREW_ON:
                    said = f"{said}, {wording.noted_words(Entry.read(found), found.signed_at)}"
                yield (
                    _link(f"{said}: {name}", found, book, rows, STAFF)
                    if name
                    else _link(said, found, book, rows)
                )

    return tuple(links())


def _back(relation: Relation, later: ReadEntry, book: BookId, rows: Rows) -> LinkView:
    """Return the link to a later entry. For a follow-up it says what it is, and who it is for.

    That person may be another child, so a link that names them is only for staff.
    """
    number = _number(later, book)
    if relation is not FOLLOWS:
        return _link(f"{relation.back} {number}", later, book, rows)
    fact = Entry.read(later)
    name = next(
        (reference.subject.name for reference in fact.references if reference.relation is FOLLOWS),
        "",
    )
    title = catalogue.form(fact.form, fact.form_version).title
    words = f"{title} ({name}): {number}" if name else f"{title}: {number}"
    return _link(words, later, book, rows, STAFF if name else STAFF_AND_CHILD)


def _link(
    words: str, entry: ReadEntry, book: BookId, rows: Rows, audience: Audience = STAFF_AND_CHILD
) -> LinkView:
    return link_to(entry, words, _href(book, entry.pages[book]), rows, audience)


def _number(entry: ReadEntry, book: BookId) -> str:
    return f"no. {entry.pages[book]:,}"


def _shown(
    entry: ReadEntry,
    fact: Entry,
    book: BookId,
    names: Mapping[str, str],
    *,
    links: tuple[LinkView, ...] = (),
    stands: EntryStanding,
    rows: Rows,
    state: str = "",
    reason: tuple[ReasonView, ...] = (),
) -> dict[str, str]:
    number = entry.pages[book]
    return _columns(
        wording.view_of(
            as_permitted(in_book(fact, book), book, entry.index, rows),
            number=number,
            signed_at=entry.signed_at,
            href=_href(book, number),
            links=links,
            standing=tuple(_matter(described, book, rows) for described in stands.matters),
            told={place: _matter(told, book, rows) for place, told in stands.statements.items()},
            state=state,
            state_reason=reason,
            names=names,
            book=book,
            registers=entry.registers,
            held=held_of_rows(held_as_projected(rows, entry.index, book=book)),
        )
    )


def _columns(view: EntryView) -> dict[str, str]:
    """Return an entry's content as data, and the cache of it as staff read it."""
    return {"body": to_row(view), "staff_html": entry_html(view, reader=Reader.STAFF)}


def _matter(described: Standing, book: BookId, rows: Rows) -> MatterView:
    """Return the state in one matter: what was asked and what is done (P28, P49).

    What a form for managers settles is told to nobody else.
    """
    href = _href(book, described.number) if described.number else ""
    leaf = described.leaf or 0
    restricted = leaf if leaf and is_restricted(rows, leaf) else 0
    hidden = described.for_managers or restricted
    return MatterView(
        described.words,
        described.settled,
        href,
        described.disputed,
        leaf=restricted,
        audience=ANSWERS_FOR_BOOK if hidden else STAFF,
    )


def _names(fact: Entry, rows: Rows) -> dict[str, str]:
    """Return the names of the children it names, because only ids are sealed. 0 or 1 query."""
    children = [*children_named(fact), *books_led_to(fact)]
    if not children:
        return {}
    rows.send()  # a child may have been admitted a moment ago, in the same run
    return child_names(children)


def _href(book: BookId, number: int) -> str:
    # Addresses of pages are for ever (they stand in prints), so they may stand in rows.
    return f"/books/{book}/{number}/"


def fact_sealed(entry: ReadEntry, fact: Kind, rows: Rows) -> None:
    """Add the line of an event, such as an admission (P01)."""
    said = titles()[fact.kind](fact, entry)
    signer = name_as_projected(entry.signed_by, rows) or _name_before_the_log(entry)
    for book, number in entry.pages.items():
        rows.add(
            Line,
            book_id=book,
            number=number,
            state="",
            **_columns_without_form(entry, said.happened_at),
            **_columns(
                facts.view_of(entry, said, number=number, href=_href(book, number), signer=signer)
            ),
        )


def _columns_without_form(entry: ReadEntry, happened_at: datetime) -> dict[str, Any]:
    """Return what the line of an event says, or of a damaged entry, which says no more itself."""
    return {
        "happened_at": happened_at,
        "signed_at": entry.signed_at,
        "form": facts.FORM,
        "author_id": entry.signed_by,
        "home_id": "",
        "entry_id": entry.entry_id,
        "leaf": entry.index,
        "late": False,
    }


def _name_before_the_log(entry: ReadEntry) -> str:
    """Return the name of a signer that the office's book did not name yet. 1 query."""
    signer = account(entry.signed_by)
    return signer.full_name if signer else ""


def damaged(entry: ReadEntry, fact: Damaged, rows: Rows) -> None:
    """Add the line of an entry that cannot be read, where it was sealed."""
    for book, number in entry.pages.items():
        href = _href(book, number)
        rows.add(
            Line,
            book_id=book,
            number=number,
            state=DAMAGED,
            **_columns_without_form(entry, entry.sealed_at),
            **_columns(facts.damaged_view(entry, fact, number=number, href=href)),
        )


def child_named(entry: ReadEntry, fact: Kind, rows: Rows) -> None:
    """Add the line of an event that names a child, and show the name in the lines that name them.

    A child who comes may change the short name of another, who was called alike.
    """
    fact_sealed(entry, fact, rows)
    rows.send()
    for line in entries_naming([*named_by(entry.index)], rows):
        _redraw(line, by=entry, rows=rows)


def person_told(entry: ReadEntry, fact: Described | PermissionNoted, rows: Rows) -> None:
    """Add the line of an event about a third party, and show again what is written about them."""
    fact_sealed(entry, fact, rows)
    for book in entry.pages:
        for about in entries_about_as_projected(book, fact.person_id, rows).values():
            found = entry_of(EntryId(about))
            if found is not None and is_written(found):
                _redraw(found, by=entry, rows=rows)


PROJECTION = Projection(
    version=19,
    tables=(Line, Writer),
    on={
        Entry.kind: entry_sealed,
        Damaged.kind: damaged,
        **dict.fromkeys(titles(), fact_sealed),
        **dict.fromkeys(NAMING, child_named),
        **dict.fromkeys([*DESCRIBING, PermissionNoted.kind], person_told),
    },
    withdraw=withdraw,
    redraw=redraw,
    shows_withdrawn="a struck entry stays readable, struck through; a misfiled one is barred",
    reads_rows_of=("book", "duties", "followups", "homes", "restricted", "staff", "third_parties"),
    depends_on_files=(FORMS, TABLE),
)
