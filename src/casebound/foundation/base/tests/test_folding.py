"""The folding of letters, which no database decides."""

# ruff: noqa: RUF001 (letters that look alike are its subject)
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.base.folding import fold, sort_key


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Łukaszewicz", "lukaszewicz"),
        ("ÞÓR", "thor"),
        ("Straße", "strasse"),
        ("Ægir", "aegir"),
        ("Œuvre", "oeuvre"),
        ("İSTANBUL ISPARTA ısı", "istanbul isparta isi"),
        ("Ħal Ŧŋ", "hal tn"),
        ("Николай ЁЛКА", "николаи елка"),
        ("أَحْمَد", "احمد"),
        ("محـمد", "محمد"),
        ("ΆΣ", "ασ"),
        ("שָׁלוֹם", "שלומ"),
        ("soft\u00adhyphen", "softhyphen"),
        ("ガ", "ガ"),
        ("१२", "12"),
    ],
)  # fmt: skip
def test_letters_lose_case_and_accents_in_every_script(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(unicodedata.normalize("NFD", written)) == folded


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_names_are_sorted_as_an_english_reader_looks_for_them() -> None:
    names = ["Zoe", "ola", "Øyvind", "Ola", "Łukasz", "O'Hara", "Ohara", "Åsa", "Anne", "Lukas"]

    assert sorted(names, key=sort_key) == [
        "Anne", "Åsa", "Lukas", "Łukasz", "O'Hara", "Ohara", "Ola", "ola", "Øyvind", "Zoe",
    ]  # fmt: skip
