"""A small made-up provider one gets to know: two homes, six workers, three children.

    def test_…(made_up: MadeUp) -> None:
        sealed = made_up.write(made_up.jay, "Jay made toast.", after=timedelta(hours=25))
        page = made_up.browser_of(made_up.sam).get(made_up.book_url(made_up.jay))

Everything is made through the product's own actions, once a run (`tests/worlds.py`). Say only what
matters to the test; all times are counted back from `made_up.now`, the moment the test begins.

Oak House: Sam Okafor (residential worker), Kit Adeyemi (Jay's key worker), Dana Whitlock
(registered manager); Jay lives there, Mika has moved on. Elm House: Lin Osei (residential worker),
Robin Tate (registered manager) and Noor. Alex Moreau is the system administrator of the provider
and works in no home.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casebound.foundation.base.ids import BookId, ChildId, DraftId, HomeId, WorkerId
from casebound.foundation.base.typed_times import TypedTimeError
from casebound.ledger.keyring.actions import book_key
from casebound.ledger.sealing.actions import Sealed, begin_ledger
from casebound.ledger.sealing.reads import entry_at
from casebound.people.access.reads import SeenBook, seen_book
from casebound.people.access.roles import role_in
from casebound.people.accounts.actions import give_password
from casebound.people.accounts.models import Account
from casebound.people.accounts.signed_in import BACKEND, SECOND_FACTOR
from casebound.people.duties.entries import WHOLE, Subject
from casebound.people.homes import actions as homes
from casebound.people.homes import reads as homes_seen
from casebound.people.homes.models import Placement
from casebound.people.staff.actions import open_account
from casebound.record.attachments import actions as attaching
from casebound.record.attachments.reads import uploads_of
from casebound.record.attachments.uploads import EncryptingHandler
from casebound.record.book.reads import is_withdrawn
from casebound.record.book.relations import ADDENDUM, CORRECTION, MISFILED, STRIKE, Relation
from casebound.record.drafting import actions as drafting
from casebound.record.drafting.actions import Signing
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.reads import OpenDraft, about_earlier, open_draft
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.shape import Form
from casebound.rulebook.catalogue.wall_time import local_instant
from casebound.rulebook.glossary.actions import add_term
from tests.clients import Browser
from tests.shortest import shortest_answers, statements_owed

PASSWORD = "lantern-orchard-kite-7"  # noqa: S105 (made up)
AN_HOUR = timedelta(hours=1)
LONG_AGO = timedelta(days=400)


class QuickHasher(Argon2PasswordHasher):
    """Argon2, as in earnest, but with so little work that tests are quick."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works there."""

    id: WorkerId
    username: str
    full_name: str


@dataclass(frozen=True, slots=True)
class Child:
    """Somebody who lives, or lived, there."""

    id: ChildId
    full_name: str
    called: str

    @property
    def book(self) -> BookId:
        """The child's book."""
        return BookId(self.id)


@dataclass(frozen=True, slots=True)
class House:
    """A home, as a place to write about."""

    id: HomeId
    book: BookId


def newest(name: str) -> Form:
    """Return the newest version of a form, also of one that nobody begins (`draft_read`)."""
    forms = catalogue.shipped().forms
    return forms[name, max(version for other, version in forms if other == name)]


class MadeUp:
    """The provider, and what its people do."""

    def __init__(self) -> None:
        """Make it, in an empty ledger."""
        self.now = timezone.now().replace(microsecond=0)
        self.began = self.now - LONG_AGO
        begin_ledger(at=self.began)
        self.office = self._home("Hazel Care", is_office=True)
        self.sam = self._worker("sam.okafor", "Sam Okafor")
        self.kit = self._worker("kit.adeyemi", "Kit Adeyemi")
        self.dana = self._worker("dana.whitlock", "Dana Whitlock")
        self.lin = self._worker("lin.osei", "Lin Osei")
        self.robin = self._worker("robin.tate", "Robin Tate")
        self.alex = self._worker("alex.moreau", "Alex Moreau")
        self.oak, self.elm = self._home("Oak House"), self._home("Elm House")
        self.jay = self.admit("Jay Quillfeather", "Jay", self.oak)
        self.mika = self.admit("Mika Thistledown", "Mika", self.oak)
        self.noor = self.admit("Noor Amberwell", "Noor", self.elm)
        self.sams_appointment = self._appoint(self.sam, "residential_worker", self.oak)
        self.kits_appointment = self._appoint(self.kit, "key_worker", self.oak, self.jay)
        self._appoint(self.dana, "registered_manager", self.oak)
        self._appoint(self.robin, "registered_manager", self.elm)
        self._appoint(self.lin, "residential_worker", self.elm)
        self._appoint(self.alex, "system_administrator", None)
        self._leave(self.mika, at=self.now - timedelta(days=30))

    # What people do

    def content(self, *texts: str, form: str = "daily_log", **said: object) -> Content:
        """Return what an entry on a form says; each of `texts` is a statement of fact.

        What the form asks for is answered in the shortest way; `answers` adds to that.
        """
        asked = newest(form)
        added = said.pop("answers", {})
        at = self.now - AN_HOUR
        with suppress(TypedTimeError):  # a test may type half a time
            at = local_instant(str(said.get("happened_from") or at.isoformat()))
        answers = {
            **shortest_answers(asked, at=at),
            **(added if isinstance(added, Mapping) else {}),
        }
        given: dict[str, object] = {
            "happened_from": (self.now - AN_HOUR).isoformat(),
            "where": "The kitchen" if asked.where else "",
            "how_known": "was_there",
            "present_nobody": True,
            "statements": [
                *({"text": text} for text in texts or ("We had tea together.",)),
                *statements_owed(asked, answers),
            ],
            "answers": answers,
        }
        return Content.from_json({**given, **said})

    def draft(
        self, child: Child | House, *texts: str, form: str = "daily_log", by: Worker | None = None,
        **said: object,
    ) -> DraftId:  # fmt: skip
        """Begin a draft, by Sam unless somebody else is named."""
        worker = by or self.sam
        return drafting.begin_draft(
            book=self.book(child, by=worker),
            form=form,
            by=worker.id,
            at=self.now,
            content=self.content(*texts, form=form, **said),
        )

    def write(
        self,
        child: Child | House,
        *texts: str,
        form: str = "daily_log",
        by: Worker | None = None,
        after: timedelta = AN_HOUR,
        signed_at: datetime | None = None,
        **said: object,
    ) -> Sealed:
        """Write, sign and seal an entry `after` something happened; 25 hours make it late."""
        worker, at = by or self.sam, signed_at or self.now
        told = {"happened_from": (at - after).isoformat(), **said}
        if after > timedelta(hours=24):
            told.setdefault("late_reason", "There was nobody to take over.")
        draft = self.draft(child, *texts, form=form, by=worker, **told)
        return self.sign(draft, by=worker, at=at)

    def put_right(
        self,
        child: Child | House,
        number: int,
        how: Relation,
        *texts: str,
        by: Worker | None = None,
        **said: Any,
    ) -> Sealed:
        """Add to, correct, strike or move entry `number` of the child's book."""
        worker = by or self.sam
        earlier = entry_at(child.book, number)
        if earlier is None:
            raise LookupError(number)
        draft = drafting.begin_draft(
            book=self.book(child, by=worker),
            form=how.key,
            by=worker.id,
            at=self.now,
            about=about_earlier(earlier, book=child.book, relation=how),
            content=self.content(*texts or ("It was Tuesday, not Monday.",), **said),
        )
        return self.sign(draft, by=worker)

    def withdraw(self, child: Child | House, number: int, how: Relation) -> Sealed:
        """Let Dana strike or misfile entry `number`, and a deputy agree if that is asked."""
        entry = entry_at(child.book, number)
        asked = self.put_right(child, number, how, by=self.dana)
        if entry is not None and not is_withdrawn(entry.entry_id, book=child.book):
            return self.follow(
                child, asked.numbers[child.book], "strike_agreed", by=self._deputy(),
                answers={"agreed": "yes"},
            )  # fmt: skip
        return asked

    def _deputy(self) -> Worker:
        there = Account.objects.filter(username="lee.moss").values_list("id", flat=True).first()
        if there is not None:
            return Worker(WorkerId(there), "lee.moss", "Lee Moss")
        lee = self._worker("lee.moss", "Lee Moss")
        self._appoint(lee, "deputy_manager", self.oak)
        return lee

    def follow(
        self,
        child: Child | House,
        number: int,
        form: str,
        *texts: str,
        by: Worker | None = None,
        subject: Subject = WHOLE,
        at: datetime | None = None,
        **said: object,
    ) -> Sealed:
        """Begin what comes next after entry `number` of a book, fill it in, and sign it."""
        worker, moment = by or self.dana, at or self.now
        draft = self.begin_following(child, number, form, by=worker, subject=subject, at=moment)
        opened = self.opened(draft, by=worker)
        began = opened.content.to_json()
        known = {name: began[name] for name in ("present", "happened_to", "how_known")}
        given = {
            "happened_from": moment.isoformat(),
            **{name: value for name, value in known.items() if value},
            "present_nobody": not began["present"],
            **said,
        }
        content = self.content(*texts, form=form, **given)
        drafting.save_draft(draft=opened, content=content, version=opened.version, at=moment)
        return self.sign(draft, by=worker, at=moment)

    def begin_following(
        self,
        child: Child | House,
        number: int,
        form: str,
        *,
        by: Worker | None = None,
        subject: Subject = WHOLE,
        at: datetime | None = None,
    ) -> DraftId:
        """Begin what comes next after entry `number` of a book."""
        worker = by or self.dana
        earlier = entry_at(child.book, number)
        if earlier is None:
            raise LookupError(number)
        return drafting.begin_follow_up(
            book=self.book(child, by=worker), entry=earlier, form=form, subject=subject,
            by=worker.id, at=at or self.now,
        )  # fmt: skip

    def attach(
        self,
        draft: DraftId,
        content: bytes,
        *,
        name: str = "boat.jpg",
        alt: str = "A brown boat on blue water.",
        kind: str = "",
        scale: str = "",
        by: Worker | None = None,
    ) -> str:
        """Add a file to a draft as a browser does, and describe it; return its id."""
        opened = self.opened(draft, by=by)
        handler = EncryptingHandler(book_key(opened.book))
        handler.new_file("file", name, None, None, None, {})
        for start in range(0, len(content), handler.chunk_size):
            handler.receive_data_chunk(content[start : start + handler.chunk_size], start)
        handler.file_complete(len(content))
        for refused in handler.refused:
            raise refused
        (arrived,) = handler.claim()
        file = attaching.add_file(draft=draft, book=opened.book, arrived=arrived, at=self.now).id
        for upload in uploads_of(draft, opened.book):
            if upload.id == file:
                attaching.describe(upload=upload, kind=kind, alt=alt, scale=scale)
        return file

    def sign(
        self, draft: DraftId, *, by: Worker | None = None, at: datetime | None = None
    ) -> Sealed:
        """Sign and seal a draft."""
        worker, at = by or self.sam, at or self.now
        opened = self.opened(draft, by=worker)
        book = self._seen(opened.book, worker)
        signing = Signing(
            worker=worker.id,
            full_name=worker.full_name,
            role=role_in(book, at=at, form=opened.form.name),
            auth="password, session password+totp",
        )
        return drafting.sign_draft(draft=PreparedDraft(opened, book, at=at), signing=signing)

    def save(self, draft: DraftId, content: Content, *, by: Worker | None = None) -> None:
        """Keep what was typed into a draft."""
        opened = self.opened(draft, by=by)
        drafting.save_draft(draft=opened, content=content, version=opened.version, at=self.now)

    def prepared(self, draft: DraftId, *, by: Worker | None = None) -> PreparedDraft:
        """Return a draft as a request of its author's has it."""
        opened = self.opened(draft, by=by)
        return PreparedDraft(opened, self._seen(opened.book, by or self.sam), at=self.now)

    def opened(self, draft: DraftId, *, by: Worker | None = None) -> OpenDraft:
        """Return a draft as its author sees it."""
        found = open_draft(draft, author=(by or self.sam).id)
        if found is None:
            raise LookupError(draft)
        return found

    def mixed_life(self) -> None:
        """Write a little of everything there is to write."""
        talk = self.write(
            self.jay, "Jay asked about the seaside.", form="note", answers={"taken_during": "call"}
        )
        self.write(self.jay, "We planned a day out.", form="key_session", drew_on=[talk.entry_id])
        self.write(self.jay, "Jay rang a friend.", form="contact", by=self.kit)
        self.write(self.jay, form="profile_identity", statements=[])
        self.write(
            self.jay, "Sam held Jay's arm.", form="restraint",
            answers={"users": [{"id": self.sam.id}]},
        )  # fmt: skip
        log = self.write(
            self.jay,
            answers={"day": "good"},
            statements=[
                {"text": "Jay laughed all through supper."},
                {"text": "“I like it here.”", "kind": "view"},
                {"text": "I think the new room helps.", "kind": "opinion", "whose": "Sam Okafor",
                 "basis": "three quiet nights"},
                {"text": "The trip is on Saturday.", "kind": "decision", "maker": "Dana Whitlock",
                 "basis": "Jay's wish"},
                {"text": "A neighbour came by.", "sharing": "third_party",
                 "third_party": "the neighbour"},
            ],
        )  # fmt: skip
        self.write(self.jay, "The night was quiet.", after=timedelta(hours=30))
        number = log.numbers[self.jay.book]
        for how in (ADDENDUM, CORRECTION):
            self.put_right(self.jay, number, how)
        for how in (STRIKE, MISFILED):
            wrong = self.write(self.jay, "This belongs somewhere else.", by=self.kit)
            self.put_right(self.jay, wrong.numbers[self.jay.book], how, by=self.dana)
        self.write(self.noor, "Noor built a den.", by=self.lin)
        add_term(
            term="the office", instead="the staff room", why="", by=self.dana.id, at=self.now,
            auth="password",
        )  # fmt: skip
        oak = self.house(self.oak)
        visit = self.write(oak, form="independent_visit", by=self.dana)
        self.follow(oak, visit.numbers[oak.book], "independent_report")
        self.write(self.jay, form="appointment", answers={"next_at": "2030-01-05T10:00"})
        self.write(oak, form="handover", statements=[], hands_over=[log.entry_id])

    # Where they look

    def house(self, home: HomeId) -> House:
        """Return a home as a place to write about."""
        found = homes_seen.home(home)
        if found is None:
            raise LookupError(home)
        return House(home, found.book)

    def book(self, child: Child | House, *, by: Worker | None = None) -> SeenBook:
        """Return a child's book as a worker sees it."""
        return self._seen(child.book, by or self.sam)

    def book_url(self, child: Child) -> str:
        """Return the address of a child's book."""
        return reverse("chronology:book", args=[child.book])

    def leave(self, child: Child, *, days_ago: int = 1) -> None:
        """Let a child move on."""
        self._leave(child, at=self.now - timedelta(days=days_ago))

    def placement_of(self, child: Child) -> str:
        """Return the id of a child's time at a home."""
        return Placement.objects.values_list("id", flat=True).get(child_id=child.id)

    def browser_of(self, worker: Worker | None) -> Client:
        """Return a browser in which `worker` is signed in, with a second factor; None: nobody."""
        browser = Browser()
        if worker is not None:
            browser.force_login(Account.objects.get(pk=worker.id), backend=BACKEND)
            session = browser.session
            session[SECOND_FACTOR] = True
            session.save()
        return browser

    # How they came there

    def _worker(self, username: str, full_name: str) -> Worker:
        made = open_account(username=username, full_name=full_name, by=None, at=self.began)
        give_password(account=made, password=PASSWORD, by=None)
        return Worker(made, username, full_name)

    def _home(self, name: str, *, is_office: bool = False) -> HomeId:
        return homes.open_home(
            name=name,
            address="1 Mill Lane",
            is_office=is_office,
            by=WorkerId(settings.INSTALLATION.id) if is_office else self.dana.id,
            at=self.began,
        )

    def admit(self, full_name: str, called: str, home: HomeId) -> Child:
        """Admit a child to a home, long ago."""
        made = homes.admit_child(
            home=home,
            full_name=full_name,
            called=called,
            pronouns="they, them",
            born_on=date(2012, 2, 29),
            face=1,
            same_name=True,
            from_at=self.began,
            by=self.dana.id,
            at=self.began,
        )
        return Child(made, full_name, called)

    def _appoint(
        self, worker: Worker, role: str, home: HomeId | None, child: Child | None = None
    ) -> str:
        return homes.appoint(
            worker=worker.id,
            full_name=worker.full_name,
            role=role,
            home=home,
            child=child.id if child else None,
            from_at=self.began,
            by=self.dana.id,
            at=self.began,
        )

    def _leave(self, child: Child, *, at: datetime) -> None:
        homes.end_placement(placement=self.placement_of(child), to_at=at, by=self.dana.id, at=at)

    def _seen(self, book: BookId, worker: Worker) -> SeenBook:
        found = seen_book(worker.id, book, at=self.now)
        if found is None:
            raise LookupError(book)
        return found
