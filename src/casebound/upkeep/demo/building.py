"""The made-up provider, made through the product's own actions and in the order it was lived."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time

from casebound.foundation.base.ids import BookId, ChildId, DraftId, EntryId, HomeId, WorkerId
from casebound.foundation.base.times import LONDON
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.reads import SeenBook, seen_book
from casebound.people.access.roles import role_in
from casebound.people.accounts.actions import create_account, give_password
from casebound.people.homes import actions as homes
from casebound.people.homes.entries import Role
from casebound.record.book.entries import How
from casebound.record.drafting import actions as drafting
from casebound.record.drafting.actions import Signing
from casebound.record.drafting.reads import About, open_draft
from casebound.rulebook.catalogue.content import Content, StatementContent
from casebound.upkeep.demo.story import days, people

PASSWORD = "made-up password"  # noqa: S105 (shown on the demo's pages; on this machine only)

Tell = Callable[[int], None]


class Building:
    """The demo while it is being made: who is who, and which entry each page became."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.workers: dict[str, WorkerId] = {}
        self.homes: dict[str, HomeId] = {}
        self.children: dict[str, ChildId] = {}
        self.sealed: dict[str, tuple[Sealed, str]] = {}

    def people(self, *, at: datetime, today: date) -> None:
        """Make accounts, homes, appointments and children, as of `at`; ages are as of `today`."""
        for worker in people.WORKERS:
            made = create_account(
                username=worker.username,
                full_name=worker.full_name,
                by=None,
                at=at,
                face=worker.face,
            )
            give_password(account=made, password=PASSWORD, by=None)
            self.workers[worker.key] = made
        # Birthdays and dates of admission move with the years, so that everybody keeps their age.
        appointments = people.appointments_on(today)
        by = next(
            self.workers[one.worker]
            for one in appointments
            if one.role == Role.RESPONSIBLE_INDIVIDUAL
        )
        homes.open_home(
            name=people.PROVIDER.name,
            address=people.PROVIDER.county,
            is_office=True,
            by=by,
            at=at,
        )
        for home in people.HOMES:
            self.homes[home.key] = homes.open_home(
                name=home.name, address=home.address, by=by, at=at
            )
        for face, child in enumerate(people.children_on(today)):
            self.children[child.key] = homes.admit_child(
                home=self.homes[child.home],
                full_name=child.full_name,
                called=child.called,
                pronouns=f"{child.pronouns.they}, {child.pronouns.them}",
                born_on=child.born_on,
                face=face,
                from_at=_noon(child.admitted_on),
                by=by,
                at=at,
            )
        for one in appointments:
            homes.appoint(
                worker=self.workers[one.worker],
                full_name=_worker(one.worker).full_name,
                role=Role(one.role),
                home=self.homes[one.home] if one.home else None,
                child=self.children[one.child] if one.child else None,
                from_at=_noon(one.from_on),
                to_at=_noon(one.to_on) if one.to_on else None,
                by=by,
                at=at,
            )

    def pages(self, until: datetime, *, days_lived: int, tell: Tell) -> int:
        """Write and sign every page of the story; return how many."""
        count = 0
        for page in days.written(until, days=days_lived):
            for child in page.children:
                self._write(page, child)
            count += 1
            tell(count)
        return count

    def drafts(self, until: datetime) -> None:
        """Leave a few drafts unfinished."""
        for page in days.drafts(until):
            child = self.children[page.children[0]]
            author = self.workers[page.author]
            book = _book(author, child, until)
            drafting.begin_draft(
                book=book,
                form=page.form,
                by=author,
                at=page.saved_at,
                content=Content.from_json(page.content),
            )

    def _write(self, page: days.Written, child_key: str) -> None:
        child, author = self.children[child_key], self.workers[page.author]
        book = _book(author, child, page.signed_at)
        draft = drafting.begin_draft(
            book=book,
            form=page.after[0] if page.after else page.form,
            by=author,
            at=page.signed_at,
            about=self._about(page, book),
            content=self._content(page),
        )
        done = self._sign(draft, book, author, page)
        self.sealed[page.key] = (done, child)

    def _sign(self, draft: DraftId, book: SeenBook, author: WorkerId, page: days.Written) -> Sealed:
        opened = open_draft(draft, author=author)
        if opened is None:
            raise LookupError(draft)
        return drafting.sign_draft(
            draft=opened,
            book=book,
            signing=Signing(
                worker=author,
                full_name=_worker(page.author).full_name,
                role=role_in(book, at=page.signed_at),
                auth="password, session password+totp",
            ),
            at=page.signed_at,
        )

    def _content(self, page: days.Written) -> Content:
        content = Content.from_json({**page.content, "drew_on": []})
        if page.after is not None and not content.statements:
            content = replace(content, statements=(StatementContent(text=page.after[2]),))
        return replace(
            content,
            drew_on=tuple(EntryId(self.sealed[key][0].entry_id) for key in _drawn_on(page.content)),
        )

    def _about(self, page: days.Written, book: SeenBook) -> About | None:
        if page.after is None:
            return None
        how, key, _ = page.after
        earlier, _ = self.sealed[key]
        return About(
            how=How(how),
            entry_id=earlier.entry_id,
            index=earlier.index,
            number=earlier.numbers[book.id],
            pages=book_pages(book.id),
        )


def _drawn_on(content: object) -> Iterator[str]:
    given = content.get("drew_on", []) if isinstance(content, dict) else []
    yield from (str(key) for key in given)


def _book(worker: WorkerId, child: ChildId, at: datetime) -> SeenBook:
    found = seen_book(worker, BookId(child), at=at)
    if found is None:
        raise LookupError(f"{worker} does not see {child} at {at}")
    return found


def _worker(key: str) -> people.Worker:
    return next(one for one in people.WORKERS if one.key == key)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LONDON)
