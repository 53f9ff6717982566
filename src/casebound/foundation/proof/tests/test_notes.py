from dataclasses import replace

import pytest

from casebound.foundation.proof.errors import LimitError, MismatchError, ProofError, SpellingError
from casebound.foundation.proof.keys import LOG, WITNESS, VerifierKey, verifier_key
from casebound.foundation.proof.notes import (
    Checkpoint,
    SignatureLine,
    SignedNote,
    add_signatures,
    check_checkpoint,
    check_cosignature,
    cosign,
    parse_checkpoint,
    parse_note,
    sign_checkpoint,
)
from casebound.foundation.proof.tests import build

HEAD = Checkpoint(build.ORIGIN, 2, b"\x07" * 32)
SIGNED = sign_checkpoint(HEAD, build.LOG_KEY)
LINE = cosign(
    HEAD.body, name=build.COUNTY.name, signing_key=build.COUNTY_KEY, time=build.COSIGNED_AT
)
COSIGNED = add_signatures(SIGNED, [LINE])
STRANGER = SignatureLine("stranger.example.org", b"\x01\x02\x03\x04", b"anything")


def test_a_signed_and_cosigned_checkpoint_is_taken() -> None:
    checked = check_checkpoint(COSIGNED.data, build.LOG_VERIFIER, [build.COUNTY], quorum=1)
    assert checked.checkpoint == HEAD
    assert checked.witnessed == {build.COUNTY.name: build.COSIGNED_AT}
    assert parse_note(COSIGNED.data) == COSIGNED


def test_lines_of_unknown_keys_are_ignored_and_count_for_nothing() -> None:
    same_name = SignatureLine(build.ORIGIN, b"\0\0\0\0", b"x" * 2420)  # as an ML-DSA line would
    note = add_signatures(SIGNED, [STRANGER, STRANGER, same_name])
    assert check_checkpoint(note.data, build.LOG_VERIFIER, [build.COUNTY]).witnessed == {}
    with pytest.raises(MismatchError, match="too few"):
        check_checkpoint(note.data, build.LOG_VERIFIER, [build.COUNTY], quorum=1)


@pytest.mark.policy("P58")
def test_any_changed_byte_of_a_checkpoint_is_refused() -> None:
    data = COSIGNED.data
    for position in range(len(data)):
        for bit in (1, 0x20):
            changed = data[:position] + bytes([data[position] ^ bit]) + data[position + 1 :]
            with pytest.raises(ProofError):
                check_checkpoint(changed, build.LOG_VERIFIER, [build.COUNTY], quorum=1)


def test_a_checkpoint_of_another_log_or_without_its_signature_is_refused() -> None:
    other = verifier_key("example.org/1", LOG, build.LOG_KEY)
    with pytest.raises(MismatchError, match="another log"):
        check_checkpoint(SIGNED.data, other)
    with pytest.raises(MismatchError, match="did not sign"):
        check_checkpoint(SignedNote(HEAD.body, (LINE,)).data, build.LOG_VERIFIER)
    with pytest.raises(MismatchError, match="twice"):
        check_checkpoint(add_signatures(SIGNED, SIGNED.signatures).data, build.LOG_VERIFIER)


def test_a_wrong_line_of_a_known_witness_refuses_the_whole_checkpoint() -> None:
    short = replace(LINE, signature=LINE.signature[:-1])
    late = replace(LINE, signature=b"\xff" + LINE.signature[1:])
    moved = replace(LINE, signature=LINE.signature[:7] + b"\0" + LINE.signature[8:])
    for line in (short, late, moved):
        with pytest.raises(MismatchError):
            check_checkpoint(
                add_signatures(SIGNED, [line]).data, build.LOG_VERIFIER, [build.COUNTY]
            )


def test_a_cosignature_states_its_time() -> None:
    assert check_cosignature(LINE, HEAD.body, build.COUNTY) == build.COSIGNED_AT
    as_log = VerifierKey(build.COUNTY.name, LOG, build.COUNTY.key)
    assert as_log.key_id != build.COUNTY.key_id
    assert build.COUNTY.purpose == WITNESS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\u2014 ", "\u2013 "),
        ("\u2014 ", "- "),
        ("\u2014 ", "\u2014  "),
        ("\u2014 ", "\u2014"),
        ("=\n\n", "=\n"),
        ("\n\n", "\n\n\n"),
        ("hgQ=\n", "hgQ=\r\n"),
        ("\n2\n", "\n02\n"),
        ("\n2\n", "\n+2\n"),
        ("\n2\n", "\n2\nextension\n"),
        ("\n2\n", "\n2 \n"),
        ("hgQ=\n", "hgQ="),
        ("hgQ=\n", "hgR=\n"),
        ("hgQ=\n", "hgQ=\n\n"),
        ("hgQ=\n", "hgQ= \n"),
        ("hgQ=\n", "hgQ=\n\u2014 a AAAAAA==\n"),
        ("JGPs=", "JGPt="),
        ("19wb", "\t19wb"),
    ],
)
def test_a_checkpoint_in_another_spelling_is_refused(old: str, new: str) -> None:
    text = build.vectors("worked_example")["checkpoint"]
    check_checkpoint(text.encode(), build.LOG_VERIFIER)
    assert old in text
    with pytest.raises(ProofError):
        check_checkpoint(text.replace(old, new).encode(), build.LOG_VERIFIER)


def test_a_note_that_is_not_utf_8_or_too_long_is_refused() -> None:
    with pytest.raises(ProofError):
        parse_note(SIGNED.data.replace(b"\n2\n", b"\n\xff\n"))
    with pytest.raises(LimitError):
        parse_note(b"a" * 131_073)
    with pytest.raises(LimitError):
        parse_note(add_signatures(SIGNED, [STRANGER] * 64).data)


def test_what_cannot_name_a_key_is_refused() -> None:
    for name in ("", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\nb"):
        with pytest.raises(SpellingError):
            verifier_key(name, LOG, build.LOG_KEY)
        with pytest.raises(ProofError):
            parse_checkpoint(Checkpoint(name, 2, HEAD.root).body)
