"""What no file of the project may hold."""

import ast
import re
import sys

import pytest

from tests.house.source import PACKAGE, ROOT, nothing, rooms_sources, sources, texts

EVERYWHERE = (".py", ".toml", ".md", ".html", ".js", ".scss", ".yml", ".json", ".txt", ".ini")
FOLDERS = ("work", "root", r"Users/\w+", r"home/\w+")
A_MACHINES_PATH = re.compile(rf"(?<![\w.-])/(?:{'|'.join(FOLDERS)})/|\.\./shared")
INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
UNESCAPED = re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off|\|\s*safeseq\b")
# Where words are declared to be HTML, and why that is right there.
MAKES_HTML = {
    "foundation/web/faces.py": "draws a face out of numbers",
    "foundation/web/drawn.py": "pictures of our own making, their words escaped there",
    "reading/chronology/reads.py": "a cache of what `record.rendering` built",
    "upkeep/help/reads.py": "the project's own Markdown, whose HTML is not let through",
    "record/rendering/answers.py": "pictures of our own making, their words escaped there",
    "foundation/base/markup.py": "the builder: it escapes whatever is put into our markup",
    "record/rendering/files.py": "joins escaped words",
    "record/rendering/html.py": "joins escaped words",
    "reading/search/reads.py": "`snippet` escapes all but its own mark",
}
HTML_MAKERS = {"mark_safe", "SafeString", "SafeText", "SafeData", "Markup"}
A_TAG = re.compile(r"(?<!\?P)</?[a-z][a-z0-9]*[\s>/\0]|<!--")
DRAWINGS = ("foundation", "drawing")  # draws SVG out of numbers; its own tests read every word back
# The house is about these; the room of frame and components is about none of them.
OF_HOMES = ("child", "children", "statement", "handover", "placement", "entry", "entries")
STANDARD = sys.stdlib_module_names | {"__future__"}


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    named = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in texts(*EVERYWHERE)
        for found in [A_MACHINES_PATH.search(path.read_text(encoding="utf-8"))]
        if found
    ]

    nothing(named)


@pytest.mark.policy("P12")
def test_no_template_holds_a_script_or_a_style_of_its_own() -> None:
    inline = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in texts(".html", under=PACKAGE)
        for found in INLINE.finditer(path.read_text(encoding="utf-8"))
    ]

    nothing(inline)


def test_no_template_switches_escaping_off() -> None:
    unescaped = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in texts(".html", under=PACKAGE)
        for found in UNESCAPED.finditer(path.read_text(encoding="utf-8"))
    ]

    nothing(unescaped)


def test_no_html_is_built_in_an_f_string() -> None:
    built = {
        f"{source.name}, line {node.lineno}"
        for source in rooms_sources()
        if source.path.relative_to(PACKAGE).parts[:2] != DRAWINGS
        for node in ast.walk(source.tree)
        if isinstance(node, ast.JoinedStr) and A_TAG.search(_constants(node))
    }

    nothing(sorted(built))


def _constants(text: ast.JoinedStr) -> str:
    """Return what an f-string holds apart from what is put into it."""
    return "\0".join(
        part.value
        for part in text.values
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


@pytest.mark.parametrize("word", OF_HOMES)
def test_the_foundation_s_web_room_knows_no_word_of_homes(word: str) -> None:
    speaks = re.compile(rf"(?<![\w-]){word}\b", re.IGNORECASE)
    room = PACKAGE / "foundation" / "web"

    named = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in texts(".py", ".html", ".scss", under=room)
        if "tests" not in path.parts
        for found in [speaks.search(path.read_text(encoding="utf-8"))]
        if found
    ]

    nothing(named)


def test_only_what_rendered_an_entry_calls_words_html() -> None:
    makers = {
        source.path.relative_to(PACKAGE).as_posix()
        for source in rooms_sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in HTML_MAKERS
    }

    assert makers == set(MAKES_HTML)


@pytest.mark.policy("P65")
def test_the_offline_checker_needs_the_standard_library_and_nothing_else() -> None:
    tree = ast.parse((ROOT / "verify" / "verify.py").read_text(encoding="utf-8"))

    needed = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [name.name for name in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "."]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert needed - STANDARD == set()


def test_there_is_no_room_without_a_subject() -> None:
    nameless = {"utils", "common", "helpers", "core", "misc", "shared"}

    assert [source.name for source in sources() if nameless & set(source.path.parts)] == []
    assert [source.name for source in sources() if source.path.stem in nameless] == []
