"""What a draft shows of entries that are sealed, and whether its author may read them now.

A draft can stay open for days. Meanwhile the child moves on, the entry turns out to be in the wrong
book, or it becomes a matter that is kept from the author. So each page asks for the right again,
and each look is on the read trail. Without the right, no word of the entry is shown, also none that
was filled in from it; what the author typed stays.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.people.access.actions import note_readings
from casebound.people.access.reads import SeenBook
from casebound.people.rights.shape import Permission
from casebound.record.book.reads import is_open_to, may_read_words, status_of
from casebound.record.drafting.drafts import OpenDraft
from casebound.record.drafting.event_draft import EventEntry, of_event
from casebound.rulebook.catalogue.content import Answer, Content, HowKnown
from casebound.rulebook.catalogue.shape import Form


class Unread(StrEnum):
    """Why the author may not read what the draft was begun from."""

    ENDED = "ended"  # they may no longer read the book
    MISFILED = "misfiled"
    KEPT = "kept"  # why is nobody's business who may not read it


_WHY: Final[Mapping[Unread, str]] = {
    Unread.ENDED: gettext_noop(
        "The child moved on, or you work somewhere else now, so you no longer read this book."
    ),
    Unread.MISFILED: gettext_noop(
        "It was in this book by mistake, so only the managers of the home read it."
    ),
    Unread.KEPT: gettext_noop("Who can read an entry depends on what is recorded meanwhile."),
}

_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+|\n")
_SENTENCE: Final = 15  # letters


@dataclass(frozen=True, slots=True)
class NotShown:
    """What stands on the page instead of the entry: its number (0 if several), and why."""

    number: int
    why: str


def unread_of(
    draft: OpenDraft, book: SeenBook, event: Iterable[EventEntry], *, at: datetime
) -> Unread | None:
    """Return why the author may not read what the draft was begun from; None if they may.

    `event` has the entries of the same event that they may read. At most 2 queries, if the draft
    is about an entry.
    """
    if book.may(Permission.READ_BOOK) is None:
        return Unread.ENDED
    if draft.about is not None:
        if not is_open_to(book, draft.about.index):
            return Unread.KEPT
        if not may_read_words(status_of(draft.about.entry_id, book=book.id), book):
            return Unread.MISFILED
    return Unread.KEPT if _is_of_unread_event(draft, book, event, at=at) else None


def _is_of_unread_event(
    draft: OpenDraft, book: SeenBook, event: Iterable[EventEntry], *, at: datetime
) -> bool:
    begun_from = set(draft.copied.same_event)
    read = {entry.entry for entry in event}
    if unlinked := begun_from - set(draft.content.same_event):
        read |= {entry.entry for entry in of_event(unlinked, book.worker, at=at)}
    return not begun_from <= read


def without_copied(draft: OpenDraft) -> OpenDraft:
    """Return a draft that shows what its author typed, and nothing that was filled in."""
    return replace(draft, content=_typed(draft.content, draft))


def not_shown(draft: OpenDraft, why: Unread | None) -> NotShown | None:
    """Return what the page says instead, if there is something that it does not show."""
    if why is None:
        return None
    if draft.about is None and _typed(draft.copied, draft) == draft.copied:
        return None  # nothing was filled in
    return NotShown(draft.about.number if draft.about else 0, gettext(_WHY[why]))


def quoted_pages(shown: Mapping[str, Any]) -> list[int]:
    """Return the pages of the book whose words a page of a draft shows."""
    about, told = shown["about"], shown["told"]
    return [
        *([about.number] if about else []),
        *(entry.number for entry in (told.later if told else ())),
        *(note.number for note in shown.get("notes", ())),
        *(same.number for same in shown.get("same_words", ()) if same.book == shown["book"].id),
    ]


def note_quoted(book: SeenBook, pages: Iterable[int], *, at: datetime) -> None:
    """Put a look at the entries that a draft quotes on the read trail. 1 statement, if any."""
    note_readings([(book, page, page) for page in pages], what="quoted", at=at)


def _typed(content: Content, draft: OpenDraft) -> Content:
    """Return a content without what it has from the entries that the draft was begun from."""
    copied, form = draft.copied, draft.form
    typed = replace(
        content,
        answers=dict(_typed_answers(content.answers, copied.answers, form)),
        language=_typed_text(content.language, copied.language),
        interpreter=_typed_text(content.interpreter, copied.interpreter),
    )
    if draft.about is None and not copied.same_event:
        return typed
    return replace(
        typed,
        happened_from=_typed_text(content.happened_from, copied.happened_from),
        happened_to=_typed_text(content.happened_to, copied.happened_to),
        where=_typed_text(content.where, copied.where),
        how_known=HowKnown.NOT_SAID if content.how_known is copied.how_known else content.how_known,
        originator=_typed_text(content.originator, copied.originator),
        originator_id=_typed_text(content.originator_id, copied.originator_id),
        present_nobody=content.present_nobody and not copied.present_nobody,
        present=tuple(person for person in content.present if person not in copied.present),
        statements=tuple(said for said in content.statements if said not in copied.statements),
        also_about=tuple(child for child in content.also_about if child not in copied.also_about),
    )


def _typed_answers(
    answers: Mapping[str, Answer], copied: Mapping[str, Answer], form: Form
) -> Iterable[tuple[str, Answer]]:
    """Yield the answers that were typed. What the form itself begins with tells nothing."""
    usual = dict(form.begins_with)
    for name, answer in answers.items():
        filled = copied.get(name)
        if filled is None or answer == usual.get(name):
            yield name, answer
        elif isinstance(answer, str) and isinstance(filled, str):
            yield name, _typed_text(answer, filled)
        elif isinstance(answer, tuple) and isinstance(filled, tuple):
            yield name, tuple(row for row in answer if row not in filled)
        elif answer != filled:
            yield name, answer


def _typed_text(text: str, copied: str) -> str:
    """Return a text without the lines and the sentences that were copied.

    A few letters that are the same are taken for typed: nothing that was typed may go.
    """
    if not copied or text == copied:
        return "" if copied else text
    for sentence in _SENTENCES.split(copied):
        if len(sentence) >= _SENTENCE:
            text = text.replace(sentence, "")
    lines = set(copied.splitlines())
    return "\n".join(line.strip() for line in text.splitlines() if line not in lines).strip("\n")
