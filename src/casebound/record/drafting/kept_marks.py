"""What a draft takes over of the restrictions of the entry it is begun from: nothing widens.

An addition to a statement that is withheld begins withheld, and an answer that is carried on stays
restricted. The author can change it, as every mark.
"""

from collections.abc import Mapping
from dataclasses import replace

from casebound.people.access.reads import SeenBook
from casebound.people.restricted.holding import RestrictionRow
from casebound.people.restricted.reads import held_in, kept_from_parts, parts_hidden
from casebound.rulebook.catalogue.all_staff import is_for_all_staff
from casebound.rulebook.catalogue.content import (
    Content,
    RestrictedFrom,
    Restricting,
    Sharing,
    StatementContent,
)
from casebound.rulebook.catalogue.restricting import ENTRY
from casebound.rulebook.catalogue.shape import Form

_ANSWER = "a_"


def begun_as_held(content: Content, form: Form, leaf: int, book: SeenBook) -> Content:
    """Return what puts an entry right with its first statement kept as the entry's parts are.

    From the child, if any of it is; and for those who need to know, if any part is. What the author
    may not know of is not taken over. 1 query; 2 more, if something is held.
    """
    rows = _held(book, leaf)
    from_child = next((said for said in rows if said.scope is RestrictedFrom.CHILD), None)
    need_to_know = [said for said in rows if said.scope is RestrictedFrom.NEED_TO_KNOW]
    among_staff = next((said for said in need_to_know if said.part), None)
    if is_for_all_staff(form):
        among_staff = None
    if from_child is None and among_staff is None:
        return content
    statement = StatementContent()
    if from_child is not None:
        statement = replace(
            statement,
            sharing=Sharing.WITHHELD,
            ground=from_child.ground,
            reason=from_child.reason,
            reference=from_child.reference,
            officer=from_child.officer,
            review_on=from_child.review_on,
        )
    if among_staff is not None:
        statement = replace(statement, staff=replace(among_staff, part=""))
    return replace(content, statements=(statement,))


def with_restricted(
    content: Content, form: Form, leaf: int, book: SeenBook, *, answers: Mapping[str, str]
) -> Content:
    """Return a content that took over answers of an entry, restricted as they are there.

    `answers` has their names on this form, and on the form of the entry. On a form that all staff
    act on, an answer that not all of them read is not taken over. 1 query, none without an answer;
    2 more, if something is held.
    """
    rows = _held(book, leaf) if answers else []
    kept = list[Restricting]()
    dropped = set[str]()
    for said in rows:
        carried = {
            name for name, there in answers.items() if said.part in {"", f"{_ANSWER}{there}"}
        }
        if said.scope is RestrictedFrom.NEED_TO_KNOW and is_for_all_staff(form):
            dropped |= carried
        elif carried:
            parts = [f"{_ANSWER}{name}" for name in carried] if said.part else [ENTRY]
            kept += [replace(said, part=part) for part in sorted(parts)]
    before = {(said.part, said.scope) for said in content.restrictions}
    return replace(
        content,
        answers={name: said for name, said in content.answers.items() if name not in dropped},
        restrictions=(
            *content.restrictions,
            *(said for said in kept if (said.part, said.scope) not in before),
        ),
    )


def _held(book: SeenBook, leaf: int) -> list[Restricting]:
    """Return what is held of an entry and its author may know of, as a writer would set it."""
    rows = list(held_in([book.id], book.reader).filter(leaf=leaf).order_by("set_in", "part"))
    if not rows:
        return []
    hidden = parts_hidden(leaf, book.reader, book=book.id)
    about = kept_from_parts(leaf)
    return [_as_set(row, about.get(row.part, "")) for row in rows if row.part not in hidden]


def _as_set(row: RestrictionRow, worker: str) -> Restricting:
    said = {
        "part": row.part,
        "scope": row.scope,
        "ground": row.ground,
        "reason": row.reason,
        "reference": row.reference,
        "officer": row.officer,
        "worker": worker,
        "review_on": row.review_on.isoformat() if row.review_on else "",
    }
    return Restricting.from_json(said)
