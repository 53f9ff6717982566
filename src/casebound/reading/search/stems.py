"""The stems of words (Porter's), as the index stores them and a question asks for them."""

import threading
from functools import lru_cache
from typing import Final

import snowballstemmer

SHORTEST: Final = 3  # letters; shorter words are left as they are
_MOST_REMEMBERED: Final = 50_000  # words; a few megabytes
_of_thread = threading.local()  # a stemmer keeps the word it works on


def stems_of(words: set[str]) -> dict[str, str]:
    """Return the stem of each folded word. No query."""
    return {word: stem_of(word) for word in words}


@lru_cache(maxsize=_MOST_REMEMBERED)
def stem_of(word: str) -> str:
    """Return the stem of a folded word; a word that has none is its own."""
    if len(word) < SHORTEST:
        return word
    if not hasattr(_of_thread, "porter"):
        _of_thread.porter = snowballstemmer.stemmer("porter")
    stem: str = _of_thread.porter.stemWord(word)
    return stem
