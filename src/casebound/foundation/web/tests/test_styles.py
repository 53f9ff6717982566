"""What the style sheet and the lock may not hold; the style sheet is built at set-up."""

import json
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[1]
FRONTEND = WEB.parents[3] / "frontend"
BUILT = WEB / "static" / "app"
PACKAGE = WEB.parents[1]


def sources() -> list[Path]:
    return [*FRONTEND.glob("scss/*.scss"), *PACKAGE.glob("*/*/templates/components/*/*.scss")]


@pytest.fixture(scope="module")
def css() -> str:
    return (BUILT / "app.css").read_text()


@pytest.mark.parametrize("word", ["gds", "crest", "crown", "transport"])
def test_nothing_of_the_governments_own_look_is_in_the_styles(css: str, word: str) -> None:
    assert word not in css.lower()


def test_the_styles_fetch_only_our_own_files(css: str) -> None:
    files = set(re.findall(r"url\(\"?([^)\"]+)\"?\)", css))
    assert {name for name in files if not (BUILT / name).is_file()} == set()


@pytest.mark.parametrize("source", sources(), ids=lambda file: file.stem)
def test_our_own_styles_name_no_ids_no_tags_and_force_nothing(source: Path) -> None:
    text = re.sub(r"//.*", "", source.read_text())
    assert "!important" not in text
    heads = re.findall(r"(?:^|[;{}])\s*([^;{}]+?)\s*\{", re.sub(r"#\{[^}]*\}", "x", text))
    selectors = [part.strip() for head in heads if head[0] != "@" for part in head.split(",")]
    assert [
        selector
        for selector in selectors
        if "#" in selector or re.match(r"[a-z]+(?![\w-]*:)\b", selector)
    ] == []


def test_every_class_of_ours_in_a_page_has_its_styles(css: str) -> None:
    pages = [file.read_text() for file in WEB.glob("templates/**/*.html")]
    pages += [file.read_text() for file in PACKAGE.glob("*/*/templates/components/*/*.html")]
    classes = {
        name
        for page in pages
        for value in re.findall(r'class="([^"]*)"', re.sub(r"{%.*?%}|{{.*?}}", " ", page))
        for name in value.split()
        if name.startswith("app-") and not name.endswith("--")
    }
    assert {name for name in classes if not re.search(rf"\.{name}\b", css)} == set()


def test_the_lock_names_no_registry_and_checks_every_package() -> None:
    packages = json.loads((FRONTEND / "package-lock.json").read_text())["packages"]
    installed = {name: entry for name, entry in packages.items() if name}
    assert [name for name, entry in installed.items() if "resolved" in entry] == []
    assert [name for name, entry in installed.items() if "integrity" not in entry] == []
