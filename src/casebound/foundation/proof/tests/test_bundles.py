import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebound.foundation.proof.bundle_checks import (
    PartlyWithheld,
    Withheld,
    check_bundle,
)
from casebound.foundation.proof.bundles import (
    Evidence,
    OpenWhole,
    Treatment,
    WithholdPart,
    WithholdWords,
    build_bundle,
)
from casebound.foundation.proof.canonical import canonical
from casebound.foundation.proof.commitments import (
    Data,
    Part,
    Text,
    entry_root,
    head_bytes,
    split_words,
    text_commitment,
    word_commitment,
)
from casebound.foundation.proof.errors import LimitError, MismatchError, ProofError, ShapeError
from casebound.foundation.proof.leaf import DisclosureLeaf, leaf_data
from casebound.foundation.proof.tests import build
from casebound.foundation.proof.tree import consistency_proof

WHOLE = OpenWhole()
REDACTED: list[Treatment] = [
    WithholdPart("third party"),
    WHOLE,
    WHOLE,
    WithholdWords(frozenset({6}), "third party"),
]
Change = Callable[[dict[str, Any]], object]  # Any: the bundle as JSON, changed at will


def test_a_whole_copy_shows_what_was_sealed() -> None:
    checked = check_bundle(build.bundle(), build.LOG_VERIFIER)
    (entry,) = checked.entries
    assert entry.parts == build.PARTS
    assert (entry.index, entry.entry_id) == (1, build.ENTRY_ID)
    assert isinstance(entry.sign, dict)
    assert entry.sign["u"] == "u17"
    assert entry.page is not None
    assert entry.page.n == 1
    assert (checked.book_pages, checked.withheld, checked.head.witnessed) == (1, (), {})


@pytest.mark.policy("P65")
def test_a_redacted_copy_shows_the_rest_and_that_something_is_withheld() -> None:
    data = build.bundle(REDACTED)
    checked = check_bundle(data, build.LOG_VERIFIER)
    author, occurred, late, text = checked.entries[0].parts
    assert isinstance(author, Withheld)
    assert (occurred, late) == build.PARTS[1:3]
    assert isinstance(text, PartlyWithheld)
    assert text.words[4:8] == ("8pm ", "with ", None, "He ")
    assert checked.withheld == ((1, 0, "third party"), (1, 3, "third party"))
    assert b"Sam" not in data
    assert b"A. Worker" not in data


def test_signing_and_page_can_be_kept_back() -> None:
    entry = build.sealed()
    log = build.log_with(entry)
    copy = replace(build.copy_of(entry, log), show_signing=False, page=None)
    data = build_bundle(checkpoint=log.checkpoint(), entries=[copy], book_pages=1)
    (checked,) = check_bundle(data, build.LOG_VERIFIER).entries
    assert (checked.sign, checked.page) == (None, None)
    assert build.TAG.hex().encode() not in data


WORDS = st.lists(st.from_regex(r"[q-z]{8,12}", fullmatch=True), min_size=1, max_size=12)


@st.composite
def redactions(draw: st.DrawFn) -> tuple[list[Part], list[Treatment]]:
    parts: list[Part] = []
    treatments: list[Treatment] = []
    for n in range(draw(st.integers(1, 4))):
        separators = draw(st.lists(st.sampled_from([" ", "\n"]), min_size=12, max_size=12))
        words = [f"{word}{n}" for word in draw(WORDS)]
        text = "".join(word + end for word, end in zip(words, separators, strict=False))
        choice = draw(st.sampled_from(["open", "part", "words", "data"]))
        parts.append(Data({"n": "d"}, words) if choice == "data" else Text({"n": "s"}, text))
        chosen = frozenset(draw(st.sets(st.integers(0, len(words) - 1))))
        given_up: dict[str, Treatment] = {
            "open": WHOLE,
            "part": WithholdPart("why"),
            "words": WithholdWords(chosen, "why"),
            "data": WithholdPart("why") if chosen else WHOLE,
        }
        treatments.append(given_up[choice])
    return parts, treatments


def secrets_and_words(i: int, part: Part, treatment: Treatment) -> tuple[set[bytes], set[bytes]]:
    """What must not be in the bundle of this part, and the words that may be."""
    words = split_words(part.x.encode()) if isinstance(part, Text) else []
    if isinstance(part, Data) and isinstance(part.j, list):
        words = [str(word).encode() for word in part.j]
    salts = [build.SECRET.word_salt(i, j) for j in range(len(words))]
    match treatment:
        case OpenWhole():
            return set(), set(words)
        case WithholdPart():
            return {build.SECRET.part_secret(i), build.SECRET.meta_salt(i), *salts, *words}, set()
    hidden = {secret for j in treatment.words for secret in (salts[j], words[j])}
    shown = {word for j, word in enumerate(words) if j not in treatment.words}
    return {build.SECRET.part_secret(i), *hidden}, shown


@pytest.mark.policy("P58", "P65")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(redactions())
def test_nothing_withheld_is_in_any_byte_of_the_bundle_and_the_rest_checks(
    plan: tuple[list[Part], list[Treatment]],
) -> None:
    parts, treatments = plan
    data = build.bundle(treatments, parts)
    check_bundle(data, build.LOG_VERIFIER)
    sorted_out = [
        secrets_and_words(i, part, treatment)
        for i, (part, treatment) in enumerate(zip(parts, treatments, strict=True))
    ]
    shown = {word.strip() for _, words in sorted_out for word in words}
    hidden = {
        secret.strip() if secret.isascii() else secret
        for secrets, _ in sorted_out
        for secret in secrets
    }
    for secret in {build.SECRET.value, *hidden}:
        if any(secret in word for word in shown):  # the word is given elsewhere
            continue
        assert secret not in data
        assert secret.hex().encode() not in data


@pytest.mark.policy("P58")
@pytest.mark.parametrize("treatments", [None, REDACTED], ids=["whole", "redacted"])
def test_any_changed_byte_of_a_bundle_is_refused(treatments: list[Treatment] | None) -> None:
    data = build.bundle(treatments)
    claims, digest = data.index(b'"manifest"'), sha256(data).digest()
    for position in range(len(data)):
        bit = 1 << position % 8
        changed = data[:position] + bytes([data[position] ^ bit]) + data[position + 1 :]
        # The manifest is the discloser's own words: only the logged hash of the file holds it.
        with pytest.raises(ProofError):
            check_bundle(changed, build.LOG_VERIFIER, digest=digest if position > claims else None)


def test_a_bundle_is_held_to_the_hash_in_the_disclosure_leaf() -> None:
    data = build.bundle(REDACTED)
    leaf = DisclosureLeaf("2026-04-01T09:00:00Z", sha256(data).digest())
    check_bundle(data, build.LOG_VERIFIER, digest=leaf.bundle)
    milder = data.replace(b"third party", b"other party")
    check_bundle(milder, build.LOG_VERIFIER)
    with pytest.raises(MismatchError):
        check_bundle(milder, build.LOG_VERIFIER, digest=leaf.bundle)


def first(bundle: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = bundle["entries"][0]
    return entry


CHANGES: dict[str, Change] = {
    "format": lambda b: b.update(format="sealed-record-bundle/2"),
    "a further key": lambda b: b.update(note="x"),
    "a missing key": lambda b: b.pop("evidence"),
    "an entry twice": lambda b: b["entries"].append(b["entries"][0]),
    "a key in an entry": lambda b: first(b).update(note="x"),
    "another index": lambda b: first(b).update(index=0),
    "a negative index": lambda b: first(b).update(index=-1),
    "a genesis leaf": lambda b: first(b).update(leaf=build.log_with().leaves[0].decode()),
    "a long proof": lambda b: first(b)["proof"].extend(first(b)["proof"] * 200),
    "no parts": lambda b: first(b).update(parts=[]),
    "one part less": lambda b: first(b)["parts"].pop(),
    "parts exchanged": lambda b: first(b)["parts"].reverse(),
    "a mixed part": lambda b: first(b)["parts"][0].update(ps="0" * 64),
    "upper-case hex": lambda b: first(b)["parts"][0].update(c=first(b)["parts"][0]["c"].upper()),
    "inner JSON with a space": lambda b: first(b)["parts"][1].update(m='{"n": "occurred"}'),
    "another log": lambda b: first(b).update(
        head=first(b)["head"].replace("oak-house", "elm-house")
    ),
    "another head version": lambda b: first(b).update(head=first(b)["head"].replace("1}", "2}")),
    "another entry": lambda b: first(b).update(head=first(b)["head"].replace("0123", "3210")),
    "another author": lambda b: first(b)["sign"].update(
        s=first(b)["sign"]["s"].replace("u17", "u18")
    ),
    "sign without salt": lambda b: first(b)["sign"].pop("ss"),
    "another page": lambda b: first(b)["page"].update(n=2),
    "page zero": lambda b: first(b)["page"].update(n=0),
    "a word with three things": lambda b: first(b)["parts"][3]["w"][0].append("x"),
    "a reason less": lambda b: b["manifest"]["withheld"].pop(),
    "a reason twice": lambda b: b["manifest"]["withheld"].append(b["manifest"]["withheld"][0]),
    "pages as text": lambda b: b["manifest"].update(book_pages="1"),
    "too many words": lambda b: first(b)["parts"][3].update(w=["0" * 64] * 65_537),
    "too long a text": lambda b: first(b)["parts"][3].update(
        w=[["0" * 64, "a" * 40_000 + " "]] * 2
    ),
    "evidence of another kind": lambda b: b["evidence"][0].update(kind="rfc9999"),
    "evidence of another size": lambda b: b["evidence"][0].update(size=4),
    "evidence of a fork": lambda b: b["evidence"][0].update(consistency=[]),
}


def bundle_with_evidence() -> bytes:
    entry = build.sealed()
    log = build.log_with(entry)
    copies = [build.copy_of(entry, log, REDACTED)]
    checkpoint = log.checkpoint()
    log.append(leaf_data(DisclosureLeaf("2026-04-01T09:00:00Z", b"\x09" * 32)))
    path = tuple(consistency_proof(2, 3, log.fetch))
    stamp = Evidence("rfc3161", 3, b"token", log.checkpoint(), path)
    return build_bundle(checkpoint=checkpoint, entries=copies, book_pages=1, evidence=[stamp])


def test_evidence_is_consistent_with_the_log_of_the_bundle() -> None:
    (stamp,) = check_bundle(bundle_with_evidence(), build.LOG_VERIFIER).evidence
    assert (stamp.kind, stamp.size, stamp.token) == ("rfc3161", 3, b"token")


@pytest.mark.policy("P58")
@pytest.mark.parametrize("name", CHANGES)
def test_a_bundle_that_was_tampered_with_is_refused(name: str) -> None:
    bundle = json.loads(bundle_with_evidence())
    check_bundle(canonical(bundle), build.LOG_VERIFIER)
    CHANGES[name](bundle)
    with pytest.raises(ProofError):
        check_bundle(canonical(bundle), build.LOG_VERIFIER)


@pytest.mark.parametrize("data", [b"[]", b"{}", b"\xff", b'{"format": 1}'])
def test_what_is_not_a_bundle_is_refused(data: bytes) -> None:
    with pytest.raises(ProofError):
        check_bundle(data, build.LOG_VERIFIER)


def test_a_bundle_needs_the_witnesses_asked_for() -> None:
    with pytest.raises(MismatchError, match="too few"):
        check_bundle(build.bundle(), build.LOG_VERIFIER, [build.COUNTY], quorum=1)


WRONG_DECISIONS: list[list[Treatment]] = [
    [WHOLE],
    [WithholdWords(frozenset({0}), ""), WHOLE, WHOLE, WHOLE],
    [WHOLE, WHOLE, WHOLE, WithholdWords(frozenset({10}), "")],
]


@pytest.mark.parametrize("treatments", WRONG_DECISIONS, ids=["missing", "no text", "no such word"])
def test_every_part_needs_a_decision_and_words_need_a_text(treatments: list[Treatment]) -> None:
    with pytest.raises(ShapeError):
        build.bundle(treatments)


def test_a_bundle_with_too_many_parts_is_refused_before_they_are_read() -> None:
    bundle = json.loads(build.bundle())
    first(bundle)["parts"] = [{"c": "0" * 64}] * 201
    with pytest.raises(LimitError):
        check_bundle(canonical(bundle), build.LOG_VERIFIER)


def bundle_of_words(words: list[str]) -> bytes:
    """A copy of a text whose words a dishonest program committed to as it liked."""
    labels, salt = canonical({"n": "s1"}), b"\x05" * 32
    commitments = [word_commitment(salt, word.encode()) for word in words]
    head = head_bytes(build.ENTRY_ID, build.ORIGIN)
    root = entry_root(head, [text_commitment(salt, labels, commitments)])
    log = build.log_with()
    leaf = leaf_data(replace(build.entry_leaf(build.sealed()), root=root))
    log.append(leaf)
    bundle = json.loads(build.bundle())
    bundle["checkpoint"] = log.checkpoint().decode()
    part = {"m": labels.decode(), "ms": salt.hex(), "w": [[salt.hex(), word] for word in words]}
    bundle["manifest"]["withheld"] = [{"index": 1, "part": 0, "why": ""}]
    first(bundle).update(leaf=leaf.decode(), parts=[part], sign={}, page={})
    return canonical(bundle)


@pytest.mark.policy("P58")
def test_a_word_that_is_none_is_refused_even_if_it_was_sealed() -> None:
    check_bundle(bundle_of_words(["Jay ", "came\n", " ", "home"]), build.LOG_VERIFIER)
    for words in (["Jay came ", "home"], ["Ja", "y ", "home"], ["Jay", "home"], ["", "home"]):
        with pytest.raises(ShapeError):
            check_bundle(bundle_of_words(words), build.LOG_VERIFIER)
