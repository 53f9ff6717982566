"""What a search shows of other children in one child's book, and what it may not find (P40)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from casebound.foundation.base.ids import BookId, ChildId
from casebound.people.access.other_names import OtherNames
from casebound.people.access.reads import SeenBook
from casebound.people.homes.other_children import Naming
from casebound.reading.search.models import IndexedStatement
from casebound.reading.search.query import Query
from casebound.reading.search.snippets import holds, mark, near, without_delimiters
from casebound.reading.search.stems import stems_of
from casebound.reading.search.words import TextWords, words_of

NamesOf: TypeAlias = Callable[[Iterable[SeenBook]], Mapping[BookId, OtherNames]]
"""Says how other children are named in these books, in one query."""

Found: TypeAlias = tuple[IndexedStatement, SeenBook]
Shown: TypeAlias = tuple[IndexedStatement, SeenBook, str]


def hits_shown(query: Query, found: Sequence[Found], names_of: NamesOf | None) -> list[Shown]:
    """Return each statement with its text as the reader may see it, and the words found marked.

    What was found by a name alone that the reader may not know is left out.
    """
    texts = [without_delimiters(row.text) for row, _ in found]
    names = names_of(dict.fromkeys(book for _, book in found)) if names_of and found else {}
    _ask(
        (names[book.id], text)
        for (_, book), text in zip(found, texts, strict=True)
        if book.id in names
    )
    shown = []
    for (row, book), text in zip(found, texts, strict=True):
        in_book = names.get(book.id)
        if in_book is not None and not _may_find(query, text, in_book):
            continue
        seen = in_book.shown(text) if in_book is not None else text
        words = words_of(seen)
        shown.append((row, book, mark(seen, words, query.terms, _stems(query, words))))
    return shown


def without_hidden(
    suggested: Sequence[str], books: Sequence[SeenBook], names_of: NamesOf
) -> list[str]:
    """Return the suggestions that name no child hidden from the reader."""
    names = names_of(books).values()
    _ask((each, words) for each in names for words in suggested)
    return [words for words in suggested if not any(_barred(words, each) for each in names)]


def _ask(texts: Iterable[tuple[OtherNames, str]]) -> None:
    """Ask in one query about every child that these texts name; the names of all books share it."""
    named = [(names, names.named_in(text)) for names, text in texts]
    for names, _ in named[:1]:
        names.ask({child for _, children in named for child in children})


def _barred(text: str, names: OtherNames) -> set[ChildId]:
    """Return which children a text names that the reader may not know."""
    return {child for child in names.named_in(text) if names.is_barred(child)}


def _may_find(query: Query, text: str, names: OtherNames) -> bool:
    """Say whether a text is found without the names that the reader may not know."""
    barred = _barred(text, names)
    if not barred:
        return True
    without = names.others.shown(
        text, lambda child: Naming.UNNAMED if child in barred else Naming.NAME
    )
    words = words_of(without)
    return holds(words, query.terms, _stems(query, words))


def _stems(query: Query, words: TextWords) -> Mapping[str, str]:
    meant = stems_of(query.words)
    return meant | stems_of(near({word.word for word in words.words}, meant.values()))
