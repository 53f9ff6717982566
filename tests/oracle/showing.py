"""What the product shows of a world that has happened, as sets: by its reads, and on its pages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from casebound.foundation.base.ids import BookId
from casebound.people.access.other_names import usual_names
from casebound.people.access.reads import SeenBook, seen_among, seen_book, seen_books
from casebound.reading.chronology import reads as chronology
from casebound.reading.chronology.reads import LinesWanted
from casebound.reading.registers import reads as registers
from casebound.reading.registers.reads import RowsWanted
from casebound.reading.search import reads as search
from casebound.reading.search.query import read_query
from casebound.record.book.reads import entry_in
from tests.oracle.living import COMMON, Lived

WORD = re.compile(r"word\d+of\d+")
_OLDER = re.compile(r'href="(\?[^"]*(?:before|upto)=[^"]*)"')
_OLDER_FOUND = re.compile(r'name="before"\s+value="(\d+)"')


@dataclass
class Eyes:
    """A person who looks, through the reads and with a browser."""

    lived: Lived
    person: str
    seen: dict[str, SeenBook | None] = field(default_factory=dict)
    _browser: Client | None = None

    @property
    def id(self) -> Any:
        """The id of their account."""
        return self.lived.worker(self.person).id

    @property
    def browser(self) -> Client:
        """Their browser, signed in."""
        if self._browser is None:
            self._browser = self.lived.stage.made_up.browser_of(self.lived.worker(self.person))
        return self._browser

    def book(self, name: str) -> SeenBook | None:
        """Return a book as they see it."""
        if name not in self.seen:
            self.seen[name] = seen_book(
                self.id, self.lived.book(name), at=self.lived.stage.look, in_part=True
            )
        return self.seen[name]

    # By its reads

    def books_among(self) -> set[str]:
        """Return which of all books they may read, asked at once."""
        ids = {self.lived.book(name): name for name in self.lived.world.books}
        seen = seen_among(self.id, ids, at=self.lived.stage.look)
        return {ids[book] for book in seen}

    def books_each(self) -> set[str]:
        """Return which books they may read whole, asked one by one."""
        books = {name: self.book(name) for name in self.lived.world.books}
        return {name for name, book in books.items() if book and not book.is_in_part}

    def books_now(self) -> set[str]:
        """Return the books that lists show."""
        ids = {self.lived.book(name): name for name in self.lived.world.books}
        listed = seen_books(self.id, at=self.lived.stage.look)
        return {ids[book.id] for book in listed if book.id in ids}

    def lines(self, name: str) -> set[int]:
        """Return the entries on the pages of a book."""
        book, keys = self.book(name), set[int]()
        wanted = LinesWanted()
        while book is not None:
            page = chronology.page(book, wanted, count=7, names=usual_names(book))
            keys |= self._keys(name, page.numbers)
            if not page.older:
                break
            wanted = LinesWanted(before=page.older)
        return keys

    def openable(self, name: str, keys: set[int]) -> set[int]:
        """Return which of these entries of a book an address with their number opens."""
        book = self.book(name)
        if book is None:
            return set()
        return {
            key
            for (key, of), number in self.lived.numbers.items()
            if of == name and key in keys and entry_in(book, number) is not None
        }

    def numbered(self, home: str, register: str) -> set[int]:
        """Return the entries of a register whose answers they read."""
        book = self.book(home)
        if book is None or registers.register_of(book, register) is None:
            return set()
        page = registers.page(book, register, RowsWanted(), at=self.lived.stage.look, count=2000)
        places = {
            (place.book.id, place.number) for row in page.rows for place in row.places if place.book
        }
        return {
            key
            for (key, of), number in self.lived.numbers.items()
            if (self.lived.book(of), number) in places
        }

    # On its pages

    def found(self, words: str = COMMON) -> set[tuple[int, str, int]]:
        """Return what a search finds: the entry, the book, and the place of the statement."""
        books = seen_books(self.id, at=self.lived.stage.look, in_part=True)
        if not books:
            return set()
        reach = search.reach(books, worker=self.id, at=self.lived.stage.look)
        hits: list[search.Hit] = []
        before = None
        while True:
            page = search.search(read_query(words), books=reach, before=before)
            hits += page.found
            before = page.next_before
            if before is None:
                break
        return set(self._places((hit.book.id, hit.number, hit.anchor) for hit in hits))

    def page(self, name: str, *args: object, query: str = "") -> set[str]:
        """Return the words that a page shows, with the pages that go on from it."""
        path = reverse(name, args=args)
        return set(self._words_from(path, query))

    def search_page(self, words: str = COMMON) -> set[str]:
        """Return the words that pages of search results show."""
        shown, asked = set[str](), {"q": words}
        while True:
            answer = self.browser.post(reverse("search:search"), asked)
            text = unescape(answer.text)
            shown |= set(WORD.findall(_without_marks(text)))
            older = _OLDER_FOUND.search(text)
            if older is None:
                return shown
            asked = {"q": words, "before": older[1]}

    def status(self, name: str, *args: object) -> int:
        """Return how an address answers."""
        return int(self.browser.get(reverse(name, args=args)).status_code)

    def _words_from(self, path: str, query: str) -> Iterator[str]:
        seen = set[str]()
        while query not in seen:
            seen.add(query)
            answer = self.browser.get(path + query)
            text = unescape(b"".join(answer).decode(errors="replace"))
            yield from WORD.findall(_without_marks(text))
            older = [unescape(link) for link in _OLDER.findall(text)]
            query = next((link for link in older if link not in seen), query)

    def _keys(self, name: str, numbers: Iterable[int]) -> set[int]:
        by_number = {number: key for (key, of), number in self.lived.numbers.items() if of == name}
        return {by_number[number] for number in numbers if number in by_number}

    def _places(self, places: Iterable[tuple[BookId, int, int]]) -> Iterator[tuple[int, str, int]]:
        names = {
            (self.lived.book(of), number): (key, of)
            for (key, of), number in self.lived.numbers.items()
        }
        for book, number, anchor in places:
            if anchor and (book, number) in names:
                key, of = names[book, number]
                yield key, of, anchor


def _without_marks(text: str) -> str:
    """Take out what stands round a word that was found."""
    return re.sub(r"</?mark[^>]*>", "", text)
