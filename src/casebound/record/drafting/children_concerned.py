"""The children a draft is about, and so the books its entry goes into (P40, P63).

An event that concerns several children is written once and sealed into the book of each. A worker
puts an entry only into books they may write in. The page checks that, and signing checks it again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from casebound.foundation.base.ids import BookId, ChildId
from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.access.reads import SeenBook, seen_among, seen_books
from casebound.people.homes.reads import ChildSeen
from casebound.people.rights.shape import Permission
from casebound.record.attachments.reads import UploadSeen
from casebound.record.book.attached import Attachment
from casebound.record.book.entries import is_about
from casebound.record.book.reads import barred_from_view
from casebound.record.drafting.drafts import OpenDraft
from casebound.rulebook.catalogue.completeness import Missing
from casebound.rulebook.catalogue.content import Content, Person

LIVES_HERE_TOO: Final = "lives here too"  # the role of another child of the home, when picked
# Answers that begin follow-ups of the whole event.
OF_THE_EVENT: Final = frozenset({"actions", "steps"})
PICK: Final = "also_about"  # the control where children are picked
_WHICH_CHILD: Final = gettext_noop(
    "Say which child this is about. The child you marked it with is not picked."
)
# An entry is put right in all its books. Only "wrong book" can be true of one book and not others.
_ROLES_OF_CHILDREN: Final = frozenset({"", LIVES_HERE_TOO})


def other_books(
    draft: OpenDraft, book: SeenBook, *, earlier: ReadEntry | None, at: datetime
) -> list[SeenBook]:
    """Return the other children's books the draft may go into, by name. At most 2 queries.

    For a new event these are the children who live at the home. For an entry that puts the
    `earlier` entry right, or follows it, these are the children of the earlier entry.
    """
    if book.child is None:
        return []
    if draft.about is not None:
        return _others_of_the_earlier(draft, book, earlier=earlier, at=at)
    if not draft.form.several_children:
        return []
    return [
        other
        for other in seen_books(book.worker, at=at)
        if other.child
        and other.home == book.home
        and other.id != book.id
        and other.may(Permission.WRITE_ENTRY, form=draft.form.name, used_it=True)
    ]


def _others_of_the_earlier(
    draft: OpenDraft, book: SeenBook, *, earlier: ReadEntry | None, at: datetime
) -> list[SeenBook]:
    if earlier is None or not (draft.form.puts_right or draft.form.several_children):
        return []
    if len(earlier.pages) == 1:
        return []
    return [
        other
        for other in seen_among(book.worker, earlier.pages, at=at).values()
        if other.id != book.id
        and other.may(Permission.WRITE_ENTRY)
        and not barred_from_view([earlier.entry_id], book=other.id)
    ]


def is_asked(draft: OpenDraft) -> bool:
    """Say whether the author picks the other children. If not, the earlier entry names them."""
    return draft.about is None or not draft.about.relation.into_all_books


def books_of(draft: OpenDraft, book: SeenBook, others: Sequence[SeenBook]) -> tuple[SeenBook, ...]:
    """Return the books the entry goes into, the one it was begun in first.

    A picked child who is not (or no longer) among `others` is left out, and `gaps` reports it.
    """
    if not is_asked(draft):
        return (book, *others)
    return (book, *(other for other in others if ChildId(other.id) in draft.content.also_about))


def expected_pages(draft: OpenDraft, books: Sequence[SeenBook]) -> dict[BookId, int]:
    """Return how many pages each book had when the author read the entry they put right.

    An entry that only adds to a book does not depend on its pages.
    """
    if draft.about is None or not draft.about.relation.puts_right:
        return {}
    read = dict(draft.about.others)
    return {draft.book: draft.about.pages} | {
        book.id: read[book.id] for book in books if book.id in read
    }


def gaps(content: Content, books: Sequence[SeenBook]) -> Iterator[Missing]:
    """Name what is wrong with the children the draft says it is about."""
    if not {ChildId(book.id) for book in books} >= set(content.also_about):
        yield Missing(
            PICK,
            gettext(
                "Remove the child who does not live here now, or whose book you cannot write in."
            ),
            "P63",
        )
    for name, child in content.answers_about.items():
        if content.answers.get(name) and not _is_picked(child, books):
            yield Missing(f"answers-{name}", gettext(_WHICH_CHILD), "P40")
    written = [statement for statement in content.statements if not statement.is_blank]
    for number, statement in enumerate(content.statements, start=1):
        if not statement.is_blank and not any(is_about(statement, book.id) for book in books):
            yield Missing(f"statements-{number}-about", gettext(_WHICH_CHILD), "P40")
    if len(books) == 1:
        return
    for book in books:
        if written and not any(is_about(statement, book.id) for statement in written):
            yield Missing(
                PICK,
                gettext("Nothing here is about {child}. Say what is, or remove the name.").format(
                    child=book.title
                ),
                "P40",
            )


def file_gaps(files: Sequence[UploadSeen], books: Sequence[SeenBook]) -> Iterator[Missing]:
    """Name the files that are about a child who is not picked."""
    for upload in files:
        if upload.file.about and not any(_is_picked(child, books) for child in upload.file.about):
            yield Missing("files", gettext(_WHICH_CHILD), "P40")


def _is_picked(child: ChildId, books: Sequence[SeenBook]) -> bool:
    return any(ChildId(book.id) == child for book in books)


def file_as_sealed(file: Attachment, books: Sequence[SeenBook]) -> Attachment:
    """Return a file as it is sealed. One about all of the children names no child."""
    return replace(file, about=_alone(file.about, books))


def answers_as_sealed(content: Content, books: Sequence[SeenBook]) -> dict[str, ChildId]:
    """Return the child each answer is about alone. An entry about one child names none."""
    if len(books) == 1:
        return {}
    return {
        name: child for name, child in content.answers_about.items() if _is_picked(child, books)
    }


def statements_as_sealed(content: Content, books: Sequence[SeenBook]) -> Content:
    """Return the content as it is sealed. A statement about all of the children names no child."""
    return replace(
        content,
        also_about=(),
        answers_about={},
        statements=tuple(
            replace(statement, about=_alone(statement.about, books))
            for statement in content.statements
        ),
    )


def _alone(about: Sequence[ChildId], books: Sequence[SeenBook]) -> tuple[ChildId, ...]:
    """Return which of the children something is about; nobody if it is about all of them."""
    alone = tuple(child for book in books if (child := ChildId(book.id)) in about)
    return () if len(alone) == len(books) else alone


def may_name_a_child(present: Sequence[Person]) -> bool:
    """Say whether somebody of those present could be a child of the home."""
    return any(person.role in _ROLES_OF_CHILDREN for person in present)


def present_as_sealed(content: Content, children: Sequence[ChildSeen]) -> Content:
    """Return the content with the id of each child who was there, found by their names.

    The id lets a book leave out another child's name (P40). `children` are those of the home.
    """

    def named(person: Person) -> Person:
        meant = _meant(person, children)
        return replace(person, child=meant[0].id) if len(meant) == 1 else person

    return replace(content, present=tuple(named(person) for person in content.present))


def unclear_children(content: Content, children: Sequence[ChildSeen]) -> Iterator[Missing]:
    """Ask which child is meant by a name that several children of the home go by."""
    for person in content.present:
        meant = _meant(person, children)
        if len(meant) > 1:
            names = " or ".join(child.short_name for child in meant)
            yield Missing(
                "present", f"“{person.name}” was there: which one? Choose {names}.", "P40"
            )


def _meant(person: Person, children: Sequence[ChildSeen]) -> list[ChildSeen]:
    """Return the children a name can mean. A short name counts first, an earlier one last."""
    if person.role not in _ROLES_OF_CHILDREN:
        return []
    name = person.name.casefold()
    ways = (
        lambda child: (child.short_name,),
        lambda child: (child.called, child.full_name),
        lambda child: child.earlier_names,
    )
    for names_of in ways:
        meant = [child for child in children if name in map(str.casefold, names_of(child))]
        if meant:
            return meant
    return []
