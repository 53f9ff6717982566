"""Everything that somebody can reach: pages, what they lead to, and addresses that are guessed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from django.test import Client
from django.urls import Resolver404, resolve, reverse

from casebound.foundation.base.ids import BookId

_HREF = re.compile(r'(?:href|src|action|data-[a-z-]*address)="([^"#]*)')
MOST = 4  # readings of one kind of page in one book that differ in what is asked of them
NOT_OF_BOOKS = ("/help/", "/static/", "/rules/", "/gallery/")
REGISTERS = ("restraint", "allegation", "complaint", "missing", "visitor", "fire_drill")


@dataclass(frozen=True, slots=True)
class Read:
    """An answer of the server: the whole of it, with its headers."""

    path: str
    status: int
    text: str


def crawl(browser: Client, starts: Iterable[str], *, at_most: int = 150) -> Iterator[Read]:
    """Yield each page that pages lead to, beginning from some addresses."""
    waiting, seen, kinds = list(starts), set[str](), Counter[tuple[str, str]]()
    while waiting and len(seen) < at_most:
        path = waiting.pop(0)
        if path in seen or not path.startswith("/") or path.startswith(NOT_OF_BOOKS):
            continue
        kind = _kind(path)
        if kind is None or kinds[kind] >= MOST:
            continue
        seen.add(path)
        kinds[kind] += 1
        read = look(browser, path)
        yield read
        here = path.partition("?")[0]
        links = map(unescape, _HREF.findall(read.text))
        waiting += [here + link if link.startswith("?") else link for link in links]


def look(browser: Client, path: str, *, post: dict[str, str] | None = None) -> Read:
    """Return what an address answers, and where it leads."""
    answer = browser.get(path, follow=True) if post is None else browser.post(path, post)
    if post is not None and answer.status_code in {302, 303}:
        answer = browser.get(answer.headers["Location"], follow=True)
    body = b"".join(answer) if answer.streaming else answer.content
    text = unescape(body.decode(errors="replace"))
    return Read(path, answer.status_code, f"{text}\n{answer.headers}")


def _kind(path: str) -> tuple[str, str] | None:
    """Return the address and the book of a path; None if it is no address of the product."""
    try:
        found = resolve(path.partition("?")[0])
    except Resolver404:
        return None
    names = (str(value) for value in found.kwargs.values())
    number = str(found.kwargs.get("number", ""))
    return found.view_name, f"{next(names, '')} {number}"


def guesses(book: BookId, numbers: Iterable[int]) -> Iterator[str]:
    """Yield addresses of a book and of its pages that somebody may guess."""
    for name in (
        "chronology:book", "chronology:print", "profile:profile", "profile:police_sheet",
        "medicines:medicines", "registers:registers", "handover:handover", "in_house:in-house",
        "drafting:choose",
    ):  # fmt: skip
        yield reverse(name, args=[book])
    for register in REGISTERS:
        yield reverse("registers:register", args=[book, register])
        yield reverse("registers:print", args=[book, register])
    yield f"{reverse('chronology:print', args=[book])}?names=1"
    for number in numbers:
        yield reverse("chronology:entry", args=[book, number])
        yield f"{reverse('chronology:book', args=[book])}?no={number}"
        yield f"{reverse('chronology:print', args=[book])}?no={number}"
        yield reverse("attachments:file", args=[book, number, 1, "original"])
        yield reverse("attachments:file", args=[book, number, 1, "shown"])
        yield reverse("chronology:join", args=[book, number])
        yield reverse("proof:receipt", args=[book, number])
        yield reverse("missing:episode", args=[book, number])


def posts(book: BookId, numbers: Iterable[int]) -> Iterator[str]:
    """Yield addresses that begin something from an entry, and then show it."""
    for number in numbers:
        yield reverse("drafting:put_right", args=[book, number, "addendum"])
        yield reverse("drafting:put_right", args=[book, number, "misfiled"])
        yield reverse("drafting:follow", args=[book, number, "concern_outcome"])
        yield reverse("drafting:same_event", args=[book, number, "incident"])
