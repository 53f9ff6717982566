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


def _read(told: str | Say) -> tuple[str, str, str, str]:
    """Return the kind of a statement, the key of its mark, the words of the mark, and the text."""
    text = told if isinstance(told, str) else told.say
    match = MARK.match(text)
    if match is None:
        return "fact", "", "", text
    return *MARKS[match[1]], match[2], text[match.end() :]


def kind_of(told: str | Say) -> str:
    """Return which kind of statement an authored one is."""
    return _read(told)[0]


def text_of(told: str | Say) -> str:
    """Return the text of an authored statement without its marks."""
    return _read(told)[3]


def said(told: str | Say, author: str, on: date, *, text: str = "") -> Content:
    """Return an authored statement as its author wrote it on a day, with its text filled in."""
    kind, mark, words, plain = _read(told)
    marks = {mark: words} if mark else {}
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
    return {"text": text or plain, "kind": kind, **UNMARKED, **marks}
