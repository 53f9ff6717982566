"""What is restricted of an entry, as data to be shown: by the rows, or by its author's marks."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from msgspec.structs import replace

from casebound.foundation.base.ids import BookId
from casebound.people.restricted.holding import RestrictionRow
from casebound.record.book.entries import Entry
from casebound.record.book.holding import restrictions_in
from casebound.record.rendering.audience import STAFF, audience_held
from casebound.record.rendering.entry_view import AnswerView, FileView, HeldView
from casebound.rulebook.catalogue.marks import Ground

Marked = TypeVar("Marked", AnswerView, FileView)
Held = Mapping[str, tuple[HeldView, ...]]
"""Why each restricted part is, by its name; the empty name is the whole entry."""

NOTHING_HELD: Final[Held] = {}


def held_of_rows(rows: Iterable[RestrictionRow]) -> Held:
    """Return what is held of an entry in a book now."""
    return _by_part(
        (
            row.part,
            HeldView(
                scope=row.scope,
                ground=_words(row.ground),
                reason=row.reason,
                reference=row.reference,
                officer=row.officer,
                review_on=row.review_on.isoformat() if row.review_on else "",
            ),
        )
        for row in rows
    )


def held_by_author(fact: Entry, book: BookId | None) -> Held:
    """Return what the author of an entry restricts in a book; without one, in any."""
    return _by_part(
        (
            part,
            HeldView(
                scope=said.scope.value,
                ground=_words(said.ground.value),
                reason=said.reason,
                reference=said.reference,
                officer=said.officer,
                review_on=said.review_on,
            ),
        )
        for part, said in restrictions_in(fact, book)
    )


def scopes_of(held: Iterable[HeldView]) -> frozenset[str]:
    """Return who is kept from something."""
    return frozenset(why.scope for why in held)


def with_marks(view: Marked, name: str, held: Held) -> Marked:
    """Return the view of an answer or a file with who is kept from it, and why."""
    why = held.get(name, ())
    if not why:
        return view
    scopes = scopes_of(why)
    audience = audience_held(view.audience, scopes)
    if not view.audience & STAFF:  # as the child reads it, where staff read it otherwise
        return replace(view, audience=audience)
    part = name if "need_to_know" in scopes else ""
    return replace(view, audience=audience, held=why, part=part)


def _words(ground: str) -> str:
    return next((mark.label for mark in Ground.offered() if mark.value == ground), ground)


def _by_part(pairs: Iterable[tuple[str, HeldView]]) -> Held:
    held: dict[str, tuple[HeldView, ...]] = {}
    for part, why in pairs:
        held[part] = (*held.get(part, ()), why)
    return held
