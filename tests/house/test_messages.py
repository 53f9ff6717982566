"""One catalogue of messages (gettext): whole, on file, and plain English."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.house.addresses import Scene
from tests.house.messages import (
    catalogue_on_file,
    in_the_made_up_language,
    speaking_the_made_up_language,
    tool,
)
from tests.house.source import PACKAGE, ROOT, nothing, texts
from tests.house.test_markup import contents
from tests.made_up import MadeUp

RENEW = "the catalogue is stale: run .venv/bin/python tools/messages.py"

# What a template says outside its tags.
MESSAGES = re.compile(r"\{%\s*(blocktranslate|comment)\b.*?\{%\s*end\1\s*%\}", re.DOTALL)
NOT_READ = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ELEMENT = re.compile(r"""<[a-zA-Z/!](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.DOTALL)
ATTRIBUTE = re.compile(r"""(?<![\w-])(:?[a-z][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.DOTALL)
ENTITY = re.compile(r"&\w+;")
WORD = re.compile(r"[^\W\d_]{2,}")
# Attributes that people read, of elements and of the components of the house.
READ = {
    "title", "aria-label", "alt", "placeholder", "label", "hint", "words", "empty", "of",
    "summary", "caption", "text", "calm",
}  # fmt: skip
SAID = "data-say-"  # what scripts say
HEARD = {"title", "aria-label", "alt", "placeholder", "data-head"}  # of elements alone
# A sentence or a title handed to a component as Python, or to a filter: `:options="[('1', 'Nobody
# else')]"`, `|default:"None yet"`, `with calm="…"`.
IN_PYTHON = re.compile(r"""['"][A-Z][^'"]*[a-z] [^'"]*['"]""")
IN_A_TAG = re.compile(r"""(?<!_\()(["'])[A-Z][a-z]+(?: [^"']*)?\1""")
SAYS = re.compile(r"^\{%\s*(translate|blocktranslate)\b")
NAME = "casebound"  # of the product, the same in every language


def test_the_catalogue_on_file_is_up_to_date() -> None:
    assert catalogue_on_file() == tool().written(), RENEW


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in texts(".html", under=PACKAGE)
        if not {"tests", "gallery", "static"} & set(path.parts)
    ],
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_no_text_of_a_template_stands_outside_the_catalogue(path: Path) -> None:
    nothing(outside(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "template",
    [
        "<p>Now.</p>",
        "<p>{% if late %}Late{% endif %}</p>",
        '<img alt="A face">',
        '<c-input label="Where?" />',
        '<div data-say-removed="{mark}, removed"></div>',
        "<c-checks :options=\"[('1', 'Nobody else')]\" />",
        '{{ at|default:"None yet" }}',
        '{% include "x.html" with calm="All is written." %}',
        '{% translate "Now" %} or later',
    ],
)
def test_text_outside_is_seen(template: str) -> None:
    assert list(outside(template))


@pytest.mark.parametrize(
    "template",
    [
        '<p class="app-text">{% translate "Now." %}</p>',
        "{% blocktranslate %}A <b>sentence</b>{% endblocktranslate %}",
        '<c-input label="{% translate \'Where?\' %}" name="where" />',
        '{{ at|default:_("None yet") }}',
        "{% comment %}Why it is so.{% endcomment %}",
        "<c-card :of=\"entry\" />{% if day|date:'j F' %}{% endif %}",
    ],
)
def test_what_is_in_the_catalogue_is_left_alone(template: str) -> None:
    assert not list(outside(template))


def outside(template: str) -> Iterator[str]:
    """Yield each text of a template that is not in the catalogue, and its line."""
    plain = MESSAGES.sub(_blank, template)
    for tag in TAG.finditer(plain):
        if not SAYS.match(tag[0]):
            for said in IN_A_TAG.finditer(tag[0]):
                yield f"line {_line(plain, tag.start())}: {said[0]}"
    plain = NOT_READ.sub(_blank, TAG.sub(_blank, plain))
    for element in ELEMENT.finditer(plain):
        for attribute in ATTRIBUTE.finditer(element[0]):
            name, value = attribute[1], attribute[2] or attribute[3] or ""
            says = IN_PYTHON if name.startswith(":") else WORD if _is_read(name) else None
            if says and (text := says.search(value)):
                yield f"line {_line(plain, element.start())}: {name}: {text[0]}"
    for number, line in enumerate(ELEMENT.sub(_blank, plain).split("\n"), start=1):
        if WORD.search(ENTITY.sub("", line.replace(NAME, ""))):
            yield f"line {number}: {' '.join(line.split())}"


def _is_read(attribute: str) -> bool:
    return attribute in READ or attribute.startswith(SAID)


def _blank(left: re.Match[str]) -> str:
    return " " + "\n" * left[0].count("\n")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


# A script says nothing of its own: its words stand in the page (`data-say-…`).
OF_A_SCRIPT = re.compile(
    r"//[^\n]*|/\*.*?\*/"  # comments, and patterns: they hold quotes
    r"|(?<=[\s(,=:!&|?\[])/(?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\\\[\n])+/[a-z]*"
    r"""|"(?P<double>(?:\\.|[^"\\\n])*)"|'(?P<single>(?:\\.|[^'\\\n])*)'"""
    r"|`(?P<template>(?:\\.|\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\}|[^`\\])*)`",
    re.DOTALL,
)
HOLE = re.compile(r"\$\{((?:[^{}`]|`[^`]*`|\{[^{}]*\})*)\}")
PLAIN = re.compile(r"[A-Za-z]?[a-z]+[.,:;!?…]?")
ONE_WORD = re.compile(r"[A-Z][a-z]+[.,:;!?…]?")
# Words in capitals that a browser reads: keys, headers, the beginning of the code of a key.
NOT_SAID = {"Enter", "Escape", "Backspace", "Accept", "Key", "Z"}
ELEMENTS = {"a", "button", "details", "input", "label", "select", "summary", "textarea"}
SCRIPTS = [path for path in texts(".js") if path.is_relative_to(ROOT / "frontend/scripts")
           or path.is_relative_to(PACKAGE)]  # fmt: skip


def test_there_are_scripts() -> None:
    assert {"files.js", "sketch.js"} <= {path.name for path in SCRIPTS}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_says_words_of_its_own(path: Path) -> None:
    nothing(said_in(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "script",
    [
        "part.textContent = 'Undone.'",
        'made.append("Remove")',
        'tell("no connection")',
        "line.ariaLabel = `Mark ${n}`",
        "hidden.textContent = ` mark ${n}`",
        "tell(`${far} mm long${wide ? ` and ${wide} mm wide` : ''}`)",
        "quoted = text.replace(/'/g, ''); tell('It was kept')",
        "all.join(' and ')",
    ],
)
def test_words_of_a_script_are_seen(script: str) -> None:
    assert list(said_in(script))


@pytest.mark.parametrize(
    "script",
    [
        "tell(say('undone'))  // It says 'Undone.'",
        'made.className = "govuk-input app-input"',
        "box.querySelector('input:checked, select')",
        "svg.setAttribute('transform', `translate(${x} ${y})`)",
        "if (event.key === 'Enter') form.method = 'POST'",
        "names.split(/, | and /)",
    ],
)
def test_what_a_script_does_not_say_is_left_alone(script: str) -> None:
    assert not list(said_in(script))


def said_in(script: str) -> Iterator[str]:
    """Yield each text of a script that a person would read."""
    for token in OF_A_SCRIPT.finditer(script):
        text = token[token.lastgroup] if token.lastgroup else ""
        for hole in HOLE.finditer(text) if token.lastgroup == "template" else ():
            yield from said_in(hole[1])
        filled = HOLE.sub("{}", text)
        words = [
            word
            for word in filled.split()
            if PLAIN.fullmatch(word) and word.strip(",") not in ELEMENTS
        ]
        is_sentence = len(words) > 1 or (words and re.search(r"\s", filled))
        if is_sentence or (ONE_WORD.fullmatch(filled) and filled not in NOT_SAID):
            yield f"line {_line(script, token.start())}: {text}"


# What stands on a page and is in no language of the house: names, what people typed or sealed
# before, law, and what is about the English language itself.
DATA = re.compile(
    r"Jay Quillfeather|Mika Thistledown|Jay|Mika|Oak House|Elm House|Hazel Care|1 Mill Lane"
    r"|Sam Okafor|Dana Whitlock|Kit Adeyemi|Lin Osei|Robin Tate|Alex Moreau|Bo Larsson"
    r"|[a-z]+\.[a-z]+@?|they, them|he, him|heliotrope|casebound|Soup\.|As agreed\.?|We keep to it\."
    r"|We had tea together\.|More|A list of|A brown boat on blue water\.|was in bloom\."
    r"|reg \d+[\d()a-z]*|Sch \d para \d+|Guide [\d.]+|Ofsted|EHC|[A-Za-z0-9+/=]{40,}|[0-9a-f]{40,}"
    r"|Joan Fairweather|aunt|That she is ill\."
    r"|BST|GMT|KB|MB|PDF|PNG|JPEG|Alt|Shift"
)
# The made-up home was sealed, and its book projected, before the language was chosen; a role and a
# drawing are shown with the words that are going to be sealed.
SEALED = re.compile(
    r"Admission|Moved on|Fact|First hand|Signed by|The time at this home ended\."
    r"|, called |, born on 29 February 2012, came to live here\."
    r"|(\w+day )?\d+ (October|November) \d{4}, \d\d:\d\d"
    r"|residential worker|registered manager|key worker|agency worker"
    r"|Body map with 0 marks\. Left and right are the child's own\."
    r"|1 tablet|A second worker still checks the copy"
    r"|oak-house\.example/tests/1.*"
)
# Words about English words; the guide, a page a file; the provider's own policy.
LEFT_IN_ENGLISH = ("glossary", "help", "recording_policy")


@pytest.mark.django_db
def test_every_page_speaks_a_language_that_was_made_up(made_up: MadeUp, tmp_path: Path) -> None:
    seen: dict[str, str] = {}
    with speaking_the_made_up_language(tmp_path):
        for name, page in contents(Scene(made_up)):
            if not name.startswith(LEFT_IN_ENGLISH):
                seen |= {text: name for text in shown(page.decode()) if text not in seen}

    nothing(
        f"{name}: {text}"
        for text, name in seen.items()
        if re.search(r"\b[A-Za-z]{3,}\b", DATA.sub(" ", SEALED.sub(" ", text)))
    )


def test_the_made_up_language_leaves_places_for_values_as_they_are() -> None:
    assert in_the_made_up_language("%(n)s of <b>{name}</b>&nbsp;") == "%(n)s øƒ <b>{name}</b>&nbsp;"


def shown(page: str) -> list[str]:
    """Return every text of a page, and every attribute that people read or hear."""
    reader = _Reader()
    reader.feed(page)
    return reader.shown


class _Reader(HTMLParser):
    """Reads what a page says."""

    def __init__(self) -> None:
        """Begin outside scripts and styles."""
        super().__init__()
        self.shown: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is read of an element."""
        self._silent += tag in {"script", "style"}
        self.shown += [value for name, value in attrs if value and name in HEARD]

    def handle_endtag(self, tag: str) -> None:
        """Leave a script or a style."""
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if not self._silent and data.strip():
            self.shown.append(" ".join(data.split()))


# Words and turns that the product does not use (docs/words.md), with what it says instead.
BANNED = {
    r"\b[Tt]hrow(n|s|ing)? (it|this|them|the draft|away)\b": "delete",
    r"\b[Ss]truck through to\b": "Strike (no. 416)",
    r"\b[Ss]poken to who\b": "Talk with …",
    r"numbered and barred": "say which numbers, and that nobody can change them",
    r"I have it, on to": "Continue to …",
    r"You took \d|You took \{|[Ww]ritten from notes\?": "a question",
    r"\b[Oo]n \{?\w+\}? nobody said": "a sentence with a count",
    r"\b[Gg]o on (writing|now|with)\b": "continue",
    r"\b([Tt]hose|[Hh]e|[Ss]he) who\b": "everyone who, someone who",
    r"\b[Ww]hoever|[Ww]hom\b|[Aa]new\b": "who, again",
    r"\bmay not\b": "cannot",
    r"\b([Pp]lease|[Ss]imply)\b": "leave it out",
    r"!( |$)": "no exclamation mark",
    r"\bP\d\d\b": "a link to the clause, in words",
    r"\b[Ss]omebody who reads this\b": "you",
    r"\b[Tt]ake (it|them|him|her|this) (out|away)\b": "remove",
}
QUOTED = re.compile("“[^”]*”")
# Texts of others: the policy's own clauses, and the one page that says what their numbers are.
POLICY = "upkeep/policy/"


def test_no_message_has_a_turn_that_the_product_does_not_use() -> None:
    nothing(
        f"{text!r} has {wrong[0]!r}: {better}"
        for message in tool().collected()
        if message.id and not all(place.startswith(POLICY) for place, _ in message.locations)
        for text in ([message.id] if isinstance(message.id, str) else message.id)
        for banned, better in BANNED.items()
        if (wrong := re.search(banned, QUOTED.sub("", text)))
    )


@pytest.mark.parametrize(
    "text",
    ["Throw this draft away", "Struck through to no. 416", "Written from notes? You took 1",
     "On 0 nobody said", "Those who may read", "Missing (P04)"],
)  # fmt: skip
def test_a_banned_turn_is_seen(text: str) -> None:
    assert any(re.search(banned, text) for banned in BANNED)
