"""What a person types on the writing page: read from the posted page, and put back into it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from django.http import QueryDict

from casebound.foundation.base.ids import BookId, is_id
from casebound.record.drafting.drafts import WritingPage
from casebound.record.drafting.fields.people import people, people_lines
from casebound.record.drafting.fields.posted import posted_answers
from casebound.record.drafting.fields.rows import with_one_more_row
from casebound.record.drafting.fields.single import posted_day, posted_moment
from casebound.record.drafting.signs import without_signs
from casebound.record.drafting.statements import marked_as_known, with_one_more
from casebound.rulebook.catalogue.content import Content, Person, RestrictedFrom, Restricting
from casebound.rulebook.catalogue.shape import DRAWN, Form

_STATEMENT: Final = re.compile(r"statements-([1-9][0-9]{0,2})-([a-z_]+)")
_RESTRICTION: Final = re.compile(r"restrict-([1-9][0-9]{0,2})-part")
_TEXTS: Final = (
    "where", "how_known", "originator", "originator_id", "language", "interpreter", "late_reason",
    "word_reason",
)  # fmt: skip
_LISTS: Final = ("drew_on", "hands_over", "same_event", "dismissed_hints", "also_about")
TO_FILES, TO_MOVE = "files", "move"  # where the buttons of the files, and of another child, lead
TO_RESTRICT: Final = "restrict"
ABOUT_ANSWER: Final = "about-answers-"  # then the field
_CHANGES: Final = {"marks": marked_as_known, "signs": without_signs}  # what a button changes in it
_LOOKED: Final = "looked"
OTHERS, OTHERS_WHO = "others", "others-who-"  # what is marked, and who it is about
OTHERS_MORE, OTHERS_MORE_WHO = "others-more", "others-more-who"
LONGEST_VERSION: Final = 10  # digits


def content_of(form: Form, posted: QueryDict) -> Content:
    """Read a posted form exactly as it was typed. It never refuses."""
    return Content.from_json(
        {
            **{name: posted.get(name, "") for name in _TEXTS},
            **{name: posted.getlist(name) for name in _LISTS},
            "happened_from": posted_moment(posted, "happened_from"),
            "happened_to": posted_moment(posted, "happened_to"),
            "present_nobody": "present_nobody" in posted,
            # Those picked from the people of the home, then those typed.
            "present": people("\n".join([*posted.getlist("pick"), posted.get("present", "")])),
            "statements": _statements(posted),
            "about_others": _about_others(posted),
            "answers": posted_answers(form, posted),
            "restrictions": _restrictions(posted),
            "answers_about": {
                name.removeprefix(ABOUT_ANSWER): str(posted[name])
                for name in posted
                if name.startswith(ABOUT_ANSWER)
            },
        }
    )


def _about_others(posted: QueryDict) -> list[dict[str, str]]:
    """Read the answers, rows and files that are about somebody else, and one that is added."""
    parts = posted.getlist(OTHERS)
    marked = [(part, posted.get(f"{OTHERS_WHO}{part}", "")) for part in parts]
    marked.append((posted.get(OTHERS_MORE, ""), posted.get(OTHERS_MORE_WHO, "")))
    people: dict[str, list[str]] = {}
    for part, who in marked:
        if part and who.strip():
            people.setdefault(part, []).append(who)
    return [{"part": part, "third_party": ", ".join(who)} for part, who in people.items()]


def _statements(posted: QueryDict) -> list[dict[str, object]]:
    """Read the statements in the order of their numbers."""
    statements: dict[int, dict[str, object]] = {}
    for name in posted:
        if place := _STATEMENT.fullmatch(name):
            number, mark = int(place[1]), place[2]
            statement = statements.setdefault(number, {})
            statement[mark] = posted.getlist(name) if mark == "about" else str(posted[name])
            statement["review_on"] = posted_day(posted, f"statements-{number}-review_on")
    return [_with_staff(posted, statements[number], number) for number in sorted(statements)]


def _with_staff(posted: QueryDict, statement: dict[str, object], number: int) -> dict[str, object]:
    """Put why only some staff read a statement into one value; None if all staff read it."""
    if statement.get("staff") != RestrictedFrom.NEED_TO_KNOW:
        return {**statement, "staff": None}
    said = _restriction(posted, f"statements-{number}-staff_")
    return {**statement, "staff": said | {"scope": RestrictedFrom.NEED_TO_KNOW.value}}


def _restrictions(posted: QueryDict) -> list[dict[str, str]]:
    """Read the restrictions of answers, files and the whole entry, in the order of their rows."""
    numbers = sorted({int(place[1]) for name in posted if (place := _RESTRICTION.fullmatch(name))})
    return [_restriction(posted, f"restrict-{number}-") for number in numbers]


def _restriction(posted: QueryDict, begins: str) -> dict[str, str]:
    names = ("part", "scope", "ground", "reason", "reference", "officer", "worker")
    texts = {name: posted.get(f"{begins}{name}", "") for name in names}
    return texts | {"review_on": posted_day(posted, f"{begins}review_on")}


def version_of(posted: QueryDict) -> int:
    """Return the draft version that the page was opened with; 0 if the page names none."""
    text = posted.get("version", "")
    return int(text) if text.isdecimal() and len(text) < LONGEST_VERSION else 0


def page_of(posted: QueryDict) -> WritingPage | None:
    """Return the page that sends a save; None if it names itself as none we gave out."""
    page, number = posted.get("page", ""), posted.get("save_number", "")
    if not is_id(page):
        return None
    is_number = number.isdecimal() and len(number) < LONGEST_VERSION
    return WritingPage(page, int(number) if is_number else 0)


def book_of(posted: QueryDict) -> BookId | None:
    """Return the book whose name stands on the page; None if the page names none."""
    book = posted.get("book", "")
    return BookId(book) if is_id(book) else None


def moves_to(posted: QueryDict) -> BookId | None:
    """Return the book that the pressed button moves the draft to; None if it moves nothing."""
    verb, _, book = posted.get("save", "").partition(":")
    return BookId(book) if verb == TO_MOVE and is_id(book) else None


def has_looked(posted: QueryDict) -> bool:
    """Say whether the pressed button says that the author looked at what was asked again."""
    return posted.get("save", "") == _LOOKED


def as_asked(form: Form, content: Content, posted: QueryDict) -> tuple[Content, str]:
    """Return the content after what the pressed button does, and where the page scrolls to."""
    button = posted.get("save", "")
    if button == "more":
        content = with_one_more(content)
        return content, f"#statements-{len(content.statements)}-text"
    if button == TO_RESTRICT:
        content = replace(content, restrictions=(*content.restrictions, Restricting()))
        return content, f"#restrict-{len(content.restrictions)}"
    if button in {TO_FILES, TO_MOVE, *_CHANGES}:
        change = _CHANGES.get(button)
        return (change(content), "?check=1") if change else (content, button)
    for field in form.fields:
        if field.type in DRAWN and button == f"draw:{field.name}":
            return content, f"#answers-{field.name}"
        if field.columns and button == f"row:{field.name}":
            return with_one_more_row(content, field.name), f"#answers-{field.name}"
    return content, "?saved=1"


def picks(
    to_pick: Iterable[Person], present: Collection[Person]
) -> tuple[list[tuple[str, str]], list[str], str]:
    """Return the people of the home to pick from, the picked ones, and the typed lines."""
    lines = {person: people_lines([person]) for person in to_pick}
    return (
        [(line, person.name) for person, line in lines.items()],
        [line for person, line in lines.items() if person in present],
        people_lines(person for person in present if person not in lines),
    )
