"""Statements as the files tell them: marks in front of a text, or a table."""

import re
from datetime import date, timedelta
from typing import Final, TypeAlias

from casebound.upkeep.demo.story.lives.shapes import Say
from casebound.upkeep.demo.story.people import titled

Content: TypeAlias = dict[str, object]

MARK: Final = re.compile(
    r"(said|view|think|assess|judge|decide|told|read)(?: ([^|]*))?\| ", re.DOTALL
)
# What each mark says: the kind of statement, and where the words after the mark stand.
MARKS: Final = {
    "said": ("account", "speaker"),
    "view": ("view", ""),
    "think": ("opinion", "basis"),
    "assess": ("assessment", "basis"),
    "judge": ("judgement", "basis"),
    "decide": ("decision", "maker"),
    "told": ("fact", "told_by"),
    "read": ("fact", "read_in"),
}
UNMARKED: Final = {
    "source": "first_hand",
    "speaker": "",
    "told_by": "",
    "read_in": "",
    "whose": "",
    "basis": "",
    "maker": "",
    "sharing": "shared",
    "ground": "",
    "reason": "",
    "review_on": "",
    "third_party": "",
    "permission": "not_asked",
}


def kind_of(told: str | Say) -> str:
    """Return which kind of statement an authored one is."""
    found = MARK.match(told if isinstance(told, str) else told.say)
    return MARKS[found[1]][0] if found else "fact"


def text_of(told: str | Say) -> str:
    """Return the text of an authored statement without its marks."""
    text = told if isinstance(told, str) else told.say
    found = MARK.match(text)
    return text[found.end() :] if found else text


def said(told: str | Say, author: str, on: date, *, text: str = "") -> Content:
    """Return an authored statement as its author wrote it on a day, with its text filled in."""
    found = MARK.match(told if isinstance(told, str) else told.say)
    kind, mark = MARKS[found[1]] if found else ("fact", "")
    marks = {mark: found[2]} if found and mark else {}
    if mark in {"told_by", "read_in"}:
        marks["source"] = mark
    if mark == "maker":
        marks["maker"], _, marks["basis"] = marks["maker"].partition("; ")
    if mark == "basis":
        marks["whose"] = titled(author)
    if isinstance(told, Say) and told.withheld:
        review = (on + timedelta(days=told.review)).isoformat()
        marks |= {"sharing": "withheld", "ground": told.withheld, "reason": told.reason}
        marks["review_on"] = review
    if isinstance(told, Say) and told.about:
        marks |= {"sharing": "third_party", "third_party": told.about}
        marks["permission"] = told.permission
    return {"text": text or text_of(told), "kind": kind, **UNMARKED, **marks}
