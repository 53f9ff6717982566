"""No address answers 500, whatever is asked of it or posted to it (P63).

A run of the tests sends some hundred requests; `CASEBOUND_FUZZ=5000 ./run test
tests/house/test_fuzz.py` sends as many as said, of which each is told by its number.
"""

import random
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

import pytest
from django.test import Client

from tests.house.addresses import WELCOME, Address, Scene, addresses
from tests.house.source import nothing
from tests.house.test_asked import parts_of
from tests.installation import FUZZ
from tests.made_up import MadeUp

EVIL = (
    "", "0", "-1", "x", "ON", "9" * 400, "1e309", "2147483648", "-9223372036854775809", "٣",
    "2026-02-30", "0000-00-00", "9999-12-31", "2026-13-45T99:99", "24:00", "2026-11-30T25:61",
    "\x00", "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "\u202e",
    "%00", "%ff", "../../etc/passwd", "<b>", "' OR 1=1 --", '"', "{{ 7 }}", "[]", "{}", "null",
    '{"marks":[{"view":7}]}', "a" * 5000, "\r\nX: y", "/", "//elsewhere.test/", "javascript:0",
)  # fmt: skip
NAMED = re.compile(r'\bname="([^"]{1,60})"')
OFTEN = ("page", "year", "form", "q", "next", "again", "at", "book", "number", "state", "sort")


def requests(scene: Scene) -> Iterator[tuple[str, str, Address, str, Mapping[str, str]]]:
    """Yield visitor, verb, address and what is sent, without an end."""
    chosen = random.Random(7)  # noqa: S311 (the same each time)
    browsers = {
        who: scene.made_up.browser_of(worker) if worker else Client()
        for who, worker in scene.visitors().items()
    }
    there = [address for address in addresses(scene) if "sign-out" not in address.path]
    known: dict[str, list[str]] = {}
    while True:
        address = chosen.choice(there)
        visitor = chosen.choice(sorted(WELCOME[address.example.whose]) or ["its worker"])
        if address.name not in known:
            plain = browsers[visitor].get(address.path)
            text = "" if plain.streaming else plain.content.decode("utf-8", "replace")
            known[address.name] = [*OFTEN, *parts_of(plain), *NAMED.findall(text)]
        names = chosen.sample(known[address.name], k=min(4, len(known[address.name])))
        sent = {name: chosen.choice(EVIL) for name in names}
        verb = chosen.choice(("get", "get", "post"))
        if verb == "post":
            sent = {**dict(address.example.post), **sent}
        yield visitor, verb, address, chosen.choice(("", "", "html")), sent


def elsewhere(path: str, number: int) -> str:
    """Return an address with one of its parts replaced."""
    chosen = random.Random(number)  # noqa: S311 (the same each time)
    parts = path.split("/")
    places = [place for place, part in enumerate(parts) if part and any(map(str.isdigit, part))]
    if places:
        parts[chosen.choice(places)] = quote(chosen.choice(EVIL), safe="")
    return "/".join(parts)


@pytest.mark.django_db
@pytest.mark.policy("P63")
def test_no_address_answers_500_whatever_is_sent_to_it(made_up: MadeUp) -> None:
    scene, wrong = Scene(made_up), []
    browsers = {}
    for who, worker in scene.visitors().items():
        browsers[who] = Client(raise_request_exception=False)
        browsers[who].cookies = (made_up.browser_of(worker) if worker else Client()).cookies
    for number, (who, verb, address, accept, sent) in enumerate(requests(scene)):
        if number == FUZZ:
            break
        headers = {"Accept": "text/html"} if accept else {}
        path = address.path if number % 3 else elsewhere(address.path, number)
        answer = getattr(browsers[who], verb)(path, sent, headers=headers)
        if answer.status_code >= 500:
            wrong.append(f"{number}: {who} {verb} {address.name} {path:.80} {sent!r:.300}")

    nothing(wrong)
