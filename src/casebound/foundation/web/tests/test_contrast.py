"""The palette against WCAG 2.2 AA: 4.5 to 1 for words, 3 to 1 for edges and drawings."""

import re
from pathlib import Path

import pytest

THEME = Path(__file__).parents[5] / "frontend" / "scss" / "_theme.scss"

GROUNDS = ("page", "surface", "sunk")
WORDS = [
    *[(ink, ground) for ground in GROUNDS for ink in ("ink", "ink-soft", "link", "link-over")],
    *[(ink, ground) for ground in GROUNDS for ink in ("link-seen", "brand", "danger", "good")],
    *[(ink, ground) for ground in GROUNDS for ink in ("due", "late", "fix", "kept", "calm")],
    *[(tone, f"{tone}-tint") for tone in ("danger", "good", "due", "late", "fix", "kept", "calm")],
    *[("ink", f"{tone}-tint") for tone in ("danger", "good", "due", "fix", "kept", "brand")],
    ("ink-soft", "kept-tint"),
    ("brand", "brand-tint"),
    ("ink", "mark"),
    ("button-ink", "button"),
    ("button-ink", "button-over"),
    ("ink", "button-quiet"),
    ("ink", "button-quiet-over"),
    ("danger-ink", "danger"),
    ("danger-ink", "danger-over"),
    ("cloth-ink", "cloth"),
    ("cloth-ink", "cloth-deep"),
    ("cloth-ink-soft", "cloth"),
    ("cloth-ink-soft", "cloth-deep"),
    ("focus-ink", "focus"),
]
EDGES = [
    *[("line-strong", ground) for ground in GROUNDS],
    ("ribbon", "cloth"),
    ("ribbon", "cloth-deep"),
    ("focus-ring", "focus"),
    ("focus", "cloth-deep"),
]


def palettes() -> dict[str, dict[str, str]]:
    text = THEME.read_text()
    found = {}
    for name, mark in (("light", "// light\n"), ("dark", "// dark\n")):
        block = text.split(mark, 1)[1].split("}", 1)[0]
        found[name] = dict(re.findall(r"--app-([a-z-]+): (#[0-9a-f]{6});", block))
    return found


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, other: str) -> float:
    low, high = sorted((brightness(colour), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_worked_out_as_the_guideline_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(scheme: str) -> None:
    colours = palettes()[scheme]
    weak = {(a, b): contrast(colours[a], colours[b]) for a, b in WORDS}
    assert {pair: round(c, 2) for pair, c in weak.items() if c < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_and_drawings_can_be_made_out(scheme: str) -> None:
    colours = palettes()[scheme]
    weak = {(a, b): contrast(colours[a], colours[b]) for a, b in EDGES}
    assert {pair: round(c, 2) for pair, c in weak.items() if c < 3} == {}


def test_both_schemes_name_the_same_colours() -> None:
    light, dark = palettes().values()
    assert light.keys() == dark.keys()
