"""No address answers 500, whatever is asked of it or posted to it (P63).

Odd parts of the address and odd fields, and beside them headers, cookies, methods, kinds of body
and encodings that no browser sends. A run of the tests sends some hundred requests;
`CASEBOUND_FUZZ=5000 ./run test tests/house/test_fuzz.py` sends as many as said, of which each is
told by its number.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, Final
from urllib.parse import quote

import pytest
from django.http import HttpResponseBase
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
BODY_SHARE: Final = 0.25
OFTEN = ("page", "year", "form", "q", "next", "again", "at", "book", "number", "state", "sort")


METHODS: Final = ("PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "FOO", "post")
HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "Accept": ("text/html", "application/json", "*/*;q=x", "\xff", ""),
    "Accept-Language": ("cy", "xx-" + "y" * 300, "*", ";;;"),
    "HX-Request": ("true", "x"),
    "HX-Current-URL": ("http://[", "x" * 3000, "/%00"),
    "Range": ("bytes=0-", "bytes=9-1", "bytes=-0", "bytes=" + "9" * 400, "bytes=x-y", "lines=1"),
    "X-Form-Key": ("0" * 32, "x", "\xe9" * 32),
    "X-Form-Worker": ("x" * 500, "0" * 32),
    "X-Forwarded-For": ("x", "1.2.3.4, , ", "::1%0", "a" * 4000),
    "X-Forwarded-Proto": ("https", "ftp"),
    "Referer": ("http://[::", "javascript:0", "\xff"),
    "Origin": ("null", "http://[", "https://elsewhere.test"),
    "If-Modified-Since": ("x", "Thu, 99 Xxx 9999 99:99:99 GMT"),
    "If-None-Match": ('"', "*" * 300),
    "Host": ("elsewhere.test", "[::1", "localhost:x", "a" * 300, ""),
    "Cookie": ("=", "a=b; casebound", "__Host-casebound=" + "x" * 3000, "\xff=\xfe", "a=\x01"),
}
BASE64: Final = b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n"
PLAIN: Final = b"Content-Type: text/plain; charset=x\r\n\r\nhello\r\n--x--\r\n"
BODIES: Final[tuple[tuple[str, bytes], ...]] = (
    ("application/json", b'{"a": 1e999, "b": ['),
    ("application/json", b"\xff\xfe[]"),
    ("application/x-www-form-urlencoded", b"a=%ff&%00=%&=&&;" + b"&x" * 1500),
    ("application/x-www-form-urlencoded; charset=utf-7", b"q=+AGE-"),
    ("application/x-www-form-urlencoded; charset=nothing", b"q=\xe9"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=\xff", b"--x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="q"\r\n' + BASE64,
    ),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\x00.txt"\r\n' + PLAIN,
    ),
    ("text/plain", b"\x00" * 300),
    ("", b"q=x"),
)


@dataclass(frozen=True)
class Nonsense:
    """A request that no browser of ours would send."""

    visitor: str
    method: str
    address: Address
    sent: Mapping[str, str | list[str]]
    headers: Mapping[str, str] = field(default_factory=dict)
    body: tuple[str, bytes] | None = None

    def send(self, browser: Client, path: str) -> HttpResponseBase:
        """Send it with a browser that lets everything through."""
        named: dict[str, Any] = {"headers": self.headers}
        if self.method in {"get", "post"} and self.body is None:
            answer = getattr(browser, self.method)(path, self.sent, **named)
        else:
            kind, body = self.body or ("application/x-www-form-urlencoded", b"a=b")
            method = "POST" if self.method in {"get", "post"} else self.method
            answer = browser.generic(method, path, body, content_type=kind, **named)
        if getattr(answer, "streaming", False):
            b"".join(answer.streaming_content)  # which ends it as a server does
        return answer  # type: ignore[no-any-return]  # as the client's methods all do

    def __str__(self) -> str:
        """Tell it in a line."""
        return f"{self.visitor} {self.method} {self.headers!r:.80} {self.body} {self.sent!r:.300}"


def requests(scene: Scene) -> Iterator[Nonsense]:
    """Yield requests without an end: every address in turn, so that a short run sees them all."""
    chosen = random.Random(7)  # noqa: S311 (the same each time)
    browsers = {
        who: scene.made_up.browser_of(worker) if worker else Client()
        for who, worker in scene.visitors().items()
    }
    there = [address for address in addresses(scene) if "sign-out" not in address.path]
    known: dict[str, list[str]] = {}
    while True:
        chosen.shuffle(there)
        for address in there:
            visitor = chosen.choice(sorted(WELCOME[address.example.whose]) or ["its worker"])
            if address.name not in known:
                plain = browsers[visitor].get(address.path)
                text = "" if plain.streaming else plain.content.decode("utf-8", "replace")
                known[address.name] = [*OFTEN, *parts_of(plain), *NAMED.findall(text)]
            yield _nonsense(chosen, visitor, address, known[address.name])


def _nonsense(chosen: random.Random, visitor: str, address: Address, known: list[str]) -> Nonsense:
    names = chosen.sample(known, k=min(4, len(known)))
    sent: dict[str, str | list[str]] = {
        name: chosen.choice((chosen.choice(EVIL), [chosen.choice(EVIL) for _ in range(3)]))
        for name in names
    }
    method = chosen.choice(("get", "get", "post", "post", chosen.choice(METHODS)))
    if method == "post":
        sent = {**dict(address.example.post), **sent}
    named = chosen.sample(sorted(HEADERS), k=chosen.choice((0, 0, 1, 3)))
    headers = {name: chosen.choice(HEADERS[name]) for name in named}
    body = chosen.choice(BODIES) if method == "post" and chosen.random() < BODY_SHARE else None
    return Nonsense(visitor, method, address, sent, headers, body)


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
    answered: Counter[int] = Counter()
    browser = Client(raise_request_exception=False)
    signed_in = {
        who: (made_up.browser_of(worker) if worker else Client()).cookies.output(header="")
        for who, worker in scene.visitors().items()
    }
    for number, nonsense in enumerate(requests(scene)):
        if number == FUZZ:
            break
        path = nonsense.address.path
        path = path if number % 3 else elsewhere(path, number)
        browser.cookies = SimpleCookie(signed_in[nonsense.visitor])  # whatever came before
        status = nonsense.send(browser, path).status_code
        answered[status] += 1
        if status >= 500:
            wrong.append(f"{number}: {nonsense.address.name} {path:.80} {nonsense}")

    print(f"{answered.total()} requests:", dict(sorted(answered.items())))
    nothing(wrong)
