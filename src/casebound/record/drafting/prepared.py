"""A draft with everything that one request needs to know of it. The loader makes it.

Each attribute below queries the database when it is first needed, and only once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Final

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import ChildId, WorkerId
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.access.colleagues import colleagues_at
from casebound.people.access.other_names import OtherNames, usual_names
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import every_full_name
from casebound.people.duties.reads import asks_still
from casebound.people.homes.lived_with import other_children
from casebound.people.homes.other_children import NO_OTHERS, OtherChildren
from casebound.people.homes.reads import ChildSeen, children_at, placements_of
from casebound.people.restricted.reads import kept_from, restricted_among
from casebound.people.rights.shape import Permission
from casebound.record.attachments.reads import UploadSeen, uploads_of
from casebound.record.book.entries import Entry, Reference, is_written
from casebound.record.book.reads import is_open_to
from casebound.record.book.relations import AGREED, ASKED, JOINS, SAME_EVENT
from casebound.record.drafting.children_concerned import (
    LIVES_HERE_TOO,
    books_of,
    other_books,
)
from casebound.record.drafting.drafts import OpenDraft
from casebound.record.drafting.event_draft import EventEntry, of_event
from casebound.record.drafting.handover_draft import HandedOver, handed_over
from casebound.record.drafting.quoting import Unread, unread_of, without_copied
from casebound.record.drafting.warned import warned_of
from casebound.record.followups.duties import ORIGINATOR
from casebound.record.followups.relations import CONFIRMS, DISPUTES
from casebound.record.medicines.warnings import Warned
from casebound.record.notes.relations import DREW_ON
from casebound.record.restricting.reads import own_intervals
from casebound.record.third_parties.reads import PersonSeen, people_of
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Content, Person, Sharing
from casebound.rulebook.catalogue.registers import names_parties
from casebound.rulebook.catalogue.setting import Colleague, EarlierEntry, Setting
from casebound.rulebook.catalogue.shape import CAME_ON, FieldType, WrittenBy, has_answer

IS_RIGHT: Final = "is_right"  # what the form on which an originator confirms asks (P28)
AGREES: Final = "agreed"  # what the form asks on which somebody else agrees (P64)
_OF_THE_HOME: Final = frozenset({FieldType.WORKERS, FieldType.CHILDREN, FieldType.ROWS})
# These attributes do not change when the words of the draft change.
_STAYS: Final = frozenset(
    {
        "children_here",
        "home",
        "accounts",
        "files",
        "earlier",
        "unread",
        "kept_from",
        "other_books",
        "others",
        "people",
        "names",
        "came_on",
    }
)


class PreparedDraft:
    """A draft, its book as the author sees it, and the moment of the request.

    Attributes:
        draft: the draft, decrypted.
        book: the book it was begun in.
        at: the moment of the request, aware.
    """

    def __init__(self, draft: OpenDraft, book: SeenBook, *, at: datetime) -> None:
        """Begin with what is known already."""
        self.draft, self.book, self.at = draft, book, at

    @cached_property
    def children_here(self) -> list[ChildSeen]:
        """The children who live at the home, by name. 2 queries."""
        return children_at([self.book.home], at=self.at)

    @property
    def children(self) -> dict[ChildId, str]:
        """The children who live at the home, by id, with the short name of each."""
        return {child.id: child.short_name for child in self.children_here}

    @cached_property
    def others(self) -> OtherChildren:
        """The other children of the home, now or earlier. 1 query for a child's book."""
        return other_children(self.book.child) if self.book.child else NO_OTHERS

    @cached_property
    def names(self) -> OtherNames:
        """How the book names the other children on pages of the draft. Asks about each once."""
        return usual_names(self.book, self.others)

    @cached_property
    def people(self) -> list[PersonSeen]:
        """The register of third parties of the child. 2 queries, 1 if it is empty."""
        return people_of(self.book)

    @cached_property
    def home(self) -> Setting:
        """The home the draft is written in: who works and lives there, by name. 4 queries."""
        return Setting(
            secure=self.book.secure,
            manages=self._manages,
            workers={
                colleague.id: Colleague(colleague.name, colleague.role.words, colleague.can_confirm)
                for colleague in colleagues_at(self.book, at=self.at)
            },
            children={str(child): called for child, called in self.children.items()},
        )

    @property
    def setting(self) -> Setting:
        """What the form needs to know of the home. No query if it asks for nobody there.

        1 more for a form for managers: it may be about somebody of another home.
        """
        fields = self.draft.form.fields
        if names_parties(self.draft.form):
            known = replace(self.home, accounts=self.accounts)
        elif any(field.type in _OF_THE_HOME for field in fields):
            known = self.home
        else:
            known = Setting(secure=self.book.secure, manages=self._manages)
        return replace(
            known,
            earlier=self.followed,
            came_on=self.came_on,
            longest_review=self.longest_review,
        )

    @cached_property
    def longest_review(self) -> Mapping[str, int]:
        """How long the provider allows something restricted. No query if nothing is."""
        content = self.draft.content
        marked = any(
            said.sharing is Sharing.WITHHELD or said.staff is not None
            for said in content.statements
        )
        return own_intervals() if marked or content.restrictions else {}

    @property
    def _manages(self) -> bool:
        return self.book.may(Permission.ANSWER_FOR_BOOK) is not None

    @property
    def followed(self) -> EarlierEntry | None:
        """The entry it follows, for the times that cannot be before it."""
        about, earlier = self.draft.about, self.quoted
        if about is None or not about.relation.follows or earlier is None:
            return None
        if not is_written(earlier):
            return None
        fact = Entry.read(earlier)
        form = catalogue.form(fact.form, fact.form_version)
        return EarlierEntry(form=form, happened_from=fact.happened_from, answers=fact.answers)

    @cached_property
    def came_on(self) -> date | None:
        """The day the child came to this home last. 2 queries, if the form compares with it."""
        if not self.draft.form.compares_with(CAME_ON) or self.book.child is None:
            return None
        here = [line for line in placements_of(self.book.child) if line.home == self.book.home]
        return day_of(here[-1].from_at) if here else None

    @cached_property
    def accounts(self) -> dict[str, str]:
        """Everybody who has or had an account, by id, with their full name. 1 query."""
        return every_full_name()

    @cached_property
    def files(self) -> list[UploadSeen]:
        """The files the draft had when it was opened, in their order. 1 query, if it had any."""
        return uploads_of(self.draft.id, self.draft.book) if self.draft.files else []

    @cached_property
    def earlier(self) -> ReadEntry | None:
        """The entry the draft puts right or follows, as the rules need it. 2 queries, if it does.

        None if it is kept from the author since, or damaged. Pages show `quoted` alone.
        """
        about = self.draft.about
        earlier = entry_of(about.entry_id) if about and is_open_to(self.book, about.index) else None
        return None if earlier is None or earlier.is_damaged else earlier

    @cached_property
    def unread(self) -> Unread | None:
        """Why the author may not read what the draft was begun from, if so. At most 2 queries."""
        return unread_of(self.draft, self.book, self.same_event, at=self.at)

    @property
    def quoted(self) -> ReadEntry | None:
        """The entry the draft puts right or follows, if the author may read its words now."""
        return None if self.unread else self.earlier

    @cached_property
    def kept_from(self) -> frozenset[WorkerId]:
        """Who the matter of the earlier entry is about, if it is for managers. 1 query, if any."""
        return kept_from(self.draft.about.index) if self.draft.about else frozenset()

    @cached_property
    def other_books(self) -> Sequence[SeenBook]:
        """The other children's books it may go into, by name. At most 2 queries."""
        return other_books(self.draft, self.book, earlier=self.earlier, at=self.at)

    @property
    def books(self) -> tuple[SeenBook, ...]:
        """The books the entry goes into, the one it was begun in first."""
        return books_of(self.draft, self.book, self.other_books)

    @cached_property
    def handed_over(self) -> tuple[HandedOver, ...]:
        """The entries a handover leads to. 2 queries each, and 4."""
        return handed_over(self.draft.content.hands_over, self.book, at=self.at)

    @cached_property
    def same_event(self) -> tuple[EventEntry, ...]:
        """The entries that tell of the same event. 2 queries each, and 3."""
        return of_event(self.draft.content.same_event, self.book.worker, at=self.at)

    @cached_property
    def warned(self) -> list[Warned]:
        """What it is warned of, if it is about a medicine. 1 query, if so."""
        return warned_of(self.draft, self.book, at=self.at)

    @cached_property
    def drew_on(self) -> tuple[Reference, ...]:
        """The notes it is written from. 1 query each."""
        entries = [(note, entry_of(note)) for note in self.draft.content.drew_on]
        return tuple(
            Reference(DREW_ON, note, entry.index)
            for note, entry in entries
            if entry is not None and self.draft.book in entry.pages and is_written(entry)
        )

    @property
    def references(self) -> tuple[Reference, ...]:
        """What the entry will refer to: what it puts right or follows, its notes, its event."""
        handed = tuple(entry.reference for entry in self.handed_over)
        joins = self.draft.about is not None and self.draft.about.relation is JOINS
        how = JOINS if joins else SAME_EVENT
        event = tuple(Reference(how, entry.entry, entry.index) for entry in self.same_event)
        return (*self._about, *self.drew_on, *handed, *event)

    @property
    def _about(self) -> tuple[Reference, ...]:
        about = self.draft.about
        if about is None:
            return ()
        how = about.relation
        if how in ASKED and self.needs_agreement:
            how = ASKED[how]
        if how is CONFIRMS and has_answer(self.draft.content.answers.get(IS_RIGHT), ("no",)):
            how = DISPUTES  # it says what is not right
        return (Reference(how, about.entry_id, about.index, about.subject), *self._agreed)

    @property
    def _agreed(self) -> Iterator[Reference]:
        """What was asked to be struck through or misfiled, if the draft agrees to it."""
        draft = self.draft
        if draft.form.by is not WrittenBy.NOT_INVOLVED or self.earlier is None:
            return
        if has_answer(draft.content.answers.get(AGREES), ("yes",)):
            for asked in Entry.read(self.earlier).references:
                if asked.relation in AGREED:
                    yield Reference(AGREED[asked.relation], asked.entry_id, asked.index)

    @cached_property
    def needs_agreement(self) -> bool:
        """Whether what the draft strikes or misfiles stands until somebody else agrees. 2 queries.

        It is for managers alone, or it still asks for something. Nobody is asked to confirm what
        somebody else wants to withdraw, so that alone asks for nothing (decision 0106).
        """
        about = self.draft.about
        if about is None or about.relation not in ASKED:
            return False
        books = [book.id for book in self.books]
        asks = asks_still(about.index, books=books, but=ORIGINATOR.key)
        return asks or bool(restricted_among([about.index]))

    @property
    def people_to_pick(self) -> list[Person]:
        """The people to pick from: the book's child, colleagues, and the other children.

        The writer is left out: another question asks how they know.
        """
        colleagues = [
            Person(colleague.name, colleague.role)
            for worker, colleague in self.home.workers.items()
            if worker != self.book.worker
        ]
        others = dict(self.children)
        own = others.pop(self.book.child, "") if self.book.child else ""
        return [
            *([Person(own)] if own else []),
            *colleagues,
            *(Person(name, LIVES_HERE_TOO) for name in others.values()),
        ]

    def as_readable(self) -> "PreparedDraft":
        """Return the same without what was filled in from an entry that is not readable now."""
        return self.with_draft(without_copied(self.draft)) if self.unread else self

    def with_draft(self, draft: OpenDraft) -> "PreparedDraft":
        """Return the same for a newer draft. Attributes that its words do not change stay."""
        other = PreparedDraft(draft, self.book, at=self.at)
        other.__dict__.update({name: self.__dict__[name] for name in _STAYS & self.__dict__.keys()})
        return other

    def saved(self, content: Content, version: int) -> "PreparedDraft":
        """Return the same for the draft as it was saved just now."""
        draft = replace(self.draft, content=content, version=version, saved_at=self.at)
        return self.with_draft(draft)
