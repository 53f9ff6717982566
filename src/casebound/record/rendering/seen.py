"""What one reader sees of an entry. Everything else leaves the data before it is rendered."""

import re
from collections.abc import Collection, Sequence
from typing import Any, Final

from msgspec.structs import replace

from casebound.record.rendering.audience import (
    ANSWERS_FOR_BOOK,
    STAFF,
    STAFF_AND_CHILD,
    Audience,
    Reader,
    is_staff,
)
from casebound.record.rendering.entry_view import (
    DAMAGED,
    AnswerView,
    EntryView,
    FileView,
    StatementView,
)

PARTS: Final = ("statements", "answers", "files", "standing", "links", "state_reason")
# Who reads the fields that carry no audience of their own. A test fails on a field not listed.
FIELDS: Final[dict[str, Audience]] = {
    "number": STAFF_AND_CHILD,
    "form": STAFF_AND_CHILD,
    "happened": STAFF_AND_CHILD,
    "signed": STAFF_AND_CHILD,
    "author": STAFF_AND_CHILD,
    "role": STAFF_AND_CHILD,
    "where": STAFF_AND_CHILD,
    "present": STAFF,  # may name other children; others read `present_to_others`
    "present_to_others": STAFF_AND_CHILD,
    "late": STAFF_AND_CHILD,
    "late_reason": STAFF_AND_CHILD,
    "language": STAFF_AND_CHILD,
    "interpreter": STAFF_AND_CHILD,
    "state": STAFF_AND_CHILD,
    "anchor": STAFF_AND_CHILD,
    "replaced": STAFF_AND_CHILD,
    "href": STAFF,  # a page of the book, which opens to staff alone
    "how_known": STAFF,  # may name somebody who was not asked
    "also_about": STAFF,  # names other children
    "word_reason": STAFF,  # an explanation among colleagues
    "numbered": STAFF,  # registers of the home
    "moved": STAFF,  # of a draft that another child's book held
    "held": STAFF,  # why it is restricted
}
# What shows of an entry in the wrong book; the rest is for those who answer for the book.
SHOWN_OF_MISFILED: Final = frozenset(
    {"number", "form", "happened", "signed", "author", "role", "how_known", "href", "anchor",
     "state", "state_reason", "links"}
)  # fmt: skip
# States that the child is told of an entry without words of its own.
_SAYS_SO: Final = frozenset({"misfiled", DAMAGED})
FROM_CHILD: Final = "child"
_NUMBER: Final = re.compile(r"files/\d+/")
_REQUIRED: Final = len(EntryView.__struct_fields__) - len(EntryView.__struct_defaults__)
_EMPTY: Final[dict[str, Any]] = dict(
    zip(EntryView.__struct_fields__[_REQUIRED:], EntryView.__struct_defaults__, strict=True)
)
_BARRED: Final = {name: _EMPTY[name] for name in _EMPTY if name not in SHOWN_OF_MISFILED}
_NOT_FOR_OTHERS: Final = {
    name: _EMPTY[name] for name, audience in FIELDS.items() if audience == STAFF
}


def seen_by(view: EntryView, reader: Reader) -> EntryView | None:
    """Return an entry with what is for this reader, and nothing else; None if nothing is.

    A part that is not for the reader leaves no gap: nobody can tell that there was one. So an entry
    of which nothing is left is not shown.
    """
    if not is_staff(reader) and any(held.scope == FROM_CHILD for held in view.held):
        return None
    changes: dict[str, Any] = {}
    for name in PARTS:
        parts = getattr(view, name)
        if any(reader not in part.audience for part in parts):
            changes[name] = tuple(part for part in parts if reader in part.audience)
    if "files" in changes:
        changes["files"] = _numbered_again(changes["files"])
    if view.state == "misfiled" and reader not in ANSWERS_FOR_BOOK:
        changes |= _BARRED
    seen = replace(view, **changes) if changes else view
    if is_staff(reader):
        return seen
    if _says_nothing(seen) and (reader not in STAFF_AND_CHILD or seen.state not in _SAYS_SO):
        return None
    return replace(
        seen,
        **_NOT_FOR_OTHERS | {"present": seen.present_to_others},
        statements=tuple(
            _without_marks_for_staff(statement) for statement in seen.statements if statement.text
        ),
        answers=tuple(_as_others_read(answer) for answer in seen.answers),
        files=tuple(_without_address(file) for file in seen.files if not file.left_out),
    )


def _says_nothing(view: EntryView) -> bool:
    return not (view.statements or view.answers or view.files)


def opened(view: EntryView, hidden: Collection[str]) -> EntryView:
    """Return an entry for a worker who does not read its `hidden` parts, and all others.

    Whatever is not opened so, a page shows to nobody (`seen_by`).
    """
    changes: dict[str, Any] = {}
    for name in PARTS[:3]:
        parts = getattr(view, name)
        if any(part.part for part in parts):
            changes[name] = tuple(
                replace(part, part="", audience=part.audience | STAFF) if part.part else part
                for part in parts
                if part.part not in hidden or not part.part
            )
    if "files" in changes:
        changes["files"] = _numbered_again(changes["files"])
    return replace(view, **changes) if changes else view


def _numbered_again(files: Sequence[FileView]) -> tuple[FileView, ...]:
    """Return the files with the numbers that this reader counts, also in their addresses.

    A gap in the numbers would say that there is one more.
    """

    def at(address: str, number: int) -> str:
        return _NUMBER.sub(f"files/{number}/", address)

    return tuple(
        replace(
            file,
            href=at(file.href, number),
            shown=at(file.shown, number),
            thumb=at(file.thumb, number),
        )
        for number, file in enumerate(files, 1)
    )


def _without_marks_for_staff(statement: StatementView) -> StatementView:
    """Take off how it is shared, by whose permission, about which child, and who confirmed it."""
    return replace(
        statement,
        part="",
        held=(),
        sharing="shared",
        ground="",
        reason="",
        review_on="",
        third_party="",
        permission="",
        about="",
        told=(),
    )


def _as_others_read(answer: AnswerView) -> AnswerView:
    return replace(
        answer,
        value=answer.to_others or answer.value,
        about="",
        third_party="",
        permission="",
        part="",
        held=(),
    )


def _without_address(file: FileView) -> FileView:
    """Take off the addresses, which open to staff alone, and who it is about.

    So does its name on somebody's device, which can name anybody and is nothing to read.
    """
    return replace(
        file,
        href="",
        shown="",
        thumb="",
        name="",
        about="",
        third_party="",
        permission="",
        part="",
        held=(),
    )
