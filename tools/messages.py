"""Collect the fixed words of the product into one catalogue of messages (gettext).

    .venv/bin/python tools/messages.py                write src/casebound/config/locale/django.pot
    .venv/bin/python tools/messages.py add cy         begin a translation, or bring it up to date
    .venv/bin/python tools/messages.py compile        compile the translations

Words stand in four kinds of places, and each says for itself what is a message:

- templates: `translate` and `blocktranslate`; what scripts say stands there too, as `data-say-…`;
- Python: `gettext`, `ngettext` and `gettext_noop`, and the `what`, `why` and `do` of a refusal;
- data files (`DATA`): the keys that people read. A form's words are translated when it is shown;
- the places on the body (`REGIONS`), each as a whole.

English is the language of the messages, so English needs no file of its own.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from casebound.foundation.drawing.regions import REGIONS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "casebound"
LOCALE = PACKAGE / "config" / "locale"
FILE = LOCALE / "django.pot"

KEYWORDS: Final[Mapping[str, tuple[int | tuple[int, str], ...] | None]] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
REFUSAL: Final = frozenset({"what", "why", "do"})
# Keys of data files whose texts people read.
DATA: Final[Mapping[str, frozenset[str]]] = {
    "rulebook/catalogue/forms": frozenset(
        {"title", "description", "shown_as", "label", "hint", "words", "section"}
    ),
    "rulebook/clocks": frozenset({"what", "state"}),
    "people/rights": frozenset({"words"}),
    "rulebook/language": frozenset({"about"}),
    "upkeep/policy": frozenset({"asks"}),
}
# What no home sees: tests, the made-up home, the page of all components, what installers type.
LEFT_OUT: Final = frozenset({"tests", "migrations", "management", "story", "gallery", "static"})

# A message, its plural if it has one; the comments for a translator; its context.
Message: TypeAlias = tuple[str | tuple[str, ...], list[str], str | None]


def main(words: list[str]) -> int:
    """Write the template of the catalogue, or do what is asked with its translations."""
    if words[:1] == ["add"] and len(words) == len(("add", "language")):
        add(words[1])
    elif words == ["compile"]:
        for file in sorted(LOCALE.rglob("*.po")):
            compiled(file.read_bytes(), file.with_suffix(".mo"))
    elif not words:
        FILE.write_bytes(written())
    else:
        print(__doc__)
        return 2
    return 0


def written() -> bytes:
    """Return the template of the catalogue as it belongs on file."""
    buffer = BytesIO()
    write_po(buffer, collected(), width=100, omit_header=True, sort_output=True)
    return buffer.getvalue()


def collected() -> Catalog:
    """Return every message, with the file it stands in. Lines are left out: they change daily."""
    catalog = Catalog(project="casebound", charset="utf-8", fuzzy=False)
    for region in REGIONS:
        for words in (region.words, region.label):
            catalog.add(words, locations=[("foundation/drawing/regions.py", 0)])
    for path in _files():
        place = path.relative_to(PACKAGE).as_posix()
        for message, comments, context in _messages(path):
            catalog.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    for entry in catalog:
        entry.locations = [(place, 0) for place in sorted({at[0] for at in entry.locations})]
    return catalog


def add(language: str) -> Path:
    """Begin the translation into a language, or bring it up to date; return its file."""
    file = LOCALE / language / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    known = file.read_bytes() if file.exists() else b""
    catalog = read_po(BytesIO(known), locale=language) if known else Catalog(locale=language)
    catalog.update(collected())
    with file.open("wb") as out:
        write_po(out, catalog, width=100, sort_output=True, no_location=True)
    return file


def compiled(translation: bytes, file: Path) -> None:
    """Write a translation as Django reads it."""
    with file.open("wb") as out:
        write_mo(out, read_po(BytesIO(translation)))


def _files() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".html", ".toml"} and not LEFT_OUT & set(path.parts):
            yield path


def _messages(path: Path) -> Iterator[Message]:
    if path.suffix == ".html":
        yield from of_template(path.read_text(encoding="utf-8"))
    elif path.suffix == ".py":
        yield from of_python(path.read_text(encoding="utf-8"))
    else:
        yield from of_data(path)


def of_template(template: str) -> Iterator[Message]:
    """Yield the messages of a template."""
    # Django turns it into lines with calls and nothing else; indented, they would be no Python.
    calls = "\n".join(line.strip() for line in templatize(template).split("\n"))
    yield from _calls(calls)


def of_python(code: str) -> Iterator[Message]:
    """Yield the messages of a Python file."""
    yield from _calls(code)
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
            for line in node.body:
                match line:
                    case ast.Assign([ast.Name(name)], ast.Constant(str(text))):
                        if name in REFUSAL and text:
                            yield text, [], None


def of_data(path: Path) -> Iterator[Message]:
    """Yield the messages of a data file."""
    for folder, keys in DATA.items():
        if path.is_relative_to(PACKAGE / folder):
            for text in _texts(tomllib.loads(path.read_text(encoding="utf-8")), keys):
                yield text, [], None


def _calls(code: str) -> Iterator[Message]:
    for _, function, message, comments in extract_python(
        BytesIO(code.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"}
    ):
        texts = (message,) if isinstance(message, str) else tuple(filter(None, message or ()))
        context = None
        if function in {"pgettext", "npgettext"}:
            context, *rest = texts
            texts = tuple(rest)
        if texts and texts[0]:
            yield (texts[0] if len(texts) == 1 else texts[:2]), list(comments or []), context


def _texts(data: Any, keys: frozenset[str]) -> Iterator[str]:  # noqa: ANN401 (as TOML has it)
    if isinstance(data, dict):
        for key, value in data.items():
            if key in keys and isinstance(value, str) and value:
                yield value
            elif key in keys and isinstance(value, list):
                yield from (text for text in value if isinstance(text, str))
            else:
                yield from _texts(value, keys)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value, keys)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
