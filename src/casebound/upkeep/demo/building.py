"""The made-up provider, made through the product's own actions and in the order it was lived."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.conf import settings

from casebound.foundation.base.ids import BookId, ChildId, DraftId, EntryId, HomeId, WorkerId
from casebound.foundation.base.times import LONDON
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.reads import book_pages, entry_at
from casebound.people.access.reads import SeenBook, seen_book
from casebound.people.access.roles import role_in
from casebound.people.accounts.actions import give_password
from casebound.people.duties.entries import WHOLE, Subject, SubjectKind
from casebound.people.homes import actions as homes
from casebound.people.homes import reads as homes_seen
from casebound.people.homes.births import BirthKnown
from casebound.people.staff.actions import COMMAND_LINE, open_account
from casebound.record.book.relations import relation_of
from casebound.record.drafting import actions as drafting
from casebound.record.drafting.actions import Signing
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.reads import About, open_draft
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Content, StatementContent
from casebound.rulebook.catalogue.shape import FieldType
from casebound.upkeep.demo import comings
from casebound.upkeep.demo.story import days, people
from casebound.upkeep.demo.story.people import PlannedAppointment, PlannedChild

PASSWORD = "made-up password"  # noqa: S105 (shown on the demo's pages; on this machine only)

Tell = Callable[[int], None]
Thing = TypeVar("Thing")


class Building:
    """The demo while it is being made: who is who, and which entry each page became."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.workers: dict[str, WorkerId] = {}
        self.homes: dict[str, HomeId] = {}
        self.books: dict[str, BookId] = {}  # of children and homes
        self.children: dict[str, ChildId] = {}
        self.sealed: dict[str, Sealed] = {}

    def people(self, *, at: datetime, today: date) -> None:
        """Make accounts, homes, appointments and children, as of `at`; ages are as of `today`."""
        homes.open_home(
            name=people.PROVIDER.name,
            address=people.PROVIDER.county,
            is_office=True,
            by=WorkerId(settings.INSTALLATION.id),
            at=at,
            auth=COMMAND_LINE,
        )
        for worker in (*people.WORKERS, *people.VISITORS):
            account = open_account(
                username=worker.username,
                full_name=worker.full_name,
                by=None,
                at=at,
                face=worker.face,
            )
            give_password(account=account, password=PASSWORD, by=None)
            self.workers[worker.key] = account
        # Birthdays and dates of admission move with the years, so that everybody keeps their age.
        appointments = people.appointments_on(today)
        by = next(
            self.workers[appointment.worker]
            for appointment in appointments
            if appointment.role == "responsible_individual"
        )
        for home in people.HOMES:
            self.homes[home.key] = homes.open_home(
                name=home.name, address=home.address, by=by, at=at
            )
            self.books[home.key] = _there(homes_seen.home(self.homes[home.key])).book
        for child in people.children_on(today):
            if child.came is None:
                self.admit_planned(child, from_at=_noon(child.admitted_on), by=by, at=at)
        for appointment in appointments:
            if appointment.child is None or appointment.child in self.children:
                self._appoint(appointment, from_at=_noon(appointment.from_on), by=by, at=at)

    def arrive(self, child: PlannedChild, *, at: datetime) -> None:
        """Admit a child of the story who comes while it goes on, and appoint their key worker."""
        by = self.manager(child.home)
        self.admit_planned(child, from_at=at, by=by, at=at)
        for appointment in people.APPOINTMENTS:
            if appointment.child == child.key:
                self._appoint(appointment, from_at=at, by=by, at=at)

    def admit_planned(
        self, child: PlannedChild, *, from_at: datetime, by: WorkerId, at: datetime
    ) -> None:
        """Admit a child of the story."""
        words = people.PRONOUNS[child.pronouns]
        self.admit(
            child.key,
            home=child.home,
            full_name=child.full_name,
            called=child.called,
            pronouns=f"{words['they']}, {words['them']}",
            born_on=child.born_on,
            face=child.face,
            from_at=from_at,
            by=by,
            at=at,
        )

    def _appoint(
        self,
        appointment: PlannedAppointment,
        *,
        from_at: datetime,
        by: WorkerId,
        at: datetime,
    ) -> None:
        homes.appoint(
            worker=self.workers[appointment.worker],
            full_name=people.WORKER_OF[appointment.worker].full_name,
            role=appointment.role,
            home=self.homes[appointment.home] if appointment.home else None,
            child=self.children[appointment.child] if appointment.child else None,
            from_at=from_at,
            to_at=_noon(appointment.to_on) if appointment.to_on else None,
            by=by,
            at=at,
        )

    def pages(self, until: datetime, *, days_lived: int, tell: Tell) -> int:
        """Write and sign every page of the story; return how many."""
        count, to_come = 0, comings.steps(until, days_lived)
        for count, page in enumerate(days.written(until, days=days_lived), 1):
            to_come = self._take(to_come, page.signed_at)
            for place, *others in _places(page):
                self._write(page, place, others)
            tell(count)
        self._take(to_come, until)
        return count

    def _take(self, to_come: Sequence[comings.StoryStep], now: datetime) -> list[comings.StoryStep]:
        """Let what comes before a moment happen; return what is still to come."""
        for step in to_come:
            if step.at <= now:
                step.do(self, step.at)
        return [step for step in to_come if step.at > now]

    def manager(self, home: str) -> WorkerId:
        """Return the manager of a home."""
        return self.workers[people.HOME_OF[home].manager]

    def admit(
        self,
        key: str,
        *,
        home: str,
        full_name: str,
        called: str,
        pronouns: str,
        born_on: date,
        face: int,
        from_at: datetime,
        at: datetime,
        birth: BirthKnown = BirthKnown.EXACT,
        birth_by: str = "",
        birth_basis: str = "",
        same_name: bool = False,
        by: WorkerId | None = None,
    ) -> None:
        """Admit a child, by the home's manager unless somebody else is named."""
        self.children[key] = homes.admit_child(
            home=self.homes[home],
            full_name=full_name,
            called=called,
            pronouns=pronouns,
            born_on=born_on,
            birth=birth,
            birth_by=birth_by,
            birth_basis=birth_basis,
            face=face,
            same_name=same_name,
            from_at=from_at,
            by=by or self.manager(home),
            at=at,
        )
        self.books[key] = BookId(self.children[key])

    def note(self, child: str, worker: str, words: str, *, at: datetime) -> Sealed:
        """Write a note about a child and sign it."""
        author = self.workers[worker]
        book = _there(seen_book(author, self.books[child], at=at))
        content = Content.from_json(
            {
                "happened_from": (at - timedelta(minutes=15)).isoformat(),
                "how_known": "was_there",
                "present_nobody": True,
                "statements": [{"text": words}],
                "answers": {"taken_during": "day_to_day"},
            }
        )
        draft = drafting.begin_draft(book=book, form="note", by=author, at=at, content=content)
        return self._sign(worker, draft, book, at=at)

    def drafts(self, until: datetime) -> None:
        """Leave a few drafts unfinished."""
        for page in days.drafts(until):
            author = self.workers[page.author]
            drafting.begin_draft(
                book=_there(seen_book(author, self.books[page.children[0]], at=until)),
                form=page.form,
                by=author,
                at=page.saved_at,
                content=Content.from_json(page.content),
            )

    def _write(self, page: days.WrittenPage, place: str, others: Sequence[str]) -> None:
        """Write a page in the book of a place and sign it; `others` are further children of it."""
        author, at = self.workers[page.author], page.signed_at
        book = _there(seen_book(author, self.books[place], at=at))
        content = self._content(page)
        if others:
            content = replace(content, also_about=tuple(self.children[other] for other in others))
        draft = self._begun(page, book, author, content)
        self.sealed[page.key] = self._sign(page.author, draft, book, at=at)

    def _sign(self, worker: str, draft: DraftId, book: SeenBook, *, at: datetime) -> Sealed:
        author = self.workers[worker]
        return drafting.sign_draft(
            draft=PreparedDraft(_there(open_draft(draft, author=author)), book, at=at),
            signing=Signing(
                worker=author,
                full_name=people.WORKER_OF[worker].full_name,
                role=role_in(book, at=at),
                auth="password, session password+totp",
            ),
        )

    def _begun(
        self, page: days.WrittenPage, book: SeenBook, author: WorkerId, content: Content
    ) -> DraftId:
        if page.dose_of is not None and page.dose_of[0] in self.sealed:
            key, due = page.dose_of
            number = self.sealed[key].numbers[book.id]
            draft = drafting.begin_of_medicine(
                book=book,
                entry=_there(entry_at(book.id, number)),
                form=page.form,
                due=due,
                by=author,
                at=page.signed_at,
            )
            return self._filled(draft, page, author, content)
        if page.follows is None:
            return drafting.begin_draft(
                book=book,
                form=page.after[0] if page.after else page.form,
                by=author,
                at=page.signed_at,
                about=self._about(page, book),
                content=content,
            )
        key, which = page.follows
        draft = drafting.begin_follow_up(
            book=book,
            entry=_there(entry_at(book.id, self.sealed[key].numbers[book.id])),
            form=page.form,
            subject=self._subject(which),
            by=author,
            at=page.signed_at,
        )
        return self._filled(draft, page, author, content)

    def _filled(
        self, draft: DraftId, page: days.WrittenPage, author: WorkerId, content: Content
    ) -> DraftId:
        opened = _there(open_draft(draft, author=author))
        drafting.save_draft(
            draft=opened, content=content, version=opened.version, at=page.signed_at
        )
        return draft

    def _subject(self, which: str) -> Subject:
        """Return which of several a page follows: a worker of the story, else an action."""
        if which in self.workers:
            return Subject(SubjectKind.PERSON, self.workers[which])
        return Subject(SubjectKind.ACTION, which) if which else WHOLE

    def _content(self, page: days.WrittenPage) -> Content:
        told = {**page.content, "answers": self._answers(page), "drew_on": [], "hands_over": []}
        content = Content.from_json(told)
        if page.after is not None and not content.statements:
            content = replace(content, statements=(StatementContent(text=page.after[2]),))
        return replace(
            content,
            drew_on=self._entries(page.content.get("drew_on")),
            hands_over=self._entries(page.content.get("hands_over")),
        )

    def _entries(self, keys: object) -> tuple[EntryId, ...]:
        return tuple(
            EntryId(self.sealed[key].entry_id) for key in (keys if isinstance(keys, list) else ())
        )

    def _answers(self, page: days.WrittenPage) -> dict[str, object]:
        """Return the answers with people by their ids instead of their keys."""
        ids: Mapping[FieldType, Mapping[str, str]] = {
            FieldType.WORKERS: self.workers,
            FieldType.CHILDREN: self.children,
        }
        answers = page.content["answers"]
        form = catalogue.form(page.form)
        return {
            name: [{"id": id_of[person["id"]]} for person in answer]
            if (id_of := ids.get(form.field(name).type))
            else answer
            for name, answer in (answers.items() if isinstance(answers, dict) else ())
        }

    def _about(self, page: days.WrittenPage, book: SeenBook) -> About | None:
        if page.after is None:
            return None
        how, key, _ = page.after
        earlier = self.sealed[key]
        return About(
            relation=relation_of(how),
            entry_id=earlier.entry_id,
            index=earlier.index,
            number=earlier.numbers[book.id],
            pages=book_pages(book.id),
        )


def _places(page: days.WrittenPage) -> list[tuple[str, ...]]:
    """Return the places it is written in, the books of one entry together.

    A form that takes several children is written once for all of them.
    """
    if not page.children:
        return [(page.home,)]
    if catalogue.form(page.form).several_children:
        return [page.children]
    return [(child,) for child in page.children]


def _there(thing: Thing | None) -> Thing:
    """Return something that the story says is there."""
    if thing is None:
        raise LookupError("the story tells of something that is not there")
    return thing


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LONDON)
