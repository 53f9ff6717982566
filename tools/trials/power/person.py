"""What a person does in a life: opens books, begins drafts, signs, strikes and restricts."""

from datetime import datetime
from random import Random
from typing import Final

from django.db import connections

from casebound.foundation.base.ids import BookId, WorkerId, new_id
from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.projecting import actions as projecting
from casebound.ledger.projecting.kinds import Words
from casebound.ledger.sealing import actions as sealing
from casebound.ledger.sealing.actions import NewEntry, Removal
from casebound.record.drafting.models import Draft
from tools.trials.power.answers import Answers, Signed
from tools.trials.power.house import Told

WORKER: Final = WorkerId("0b0" + "1" * 29)
_WORDS: Final = ("Jay", "came", "home", "calm", "with", "Sam", "made", "toast", "and", "slept")
_IN_TWO_BOOKS, _STRIKES, _RESTRICTS = 0.3, 0.3, 0.3  # shares of what people sign


class DraftGoneError(RefusedError):
    """The draft of an entry is not there."""

    what = "This draft is gone."


class Person:
    """Signs entries, and notes every answer."""

    def __init__(self, random: Random, answers: Answers) -> None:
        """Begin without a book."""
        self.answers = answers
        self._random = random

    def open_book(self, book: BookId) -> None:
        """Open a book, or do so again if the answer was lost."""
        sealing.open_book(book)
        if book not in self.answers.books:
            self.answers.books.append(book)

    def writes(self, at: datetime) -> Signed:
        """Return an entry to sign; some strike or restrict an earlier one."""
        books = self.answers.books
        count = 2 if len(books) > 1 and self._random.random() < _IN_TWO_BOOKS else 1
        chosen = self._random.sample(books, count)
        words = Words(" ".join(self._random.choices(_WORDS, k=self._random.randint(1, 40))))
        fact = self._about_an_earlier(chosen, words)
        expects = {book: self.answers.pages(book) for book in chosen} if fact else {}
        return self._signed(chosen, fact or Told(text=words), at=at, expects=expects)

    def writes_the_last(self, at: datetime) -> Signed:
        """Return an entry with which a life ends."""
        return self._signed(self.answers.books[:1], Told(text=Words("Good night.")), at=at)

    def begin_draft(self, signed: Signed) -> None:
        """Store the draft of an entry; from its answer on, the draft or the entry is there."""
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "INSERT INTO draft (id, book_id, author_id, form, begun_at, saved_at, version,"
                " page_id, save_number, is_empty, begun_by, body) VALUES"
                " (%s, %s, %s, 'trial', '', '', 0, '', 0, 0, '', %s) ON CONFLICT (id) DO NOTHING",
                [signed.draft, signed.new.books[0], WORKER, b"words"],
            )
        self.answers.signed[signed.new.entry_id] = signed

    def seal(self, signed: Signed) -> None:
        """Sign the draft, or do so again if the answer was lost."""
        draft = Removal(table=Draft, where={"id": signed.draft}, rows=1, otherwise=DraftGoneError)
        self.answers.answer(projecting.seal_and_project(signed.new, removes=[draft]))

    def _about_an_earlier(self, books: list[BookId], words: Words) -> Told | None:
        earlier = [e for e in self.answers.sealed.values() if e.numbers.keys() >= set(books)]
        drawn = self._random.random()
        if not earlier or drawn > _STRIKES + _RESTRICTS:
            return None
        about = self._random.choice(earlier)
        if drawn < _STRIKES:
            return Told(text=words, strikes=about.entry_id, strikes_leaf=about.index)
        return Told(text=words, restricts_leaf=about.index)

    def _signed(
        self,
        books: list[BookId],
        fact: Told,
        *,
        at: datetime,
        expects: dict[BookId, int] | None = None,
    ) -> Signed:
        new = NewEntry(
            books=tuple(books),
            parts=fact.parts(),
            signed_by=WORKER,
            signed_at=at,
            auth="password",
            expects=expects or {},
        )
        return Signed(new, fact, new_id())
