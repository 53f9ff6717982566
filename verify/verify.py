#!/usr/bin/env python3
"""Check a copy from a casebound record: offline, with this one file and Python 3.9 or later.

    python verify.py TRUSTFILE FILE...                    exit 0 all is well, 1 a check failed,
    python verify.py - FILE... --root BASE64 --size N     2 a file cannot be read at all

Written from FORMAT.md alone (F1 to F11 are its sections); it shares no code with the application.
It uses public keys only, so it need not hide how long it takes. Messages name entries and parts by
number, never by what is in them; only `--show` prints words of the record.

What no checker can see, because nobody sealed it: the discloser's words in a bundle (`why`,
`book_pages`), the inside of a time-stamp token beyond its imprint and time (openssl checks it), and
signature lines of keys the trust file does not hold. The receipt of the `disclosure` leaf, given
beside the bundle, seals the whole file and so those bytes too.
"""

from __future__ import annotations

import argparse
import base64
import calendar
import hashlib
import hmac
import json
import operator
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ALL_WELL, FAILED, UNREADABLE = 0, 1, 2


class RefusedError(Exception):
    """A check failed: the file is not what was sealed, or is not spelt exactly."""


class UnreadableError(Exception):
    """There is nothing to check: no such file, another kind of file, a faulty trust file."""


class Many(NamedTuple):
    """The shape of a list of like things."""

    shape: Shape
    least: int = 0
    most: int = 2**53


# --- Shapes: what each place may hold, nothing missing and nothing more (F2, F4, F6, F7, F11) ---

Shape = Any  # a regular expression, a range, Many, [one, another], (either, or) or {key: shape}
MAX_LEAF, MAX_TEXT, HASH = 4096, 65_536, 32  # bytes (F7, F4, F1)
WHOLE, HEX, TEXT, SOME = range(2**53), "[0-9a-f]{64}", "(?s:.*)", "(?s:.+)"
LAST_SECOND = 253_402_300_799  # of the year 9999, the last that F7 can write
HASH64 = "[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]="  # the only base64 of 32 bytes
NAME, VKEY = r"[^\s+\x00-\x1f]+", r"[^\s+\x00-\x1f]+\+[0-9a-f]{8}\+\S+"
RANGES = Many([WHOLE, WHOLE])
KIND = "fact|account|opinion|assessment|judgement|decision|view"
SOURCE = "first-hand|told-by|document"
LABELS: Shape = ({"n": SOME}, {"n": SOME, "k": KIND}, {"n": SOME, "src": SOURCE})
LABELS += ({"n": SOME, "k": KIND, "src": SOURCE},)
LEAVES: dict[
    str, Shape
] = {  # `reseal` and `carry` belong to a later version, which has its own checker
    "genesis": {"log": NAME, "vkey": VKEY},
    "entry": {"e": HEX, "s": HEX, "d": Many(HEX), "b": HEX},
    "recrypt": {"of": WHOLE, "b": HEX},
    "anchor": {"size": WHOLE, "root": HEX, "kind": SOME, "h": HEX},
    "disclosure": {"h": HEX},
    "disposal": {"rule": SOME, "leaves": RANGES, "by": Many(HEX)},
    "disposal-done": {"of": WHOLE, "epoch": WHOLE},
    "key": {"add": Many(VKEY), "drop": Many(VKEY), "why": "rotate|lost|compromised"},
    "restore": {"had": WHOLE, "have": WHOLE, "lost": RANGES},
    "clock": {"from": WHOLE, "to": TEXT},
}
LEAF = tuple({"v": range(1, 2), "t": t, "at": TEXT, **more} for t, more in LEAVES.items())
HEAD = {"id": "[0-9a-f]{32}", "log": NAME, "v": range(1, 2)}
STATED = {"at": TEXT, "auth": SOME, "e": HEX, "log": NAME, "u": SOME}
DEVICE = dict.fromkeys(("ad", "cd", "cred", "sig"), "[A-Za-z0-9_-]+")
SIGNED = ({**STATED, "m": "attest1"}, {**STATED, **DEVICE, "auth": "webauthn", "m": "webauthn1"})
PART = (
    {"c": HEX},
    {"ps": HEX, "m": TEXT, "x": TEXT},
    {"ps": HEX, "m": TEXT, "j": TEXT},
    {"ms": HEX, "m": TEXT, "w": Many((HEX, [HEX, SOME]), 0, MAX_TEXT)},
)
ENTRY = {
    "index": WHOLE,
    "leaf": TEXT,
    "proof": Many(HASH64),
    "head": TEXT,
    "parts": Many(PART, 1, 200),
    "sign": ({}, {"ss": HEX, "s": TEXT}),
    "page": ({}, {"tag": HEX, "n": range(1, 2**53)}),
}
EVIDENCE = {
    "kind": "rfc3161",
    "size": range(1, 2**53),
    "tsr": SOME,
    "checkpoint": TEXT,
    "consistency": Many(HASH64),
}
BUNDLE = {
    "format": "sealed-record-bundle/1",
    "checkpoint": TEXT,
    "entries": Many(ENTRY, 1),
    "evidence": Many(EVIDENCE),
    "manifest": {
        "book_pages": WHOLE,
        "withheld": Many({"index": WHOLE, "part": WHOLE, "why": TEXT}),
    },
}
RECEIPT = "c2sp.org/tlog-proof@v1"


def fits(value: object, shape: Shape) -> bool:
    """Say whether a value read from JSON has the shape."""
    if isinstance(shape, str):
        return isinstance(value, str) and bool(re.fullmatch(shape, value))
    if isinstance(shape, range):
        return type(value) is int and value in shape  # true and false are not numbers
    if isinstance(shape, dict):
        same = isinstance(value, dict) and set(value) == set(shape)
        return same and all(fits(value[key], shape[key]) for key in shape)  # type: ignore[index]
    if isinstance(shape, tuple) and not isinstance(shape, Many):
        return any(fits(value, choice) for choice in shape)
    given = value if isinstance(value, list) else []
    if isinstance(shape, Many):
        same = isinstance(value, list) and shape.least <= len(given) <= shape.most
        return same and all(fits(part, shape.shape) for part in given)
    return len(given) == len(shape) and all(map(fits, given, shape))


# --- Exact reading: one spelling for one meaning (F1, F2) ---


def need(holds: object, otherwise: str) -> None:
    """Refuse with the words `otherwise` unless the check holds."""
    if not holds:
        raise RefusedError(otherwise)


def digest(*data: bytes) -> bytes:
    """Return the SHA-256 of all `data` joined."""
    return hashlib.sha256(b"".join(data)).digest()


def mac(key: bytes, *data: bytes) -> bytes:
    """Return the HMAC-SHA-256 of all `data` joined."""
    return hmac.digest(key, b"".join(data), "sha256")


def u32(number: int) -> bytes:
    """Return four bytes, big-endian."""
    return number.to_bytes(4, "big")


def unbase64(spelt: str, what: str) -> bytes:
    """Read standard base64 that encodes back to the same letters."""
    try:
        data = base64.b64decode(spelt, validate=True)
    except ValueError:
        data = b"?"
    need(base64.b64encode(data).decode() == spelt, f"{what} is not exact base64")
    return data


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs) or not all(re.fullmatch("[a-z][a-z0-9_]{0,31}", k) for k in found):
        raise ValueError("keys")
    return found


def _whole(digits: str) -> int:
    if len(digits) > len("-9007199254740991") or abs(int(digits)) not in WHOLE:
        raise ValueError("number")
    return int(digits)  # floats, NaN and Infinity come here too, and int() refuses them


def read_json(data: bytes, shape: Shape, what: str) -> Any:  # noqa: ANN401 - shapes say what it is
    """Read canonical JSON (RFC 8785, narrowed by F2) of that shape; refuse any other spelling."""
    hooks = dict.fromkeys(("parse_int", "parse_float", "parse_constant"), _whole)
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_pairs, **hooks)  # type: ignore[arg-type]
        spelt = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        same = spelt.encode("utf-8") == data
    except (ValueError, RecursionError):  # bad UTF-8 and lone surrogates are ValueErrors
        value, same = None, False
    need(same, f"{what} is not canonical JSON")
    need(shape is None or fits(value, shape), f"{what} has a wrong shape")
    return value


def decimal(digits: str, what: str) -> int:
    """Return a decimal number below 2^63 without leading zeros, as C2SP lines have them."""
    good = re.fullmatch("0|[1-9][0-9]{0,18}", digits) and int(digits) < 2**63
    need(good, f"{what} is not a plain number")
    return int(digits)


def instant(spelt: str, what: str) -> int:
    """Return the seconds since 1970 of `YYYY-MM-DDTHH:MM:SSZ` (F7)."""
    form = "%Y-%m-%dT%H:%M:%SZ"
    try:
        seconds = calendar.timegm(time.strptime(spelt, form))
        same = time.strftime(form, time.gmtime(seconds)) == spelt
    except ValueError:
        same = False
    need(same, f"{what} is not a UTC time to the second")
    return seconds


def in_words(seconds: int) -> str:
    """Return a time as people write it, whatever the language of the machine."""
    months = "January February March April May June July August September October November December"
    at = time.gmtime(seconds)
    day = f"{at.tm_mday} {months.split()[at.tm_mon - 1]} {at.tm_year}"
    return f"{day} {at.tm_hour:02}:{at.tm_min:02} UTC"


def visible(words: str) -> str:
    """Spell out control and direction characters, so that no text can trick a screen."""
    tricks = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
    return re.sub(tricks, lambda found: f"\\u{ord(found.group()):04x}", words)


# --- Ed25519 verification in plain integers (RFC 8032 5.1) ---

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT_OF_MINUS_1 = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]  # X, Y, Z, T: x = X/Z, y = Y/Z, xy = T/Z
NEUTRAL: Point = (0, 1, 1, 0)


def double(p: Point) -> Point:
    """Double a point (RFC 8032 5.1.4)."""
    a, b = p[0] * p[0], p[1] * p[1]
    h, g = (a + b) % P, (a - b) % P
    e, f = (h - (p[0] + p[1]) ** 2) % P, (2 * p[2] * p[2] + g) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def add(p: Point, q: Point) -> Point:
    """Add two points (RFC 8032 5.1.4); complete, so it holds for every pair."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] % P * D, 2 * p[2] * q[2]
    e, f, g, h = (b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def decoded(data: bytes) -> Point | None:
    """Return the point, or None when the 32 bytes are no point or not its only spelling."""
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[-1] >> 7
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * v**3 * pow(u * v**7, (P - 5) // 8, P) % P
    x = x if v * x * x % P == u else x * ROOT_OF_MINUS_1 % P
    if y >= P or v * x * x % P != u or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def is_small(p: Point) -> bool:
    """Say whether eight times the point is nothing: such a key would fit forged signatures."""
    x, y, z, _ = double(double(double(p)))
    return x == 0 and y == z


BASE = decoded((4 * pow(5, -1, P) % P).to_bytes(HASH, "little")) or NEUTRAL


def ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the signature is good, strictly: s below L, no small or misspelt points.

    Works out sB - hA and compares its only spelling with R (RFC 8032 5.1.7, without cofactor).
    """
    key, r, s = decoded(public), signature[:HASH], int.from_bytes(signature[HASH:], "little")
    if key is None or is_small(key) or len(signature) != HASH + HASH or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % L
    minus: Point = (P - key[0], key[1], 1, P - key[3])
    sums, total = (NEUTRAL, BASE, minus, add(BASE, minus)), NEUTRAL
    for bit in range(L.bit_length() - 1, -1, -1):
        total, here = double(total), (s >> bit & 1) + 2 * (h >> bit & 1)
        total = add(total, sums[here]) if here else total
    inverse = pow(total[2], -1, P)
    x, y = total[0] * inverse % P, total[1] * inverse % P
    return not is_small(total) and (y | (x & 1) << 255).to_bytes(HASH, "little") == r


# --- The tree (F8), each function as RFC 6962 2.1 defines its proof, read from the root down ---


def root_of(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """Return the root an inclusion proof leads to (RFC 6962 2.1.1)."""
    need(index < size and (size > 1) == bool(proof), "the proof has a wrong length")
    if size == 1:
        return leaf
    left = 1 << (size - 1).bit_length() - 1  # the largest power of two below size
    if index < left:
        return digest(b"\1", root_of(leaf, index, left, proof[:-1]), proof[-1])
    return digest(b"\1", proof[-1], root_of(leaf, index - left, size - left, proof[:-1]))


def both_roots(old: int, new: int, proof: Sequence[bytes], known: bytes) -> tuple[bytes, bytes]:
    """Return the older and newer root a consistency proof leads to (RFC 6962 2.1.2).

    `known` is the older root while the older tree is a whole subtree of what is looked at, else
    empty: then the proof itself brings that hash.
    """
    if old == new:
        need(len(proof) == (0 if known else 1), "the proof has a wrong length")
        return (known, known) if known else (proof[0], proof[0])
    need(proof and old, "the proof has a wrong length")
    left = 1 << (new - 1).bit_length() - 1
    if old <= left:
        first, second = both_roots(old, left, proof[:-1], known)
        return first, digest(b"\1", second, proof[-1])
    first, second = both_roots(old - left, new - left, proof[:-1], b"")
    return digest(b"\1", proof[-1], first), digest(b"\1", proof[-1], second)


# --- Keys, trust file, checkpoint (F9) ---

LOG_LINE, WITNESS_LINE = 1, 4  # the two kinds of Ed25519 key


class Key(NamedTuple):
    """A public key; `holder` is the witness's name in the trust file, empty for a log."""

    name: str
    number: bytes
    public: bytes
    holder: str


class Trust(NamedTuple):
    """Who the reader trusts (C2SP tlog-policy): keys, groups with their threshold, the quorum."""

    keys: list[Key]
    groups: dict[str, tuple[int, list[str]]]
    quorum: list[str]


class Head(NamedTuple):
    """A checkpoint: the state of the list, and which witness saw it when (in seconds)."""

    origin: str
    size: int
    root: bytes
    body: bytes
    seen: dict[str, int]


def read_vkey(spelt: str, kind: int, holder: str) -> Key:
    """Read `name+key id+base64(kind || key)`; id, kind and key must be sound (F9)."""
    need(re.fullmatch(VKEY, spelt), "a key is not name+id+base64")
    name, number, rest = spelt.split("+", 2)
    material = unbase64(rest, "a key")
    expected = digest(name.encode("utf-8"), b"\n", material)[:4]
    need(number == expected.hex(), "a key id does not fit its key")
    sound = material[:1] == bytes([kind]) and len(material) == 1 + HASH
    need(sound, "the key is of a kind that this line cannot have")
    point = decoded(material[1:])
    need(point and not is_small(point), "the key is not a sound Ed25519 key")
    return Key(name, expected, material[1:], holder)


def _trust_line(trust: Trust, free: dict[str, bool], verb: str, rest: list[str]) -> None:
    size, first = len(rest), rest[0] if rest else ""
    if verb == "quorum" and size == 1:
        need(first in free and not trust.quorum, "it names nothing above, or is the second quorum")
        trust.quorum.append(first)
    elif verb == "group" and size > 2:  # noqa: PLR2004 - name, threshold, members
        need(first not in free, "its name is used twice")
        words = {"any": "1", "all": str(size - 2)}
        least = decimal(words.get(rest[1], rest[1]), "the threshold")
        need(1 <= least <= size - 2, "the threshold cannot be met")
        for member in rest[2:]:  # each name once, so that no witness counts twice
            need(free.get(member), "a member is not defined above, or is listed twice")
            free[member] = False
        trust.groups[first], free[first] = (least, rest[2:]), True
    else:
        log, witness = verb == "log" and size in {1, 2}, verb == "witness" and size in {2, 3}
        need(log or witness, "it is not understood")
        need(log or first not in free, "its name is used twice")
        key = read_vkey(first, LOG_LINE, "") if log else read_vkey(rest[1], WITNESS_LINE, first)
        twice = key.public in [other.public for other in trust.keys]
        need(not twice, "the same key is listed twice")
        trust.keys.append(key)
        free.update({} if log else {first: True})


def read_trust(data: bytes) -> Trust:
    """Read a trust file: C2SP tlog-policy in UTF-8, with Ed25519 keys only.

    Raises:
        UnreadableError: a line is not understood; a guess here would be trust that nobody gave.
    """
    trust, free, number = Trust([], {}, []), {"none": False}, 1
    try:
        lines = data.decode("utf-8").split("\n")
        for number, line in enumerate(lines, 1):
            need(not re.search("[\x00-\x08\x0b-\x1f\x7f]", line), "it has a control character")
            fields = re.split("[ \t]+", line.strip(" \t"))
            if fields[0] and not fields[0].startswith("#"):
                need(number < len(lines), "the last line has no line end")
                _trust_line(trust, free, fields[0], fields[1:])
        need(trust.quorum and trust.keys, "a log line and a quorum line are needed")
    except (RefusedError, UnicodeDecodeError) as fault:
        why = fault if isinstance(fault, RefusedError) else "it is not UTF-8 text"
        raise UnreadableError(f"Trust file, line {number}: {why}.") from None
    return trust


def quorum_met(trust: Trust, seen: Iterable[str]) -> bool:
    """Say whether enough witnesses have signed (C2SP tlog-policy)."""
    have = {"none", *seen}
    for name, (least, members) in trust.groups.items():  # members stand above their group
        if sum(member in have for member in members) >= least:
            have.add(name)
    return trust.quorum[0] in have


def _known(trust: Trust, name: str, number: bytes) -> Key | None:
    """Return the key of a signature line, None for a stranger's.

    C2SP ignores strangers. But one wrong letter in its name or key id must not turn a witness into
    a stranger unnoticed. A new key of an old name, as after a change of keys, passes.
    """
    for key in trust.keys:
        if (key.name, key.number) == (name, number):
            return key
        slips = map(operator.ne, base64.b64encode(key.number)[:6], base64.b64encode(number)[:6])
        near = key.name == name and sum(slips) == 1
        need(not near and key.number != number, "a signature line is almost that of a trusted key")
    return None


def read_checkpoint(note: str, trust: Trust | None, *, quorum: bool = True) -> Head:
    """Read and check a checkpoint (F9). Without a trust file only its spelling is checked."""
    line = f"\u2014 {NAME} [A-Za-z0-9+/]+={{0,2}}\n"  # the long dash, and no other
    found = re.fullmatch(rf"(({NAME})\n([0-9]+)\n({HASH64})\n)\n((?:{line}){{1,64}})", note)
    need(found, "the checkpoint has a wrong shape")
    body, origin, size, root, signatures = found.groups() if found else ("",) * 5
    head = Head(origin, decimal(size, "size"), base64.b64decode(root), body.encode("utf-8"), {})
    logs, told = set(), set()
    for _, name, spelt in map(str.split, signatures.split("\n")[:-1]):
        blob = unbase64(spelt, "a signature line")
        need(len(blob) > 4 and (name, blob[:4]) not in told, "a signature line is cut or doubled")  # noqa: PLR2004
        told.add((name, blob[:4]))
        key = _known(trust, name, blob[:4]) if trust else None
        if key and key.holder:
            when = int.from_bytes(blob[4:12], "big")
            message = b"cosignature/v1\ntime %d\n" % when + head.body
            need(ed25519(key.public, message, blob[12:]), "the signature of a witness is wrong")
            need(when <= LAST_SECOND, "the time of a witness is after the year 9999")
            head.seen[key.holder] = when
        elif key:
            need(ed25519(key.public, head.body, blob[4:]), "a signature of the log is wrong")
            logs.add(name)
    need(not trust or origin in logs, "no log that you trust has signed the checkpoint")
    enough = not trust or not quorum or quorum_met(trust, head.seen)
    need(enough, "too few of the witnesses that you trust have signed the checkpoint")
    return head


def read_leaf(data: bytes, index: int, head: Head, proof: list[str]) -> Any:  # noqa: ANN401 - LEAF
    """Read leaf data exactly (F7) and prove its place in the list (F8)."""
    found = root_of(digest(b"\0", data), index, head.size, [base64.b64decode(p) for p in proof])
    need(found == head.root, "it is not in the list at this place")
    need(len(data) <= MAX_LEAF, "the leaf is too long")
    leaf = read_json(data, LEAF, "the leaf")
    instant(leaf["at"], "the time of the leaf")
    if leaf["t"] == "clock":
        instant(leaf["to"], "the true time of the leaf")
        need(0 < leaf["from"] <= index, "the clock was put right for later lines")
    opens = leaf["t"] == "genesis", leaf.get("log", head.origin)
    need(opens == (index == 0, head.origin), "the first leaf, and only it, opens the list")
    return leaf


# --- Entries (F3 to F6) ---


class Part(NamedTuple):
    """One part as the copy shows it: its words, None where one is withheld."""

    commitment: bytes
    labels: dict[str, str]
    words: Sequence[str | None]


def words_of(whole: str) -> list[str]:
    """Split after every space and line end; joined again they give the text (F4)."""
    return re.findall("[^ \n]*[ \n]|[^ \n]+", whole)


def word_hash(salt: bytes, word: str) -> bytes:
    """Return the commitment of one word (F4)."""
    return digest(b"sr1/word\n", salt, word.encode("utf-8"))


def read_part(part: Any) -> Part:  # noqa: ANN401 - PART
    """Work out the commitment of a part in one of its four forms (F11, F4)."""
    if "c" in part:
        return Part(bytes.fromhex(part["c"]), {}, [None])
    m = part["m"].encode("utf-8")
    labels = read_json(m, LABELS, "m")
    secret, hashes = bytes.fromhex(part.get("ps", "")), []
    words: list[str | None] = []
    start = bytes.fromhex(part["ms"]) if "ms" in part else mac(secret, b"meta")
    start += u32(len(m)) + m
    if "j" in part:
        j = part["j"].encode("utf-8")
        read_json(j, None, "j")
        return Part(digest(b"sr1/data\n", start, u32(len(j)), j), labels, [part["j"]])
    for at, word in enumerate(words_of(part.get("x", ""))):
        hashes.append(word_hash(mac(secret, b"word", u32(at)), word))
        words.append(word)
    for item in part.get("w", ()):
        salt, given = item if isinstance(item, list) else (item, None)
        need(given is None or len(words_of(given)) == 1, "an opened word is not one word")
        hashes.append(word_hash(bytes.fromhex(salt), given) if given else bytes.fromhex(salt))
        words.append(given)
    ends = all(word is None or word[-1] in " \n" for word in words[:-1])
    need(ends, "an opened word has no end and is not the last")
    length = sum(len(word.encode("utf-8")) if word else 1 for word in words)
    need(length <= MAX_TEXT, "the text is too long")
    return Part(digest(b"sr1/text\n", start, u32(len(words)), *hashes), labels, words)


def read_sign(sign: dict[str, str], leaf: dict[str, str], origin: str) -> str:
    """Check the author's signature object against its digest (F6); return a sentence."""
    if not sign:
        return "The author's signature is withheld."
    spelt = sign["s"].encode("utf-8")
    found = digest(b"sr1/sign\n", bytes.fromhex(sign["ss"]), spelt).hex()
    need(found == leaf["s"], "the author's signature is not the sealed one")
    signed = read_json(spelt, SIGNED, "s")
    at = in_words(instant(signed["at"], "the time of signing"))
    same = (signed["e"], signed["log"]) == (leaf["e"], origin)
    need(same, "the author signed something else")
    if signed["m"] == "attest1":
        return f"Signed by its author {at} (the server vouches: {visible(signed['auth'])})."
    # The copy does not hold the device's public key, so there is nothing to check it with.
    return f"Signed by its author {at}; a device signature is present, not checked here."


class Entry(NamedTuple):
    """One checked entry; `page` has the tag and the number, both empty when not given."""

    place: int
    name: str
    at: str
    parts: list[Part]
    signed: str
    page: tuple[str, int]


def read_entry(entry: Any, head: Head) -> Entry:  # noqa: ANN401 - ENTRY
    """Check one entry of a bundle from its words up to the root (F4 to F8, F11)."""
    leaf = read_leaf(entry["leaf"].encode("utf-8"), entry["index"], head, entry["proof"])
    need(leaf["t"] == "entry", "the leaf is not that of an entry")
    about = entry["head"].encode("utf-8")
    named = read_json(about, HEAD, "head")
    need(named["log"] == head.origin, "the entry is of another log")
    parts: list[Part] = []
    try:
        for part in entry["parts"]:
            parts.append(read_part(part))  # noqa: PERF401 - the message counts how many went well
    except RefusedError as fault:
        raise RefusedError(f"part {len(parts) + 1}: {fault}") from None
    start = b"sr1/entry\n" + u32(len(about)) + about + u32(len(parts))
    root = digest(start, *(part.commitment for part in parts))
    need(root.hex() == leaf["e"], "what it says is not what was sealed")
    tag, number = entry["page"].get("tag", ""), entry["page"].get("n", 0)
    mark = mac(bytes.fromhex(tag), b"sr1/page\n", number.to_bytes(8, "big"), root).hex()
    need(mark in leaf["d"] or not number, "the page number is not the sealed one")
    signed = read_sign(entry["sign"], leaf, head.origin)
    return Entry(entry["index"], named["id"], leaf["at"], parts, signed, (tag, number))


# --- Evidence and manifest of a bundle (F11) ---


class Stamp(NamedTuple):
    """A time stamp: the checkpoint it is for, and when it says that this existed (in seconds)."""

    head: Head
    when: int


def _der(data: bytes, *tags: int) -> list[bytes]:
    """Return the contents of the DER items in `data`; the first ones have these tags."""
    found, kinds, at = [], [], 0
    while at < len(data):
        tag, size, at = data[at], int.from_bytes(data[at + 1 : at + 2], "big"), at + 2
        if size & 0x80:
            at += (more := size & 0x7F)
            size = int.from_bytes(data[at - more : at], "big")
        need(at + size <= len(data), "the time stamp is cut short")
        kinds.append(tag)
        found.append(data[at : at + size])
        at += size
    need(tuple(kinds[: len(tags)]) == tags, "the time stamp has a wrong shape")
    return found


def read_token(token: bytes, body: bytes) -> int:
    """Return when an RFC 3161 answer says the body existed; its signature is left to openssl."""
    status, content = _der(b"".join(_der(token, 0x30)), 0x30, 0x30)[:2]
    need(_der(status, 2)[0] in {b"\0", b"\1"}, "the time stamp was not granted")
    data = _der(_der(_der(content, 6, 0xA0)[1], 0x30)[0], 2, 0x31, 0x30)[2]
    kind, inner = _der(data, 6, 0xA0)[:2]
    stamp = _der(_der(_der(inner, 4)[0], 0x30)[0], 2, 6, 0x30, 2, 0x18)
    method, imprint = _der(stamp[2], 0x30, 4)[:2]
    seen = (kind.hex(), _der(method, 6)[0].hex(), imprint)  # id-ct-TSTInfo, SHA-512
    wanted = ("2a864886f70d0109100104", "608648016503040203", hashlib.sha512(body).digest())
    need(seen == wanted, "the time stamp is for something else")
    at = re.fullmatch(rb"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z", stamp[4])
    spelt = b"%b-%b-%bT%b:%b:%bZ" % at.groups()[:6] if at else b""
    return instant(spelt.decode(), "the time of the time stamp")


def read_evidence(evidence: Any, head: Head, trust: Trust | None) -> Stamp:  # noqa: ANN401 - EVIDENCE
    """Check evidence from outside: it is of this list, and its imprint fits its checkpoint."""
    # It may be older than a witness you trust: here the time stamp is the evidence.
    stamped = read_checkpoint(evidence["checkpoint"], trust, quorum=False)
    same = (stamped.size, stamped.origin) == (evidence["size"], head.origin)
    need(same, "its checkpoint is of another size or log")
    old, new = sorted((stamped, head), key=lambda checkpoint: checkpoint.size)
    proof = [base64.b64decode(step) for step in evidence["consistency"]]
    same = both_roots(old.size, new.size, proof, old.root) == (old.root, new.root)
    need(same, "it is from another history of the list")
    return Stamp(stamped, read_token(unbase64(evidence["tsr"], "tsr"), stamped.body))


def read_manifest(manifest: Any, entries: list[Entry]) -> str:  # noqa: ANN401 - BUNDLE
    """Hold the discloser to what can be seen; return a sentence about the pages."""
    pages, opened = manifest["book_pages"], [entry.page for entry in entries if entry.page[1]]
    claimed = {(held["index"], held["part"]) for held in manifest["withheld"]}
    truly = {(e.place, n) for e in entries for n, part in enumerate(e.parts) if None in part.words}
    need(claimed == truly, "the manifest does not list exactly what is withheld")
    need(len({tag for tag, _ in opened}) <= 1, "the pages are of more than one record")
    need(len(set(opened)) == len(opened), "two entries claim the same page")
    need(
        all(number <= pages for _, number in opened), "there are more pages than the manifest says"
    )
    here = "All" if len(opened) == pages else f"{len(opened)} of the"
    return f"{here} {pages} pages that the discloser counts in this record are here."


# --- A whole file, and what is said of it (F10, F11) ---


class Found(NamedTuple):
    """What one file proved, in sentences, and what ties it to paper and to other files."""

    lines: list[str]
    heads: list[Head]
    indexes: list[int]
    bundle: str = ""  # SHA-256 of a bundle
    promised: str = ""  # the same, as the receipt of its `disclosure` leaf has it


def _standing(index: int, at: str, heads: list[Head], sure: str) -> list[str]:
    seen = [(when, who) for head in heads if index < head.size for who, when in head.seen.items()]
    first = {who: when for when, who in sorted(seen, reverse=True)}
    saw = [f'Seen by witness "{visible(w)}" {in_words(t)}.' for w, t in sorted(first.items())]
    return [
        f"Entry no. {index + 1} of log {visible(heads[0].origin)}. {sure}",
        f"Sealed {in_words(instant(at, 'at'))} by the log's own clock.",
        *(saw or ["No witness that you trust has seen it."]),
    ]


def _withheld(entry: Entry) -> list[str]:
    sentences = []
    for at, part in enumerate(entry.parts, 1):
        number, label = part.words.count(None), part.labels.get("n", "")
        place = f"statement {label[1:]}" if re.fullmatch("s[1-9][0-9]*", label) else f"part {at}"
        words = f"{number} word{'s' * (number > 1)} withheld in {place}."
        sentences += [words if label else f"Part {at} withheld."] * bool(number)
    return sentences or ["Nothing withheld."]


def _shown(entry: Entry) -> list[str]:
    lines = []
    for at, part in enumerate(entry.parts, 1):
        words = visible("".join("[withheld] " if word is None else word for word in part.words))
        lines.append(f"  Part {at} {visible(', '.join(part.labels.values()))}".rstrip() + ":")
        lines.extend(f"    | {line}" for line in words.split("\n"))
    return lines


def check_bundle(data: bytes, trust: Trust | None, *, show: bool = False) -> Found:
    """Check a disclosure bundle (F11)."""
    bundle = read_json(data, BUNDLE, "the file")
    head = read_checkpoint(bundle["checkpoint"], trust)
    entries: list[Entry] = []
    stamps: list[Stamp] = []
    try:
        for entry in bundle["entries"]:
            entries.append(read_entry(entry, head))  # noqa: PERF401 - as for parts
        for evidence in bundle["evidence"]:
            stamps.append(read_evidence(evidence, head, trust))  # noqa: PERF401 - as for parts
    except RefusedError as fault:
        done = len(entries) == len(bundle["entries"])
        where = f"evidence {len(stamps) + 1}" if done else f"entry {len(entries) + 1}"
        raise RefusedError(f"{where} in the file: {fault}") from None
    indexes = [entry.place for entry in entries]
    once = len(set(indexes)) == len({entry.name for entry in entries}) == len(entries)
    need(once, "the file has one entry twice")
    pages, heads, lines = read_manifest(bundle["manifest"], entries), [head], []
    heads += [stamp.head for stamp in stamps]
    for listed in entries:
        said = _standing(listed.place, listed.at, heads, "Unchanged since it was sealed.")
        before = [stamp.when for stamp in stamps if listed.place < stamp.head.size]
        if before:
            said.append(f"Existed before {in_words(min(before))}, if the time stamp below is good.")
        number = listed.page[1]
        page = f"Page {number} of this record." if number else "Its page number is not given."
        lines.append(" ".join([*said, listed.signed, page, *_withheld(listed)]))
        lines += _shown(listed) if show else []
    lines.append(pages)
    for at, stamp in enumerate(stamps, 1):
        imprint = hashlib.sha512(stamp.head.body).hexdigest()
        run_this = f"openssl ts -verify -digest {imprint} -in token-{at}.tsr -CAfile AUTHORITY.pem"
        lines.append(
            f"Time stamp {at} says {in_words(stamp.when)}, for the first {stamp.head.size} of the "
            f"list. Its signature is not checked here: see README.md, and run\n  {run_this}"
        )
    return Found(lines, heads, indexes, bundle=hashlib.sha256(data).hexdigest())


def check_receipt(data: bytes, trust: Trust | None) -> Found:
    """Check a receipt: a C2SP tlog-proof whose `extra` is the leaf data (F10)."""
    shape = rf"{re.escape(RECEIPT)}\nextra (\S+)\nindex ([0-9]+)\n((?:{HASH64}\n)*)\n((?s:.*))"
    try:
        found = re.fullmatch(shape, data.decode("utf-8"))
    except UnicodeDecodeError:
        found = None
    need(found, "the receipt has a wrong shape")
    extra, place, steps, note = found.groups() if found else ("",) * 4
    head, index = read_checkpoint(note, trust), decimal(place, "the index")
    leaf = read_leaf(unbase64(extra, "the leaf"), index, head, steps.split())
    said = _standing(index, leaf["at"], [head], "It is in the list, unchanged.")
    said.append(" ".join([f"It is of kind {leaf['t']},", leaf.get("e") or leaf.get("h") or ""]))
    promised = leaf["h"] if leaf["t"] == "disclosure" else ""
    return Found([" ".join(said).rstrip(", ") + "."], [head], [index], promised=promised)


def check_file(data: bytes, trust: Trust | None, *, show: bool = False) -> Found:
    """Check one file, whichever kind it is."""
    if data.startswith(RECEIPT.encode()):
        return check_receipt(data, trust)
    if data.startswith(b"{"):
        return check_bundle(data, trust, show=show)
    raise UnreadableError("It is neither a bundle nor a receipt.")


# --- The command ---


def check_paper(found: Found, root: bytes, size: int, *, alone: bool) -> str:
    """Compare a root from paper with the checkpoint, or with evidence tied to it, of that size."""
    roots = {head.root for head in found.heads if head.size == size}
    need(roots, "there is no checkpoint of the size on paper in it, so the two cannot be compared")
    need(roots == {root}, "the list is not the one whose root is on paper")
    newer = sum(index >= size for index in found.indexes)
    need(not newer or not alone, "an entry is newer than the paper, which says nothing of it")
    return "It agrees with the paper." + f" Newer than the paper: {newer} entries." * bool(newer)


def check_together(founds: list[Found]) -> list[str]:
    """Check what the files say of each other: one history, and copies as they were logged."""
    roots: dict[tuple[str, int], bytes] = {}
    for head in (head for found in founds for head in found.heads):
        same = roots.setdefault((head.origin, head.size), head.root) == head.root
        need(same, "The files show two histories of one log: show them to a witness")
    bundles = {found.bundle for found in founds} - {""}
    promised = {found.promised for found in founds} - {""}
    need(not bundles or promised <= bundles, "A copy is not the file its receipt was made for")
    sure = f"Exactly the file that was given out, by its receipt: {len(promised)}."
    return [sure] * bool(bundles and promised)


def say(line: str) -> None:
    """Print a line, on old screens too."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def read_file(path: str) -> bytes:
    """Return the bytes of a file."""
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise UnreadableError(f"It cannot be opened: {fault.strerror}.") from None


def run(options: argparse.Namespace) -> int:
    """Check every file on its own, then together; say all, return the worst exit code."""
    alone = options.trust == "-"
    trust = None if alone else read_trust(read_file(options.trust))
    root, founds, results = b"", [], {ALL_WELL}
    if options.root:
        root, size = unbase64(options.root, "--root"), decimal(options.size, "--size")
    for number, path in enumerate(options.file, 1):
        say(f"File {number}:")
        try:
            found = check_file(read_file(path), trust, show=options.show)
            paper = [check_paper(found, root, size, alone=alone)] if root else []
            founds.append(found)
            list(map(say, found.lines + paper))
        except RefusedError as fault:
            say(f"REFUSED: {fault}.")
            results.add(FAILED)
        except UnreadableError as fault:
            say(f"NOT READ: {fault}")
            results.add(UNREADABLE)
    list(map(say, check_together(founds)))
    if results == {ALL_WELL}:
        say("All is well.")
    return min(results - {ALL_WELL}, default=ALL_WELL)


def main(given: Sequence[str] | None = None) -> int:
    """Read the command line and run; return the exit code."""
    parser = argparse.ArgumentParser(description="Check copies from a casebound record.")
    parser.add_argument("trust", help="trust file (C2SP tlog-policy), or - to trust paper alone")
    parser.add_argument("file", nargs="+", help="bundles and receipts")
    parser.add_argument("--root", help="a root from paper, in base64")
    parser.add_argument("--size", help="the size of the list on that paper")
    parser.add_argument("--show", action="store_true", help="print the words that were checked")
    options = parser.parse_args(given)
    paper = (options.root, options.size)
    sound = fits(list(map(str, paper)), [HASH64, "0|[1-9][0-9]{0,17}"])
    if not sound and (options.trust == "-" or paper != (None, None)):
        parser.error("--root (base64) and --size (number) go together, and with - both are needed")
    try:
        return run(options)
    except RefusedError as fault:
        say(f"REFUSED: {fault}.")
        return FAILED
    except UnreadableError as fault:
        say(f"NOT READ: {fault}")
        return UNREADABLE


if __name__ == "__main__":
    sys.exit(main())
