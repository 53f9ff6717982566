"""The catalogue of messages, and a made-up language in which every translated word is seen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import util
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from django.test import override_settings
from django.utils import translation
from django.utils.translation import trans_real

from tests.house.source import ROOT

LANGUAGE = "xx"  # no translation of Django's own comes in between
# What a translator leaves as it is: places for values, tags, addresses, entities.
LEFT = re.compile(r"%s|%\(\w+\)[sd]|\{[^{}]*\}|<[^<>]*>|&\w+;")
LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçđéƒĝħíĵķļɱñøþʠŕšŧûṽŵẋýžÅƁÇĐÉƑĜĦÍĴĶĻṀÑØÞɊŔŠŦÛṼŴẊÝŽ",
)


def tool() -> Any:  # Any: a script, loaded by its path
    """Return `tools/messages.py`."""
    spec = util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    assert spec
    assert spec.loader
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def in_the_made_up_language(message: str) -> str:
    """Return a message with every letter in another shape, but its places for values."""
    parts, begin = [], 0
    for left in LEFT.finditer(message):
        parts += [message[begin : left.start()].translate(LETTERS), left[0]]
        begin = left.end()
    return "".join([*parts, message[begin:].translate(LETTERS)])


def made_up_catalogue(folder: Path) -> None:
    """Write a translation of every message into the made-up language, as Django reads it."""
    messages = tool()
    template = messages.collected()
    catalog = Catalog(locale="en")
    for message in template:
        if message.id:
            catalog.add(
                message.id, _translated(message.id, catalog.num_plurals), context=message.context
            )
    file = folder / LANGUAGE / "LC_MESSAGES" / "django.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        messages.write_mo(out, catalog)


def _translated(message: str | tuple[str, ...] | list[str], plurals: int) -> str | tuple[str, ...]:
    if isinstance(message, str):
        return in_the_made_up_language(message)
    one, *rest = (in_the_made_up_language(form) for form in message)
    return (one, *(rest[-1:] * (plurals - 1)))


@contextmanager
def speaking_the_made_up_language(folder: Path) -> Iterator[None]:
    """Show the house in the made-up language for as long as this lasts."""
    made_up_catalogue(folder)
    _forget()
    try:
        with override_settings(LOCALE_PATHS=[folder]), translation.override(LANGUAGE):
            yield
    finally:
        _forget()


def _forget() -> None:
    trans_real._translations = {}  # type: ignore[attr-defined]
    trans_real._default = None  # type: ignore[attr-defined]


def catalogue_on_file() -> bytes:
    """Return the catalogue as it is on file."""
    return Path(tool().FILE).read_bytes()
