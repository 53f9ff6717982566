"""What the writing page shows of a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from casebound.foundation.base.ids import new_id
from casebound.foundation.base.messages import gettext
from casebound.foundation.base.times import LONDON, clock
from casebound.foundation.base.typed_times import day_and_time
from casebound.foundation.web.faces import with_name
from casebound.people.rights.shape import Permission
from casebound.record.book.asked import asked_by_book, asked_words
from casebound.record.drafting import children_concerned, forms
from casebound.record.drafting.about_others import parts_marked, parts_offered
from casebound.record.drafting.body import says_nothing_new
from casebound.record.drafting.children_concerned import OF_THE_EVENT
from casebound.record.drafting.fields.control import DraftSetting
from casebound.record.drafting.fields.shown import fields_shown
from casebound.record.drafting.medicine_shown import medicine_shown
from casebound.record.drafting.missing import missing_from, would_be_late
from casebound.record.drafting.moving_to import came_from
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.quoting import not_shown
from casebound.record.drafting.restrict_shown import restrict_shown
from casebound.record.drafting.showing import earlier_shown, files_shown, told_shown
from casebound.record.drafting.signs import signs_in
from casebound.record.drafting.statements import statements_shown
from casebound.record.drafting.tellers import tellers_to_pick
from casebound.record.drafting.untouched import untouched_page
from casebound.record.notes import reads as notes
from casebound.rulebook.catalogue.completeness import Missing
from casebound.rulebook.catalogue.content import Content, Person
from casebound.rulebook.catalogue.marks import HowKnown, StatementKind
from casebound.rulebook.catalogue.marks_offered import marks_offered

FIRST_SAVED = 2  # the version of a draft that was saved once
# What of a note is folded away as long as nothing is wrong there.
_REST: Final = frozenset({"happened_from", "happened_to", "where", "also_about", "files"})
# Where the author can say what a whole group lacks.
_PLACES: Final = {"statements": "statements-1-text"}


def write_page(
    prepared: PreparedDraft, *, content: Content, version: int, check: bool
) -> dict[str, Any]:
    """Return what the page shows. With `check`, each missing answer is marked in its place."""
    if content != prepared.draft.content:  # what was typed on a page that another has overtaken
        prepared = prepared.with_draft(replace(prepared.draft, content=content))
    draft, book, now = prepared.draft, prepared.book, prepared.at
    gaps = missing_from(prepared)
    # A time that cannot be is said at its box at once; what is missing, when it is asked for.
    errors = {gap.field: gap.words for gap in gaps if check or gap.untrue}
    statements = statements_shown(draft.form, content)
    earlier = earlier_shown(prepared)
    return {
        "draft": draft,
        "book": book,
        "came_from": came_from(prepared),
        "begun": untouched_page(draft),
        "can_move": draft.about is None,
        "can_hand_over": draft.files or not says_nothing_new(draft.content, draft.first),
        "content": content,
        "other_parts": parts_offered(prepared),
        "others_marked": parts_marked(prepared),
        "version": version,
        "page": new_id(),
        "at": clock(draft.saved_at) if draft.version >= FIRST_SAVED else "",
        "today": now.astimezone(LONDON).date().isoformat(),
        "late": would_be_late(content, now=now),
        "errors": errors,
        "missing": [(_anchor(gap.field), gap.words) for gap in gaps] if check else [],
        "still": still_to_say(gaps),
        "rest_wrong": any(gap.field in _REST for gap in gaps),
        "medicine": medicine_shown(prepared),
        "signs": signs_in(content),
        "asks_word_reason": bool(content.word_reason) or _asks_word_reason(gaps),
        "about": earlier,
        "told": told_shown(prepared, earlier),
        "not_shown": not_shown(prepared.draft, prepared.unread),
        "statements": _numbered(statements, errors),
        "notes": notes.notes_to_draw_on(book, at=now),
        "uploads": files_shown(prepared.files),
        "handed": prepared.handed_over,
        "same_event": prepared.same_event,
        "colleagues": tellers_to_pick(prepared),
        **restrict_shown(prepared, errors),
        "fields": fields_shown(
            draft.form,
            content,
            errors,
            DraftSetting(prepared.home, book.worker, _asked(prepared)),
        ),
        **_children(prepared),
        **_people(content, prepared.people_to_pick),
        **_marks(content, book.title if book.child else ""),
        **_moments(content),
    }


def _asked(prepared: PreparedDraft) -> str:
    """Write how often the child was not asked. 1 query, on a form that faces a child."""
    book = prepared.book
    faces_child = book.child is not None and prepared.draft.form.child_facing
    if not faces_child or not book.may(Permission.READ_BOOK):
        return ""
    asked = asked_by_book([book.id], reader=book.reader, at=prepared.at)
    return asked_words(asked.get(book.id), prepared.at)


def still_to_say(gaps: Sequence[Missing]) -> list[tuple[str, str]]:
    """Return what is still missing, each with the place on the page where it can be said (P49)."""
    places = {gap.field: _PLACES.get(gap.field) or _anchor(gap.field) for gap in gaps}
    return [(places[gap.field], gap.words) for gap in gaps]


def _asks_word_reason(gaps: Sequence[Missing]) -> bool:
    return any(gap.rule == "P45" for gap in gaps)


def _children(prepared: PreparedDraft) -> dict[str, Any]:
    """Return the other children the entry may be about, and those each statement may be about."""
    draft, book, others = prepared.draft, prepared.book, prepared.other_books
    asks_children = children_concerned.is_asked(prepared.draft)
    each = [
        (other.id, other.title, not asks_children or other is book) for other in (book, *others)
    ]
    return {
        "children_offered": [(other.id, with_name(other.face, other.title)) for other in others]
        if asks_children
        else [],
        "children": each if others else [],
        "children_alone": [(other.id, other.title) for other in (book, *others)],
        "answers_alone": [
            (field.name, field.label, draft.content.answers_about.get(field.name, ""))
            for field in draft.form.fields
            if field.name not in OF_THE_EVENT
        ]
        if others and asks_children
        else [],
        "children_when": f"also_about={'|'.join(other.id for other in others)}"
        if asks_children
        else "",
    }


def _people(content: Content, to_pick: list[Person]) -> dict[str, Any]:
    people, picked, others = forms.picks(to_pick, content.present)
    return {
        "people": people,
        "picked": picked,
        "others": others,
        "nobody": ["1"] if content.present_nobody else [],
        "nobody_offered": [("1", gettext("Nobody else was there"))],
    }


def _marks(content: Content, child: str) -> dict[str, Any]:
    return {
        "offered": marks_offered(child),
        "known": [(how_known.value, how_known.label) for how_known in HowKnown.offered()],
        "can_mark": content.how_known in {HowKnown.TOLD_BY, HowKnown.READ_IN},
    }


def _moments(content: Content) -> dict[str, Any]:
    day, time = day_and_time(content.happened_from)
    end_day, end_time = day_and_time(content.happened_to)
    return {"when": {"day": day, "time": time, "end_day": end_day, "end_time": end_time}}


def _anchor(field: str) -> str:
    """Return the place on the page where the author can add what is missing."""
    return "present-typed" if field.startswith("present-") else field


def _numbered(
    statements: Sequence[Mapping[str, Any]], errors: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "n": number,
            "of": statement,
            "view": statement["kind"] == StatementKind.VIEW.value,
            "errors": _errors_of(f"statements-{number}-", errors),
            "staff_errors": _errors_of(f"statements-{number}-staff_", errors),
        }
        for number, statement in enumerate(statements, start=1)
    ]


def _errors_of(begins: str, errors: Mapping[str, str]) -> dict[str, str]:
    return {
        field.removeprefix(begins): words
        for field, words in errors.items()
        if field.startswith(begins)
    }
