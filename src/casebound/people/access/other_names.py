"""How the other children of a home are named for the reader of one child's book (P39, P40, P63).

A worker who may read the other child's book sees an initial, and the name after "Show names", until
they sign out. For everybody else, and on paper, it is "another child" (decision 0131).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from casebound.foundation.base.ids import BookId, ChildId, WorkerId
from casebound.people.access.reads import SeenBook, seen_among
from casebound.people.homes.lived_with import (
    children_of_home,
    other_children,
    other_children_of,
)
from casebound.people.homes.other_children import NO_OTHERS, Naming, OtherChildren
from casebound.people.rights.shape import Permission

_IN_SESSION: Final = "names_shown"  # the ids of the books in which this person asked for names


class OtherNames:
    """The other children of one book, each as its reader may know them.

    Attributes:
        others: who they are.
        most: the most that this page shows of somebody whose book the reader may read.
    """

    def __init__(
        self, book: SeenBook, others: OtherChildren, *, most: Naming, readers: "ReadersBooks"
    ) -> None:
        """Begin without having asked for any rights."""
        self.others, self.most = others, most
        self._book, self._readers = book, readers
        self._shown: set[Naming] = set()

    @property
    def hides_files(self) -> bool:
        """Whether the reader opens no file: nobody can take a name out of a picture."""
        return self.others.of_home

    def ask(self, children: Iterable[ChildId]) -> None:
        """Ask whose books the reader may read. 1 query, none for those that are known."""
        if self.most is not Naming.UNNAMED:
            self._readers.ask(children)

    def naming(self, child: ChildId) -> Naming:
        """Return how this reader sees another child."""
        may_know = self.most is not Naming.UNNAMED and self._readers.may_read(child)
        naming = self.most if may_know else Naming.UNNAMED
        self._shown.add(naming)
        return naming

    def is_barred(self, child: ChildId) -> bool:
        """Say whether the reader may not know the child, whatever they ask for."""
        return not self._readers.may_read(child)

    @property
    def are_initials(self) -> bool:
        """Whether the page shows somebody by an initial whose name the reader may see."""
        return Naming.INITIAL in self._shown

    @property
    def are_names(self) -> bool:
        """Whether the page shows somebody by name, and initials can be asked for instead."""
        return Naming.NAME in self._shown and self._book.names_children

    def named_in(self, text: str) -> set[ChildId]:
        """Return which other children a text can name."""
        return self.others.named_in(text)

    def look_at(self, texts: Iterable[str]) -> None:
        """Ask in one query about every child that these texts name, before they are shown."""
        named = {child for text in texts for child in self.named_in(text)}
        self.ask(named)
        for child in named:
            self.naming(child)

    def hides(self, children: Iterable[ChildId]) -> bool:
        """Say whether one of these children is not shown by name."""
        return any(self.naming(child) is not Naming.NAME for child in children)

    def shown(self, text: str, *, bracketed: bool = True) -> str:
        """Return a text as this reader sees it. What stands in for a name is in brackets."""
        self.ask(self.named_in(text))
        return self.others.shown(text, self.naming, bracketed=bracketed)

    def listed(self, text: str) -> str:
        """Return a list of people as this reader sees it."""
        return self.shown(text, bracketed=False)

    def title(self, other: SeenBook) -> str:
        """Return what another child's book is called here. No query: the book says who sees it."""
        if other.child is None or other.id == self._book.id:
            return other.title
        child = ChildId(other.id)
        self._readers.note(other)
        return self.others.named(child, self.naming(child), name=other.title)


class ReadersBooks:
    """Which children's books a reader may read, each asked once."""

    def __init__(self, worker: WorkerId, *, at: datetime) -> None:
        """Begin without having asked."""
        self._worker, self._at = worker, at
        self._may_read: dict[ChildId, bool] = {}

    def ask(self, children: Iterable[ChildId]) -> None:
        """Ask about several children. 1 query, none for those that are known."""
        new = {BookId(child) for child in children if child not in self._may_read}
        seen = seen_among(self._worker, new, at=self._at) if new else {}
        self._may_read |= {ChildId(book): book in seen for book in new}

    def note(self, book: SeenBook) -> None:
        """Note whether the reader may read a child's book that they see already."""
        self._may_read[ChildId(book.id)] = book.may(Permission.READ_BOOK) is not None

    def may_read(self, child: ChildId) -> bool:
        """Say whether the reader may read a child's book."""
        self.ask([child])
        return self._may_read[child]


def names_in_books(
    request: HttpRequest, books: Iterable[SeenBook], *, worker: WorkerId
) -> dict[BookId, OtherNames]:
    """Return how other children are named in what is shown of several books. 1 query.

    1 more for each home whose children the reader is not told of.
    """
    listed = list(books)
    of_children = {book.child: book for book in listed if book.child}
    readers = ReadersBooks(worker, at=timezone.now())
    named = {
        of_children[child].id: OtherNames(
            of_children[child], others, most=_most(request, of_children[child]), readers=readers
        )
        for child, others in other_children_of(of_children).items()
    }
    of_homes = [book for book in listed if not book.names_children]
    return named | {
        book.id: OtherNames(book, children_of_home(book.home), most=Naming.NAME, readers=readers)
        for book in of_homes
    }


def names_for(request: HttpRequest, book: SeenBook) -> OtherNames:
    """Return how other children are named on a page of a book. 1 query for a child's book."""
    return _names(book, _most(request, book))


def usual_names(book: SeenBook, others: OtherChildren | None = None) -> OtherNames:
    """Return how other children are named before anybody asks for names. 1 query.

    None if it is known who the `others` are.
    """
    return _names(book, Naming.INITIAL, others)


def names_on_paper(book: SeenBook, *, with_names: bool) -> OtherNames:
    """Return how other children are named on paper, which anybody may come to read. 1 query."""
    return _names(book, Naming.NAME if with_names else Naming.UNNAMED)


def _names(book: SeenBook, most: Naming, others: OtherChildren | None = None) -> OtherNames:
    if not book.names_children:
        others = children_of_home(book.home)
        most = Naming.UNNAMED if most is Naming.UNNAMED else Naming.NAME
    elif others is None:
        others = other_children(book.child) if book.child else NO_OTHERS
    readers = ReadersBooks(book.worker, at=timezone.now())
    return OtherNames(book, others, most=most, readers=readers)


def _most(request: HttpRequest, book: SeenBook) -> Naming:
    """Return the name if this person asked for names in this book since they signed in."""
    shown = book.id in request.session.get(_IN_SESSION, ())
    return Naming.NAME if shown else Naming.INITIAL


def show_names(request: HttpRequest, book: SeenBook, *, shown: bool) -> None:
    """Keep whether names are shown in a book, until this person signs out."""
    books = [id_ for id_ in request.session.get(_IN_SESSION, ()) if id_ != book.id]
    request.session[_IN_SESSION] = [*books, book.id] if shown else books
