"""What the oracle says next to what the product shows, as sets. What is left is a difference."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.oracle import sight
from tests.oracle.drawing import Chance
from tests.oracle.living import Lived
from tests.oracle.showing import Eyes
from tests.oracle.world import NOW, Entry, World


@dataclass(frozen=True, slots=True)
class Difference:
    """A person is shown something else than the rules say."""

    person: str
    where: str
    leaked: frozenset[Any]
    missed: frozenset[Any]

    def __str__(self) -> str:
        """Say it in one line."""
        return (
            f"{self.person}, {self.where}: shown and not theirs {sorted(self.leaked)},"
            f" theirs and not shown {sorted(self.missed)}"
        )


@dataclass
class Counted:
    """How many sets were compared."""

    sets: int = 0


def differences(
    lived: Lived, *, pages: Callable[[], bool], counted: Counted | None = None
) -> Iterator[Difference]:
    """Compare all reads of each person, and those pages for which `pages` says yes."""
    counted = counted or Counted()
    for person in lived.world.people:
        eyes = Eyes(lived, person)
        for where, shown, theirs in _compared(eyes, lived.world, person, pages):
            counted.sets += 1
            if shown != theirs:
                yield Difference(
                    person, where, frozenset(shown - theirs), frozenset(theirs - shown)
                )


def chosen(chance: Chance, percent: int) -> Callable[[], bool]:
    """Return a choice of some pages of all."""
    return lambda: chance.often(percent)


Compared = tuple[str, set[Any], set[Any]]


def _compared(
    eyes: Eyes, world: World, person: str, pages: Callable[[], bool]
) -> Iterator[Compared]:
    readable = sight.reads(world, person, NOW)
    yield "books, asked at once", eyes.books_among(), readable
    yield "books, asked one by one", eyes.books_each(), readable
    yield "books of lists", eyes.books_now(), sight.reads_now(world, person, NOW)
    for book in world.books:
        yield from _of_book(eyes, world, person, book, pages)
    for home in world.homes:
        for register in sorted({sight.register_of(entry) for entry in world.entries} - {""}):
            yield (
                f"register {register} of {home}",
                eyes.numbered(home, register),
                _numbered(world, person, home, register),
            )
    found = _searched(world, person)
    yield "search", eyes.found(), found
    if pages() and _searches(world, person):
        yield "search page", eyes.search_page(), {word_of(world, *place) for place in found}
    for name in ("desk:shift",):
        if pages():
            shown = eyes.page(name)
            yield f"page {name}", shown, shown & _anything(world, person)


def _of_book(
    eyes: Eyes, world: World, person: str, book: str, pages: Callable[[], bool]
) -> Iterator[Compared]:
    entries = {
        entry.key for entry in world.entries_in(book) if sight.sees(world, person, entry, book, NOW)
    }
    yield f"lines of {book}", eyes.lines(book), entries
    asked = {entry.key for entry in world.entries_in(book) if _is_telling(world, entry)}
    yield f"entries of {book}", eyes.openable(book, asked), entries & asked
    words, id_ = sight.listed(world, person, book, NOW), eyes.lived.book(book)
    if pages():
        yield f"book page of {book}", eyes.page("chronology:book", id_), words
    if pages() and pages():
        yield f"print of {book}", eyes.page("chronology:print", id_), words
    for entry in world.entries_in(book):
        if pages() and pages():
            number = eyes.lived.numbers[entry.key, book]
            shown = eyes.page("chronology:entry", id_, number)
            theirs = _opened(world, person, entry, book)
            yield f"page {number} of {book}", shown, theirs
            there = eyes.status("chronology:entry", id_, number)
            wanted = 200 if entry.key in entries else 404
            yield f"answer to page {number} of {book}", {there}, {wanted}


def _is_telling(world: World, entry: Entry) -> bool:
    """Say whether an entry is kept from somebody; of the others every fourth is asked for."""
    return bool(sight.matters(world, entry)) or entry.key % 4 == 0


def _opened(world: World, person: str, entry: Entry, book: str) -> set[str]:
    """Return the words of an entry, and of those that say why it is withdrawn."""
    words = sight.opened(world, person, entry, book, NOW)
    if not sight.sees(world, person, entry, book, NOW):
        return words
    for later in world.entries_in(book):
        if later.earlier == entry.key and later.how in {"strike", "misfiled"}:
            words |= sight.said_in(later, book)
    return words


def _numbered(world: World, person: str, home: str, register: str) -> set[int]:
    """Return the entries of a register that a person reads: those of the books they read whole.

    Who reads a part of a child's book reads the entry there. What the register says of it is said
    to staff: an advocate may not read all of it, and of a part nothing leads out (decision 0148).
    """
    if not sight.may(world, person, "read_book", home, NOW):
        return set()
    if register in sight.FOR_MANAGERS.values() and not sight.may(
        world, person, "answer_for_book", home, NOW
    ):
        return set()
    return {
        entry.key
        for entry in world.entries
        if sight.register_of(entry) == register
        and sight.written_at(world, entry) == home
        and any(
            sight.may(world, person, "read_book", book, NOW)
            and sight.sees(world, person, entry, book, NOW)
            for book in entry.books
        )
    }


def _searched(world: World, person: str) -> set[tuple[int, str, int]]:
    """Return the statements that a search finds: by entry, book and place."""
    everything = sight.reads_everything(world, person, NOW)
    only = sight.EVERYWHERE if everything else sight.TODAY
    if not _searches(world, person):
        return set()
    return {
        (entry.key, book, place)
        for book in world.books
        if everything or _is_searched(world, person, book)
        for entry in world.entries_in(book)
        if sight.sees(world, person, entry, book, NOW, only=only)
        # What is kept from them in one of the books they search is found in none.
        and (
            everything
            or all(
                sight.sees(world, person, entry, other, NOW, only=only)
                for other in entry.books
                if sight.matters(world, entry) and _is_searched(world, person, other)
            )
        )
        and sight.status(world, entry, book) != "misfiled"
        for place, said in enumerate(entry.said, 1)
        if said.word in sight.said_to(world, person, entry, book, NOW)
    }


def _searches(world: World, person: str) -> bool:
    """Say whether there is a book that a person may search."""
    return any(_is_searched(world, person, book) for book in world.books)


def _is_searched(world: World, person: str, book: str) -> bool:
    """Say whether a person may search a book: one of today, which they do not read as its child."""
    if not sight.lives_somewhere(world, book, NOW):
        return False
    if sight.may(world, person, "read_book", book, NOW, only=sight.TODAY):
        return True
    return sight.has_part(world, person, book, NOW) and not sight.reads_as_child(
        world, person, book, NOW, only=sight.TODAY
    )


def word_of(world: World, key: int, book: str, place: int) -> str:
    """Return the word of a statement that was found."""
    del book
    return world.entries[key].said[place - 1].word


def _anything(world: World, person: str) -> set[str]:
    """Return every word that a person may read anywhere."""
    return {
        word
        for book in world.books
        for entry in world.entries_in(book)
        for word in sight.opened(world, person, entry, book, NOW)
    }
