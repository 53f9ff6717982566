"""What the frame round every page needs to know: who, where, the ways in, and whether it is a demo.

Small and plain, because the frame is drawn with every answer: `web/frame.html` uses no component
and asks nothing. Dictionaries, not dataclasses: a template reads them four times faster.
"""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from casebound.foundation.web.asked import Asked


class Way(TypedDict):
    """A link of the frame: in the bar under the header, or in the person's menu."""

    label: str
    url: str
    icon: NotRequired[str]  # one of frontend/icons.svg
    current: NotRequired[bool]
    key: NotRequired[str]  # Alt and this letter lead there


class Notice(TypedDict):
    """Something that stands above every page until it is over, and the page about it."""

    url: str
    name: str
    words: str
    next: str  # what is due next and by when, or nothing
    overdue: bool


class Frame(TypedDict):
    """The variable `frame` of every template. Leave out what is not so: an empty frame is fine."""

    who: NotRequired[str]  # full name; without it nobody is signed in
    role: NotRequired[str]
    home: NotRequired[str]
    nav: NotRequired[Sequence[Way]]  # at most five: they are the thumb bar of a phone
    account: NotRequired[Sequence[Way]]  # the person's own menu: second factor, sign out
    code_signs: NotRequired[bool]  # the six digits sign as well: signed in by single sign-on
    demo: NotRequired[bool]
    door: NotRequired[str]  # address of the demo's door page
    foot: NotRequired[str]  # a sentence at the foot of the page
    help: NotRequired[str]  # the part of the guide for this page
    asked: NotRequired[Asked]  # what the address asks for, and what of it was not understood
    notices: NotRequired[Sequence[Notice]]
    alarms: NotRequired[Sequence[str]]  # about this computer, for those who can act on it
    start: NotRequired[str]  # where the product's name leads; "/" without it
