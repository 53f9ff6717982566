"""Names and words: one class name for one thing, and plain words (the style of this house)."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.house.source import ROOT, Source, nothing, sources, texts

# What a tag of a template calls a thing: `{% for one in … %}`, `{{ one.title }}`, `:of="one"`.
ONE_IN_A_TAG = re.compile(r"""\{[{%][^}]*?(?<![\w.'"-])one\b(?![\w'"-])|:[\w-]+="one\b""")
MESSAGE = re.compile(r"""\{% translate ("|').*?\1[^%]*%\}""")
LOOKED_AT = ("src", "tests", "tools", "verify", "docs", "frontend/scripts", "frontend/scss")
ENDINGS = (".py", ".md", ".toml", ".html", ".txt", ".js", ".scss")
STIFF = re.compile(r"\b(whoever|whom|whosoever|anew|thereby|hereby)\b", re.IGNORECASE)
WORDS_MAY_STAND_UNDER = "src/casebound/upkeep/demo/story/lives/"  # made-up people speak there
WORDS_MAY_STAND_IN = {
    "tests/house/test_words.py": "it names them",
}
SAME_NAME_BY_DJANGO = {"Command", "DatabaseWrapper", "Handling", "Meta", "Migration"}


def test_a_class_name_means_one_thing_in_the_whole_house() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for source in sources():
        if not source.is_test:
            for node in ast.walk(source.tree):
                if isinstance(node, ast.ClassDef) and node.name not in SAME_NAME_BY_DJANGO:
                    places[node.name].append(source.name)

    nothing(f"{name}: {', '.join(files)}" for name, files in places.items() if len(files) > 1)


def test_no_variable_of_a_loop_is_called_one() -> None:
    nothing(
        f"{name}:{line}: call it what it is: entry, draft, child, …"
        for name, tree in _trees()
        for line in _ones(tree)
    )


def test_no_variable_of_a_template_is_called_one() -> None:
    nothing(
        f"{path.relative_to(ROOT)}:{number}: call it what it is: entry, duty, child, …"
        for path in texts(".html", under=ROOT / "src")
        for number in _template_ones(path.read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("<ul>\n{% for one in entries %}", 2),
        ("{{ one.title }}", 1),
        ("{% url 'chronology:entry' book.id\n one.number %}", 1),
        ('<c-entry :of="one" />', 1),
        ("{% include 'desk/_item.html' with item=one %}", 1),
    ],
)
def test_a_variable_called_one_is_seen_in_a_template(template: str, line: int) -> None:
    assert list(_template_ones(template)) == [line]


@pytest.mark.parametrize(
    "template",
    [
        "Choose one",
        '{% translate "Choose one" %}',
        "{% url 'one' %}",
        '<c-select name="one" />',
        "{{ form.one }}",
    ],
)
def test_the_word_one_may_stand_in_a_template(template: str) -> None:
    assert not list(_template_ones(template))


@pytest.mark.parametrize("folder", LOOKED_AT)
def test_words_are_plain(folder: str) -> None:
    nothing(
        f"{name}:{number}: {found[0]}"
        for path in texts(*ENDINGS, under=ROOT / folder)
        if (name := path.relative_to(ROOT).as_posix()) not in WORDS_MAY_STAND_IN
        and not name.startswith(WORDS_MAY_STAND_UNDER)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (found := STIFF.search(line))
    )


def test_no_exception_outlives_its_reason() -> None:
    nothing(
        f"{name}: it has none of these words any more, take it off the list"
        for name in WORDS_MAY_STAND_IN
        if not STIFF.search((ROOT / name).read_text(encoding="utf-8"))
    )


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("src", "tests", "tools", "verify"):
        for path in texts(".py", under=ROOT / folder):
            yield path.relative_to(ROOT).as_posix(), Source(path).tree


def _template_ones(template: str) -> Iterator[int]:
    """Yield the lines on which a tag of a template begins that calls its thing `one`."""
    code = MESSAGE.sub(lambda message: "\n" * message[0].count("\n"), template)
    for match in ONE_IN_A_TAG.finditer(code):
        yield code.count("\n", 0, match.start()) + 1


def _ones(tree: ast.Module) -> Iterator[int]:
    """Yield the lines on which a loop, a comprehension or a lambda calls its thing `one`."""
    for node in ast.walk(tree):
        targets: list[ast.expr | ast.arg] = []
        if isinstance(node, ast.For | ast.comprehension):
            targets = [node.target]
        elif isinstance(node, ast.Lambda):
            targets = list(node.args.args)
        for target in targets:
            for name in ast.walk(target):
                if isinstance(name, ast.Name | ast.arg) and "one" in {
                    getattr(name, "id", ""), getattr(name, "arg", ""),
                }:  # fmt: skip
                    yield target.lineno
