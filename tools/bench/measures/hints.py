"""Hints on a text of 4 KB, as the writing page asks for them: the function, and the whole view."""

import time
from statistics import quantiles
from typing import Any

from casebound.rulebook.glossary.reads import vocabulary
from casebound.rulebook.language.hints import hints
from tools.bench import words

LENGTH = 4096
SPICE = " Jay absconded and was defiant; CAMHS and the ZQX rang, obviously. “He kicked off.” "


def latency(each: int = 400) -> dict[str, Any]:
    """Return the p50 and p99 in ms of `each` different texts, some of them with much to say."""
    took, found = [], 0
    for seed in range(each):
        text = _text(seed)
        began = time.perf_counter()
        found += len(hints(text, vocabulary=vocabulary()))
        took.append((time.perf_counter() - began) * 1000)
    cuts = quantiles(took, n=100)
    return {"p50": cuts[49], "p99": cuts[98], "hints": found / each, "bytes": LENGTH}


def _text(seed: int) -> str:
    plain = " ".join(words.statements(seed, size=LENGTH))
    if seed % 2:
        plain = plain[: LENGTH // 2] + SPICE * 4 + plain[LENGTH // 2 :]
    return plain[:LENGTH]
