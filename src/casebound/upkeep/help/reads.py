"""The guide: its pages, their parts, and the part that helps with a page of the product.

The guide is written once, as Markdown in `docs/guide`, for the product and for the readers of the
project. Nothing in it is about anybody, so everybody may read it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from casebound.foundation.base.folding import fold
from casebound.foundation.web.addresses import address

GUIDE: Final = Path(__file__).parents[4] / "docs" / "guide"
FIRST: Final = "README"  # the file with the first page, whose name in addresses is "start"
START: Final = "start"
_AROUND: Final = 90  # characters of a hit, before and after the word

_CLASSES: Final = {
    "a": "govuk-link",
    "h1": "app-title",
    "h2": "app-heading",
    "ol": "app-text",
    "p": "app-text",
    "table": "app-help__table",
    "td": "app-help__cell",
    "th": "app-help__cell",
    "ul": "app-text",
}

# What helps with a page of the product: the room of its address, or the whole address.
ABOUT: Final = {
    "access": "start",
    "access:answer_consent": "visitors#the-independent-person-and-the-two-consents",
    "access:consents": "visitors#the-independent-person-and-the-two-consents",
    "access:withdraw_consent": "visitors#the-independent-person-and-the-two-consents",
    "accounts": "start#sign-in",
    "chronology": "start#read",
    "chronology:entry": "start#put-something-right",
    "chronology:join": "several-children#one-event-several-records",
    "in_house:in-house": "measures#who-is-in-the-house",
    "desk": "start#shift-where-you-start",
    "drafting": "start#write",
    "drafting:choose": "forms",
    "drafting:files": "files",
    "drafting:hand_over": "drafts#a-colleague-finishes-it",
    "drafting:jot": "start#a-note-from-anywhere",
    "drafting:move": "drafts#it-is-about-another-child",
    "drafting:sign": "start#read-through-and-sign",
    "followups": "what-comes-next",
    "glossary": "start#words",
    "handover": "handover",
    "medicines": "medicines",
    "profile": "start#profile-and-the-last-30-days",
    "missing:episode": "missing-child",
    "profile:police_sheet": "police-sheet",
    "proof": "start#prove",
    "registers": "registers",
    "restricting": "restricting",
    "recording_policy": "recording-policy",
    "recording_policy:people": "recording-policy#who-has-read-it",
    "recording_policy:publish": "recording-policy#publish-a-version",
    "search": "start#search",
    "see_as": "see-as",
    "readers": "who-may-read",
    "readers:give": "who-may-read#one-entry-or-another-part-by-name",
    "readers:appoint": "who-may-read#an-agency-workers-one-shift",
    "readers:end_grant": "who-may-read#ending-it-before-its-time",
    "readers:end_appointment": "who-may-read#ending-it-before-its-time",
    "who_looked": "who-looked",
    "who_looked:of_book": "who-looked#who-looked-at-one-childs-record",
    "who_looked:questions": "who-looked#questions",
}


@dataclass(frozen=True, slots=True)
class GuidePart:
    """A part of a page: from one heading to the next."""

    page: str
    title: str
    anchor: str
    words: str

    @property
    def url(self) -> str:
        """Return where it is."""
        return address("help:page", self.page) + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A page of the guide: its title, its HTML, and its parts for the search."""

    name: str
    title: str
    html: Markup
    parts: tuple[GuidePart, ...]


@dataclass(frozen=True, slots=True)
class GuideHit:
    """A part that has all words that were looked for, and the words round the first."""

    part: GuidePart
    before: str
    word: str
    after: str


@cache
def pages() -> dict[str, GuidePage]:
    """Return all pages of the guide by name, the first one first."""
    files = sorted(GUIDE.glob("*.md"), key=lambda file: (file.stem != FIRST, file.stem))
    return {page.name: page for page in map(_page, files)}


def place_about(url_name: str) -> str:
    """Return the address of the help for a page of the product, by the name of its address."""
    place = ABOUT.get(url_name) or ABOUT.get(url_name.partition(":")[0], START)
    name, _, anchor = place.partition("#")
    return address("help:page", name) + (f"#{anchor}" if anchor else "")


def search(words: str) -> Sequence[GuideHit]:
    """Return the parts of the guide that have all the words, those named by one first."""
    wanted = fold(words).split()
    if not wanted:
        return []
    parts = [part for page in pages().values() for part in page.parts]
    hits = [
        part for part in parts if all(word in fold(f"{part.title} {part.words}") for word in wanted)
    ]
    hits.sort(key=lambda part: wanted[0] not in fold(part.title))
    return [_hit(part, wanted[0]) for part in hits]


def _hit(part: GuidePart, word: str) -> GuideHit:
    match = re.search(re.escape(word), part.words, re.IGNORECASE)
    if match is None:
        return GuideHit(part, part.words[: 2 * _AROUND], "", "")
    before = part.words[max(0, match.start() - _AROUND) : match.start()]
    return GuideHit(part, before, match[0], part.words[match.end() : match.end() + _AROUND])


def _page(file: Path) -> GuidePage:
    name = START if file.stem == FIRST else file.stem
    markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    tokens = markdown.parse(file.read_text(encoding="utf-8"))
    parts = tuple(_parts(name, tokens))
    for token in tokens:
        _style(token)
        for child in token.children or ():
            _lead_inside(child)
    html = markdown.renderer.render(tokens, markdown.options, {})
    return GuidePage(name, parts[0].title, Markup(html), parts)  # noqa: S704 (the project's own pages)


def _parts(page: str, tokens: Sequence[Token]) -> list[GuidePart]:
    """Cut a page at its headings, and give each heading its anchor, spelled as on the web."""
    parts: list[GuidePart] = []
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and after is not None:
            anchor = re.sub(r"[^\w -]", "", after.content.lower()).replace(" ", "-")
            token.attrSet("id", anchor)
            parts.append(GuidePart(page, _plain(after), anchor if token.tag != "h1" else "", ""))
        elif token.type == "inline" and parts:
            part = parts[-1]
            parts[-1] = replace(part, words=f"{part.words} {_plain(token)}")
    return parts


def _plain(token: Token) -> str:
    texts = (child.content or " " for child in token.children or ())
    return " ".join("".join(texts).split())


def _style(token: Token) -> None:
    """Give an element the class of the product's own styles."""
    if token.nesting == 1 and token.tag in _CLASSES:
        token.attrSet("class", _CLASSES[token.tag])


def _lead_inside(token: Token) -> None:
    """Let links and pictures of the guide lead to its pages here; others are left as they are."""
    _style(token)
    target = str(token.attrGet("href") or "")
    name, _, anchor = target.partition("#")
    if token.type == "link_open" and name.endswith(".md") and "/" not in name:
        page = START if name == f"{FIRST}.md" else name.removesuffix(".md")
        token.attrSet("href", address("help:page", page) + (f"#{anchor}" if anchor else ""))
    if token.type == "image":
        picture = Path(str(token.attrGet("src"))).stem
        token.attrSet("src", address("help:picture", picture))
        token.attrSet("loading", "lazy")
        token.attrSet("class", "app-help__picture")
