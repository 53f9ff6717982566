"""Beginning another entry of the same event, and saying that two entries are of one event."""

from dataclasses import replace
from datetime import datetime

from casebound.foundation.base.ids import BookId, DraftId, EntryId, WorkerId
from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import full_names
from casebound.people.homes.reads import child_names
from casebound.record.book.entries import Entry
from casebound.record.book.holding import for_all_staff
from casebound.record.book.relations import JOINS
from casebound.record.book.separating import in_book
from casebound.record.drafting.actions.beginning import begin_draft
from casebound.record.drafting.children_concerned import LIVES_HERE_TOO
from casebound.record.drafting.event_draft import of_event
from casebound.record.drafting.first_content import first_content
from casebound.record.drafting.kept_marks import with_restricted
from casebound.record.drafting.reads import about_earlier, begun_already
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Content, HowKnown, Person
from casebound.rulebook.catalogue.same_event import answers_known, asked_there
from casebound.rulebook.catalogue.shape import Form
from casebound.rulebook.catalogue.wall_time import as_typed


class NotOfEventError(RefusedError):
    """The two entries cannot be linked as one event."""

    what = "These two are not linked."
    why = "The other entry is not there, it is this one, or the two are linked already."
    do = "Look at its number in the book, then try again."


def begin_same_event(
    *, book: SeenBook, earlier: ReadEntry, form: str, by: WorkerId, at: datetime
) -> DraftId:
    """Begin another entry of the event that an earlier one tells of, or go on with its draft.

    When and where it was and who was there are filled in. What the author wrote in the earlier
    entry themselves is filled in, too, where the form asks the same (decision 0112).

    Raises:
        NotAllowedError: `by` may read the book but not write in it, or not on this form.
    """
    fact = Entry.read(earlier)
    which = catalogue.form(form)
    draft = _begun_already(book.id, form, earlier.entry_id, by=by)
    if draft is not None:
        return draft
    first = first_content(book, which, at)
    content = _of_event(first, fact, which, book=book, by=by)
    content = replace(content, same_event=(earlier.entry_id,))
    known = {
        name: asked_there(name, fact.answers)
        for name, answer in content.answers.items()
        if first.answers.get(name) != answer
    }
    content = with_restricted(content, which, earlier.index, book, answers=known)
    return begin_draft(book=book, form=form, by=by, at=at, content=content, is_empty=True)


def begin_joining(
    *, book: SeenBook, earlier: ReadEntry, other: EntryId, by: WorkerId, at: datetime
) -> DraftId:
    """Begin the entry which says that two entries tell of one event.

    Raises:
        NotOfEventError: the other one is the same entry, or `by` may not read it.
        NotAllowedError: `by` may read the book but not write in it.
    """
    if other == earlier.entry_id or not of_event([other], by, at=at):
        raise NotOfEventError
    draft = _begun_already(book.id, JOINS.key, other, by=by)
    if draft is not None:
        return draft
    form = catalogue.form(JOINS.key)
    about = about_earlier(earlier, book=book.id, relation=JOINS)
    content = replace(first_content(book, form, at), same_event=(other,))
    return begin_draft(
        book=book, form=form.name, by=by, at=at, about=about, content=content, is_empty=True
    )


def _begun_already(book: BookId, form: str, event: EntryId, *, by: WorkerId) -> DraftId | None:
    """Return the author's draft about the same event."""
    return begun_already(
        book=book, form=form, author=by, is_same=lambda draft: event in draft.content.same_event
    )


def _of_event(first: Content, fact: Entry, form: Form, *, book: SeenBook, by: WorkerId) -> Content:
    content = replace(
        first,
        happened_from=as_typed(fact.happened_from),
        happened_to=as_typed(fact.happened_to) if fact.happened_to else "",
        where=fact.content.where,
        present=_present(fact, form, book=book, by=by),
    )
    others = tuple(child for child in fact.children if child != book.child)
    if form.several_children:
        content = replace(content, also_about=others)
    if fact.author.id != by:
        return content  # a colleague's words stay theirs
    alone = not fact.children and not others
    # Never one about another child alone (P40), nor one for those who need to know.
    answers = in_book(for_all_staff(fact), book.id).answers
    return replace(
        content,
        how_known=fact.content.how_known,
        originator=fact.content.originator,
        originator_id=fact.content.originator_id,
        present_nobody=fact.content.present_nobody and not content.present,
        answers={**first.answers, **answers_known(form, answers, of_one_child=alone)},
    )


def _present(fact: Entry, form: Form, *, book: SeenBook, by: WorkerId) -> tuple[Person, ...]:
    """Return who was there: as the earlier entry says, with its author and the other children."""
    own = full_names([by]).get(by, "")
    there = [
        person
        for person in fact.content.present
        if person.name != own and person.child != (book.child or "-")
    ]
    if fact.author.id != by and fact.content.how_known is HowKnown.WAS_THERE:
        there.append(Person(fact.author.name, fact.author.role))
    concerned = [] if form.several_children else [c for c in fact.children if c != book.child]
    named = {person.child for person in there}
    names = child_names(child for child in concerned if child not in named) if concerned else {}
    there += [Person(name, LIVES_HERE_TOO) for name in names.values()]
    return tuple(replace(person, child="") for person in there)
