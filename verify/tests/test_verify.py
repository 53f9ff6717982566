"""Tests of the offline checker: its own small builder makes copies, openssl's family judges it."""
# ruff: noqa: INP001 - a package here would clash with other folders named tests
# ruff: noqa: S603 - the tests run the checker and openssl, with arguments of their own

from __future__ import annotations

import ast
import base64
import functools
import hashlib
import hmac
import importlib.util
import json
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = Path(__file__).parents[1] / "verify.py"
VECTORS = Path(__file__).parent / "vectors"
WORKED: dict[str, str] = json.loads((VECTORS / "worked_example.json").read_text("utf-8"))
ORIGIN = WORKED["origin"]
TOKEN = (VECTORS / "timestamp.tsr.b64").read_text("ascii")


def _load() -> Any:  # the program is a script beside the package path, so it is loaded by its file
    spec = importlib.util.spec_from_file_location("casebound_verify", PROGRAM)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


verify = _load()

# --- A tiny builder, straight from FORMAT.md ---

Json = Any  # what json.dumps takes; a test builds wrong shapes on purpose
LOG_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
COUNTY, SHIRE = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (7, 8))
TAG = bytes(range(0x80, 0xA0))


def sha(*data: bytes) -> bytes:
    return hashlib.sha256(b"".join(data)).digest()


def mac(key: bytes, *data: bytes) -> bytes:
    return hmac.new(key, b"".join(data), "sha256").digest()


def u32(n: int) -> bytes:
    return n.to_bytes(4, "big")


def lp(data: bytes) -> bytes:
    return u32(len(data)) + data


def cj(value: Json) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def key_id(name: str, key: Ed25519PrivateKey, kind: int) -> bytes:
    return sha(name.encode(), b"\n", bytes([kind]), public(key))[:4]


def vkey(name: str, key: Ed25519PrivateKey, kind: int = 1) -> str:
    return f"{name}+{key_id(name, key, kind).hex()}+{b64(bytes([kind]) + public(key))}"


def log_line(body: str, key: Ed25519PrivateKey = LOG_KEY, name: str = ORIGIN) -> str:
    return f"\u2014 {name} {b64(key_id(name, key, 1) + key.sign(body.encode()))}\n"


def witness_line(body: str, name: str, key: Ed25519PrivateKey, when: int = 1772398980) -> str:
    signature = key.sign(f"cosignature/v1\ntime {when}\n{body}".encode())
    return f"\u2014 {name} {b64(key_id(name, key, 4) + when.to_bytes(8, 'big') + signature)}\n"


def tree_root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1", tree_root(leaves[:k]), tree_root(leaves[k:]))


def tree_path(m: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if m < k:
        return [*tree_path(m, leaves[:k]), tree_root(leaves[k:])]
    return [*tree_path(m - k, leaves[k:]), tree_root(leaves[:k])]


def tree_growth(m: int, leaves: list[bytes], *, whole: bool = True) -> list[bytes]:
    n = len(leaves)
    if m == n:
        return [] if whole else [tree_root(leaves)]
    k = 1 << (n - 1).bit_length() - 1
    if m <= k:
        return [*tree_growth(m, leaves[:k], whole=whole), tree_root(leaves[k:])]
    return [*tree_growth(m - k, leaves[k:], whole=False), tree_root(leaves[:k])]


def split(text: str) -> list[str]:
    return re.findall("[^ \n]*[ \n]|[^ \n]+", text)


class Sealed:
    """One entry with all its secrets."""

    def __init__(self, number: int = 1, es: bytes = bytes(range(0x40, 0x60))) -> None:
        self.es, self.page = es, number
        self.id = "0123456789abcdef0123456789abcdef" if number == 1 else f"{number:032x}"
        self.parts: list[dict[str, str]] = [
            {"m": '{"n":"author"}', "j": cj(AUTHOR)},
            {"m": '{"n":"occurred"}', "j": '"2026-03-01T20:15:00Z"'},
            {"m": '{"n":"late"}', "j": "false"},
            {
                "m": '{"k":"fact","n":"s1","src":"first-hand"}',
                "x": "Jay came home at 8pm with Sam.\nHe was calm.",
            },
        ]
        self.signed = {"at": "2026-03-01T21:02:13Z", "auth": "password+totp", "u": "u17"}
        self.signed |= {"log": ORIGIN, "m": "attest1"}
        self.head = cj({"id": self.id, "log": ORIGIN, "v": 1})
        self.more_leaf: dict[str, Json] = {}

    def ps(self, i: int) -> bytes:
        return mac(self.es, b"part", u32(i))

    def words(self, i: int) -> list[tuple[bytes, str, bytes]]:
        """Salt, word and commitment of each word."""
        salts = [
            (mac(self.ps(i), b"word", u32(j)), w) for j, w in enumerate(split(self.parts[i]["x"]))
        ]
        return [(salt, w, sha(b"sr1/word\n", salt, w.encode())) for salt, w in salts]

    def commitment(self, i: int) -> bytes:
        part, salt = self.parts[i], mac(self.ps(i), b"meta")
        m = lp(part["m"].encode())
        if "j" in part:
            return sha(b"sr1/data\n", salt, m, lp(part["j"].encode()))
        words = [c for _, _, c in self.words(i)]
        return sha(b"sr1/text\n", salt, m, u32(len(words)), *words)

    def root(self) -> bytes:
        parts = [self.commitment(i) for i in range(len(self.parts))]
        return sha(b"sr1/entry\n", lp(self.head.encode()), u32(len(parts)), *parts)

    def sign_text(self) -> str:
        return cj({"e": self.root().hex(), **self.signed})

    def sign_digest(self) -> bytes:
        return sha(b"sr1/sign\n", mac(self.es, b"sign"), self.sign_text().encode())

    def mark(self) -> bytes:
        return mac(TAG, b"sr1/page\n", self.page.to_bytes(8, "big"), self.root())

    def leaf(self) -> str:
        leaf: dict[str, Json] = {
            "at": "2026-03-01T21:02:14Z",
            "b": WORKED["stored"],
            "d": [self.mark().hex()],
        }
        leaf |= {"e": self.root().hex(), "s": self.sign_digest().hex(), "t": "entry", "v": 1}
        return cj(leaf | self.more_leaf)

    def show(self, i: int, hide: set[int]) -> Json:
        part, ps = self.parts[i], self.ps(i).hex()
        if "j" in part or not hide:
            return {"ps": ps, **part}
        opened: list[Json] = [[s.hex(), w] for s, w, _ in self.words(i)]
        for j in hide:
            opened[j] = self.words(i)[j][2].hex()
        return {"ms": mac(self.ps(i), b"meta").hex(), "m": part["m"], "w": opened}


AUTHOR = {"id": "u17", "name": "A. Worker", "role": "residential worker"}
GENESIS = cj(
    {"at": "2026-03-01T00:00:00Z", "log": ORIGIN, "t": "genesis", "v": 1, "vkey": WORKED["vkey"]}
)
COUNTY_KEY = vkey("county.example", COUNTY, 4)
TRUST = f"log {WORKED['vkey']}\nwitness County {COUNTY_KEY}\nquorum County\n"


class Copy:
    """A list of leaves with a bundle of its entries; every piece can be changed before `data`."""

    def __init__(self, *entries: Sealed, later: list[str] | None = None) -> None:
        self.entries = entries or (Sealed(),)
        self.leaves = [GENESIS, *(e.leaf() for e in self.entries), *(later or [])]
        self.hide: dict[tuple[int, int], set[int] | None] = {}  # (index, part): words, None all
        self.evidence: list[Json] = []
        self.pages = len(self.entries)
        self.why = "third party"
        self.lines = ""

    def hashes(self, size: int | None = None) -> list[bytes]:
        return [sha(b"\0", leaf.encode()) for leaf in self.leaves[:size]]

    def body(self, size: int | None = None) -> str:
        hashes = self.hashes(size)
        return f"{ORIGIN}\n{len(hashes)}\n{b64(tree_root(hashes))}\n"

    def note(self, size: int | None = None) -> str:
        body = self.body(size)
        county = witness_line(body, "county.example", COUNTY)
        return f"{body}\n{log_line(body)}{county}{self.lines}"

    def proof(self, index: int) -> list[str]:
        return [b64(step) for step in tree_path(index, self.hashes())]

    def stamp(self, size: int = 2, token: str = TOKEN) -> None:
        steps = [b64(step) for step in tree_growth(size, self.hashes())]
        self.evidence.append(
            {"kind": "rfc3161", "size": size, "tsr": token, "checkpoint": self.note(size)}
            | {"consistency": steps}
        )

    def bundle(self) -> Json:
        return {
            "format": "sealed-record-bundle/1",
            "checkpoint": self.note(),
            "entries": [self.entry(index, e) for index, e in enumerate(self.entries, 1)],
            "evidence": self.evidence,
            "manifest": {
                "book_pages": self.pages,
                "withheld": [{"index": i, "part": p, "why": self.why} for i, p in self.hide],
            },
        }

    def entry(self, index: int, sealed: Sealed) -> Json:
        parts = []
        for i in range(len(sealed.parts)):
            hide = self.hide.get((index, i), set())
            whole = {"c": sealed.commitment(i).hex()}
            parts.append(whole if hide is None else sealed.show(i, hide))
        return {
            "index": index,
            "leaf": sealed.leaf(),
            "proof": self.proof(index),
            "head": sealed.head,
            "parts": parts,
            "sign": {"ss": mac(sealed.es, b"sign").hex(), "s": sealed.sign_text()},
            "page": {"tag": TAG.hex(), "n": sealed.page},
        }

    def data(self) -> bytes:
        return cj(self.bundle()).encode()

    def receipt(self, index: int) -> bytes:
        proof = "".join(f"{step}\n" for step in self.proof(index))
        extra = b64(self.leaves[index].encode())
        top = f"c2sp.org/tlog-proof@v1\nextra {extra}\nindex {index}\n"
        return f"{top}{proof}\n{self.note()}".encode()


def redacted() -> Copy:
    """The worked example with its author, and who Jay came with, withheld."""
    copy = Copy()
    copy.hide = {(1, 0): None, (1, 3): {6}}
    return copy


def trusted(words: str = TRUST) -> Any:
    return verify.read_trust(words.encode())


REMEMBERED = functools.lru_cache(20_000)(verify.ed25519)


@pytest.fixture(autouse=True)
def _remembered_signatures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check each signature once: the mutation tests ask for the same few a thousand times."""
    monkeypatch.setattr(verify, "ed25519", REMEMBERED)


@pytest.fixture
def files(tmp_path: Path) -> Any:
    """Write files by name and return the paths as text."""

    def write(**contents: bytes | str) -> list[str]:
        paths = []
        for name, content in contents.items():
            path = tmp_path / name
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            paths.append(str(path))
        return paths

    return write


def refused(data: bytes, words: str = TRUST) -> str:
    """Return why the file is refused; fail when it is not."""
    with pytest.raises(verify.RefusedError) as fault:
        verify.check_file(data, trusted(words))
    return str(fault.value)


# --- The worked example ---


@pytest.mark.parametrize("index", range(4))
def test_the_parts_of_the_worked_example_give_the_commitments_of_the_text(index: int) -> None:
    part = verify.read_part(Sealed().show(index, set()))
    assert part.commitment.hex() == WORKED[f"c{index}"]


def test_the_words_of_the_worked_example_give_the_commitments_of_the_text() -> None:
    first, *_, sam = Sealed().words(3)[:7]
    assert Sealed().ps(0).hex() == WORKED["ps0"]
    assert Sealed().ps(3).hex() == WORKED["ps3"]
    assert mac(Sealed().ps(3), b"meta").hex() == WORKED["ms3"]
    assert first[0].hex() == WORKED["ws3_0"]
    assert verify.word_hash(first[0], "Jay ").hex() == WORKED["c3_0"]
    assert verify.word_hash(sam[0], "Sam.\n").hex() == WORKED["c3_6"]
    assert len(verify.words_of(Sealed().parts[3]["x"])) == 10


def test_the_worked_example_leads_from_its_words_to_its_root() -> None:
    copy = Copy()
    found = verify.check_bundle(copy.data(), trusted())
    assert found.heads[0].root.hex() == WORKED["root"]
    assert Sealed().root().hex() == WORKED["er"]
    assert Sealed().sign_digest().hex() == WORKED["sd"]
    assert Sealed().mark().hex() == WORKED["mark"]
    assert [leaf.hex() for leaf in copy.hashes()] == [WORKED["leaf0"], WORKED["leaf1"]]
    assert len(copy.leaves[1]) == 333
    assert copy.proof(1) == [WORKED["proof"]]


def test_the_checkpoint_of_the_worked_example_is_accepted_as_it_stands() -> None:
    trust = trusted(f"log {WORKED['vkey']}\nquorum none\n")
    head = verify.read_checkpoint(WORKED["checkpoint"], trust)
    assert (head.origin, head.size, head.root.hex()) == (ORIGIN, 2, WORKED["root"])


# --- What is said ---


def test_a_whole_copy_is_told_in_plain_sentences(files: Any, capsys: Any) -> None:
    assert verify.main(files(trust=TRUST, copy=Copy().data())) == 0
    assert capsys.readouterr().out == (
        "File 1:\n"
        "Entry no. 2 of log records.example.org.uk/oak-house/1. Unchanged since it was sealed. "
        "Sealed 1 March 2026 21:02 UTC by the log's own clock. "
        'Seen by witness "County" 1 March 2026 21:03 UTC. '
        "Signed by its author 1 March 2026 21:02 UTC (the server vouches: password+totp). "
        "Page 1 of this record. Nothing withheld.\n"
        "All 1 pages that the discloser counts in this record are here.\n"
        "All is well.\n"
    )


def test_a_copy_with_words_withheld_says_how_many_and_where() -> None:
    said = " ".join(verify.check_bundle(redacted().data(), trusted()).lines)
    assert "Part 1 withheld. 1 word withheld in statement 1." in said


def test_a_withheld_word_and_its_salt_are_nowhere_in_the_copy() -> None:
    salt, word, _ = Sealed().words(3)[6]
    assert not [
        gone for gone in (word[:3], salt.hex(), "Worker") if gone.encode() in redacted().data()
    ]


def test_show_prints_the_words_that_were_checked_and_marks_those_that_were_not() -> None:
    lines = verify.check_bundle(redacted().data(), trusted(), show=True).lines
    assert "    | Jay came home at 8pm with [withheld] He was calm." in lines
    assert "  Part 4 fact, s1, first-hand:" in lines


def test_words_that_would_play_tricks_on_a_screen_are_spelt_out() -> None:
    sealed = Sealed()
    sealed.parts[3]["x"] = "a \u202eb\x1b[2J"
    lines = verify.check_bundle(Copy(sealed).data(), trusted(), show=True).lines
    assert "    | a \\u202eb\\u001b[2J" in lines


def test_a_refusal_names_the_part_by_number_and_no_words_of_the_record() -> None:
    bundle = Copy().bundle()
    bundle["entries"][0]["parts"][3]["m"] = '{"n":""}'
    why = refused(cj(bundle).encode())
    assert why == "entry 1 in the file: part 4: m has a wrong shape"


def test_a_copy_of_many_entries_opens_each_page() -> None:
    entries = [Sealed(n, bytes([n]) * 32) for n in range(1, 6)]
    copy = Copy(*entries)
    copy.pages = 6
    lines = verify.check_bundle(copy.data(), trusted()).lines
    assert len(lines) == 6
    assert lines[-1].startswith("5 of the 6 pages")


def test_an_entry_withheld_whole_still_shows_its_page() -> None:
    copy = Copy()
    copy.hide = {(1, part): None for part in range(4)}
    bundle = copy.bundle()
    bundle["entries"][0]["sign"] = {}
    said = verify.check_bundle(cj(bundle).encode(), trusted()).lines[0]
    assert "The author's signature is withheld. Page 1 of this record. Part 1 withheld." in said


def test_a_receipt_proves_its_leaf(files: Any, capsys: Any) -> None:
    assert verify.main(files(trust=TRUST, receipt=Copy().receipt(1))) == 0
    said = capsys.readouterr().out
    assert "Entry no. 2 of log" in said
    assert WORKED["er"] in said


LATER = [
    {"t": "recrypt", "of": 1, "b": "0" * 64},
    {"t": "anchor", "size": 2, "root": "0" * 64, "kind": "rfc3161", "h": "0" * 64},
    {"t": "disclosure", "h": "0" * 64},
    {"t": "disposal", "rule": "case-record", "leaves": [[1, 1]], "by": ["0" * 64]},
    {"t": "disposal-done", "of": 2, "epoch": 1},
    {"t": "key", "add": [], "drop": [WORKED["vkey"]], "why": "rotate"},
    {"t": "restore", "had": 9, "have": 2, "lost": [[2, 8]]},
    {"t": "clock", "from": 2, "to": "2026-03-01T21:10:00Z"},
]


@pytest.mark.parametrize("fields", LATER, ids=lambda fields: str(fields["t"]))
def test_a_receipt_of_every_kind_of_leaf_is_read(fields: dict[str, Json]) -> None:
    copy = Copy(later=[cj({"at": "2026-03-02T00:00:00Z", "v": 1, **fields})])
    assert f"kind {fields['t']}" in verify.check_file(copy.receipt(2), trusted()).lines[0]


@pytest.mark.parametrize("fields", LATER, ids=lambda fields: str(fields["t"]))
def test_a_leaf_with_a_field_more_or_less_is_refused(fields: dict[str, Json]) -> None:
    for changed in (fields | {"x": 1}, dict(list(fields.items())[:-1])):
        copy = Copy(later=[cj({"at": "2026-03-02T00:00:00Z", "v": 1, **changed})])
        assert "leaf has a wrong shape" in refused(copy.receipt(2))


# --- Any change at all is refused ---


def changes(data: bytes, step: int = 1) -> Iterator[tuple[int, bytes]]:
    """Yield the data with one byte changed in several ways, left out, or doubled, and where."""
    for at in range(0, len(data), step):
        byte, before, behind = data[at], data[:at], data[at + 1 :]
        others = [bytes([byte ^ 1]), bytes([byte ^ 0x20]), b"0", bytes([byte, byte]), b""]
        for other in dict.fromkeys(others):
            if other != bytes([byte]):
                yield at, before + other + behind


def accepted(data: bytes, step: int = 1, beside: Any = None) -> set[int]:
    """Return the places where some change of one byte is accepted."""
    trust, places = trusted(), set()
    for at, changed in changes(data, step):
        try:
            found = verify.check_file(changed, trust)
            verify.check_together([found, beside] if beside else [found])
        except (verify.RefusedError, verify.UnreadableError):
            continue
        places.add(at)
    return places


def spans(data: bytes, before: bytes, inside: bytes) -> set[int]:
    starts = [found.end() - len(inside) for found in re.finditer(re.escape(before + inside), data)]
    return {at for start in starts for at in range(start, start + len(inside))}


def test_no_change_of_one_byte_of_a_receipt_is_accepted() -> None:
    assert accepted(Copy().receipt(1)) == set()


def test_no_change_of_one_byte_of_what_is_sealed_in_a_bundle_is_accepted() -> None:
    # Left out, because nobody sealed them: the reasons and the page count are the discloser's own
    # words, and no checker can know what he wrote instead. The next test seals them too.
    data = redacted().data()
    unsealed = spans(data, b'"why":"', b"third party") | spans(data, b'"book_pages":', b"1")
    assert len(unsealed) == 2 * len("third party") + 1
    places = accepted(data)
    edges = {at for at in places - unsealed if {at - 1, at + 1} & unsealed}
    assert places <= unsealed | edges
    assert {data[at] for at in edges} <= set(b'":')  # put before or behind them: now part of them


def test_beside_its_disclosure_receipt_no_change_of_one_byte_of_a_bundle_is_accepted() -> None:
    data = redacted().data()
    logged = {"at": "2026-03-02T09:00:00Z", "h": sha(data).hex(), "t": "disclosure", "v": 1}
    receipt = verify.check_file(Copy(later=[cj(logged)]).receipt(2), trusted())
    original = verify.check_file(data, trusted())
    assert "Exactly the file that was given out" in verify.check_together([original, receipt])[0]
    start = data.index(b'"manifest"')  # what stands before was refused without a receipt
    for _, changed in changes(data[start:]):
        with pytest.raises(verify.RefusedError):
            verify.check_together([verify.check_file(data[:start] + changed, trusted()), receipt])


def test_no_change_of_one_byte_of_evidence_is_accepted_but_inside_the_token() -> None:
    # The inside of a token is sealed by its authority: openssl must judge it, see verify.py's head.
    copy = Copy(Sealed(), Sealed(2, bytes(32)))
    copy.stamp(2, token(copy.body(2)))
    data = copy.data()
    start, end = data.index(b'"evidence"'), data.index(b'"format"')
    inside = spans(data, b'"tsr":"', copy.evidence[0]["tsr"].encode())
    trust, places = trusted(), set()  # every third byte: checkpoints were tried whole, above
    for at, changed in changes(data[start:end], 3):
        try:
            verify.check_file(data[:start] + changed + data[end:], trust)
        except verify.RefusedError:
            continue
        places.add(start + at)
    assert places <= inside


def test_a_changed_time_stamp_token_never_breaks_the_checker() -> None:
    body, whole = Copy().body().encode(), base64.b64decode(TOKEN)
    sealed = hashlib.sha512(body).digest()
    for at, changed in changes(whole):
        try:
            verify.read_token(changed, body)
        except verify.RefusedError:
            continue
        assert not whole.index(sealed) <= at < whole.index(sealed) + 64


def test_an_unknown_signers_line_is_all_that_may_differ_in_a_checkpoint() -> None:
    # C2SP: lines of unknown keys are ignored, so that new kinds of signature harm nobody.
    copy = Copy()
    copy.lines = log_line(copy.body(), SHIRE)  # a second key of the same log, not in the trust file
    data = copy.receipt(1)
    line = data.index(copy.lines.encode())
    for at in accepted(data, 2):
        assert at > line


# --- One spelling for one meaning ---


def retext(old: str, new: str) -> Any:
    return lambda data: data.replace(old.encode(), new.encode(), 1)


SPELLINGS = {
    "a space": retext('{"c', '{ "c'),
    "a final line end": lambda data: data + b"\n",
    "a mark at the front": lambda data: b"\xef\xbb\xbf" + data,
    "another order of keys": lambda data: json.dumps(
        dict(reversed(json.loads(data).items())), separators=(",", ":"), ensure_ascii=False
    ).encode(),
    "an escape": retext('"third', '"\\u0074hird'),
    "a doubled key": retext('"format":', '"format":"sealed-record-bundle/1","format":'),
    "a float": retext('"book_pages":1', '"book_pages":1.0'),
    "an exponent": retext('"book_pages":1', '"book_pages":1e0'),
    "a true for a number": retext('"book_pages":1', '"book_pages":true'),
    "a minus nought": retext('"part":0', '"part":-0'),
    "a number too large": retext('"book_pages":1', '"book_pages":9007199254740992'),
    "another format": retext("bundle/1", "bundle/2"),
    "upper-case hex": retext(TAG.hex(), TAG.hex().upper()),
    "a shorter dash": retext("\u2014 rec", "\u2013 rec"),
    "two spaces in a line": retext("\u2014 rec", "\u2014  rec"),
    "spare bits in base64": retext("Ic5A=", "Ic5B="),
    "base64 without its end": retext("Ic5A=", "Ic5A"),
    "an unknown key": retext('"page":{', '"page":{"x":1,'),
    "a missing key": retext(f',"tag":"{TAG.hex()}"', ""),
    "an unknown key at the top": retext('"manifest":', '"later":1,"manifest":'),
    "a string where a list is due": retext('"evidence":[]', '"evidence":""'),
    "an index as text": retext('"index":1', '"index":"1"'),
    "a negative page": retext('"n":1', '"n":-1'),
    "a lone surrogate": retext('"third', '"\\ud800third'),
    "bytes that are no UTF-8": lambda data: data.replace(b'"third', b'"\xff', 1),
}


@pytest.mark.parametrize("change", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_another_spelling_is_refused(change: Any) -> None:
    data = redacted().data()
    changed = change(data)
    assert changed != data
    with pytest.raises((verify.RefusedError, verify.UnreadableError)):
        verify.check_file(changed, trusted())


def test_deep_nesting_is_refused_and_does_not_break_the_checker() -> None:
    assert "not canonical" in refused(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}")


def _inner(change: Any) -> bytes:
    sealed = Sealed()
    change(sealed)
    return Copy(sealed).data()


INNER = {
    "data that is not canonical": lambda s: s.parts[0].update(j='{"b":1, "a":2}'),
    "data with a float": lambda s: s.parts[0].update(j="1.5"),
    "data with a strange key": lambda s: s.parts[0].update(j='{"Name":1}'),
    "labels that are not canonical": lambda s: s.parts[0].update(m='{"n": "author"}'),
    "labels without a name": lambda s: s.parts[0].update(m='{"k":"fact"}'),
    "an unknown label": lambda s: s.parts[0].update(m='{"n":"author","who":"x"}'),
    "an unknown kind of statement": lambda s: s.parts[0].update(m='{"k":"hunch","n":"a"}'),
    "a text too long": lambda s: s.parts[3].update(x="a" * 65_537),
    "a leaf too long": lambda s: s.more_leaf.update(d=[s.mark().hex()] * 70),
    "a leaf of another version": lambda s: s.more_leaf.update(v=2),
    "a time that is none": lambda s: s.more_leaf.update(at="2026-02-30T00:00:00Z"),
    "a time with a zone": lambda s: s.more_leaf.update(at="2026-02-20T00:00:00+00:00"),
    "a leap second": lambda s: s.more_leaf.update(at="2026-06-30T23:59:60Z"),
    "a signature of another kind": lambda s: s.signed.update(m="attest2"),
    "a signature for another log": lambda s: s.signed.update(log="elsewhere/1"),
    "a signature for another entry": lambda s: s.signed.update(e="0" * 64),
    "a head of another log": lambda s: setattr(s, "head", cj({"id": s.id, "log": "x", "v": 1})),
    "a head of another version": lambda s: setattr(s, "head", s.head.replace('"v":1', '"v":2')),
}


@pytest.mark.parametrize("change", INNER.values(), ids=INNER.keys())
def test_what_was_sealed_wrongly_is_refused_though_every_hash_fits(change: Any) -> None:
    assert refused(_inner(change)).startswith("entry 1 in the file")


@pytest.mark.parametrize("size", [0, 1, 65_536])
def test_texts_up_to_their_limit_are_accepted(size: int) -> None:
    sealed = Sealed()
    sealed.parts[3]["x"] = "a" * size
    assert verify.check_file(Copy(sealed).data(), trusted()).indexes == [1]


def test_one_to_two_hundred_parts_are_accepted_and_no_more_or_fewer() -> None:
    sealed, part = Sealed(), Sealed().parts[2]
    for number in (1, 200):
        sealed.parts = [part] * number
        assert verify.check_file(Copy(sealed).data(), trusted()).indexes == [1]
    for number in (0, 201):
        sealed.parts = [part] * number
        assert "wrong shape" in refused(Copy(sealed).data())


@pytest.mark.parametrize("word", ["two words ", "", "no-end", "a\nb\n"])
def test_an_opened_word_must_be_one_word_though_its_hash_fits(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = Sealed()
    salt = bytes(32)
    parts = [sha(b"sr1/word\n", salt, word.encode()), bytes(32)]
    m = sealed.parts[3]["m"]
    whole = sha(b"sr1/text\n", salt, lp(m.encode()), u32(2), *parts)
    monkeypatch.setattr(sealed, "commitment", lambda _: whole)  # a false sealing, on purpose
    sealed.parts = [sealed.parts[3]]
    bundle = Copy(sealed).bundle()
    bundle["entries"][0]["parts"] = [
        {"ms": salt.hex(), "m": m, "w": [[salt.hex(), word], parts[1].hex()]}
    ]
    bundle["manifest"]["withheld"] = [{"index": 1, "part": 0, "why": ""}]
    assert refused(cj(bundle).encode())


def _manifest(change: Any) -> bytes:
    bundle = redacted().bundle()
    change(bundle["manifest"])
    return cj(bundle).encode()


MANIFESTS = {
    "leaves one out": lambda m: m["withheld"].pop(),
    "names one that is open": lambda m: m["withheld"][0].update(part=1),
    "names one too many": lambda m: m["withheld"].append({"index": 1, "part": 1, "why": ""}),
    "counts too few pages": lambda m: m.update(book_pages=0),
}


@pytest.mark.parametrize("change", MANIFESTS.values(), ids=MANIFESTS.keys())
def test_a_manifest_is_refused_that(change: Any) -> None:
    assert "manifest" in refused(_manifest(change))


def test_one_entry_twice_is_refused() -> None:
    bundle = Copy().bundle()
    bundle["entries"] *= 2
    assert "twice" in refused(cj(bundle).encode())


def test_one_entry_under_two_leaves_is_refused() -> None:
    assert "twice" in refused(Copy(Sealed(), Sealed()).data())


def test_two_entries_on_one_page_are_refused() -> None:
    first, second = Sealed(1), Sealed(2, bytes(32))
    second.page = 1
    assert "same page" in refused(Copy(first, second).data())


def test_pages_of_two_records_in_one_copy_are_refused() -> None:
    first, second = Sealed(1), Sealed(2, bytes(32))
    other = bytes(32)
    mark = mac(other, b"sr1/page\n", (2).to_bytes(8, "big"), second.root()).hex()
    second.more_leaf["d"] = [mark]
    bundle = Copy(first, second).bundle()
    bundle["entries"][1]["page"]["tag"] = other.hex()
    assert "more than one record" in refused(cj(bundle).encode())


def test_a_number_in_a_register_is_proved_as_a_page_of_a_book_is() -> None:
    """A register only numbers what a book holds: to a checker it is a book with a tag."""
    first, register = Sealed(1), bytes(range(32))

    def said(bundle: Json) -> str:
        return "\n".join(verify.check_file(cj(bundle).encode(), trusted(TRUST)).lines)

    fourth = mac(register, b"sr1/page\n", (4).to_bytes(8, "big"), first.root()).hex()
    first.more_leaf["d"] = [first.mark().hex(), fourth]
    bundle = Copy(first).bundle()
    assert "Page 1 of this record." in said(bundle)
    bundle["entries"][0]["page"] = {"tag": register.hex(), "n": 4}
    bundle["manifest"]["book_pages"] = 4
    assert "Page 4 of this record." in said(bundle)
    bundle["entries"][0]["page"]["n"] = 3
    assert "not the sealed one" in refused(cj(bundle).encode())


def test_a_leaf_that_is_no_entry_cannot_pass_for_one() -> None:
    bundle = Copy().bundle()
    bundle["entries"][0] |= {"index": 0, "leaf": GENESIS, "proof": Copy().proof(0)}
    assert "not that of an entry" in refused(cj(bundle).encode())


def test_a_second_opening_leaf_is_refused() -> None:
    for log in (ORIGIN, "elsewhere/1"):
        again = cj({**json.loads(GENESIS), "log": log})
        assert "opens the list" in refused(Copy(later=[again]).receipt(2))


def test_a_device_signature_is_present_and_said_to_be_unchecked() -> None:
    sealed = Sealed()
    device = dict.fromkeys(("ad", "cd", "cred", "sig"), "AAAA")
    sealed.signed |= {"auth": "webauthn", "m": "webauthn1", **device}
    said = verify.check_file(Copy(sealed).data(), trusted()).lines[0]
    assert "a device signature is present, not checked here" in said


# --- Checkpoints, witnesses, trust files ---


def test_a_checkpoint_without_the_logs_signature_is_refused() -> None:
    data = Copy().receipt(1).replace(log_line(Copy().body()).encode(), b"")
    assert "no log that you trust" in refused(data)


def test_a_checkpoint_without_its_witness_is_refused_when_the_quorum_asks_for_it() -> None:
    line = witness_line(Copy().body(), "county.example", COUNTY).encode()
    data = Copy().receipt(1).replace(line, b"")
    assert "too few" in refused(data)
    alone = TRUST.replace("quorum County", "quorum none")
    assert "No witness" in verify.check_file(data, trusted(alone)).lines[0]


def test_a_wrong_signature_of_a_known_witness_is_refused_even_if_nobody_asks_for_it() -> None:
    bad = witness_line("another body\n", "county.example", COUNTY)
    data = (
        Copy()
        .receipt(1)
        .replace(witness_line(Copy().body(), "county.example", COUNTY).encode(), bad.encode())
    )
    assert "witness is wrong" in refused(data, TRUST.replace("quorum County", "quorum none"))


def test_a_line_of_another_key_of_the_log_is_ignored() -> None:
    copy = Copy()
    copy.lines = log_line(copy.body(), SHIRE)
    assert verify.check_file(copy.data(), trusted()).indexes == [1]


def test_a_doubled_signature_line_is_refused() -> None:
    copy = Copy()
    copy.lines = log_line(copy.body())
    assert "doubled" in refused(copy.data())


def test_a_fourth_line_in_a_checkpoint_is_refused() -> None:
    copy = Copy()
    body = copy.body() + "more\n"
    note = f"{body}\n{log_line(body)}{witness_line(body, 'county.example', COUNTY)}"
    data = cj(copy.bundle() | {"checkpoint": note}).encode()
    assert "checkpoint has a wrong shape" in refused(data)


def test_a_signature_in_the_name_of_another_trusted_log_does_not_count() -> None:
    other = f"log {vkey('other.example/1', SHIRE)}\nquorum none\n"
    copy = Copy()
    note = f"{copy.body()}\n{log_line(copy.body(), SHIRE, 'other.example/1')}"
    data = cj(copy.bundle() | {"checkpoint": note}).encode()
    assert "no log that you trust" in refused(data, other)


A, B, C, X = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (21, 22, 23, 24))
WITNESSES = "".join(
    f"witness {name} {vkey(f'{name}.example', key, 4)}\n"
    for name, key in {"a": A, "b": B, "c": C}.items()
)
POLICY = f"# who\n\n log {WORKED['vkey']}\thttps://x.example\n{WITNESSES}"


@pytest.mark.parametrize(
    ("rule", "seen", "met"),
    [
        ("quorum none", "", True),
        ("quorum a", "a", True),
        ("quorum a", "bc", False),
        ("group g any a b\nquorum g", "b", True),
        ("group g all a b\nquorum g", "b", False),
        ("group g 2 a b c\nquorum g", "ac", True),
        ("group g 2 a b c\nquorum g", "c", False),
        ("group g any a b\ngroup h all g c\nquorum h", "bc", True),
        ("group g any a b\ngroup h all g c\nquorum h", "ab", False),
    ],
)
def test_a_quorum_is_counted_as_tlog_policy_says(rule: str, seen: str, met: bool) -> None:  # noqa: FBT001
    assert verify.quorum_met(trusted(f"{POLICY}{rule}\n"), seen) == met


@pytest.mark.parametrize(
    "words",
    [
        POLICY,
        POLICY + "quorum none",
        POLICY + "quorum none\nquorum none\n",
        POLICY + "quorum d\n",
        POLICY + "group g 3 a b\nquorum g\n",
        POLICY + "group g 0 a b\nquorum g\n",
        POLICY + "group g 01 a b\nquorum g\n",
        POLICY + "group g any\nquorum g\n",
        POLICY + "group g any a a\nquorum g\n",
        POLICY + "group g any a\ngroup h any a\nquorum h\n",
        POLICY + "group g any none\nquorum g\n",
        POLICY + "group a any b\nquorum a\n",
        POLICY + f"witness a {vkey('x.example', X, 4)}\nquorum a\n",
        POLICY + f"witness d {vkey('d.example', A, 4)}\nquorum d\n",
        POLICY + f"witness d {vkey('d.example', X, 1)}\nquorum d\n",
        POLICY + f"log {vkey('d.example', X, 4)}\nquorum none\n",
        POLICY + f"log {WORKED['vkey'].replace('5617', '5618')}\nquorum none\n",
        POLICY + f"log {WORKED['vkey']}\nquorum none\n",
        POLICY + "quorum none\r\n",
        POLICY + "log\nquorum none\n",
        POLICY + "trust me\nquorum none\n",
        "quorum none\n",
        "",
    ],
)
def test_a_faulty_trust_file_is_not_read(words: str, files: Any, capsys: Any) -> None:
    assert verify.main(files(trust=words, copy=Copy().data())) == 2
    assert "Trust file, line" in capsys.readouterr().out


def test_a_trust_file_that_is_not_utf_8_is_not_read() -> None:
    with pytest.raises(verify.UnreadableError, match="UTF-8"):
        verify.read_trust(b"# \xff\n")


def test_a_key_that_is_a_small_point_is_not_trusted() -> None:
    material = b"\1" + (1).to_bytes(32, "little")
    spelt = f"x+{sha(b'x', chr(10).encode(), material)[:4].hex()}+{b64(material)}"
    with pytest.raises(verify.UnreadableError, match="sound"):
        trusted(f"log {spelt}\nquorum none\n")


# --- Paper, time stamps, many files, exit codes ---


def paper(copy: Copy, size: int | None = None) -> list[str]:
    hashes = copy.hashes(size)
    return ["--root", b64(tree_root(hashes)), "--size", str(len(hashes))]


def test_a_root_from_paper_is_enough_without_any_key(files: Any, capsys: Any) -> None:
    _, *rest = files(trust=TRUST, copy=Copy().data(), receipt=Copy().receipt(1))
    assert verify.main(["-", *rest, *paper(Copy())]) == 0
    assert capsys.readouterr().out.count("It agrees with the paper.") == 2


def test_another_root_on_paper_is_refused_with_or_without_trust_file(files: Any) -> None:
    trust, copy = files(trust=TRUST, copy=Copy().data())
    wrong = ["--root", b64(bytes(32)), "--size", "2"]
    assert verify.main([trust, copy, *wrong]) == 1
    assert verify.main(["-", copy, *wrong]) == 1


def test_paper_of_another_size_is_compared_through_evidence(files: Any, capsys: Any) -> None:
    copy = Copy(Sealed(), Sealed(2, bytes(32)), Sealed(3, b"3" * 32))
    trust, plain = files(trust=TRUST, plain=copy.data())
    assert verify.main([trust, plain, *paper(copy, 2)]) == 1
    copy.stamp()
    (stamped,) = files(stamped=copy.data())
    assert verify.main([trust, stamped, *paper(copy, 2)]) == 0
    assert "Newer than the paper: 2 entries." in capsys.readouterr().out
    assert verify.main(["-", stamped, *paper(copy, 2)]) == 1


def test_evidence_of_another_history_is_refused() -> None:
    copy = Copy(Sealed(), Sealed(2, bytes(32)))
    copy.stamp()
    copy.evidence[0]["consistency"][0] = b64(bytes(32))
    assert refused(copy.data()) == "evidence 1 in the file: it is from another history of the list"


def der(tag: int, *contents: bytes) -> bytes:
    whole = b"".join(contents)
    size = bytes([len(whole)]) if len(whole) < 128 else b"\x82" + len(whole).to_bytes(2, "big")
    return bytes([tag]) + size + whole


def token(body: str, when: str = "20260302090000Z", status: int = 0, method: int = 3) -> str:
    """Build the skeleton of an RFC 3161 answer, unsigned."""
    sha512 = der(0x30, der(6, bytes.fromhex("6086480165030402") + bytes([method])), der(5))
    imprint = der(0x30, sha512, der(4, hashlib.sha512(body.encode()).digest()))
    stamp = der(0x30, der(2, b"\1"), der(6, b"*"), imprint, der(2, b"\1"), der(0x18, when.encode()))
    kind = der(6, bytes.fromhex("2a864886f70d0109100104"))
    signed = der(0x30, der(2, b"\3"), der(0x31), der(0x30, kind, der(0xA0, der(4, stamp))))
    content = der(0x30, der(6, b"*"), der(0xA0, signed))
    return b64(der(0x30, der(0x30, der(2, bytes([status]))), content))


def test_a_time_stamp_says_before_when_an_entry_existed() -> None:
    copy = Copy(Sealed(), Sealed(2, bytes(32)))
    copy.stamp(3, token(copy.body(3), "20260305110000Z"))
    copy.stamp(2, token(copy.body(2)))
    first, second, *_ = verify.check_file(copy.data(), trusted()).lines
    assert "Existed before 2 March 2026 09:00 UTC, if the time stamp below is good." in first
    assert "Existed before 5 March 2026 11:00 UTC" in second


def test_a_time_stamp_newer_than_the_checkpoint_of_the_copy_counts_too() -> None:
    copy = Copy(
        later=[cj({"at": "2026-03-02T00:00:00Z", "h": "0" * 64, "t": "disclosure", "v": 1})]
    )
    copy.stamp(2, token(copy.body(3)))
    bundle = Copy().bundle()
    bundle["evidence"] = [copy.evidence[0] | {"size": 3, "checkpoint": copy.note()}]
    assert "Existed before" in verify.check_file(cj(bundle).encode(), trusted()).lines[0]


@pytest.mark.parametrize(
    "wrong", [{"status": 2}, {"method": 1}, {"when": "2026"}, {"when": "0" * 14 + "Z"}]
)
def test_a_time_stamp_refused_by_its_authority_or_misspelt_is_refused(
    wrong: dict[str, Any],
) -> None:
    copy = Copy()
    copy.stamp(2, token(copy.body(), **wrong))
    assert "time stamp" in refused(copy.data())


@pytest.mark.parametrize("change", [{"kind": "rfc9999"}, {"size": 1}, {"more": 1}, {"tsr": ""}])
def test_evidence_that_is_not_as_the_format_says_is_refused(change: Json) -> None:
    copy = Copy()
    copy.stamp()
    copy.evidence[0] |= change
    assert refused(copy.data())


def test_a_time_stamp_for_something_else_is_refused() -> None:
    copy = Copy(Sealed(2))
    copy.stamp()
    assert "time stamp is for something else" in refused(copy.data())


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not on this machine")
def test_the_printed_openssl_command_accepts_the_token(tmp_path: Path) -> None:
    copy = Copy()
    copy.stamp()
    said = "\n".join(verify.check_file(copy.data(), trusted()).lines)
    command = re.findall("openssl ts .*", said)[0].split()
    (tmp_path / "token-1.tsr").write_bytes(base64.b64decode(TOKEN))
    authority = (VECTORS / "timestamp_authority.pem").read_bytes()
    (tmp_path / "AUTHORITY.pem").write_bytes(authority)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert b"Verification: OK" in done.stdout


def test_two_histories_of_one_log_are_refused(files: Any, capsys: Any) -> None:
    first, other = Copy().receipt(0), Copy(Sealed(2)).receipt(0)
    assert verify.main(files(trust=TRUST, one=first, other=other)) == 1
    assert "two histories" in capsys.readouterr().out


def test_a_copy_that_its_receipt_was_not_made_for_is_refused(files: Any, capsys: Any) -> None:
    logged = {"at": "2026-03-02T09:00:00Z", "h": "0" * 64, "t": "disclosure", "v": 1}
    receipt = Copy(later=[cj(logged)]).receipt(2)
    assert verify.main(files(trust=TRUST, copy=Copy().data(), receipt=receipt)) == 1
    assert "not the file its receipt was made for" in capsys.readouterr().out
    assert verify.main(files(trust=TRUST, receipt=receipt)) == 0


def test_one_bad_file_among_good_ones_makes_the_whole_fail(files: Any, capsys: Any) -> None:
    trust, good, bad, other = files(t=TRUST, good=Copy().data(), bad=b'{"a":1}', other=b"hello")
    assert verify.main([trust, good, other]) == 2
    assert verify.main([trust, good, bad, other]) == 1
    assert "All is well" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [[], ["t"], ["-", "f"], ["t", "f", "--size", "2"], ["t", "f", "--root", ""]]
)
def test_wrong_usage_is_told_apart_from_a_failed_check(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        verify.main(arguments)
    assert stopped.value.code == 2


def test_a_file_that_is_not_there_is_not_read(files: Any, tmp_path: Path) -> None:
    assert verify.main([*files(trust=TRUST), str(tmp_path / "none")]) == 2
    assert verify.main([str(tmp_path / "none"), *files(copy=Copy().data())]) == 2


# --- The tree, against a naive one ---


def test_inclusion_proofs_hold_for_every_leaf_of_every_size_to_64_and_no_other_place() -> None:
    leaves = [sha(bytes([n])) for n in range(64)]
    for size in range(1, 65):
        whole = tree_root(leaves[:size])
        for place in range(size):
            path = tree_path(place, leaves[:size])
            assert verify.root_of(leaves[place], place, size, path) == whole
            wrong = [
                (place + 1, path),
                (place ^ 1, path),
                (place, path[:-1]),
                (place, [*path, whole]),
            ]
            assert not any(
                _leads(leaves[place], p, size, steps, whole) for p, steps in wrong if path
            )


def _leads(leaf: bytes, place: int, size: int, path: list[bytes], whole: bytes) -> bool:
    try:
        return bool(verify.root_of(leaf, place, size, path) == whole)
    except verify.RefusedError:
        return False


def test_consistency_proofs_hold_for_every_pair_of_sizes_to_64_and_fail_when_cut() -> None:
    leaves = [sha(bytes([n])) for n in range(64)]
    roots = [b"", *(tree_root(leaves[:size]) for size in range(1, 65))]
    for new in range(1, 65):
        for old in range(1, new + 1):
            path = tree_growth(old, leaves[:new])
            pair = (roots[old], roots[new])
            assert verify.both_roots(old, new, path, roots[old]) == pair
            with pytest.raises(verify.RefusedError):
                verify.both_roots(old, new, [*path, roots[1]], roots[old])


# --- Ed25519, against the cryptography package ---


def judged(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def signatures(number: int) -> Iterator[tuple[bytes, bytes, bytes]]:
    chance = random.Random(20260301)  # noqa: S311 - test data, the same each time
    for _ in range(number):
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        message = chance.randbytes(chance.randrange(200))
        yield public(key), message, key.sign(message)


def test_good_signatures_are_good_and_every_kind_of_bad_one_is_bad() -> None:
    chance = random.Random(8032)  # noqa: S311 - test data, the same each time
    for key, message, signature in signatures(40):
        flipped = bytearray(signature)
        flipped[chance.randrange(64)] ^= 1 << chance.randrange(8)
        for given in (signature, bytes(flipped), signature[32:] + signature[:32]):
            assert verify.ed25519(key, message, given) == judged(key, message, given)
        assert verify.ed25519(key, message, signature)
        assert not verify.ed25519(key, message + b"\0", signature)
        assert not verify.ed25519(key, message, signature[:-1])
        assert not verify.ed25519(key, message, signature + b"\0")


def test_a_signature_with_the_group_order_added_to_s_is_bad() -> None:
    for key, message, signature in signatures(10):
        s = int.from_bytes(signature[32:], "little")
        for times in range(1, 1 + (2**256 - 1 - s) // verify.L):
            more = signature[:32] + (s + times * verify.L).to_bytes(32, "little")
            assert not verify.ed25519(key, message, more)


@pytest.mark.parametrize(
    ("secret", "key", "message", "signature"),
    [line.split(":") for line in (VECTORS / "rfc8032.txt").read_text("ascii").splitlines()],
)
def test_the_signatures_printed_in_rfc_8032_are_good(
    secret: str, key: str, message: str, signature: str
) -> None:
    assert public(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))).hex() == key
    assert verify.ed25519(*(bytes.fromhex(text) for text in (key, message, signature)))


SMALL = {  # the points of small order, and spellings of them with y at or above the prime
    *(y + sign for y in (0, 1, verify.P - 1, verify.P, verify.P + 1) for sign in (0, 2**255)),
    0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
    0xFA03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
    0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
    0x85FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
}


@pytest.mark.parametrize("y", sorted(SMALL))
def test_a_small_or_misspelt_point_signs_nothing(y: int) -> None:
    point = y.to_bytes(32, "little")
    decoded = verify.decoded(point)
    assert decoded is None or verify.is_small(decoded)
    key, message, signature = next(signatures(1))
    for r in (point, (1).to_bytes(32, "little")):
        for s in (bytes(32), signature[32:]):
            assert not verify.ed25519(point, message, r + s)
    assert not verify.ed25519(key, message, point + signature[32:])


def test_a_small_r_is_refused_though_the_equation_holds() -> None:
    # Somebody who holds the key can make these; openssl accepts them, a strict checker does not.
    key = LOG_KEY
    nonce = hashlib.sha512(bytes(range(32))).digest()[:32]
    scalar = int.from_bytes(nonce, "little") & (2**254 - 8) | 2**254
    r = (1).to_bytes(32, "little")
    h = int.from_bytes(hashlib.sha512(r + public(key) + b"m").digest(), "little")
    signature = r + (h * scalar % verify.L).to_bytes(32, "little")
    assert judged(public(key), b"m", signature)
    assert not verify.ed25519(public(key), b"m", signature)


def test_keys_and_points_of_random_bytes_are_judged_as_the_oracle_judges_them() -> None:
    chance = random.Random(25519)  # noqa: S311 - test data, the same each time
    for key, message, signature in signatures(30):
        for strange in (chance.randbytes(32), key[:-1] + bytes([key[-1] ^ 0x80])):
            assert verify.ed25519(strange, message, signature) == judged(
                strange, message, signature
            )
        other = chance.randbytes(32) + signature[32:]
        assert verify.ed25519(key, message, other) == judged(key, message, other)


# --- It needs nothing but Python ---


def test_it_runs_alone_without_packages_site_or_environment(files: Any, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(PROGRAM, alone)
    given = [sys.executable, "-I", "-S", "-W", "error", str(alone / "verify.py")]
    good = subprocess.run(
        [*given, *files(t=TRUST, c=Copy().data())], capture_output=True, check=True
    )
    assert good.stdout.endswith(b"All is well.\n")
    bad = subprocess.run(
        [*given, *files(t=TRUST, c=Copy().data()[:-1])], capture_output=True, check=False
    )
    assert (bad.returncode, bad.stderr) == (1, b"")


def test_it_imports_the_standard_library_only_and_is_python_3_9() -> None:
    tree = ast.parse(PROGRAM.read_text("utf-8"), feature_version=(3, 9))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {str(n.module) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    roots = {name.partition(".")[0] for name in names}
    assert roots <= sys.stdlib_module_names
    assert not roots & {"socket", "ssl", "urllib", "http", "subprocess", "random", "ctypes"}


def test_it_prints_on_a_screen_that_knows_only_ascii(files: Any, tmp_path: Path) -> None:
    sealed = Sealed()
    sealed.parts[3]["x"] = "caf\u00e9"
    given = files(t=TRUST, c=Copy(sealed).data())
    done = subprocess.run(
        [sys.executable, "-S", str(PROGRAM), *given, "--show"],
        env={"PYTHONIOENCODING": "ascii"},
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert b"caf\\xe9" in done.stdout


def test_the_values_in_the_format_description_are_those_of_the_worked_example() -> None:
    page = (PROGRAM.parent / "FORMAT.md").read_text("utf-8")
    assert [name for name, value in WORKED.items() if value not in page] == []
    assert all(leaf in page for leaf in (*Copy().leaves, Sealed().sign_text(), Sealed().head))
