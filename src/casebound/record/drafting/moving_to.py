"""Which books a draft can be moved to, and where it came from (P40)."""

from dataclasses import dataclass

from django.utils.translation import gettext

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.times import in_words
from casebound.people.access.reads import SeenBook, seen_among, seen_books
from casebound.people.rights.shape import Permission
from casebound.record.drafting.permitting import may_move_to
from casebound.record.drafting.prepared import PreparedDraft


@dataclass(frozen=True, slots=True)
class CameFrom:
    """The book a draft was moved from, and when.

    `title` is empty, and `back` None, where the author may not open that book any more.
    """

    title: str
    when: str
    back: BookId | None


def books_to_move_to(prepared: PreparedDraft) -> list[tuple[SeenBook, str]]:
    """Return the books the author may move the draft to, those of the same home first. 1 query.

    Each comes with the words that name it: also the home, if it is another one.
    """
    if prepared.draft.about is not None:
        return []
    seen = seen_books(prepared.book.worker, at=prepared.at)
    offered = [book for book in seen if may_move_to(prepared, book)]
    offered.sort(key=lambda book: book.home != prepared.book.home)
    return [(book, _called(book, prepared.book)) for book in offered]


def _called(book: SeenBook, now_in: SeenBook) -> str:
    if book.home == now_in.home or book.child is None:
        return book.title
    return gettext("{child}, {home}").format(child=book.title, home=book.home_name)


def came_from(prepared: PreparedDraft) -> CameFrom | None:
    """Return where the draft was moved from last; None if it never was. 1 query, if it was."""
    moves = prepared.draft.history.moves
    if not moves:
        return None
    last = moves[-1]
    right = Permission.FINISH_OWN_DRAFT
    books = seen_among(prepared.book.worker, [last.from_book], at=prepared.at, to=right)
    book = books.get(last.from_book)
    may_go_back = book is not None and may_move_to(prepared, book)
    return CameFrom(
        book.title if book else "", in_words(last.at), last.from_book if may_go_back else None
    )
