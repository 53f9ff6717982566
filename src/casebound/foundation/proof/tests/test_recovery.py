import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.proof.errors import LimitError, SheetError
from casebound.foundation.proof.recovery import (
    GROUPS,
    LAST_EPOCH,
    _check_letter,
    read_sheet,
    sheet_groups,
)

SECRET = bytes(range(32))
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@given(st.binary(min_size=32, max_size=32), st.integers(0, LAST_EPOCH))
def test_a_sheet_reads_back_as_it_was_printed(secret: bytes, epoch: int) -> None:
    groups = sheet_groups(secret, epoch)
    assert [len(group) for group in groups] == [5] * GROUPS
    assert read_sheet(" ".join(groups)) == (secret, epoch)


def test_small_letters_hyphens_lines_and_look_alike_digits_are_read() -> None:
    groups = sheet_groups(SECRET, 7)
    typed = "-".join(groups[:5]) + "\n" + " ".join(groups[5:])
    typed = typed.lower().replace("o", "0").replace("i", "1").replace("b", "8")
    assert read_sheet(typed) == (SECRET, 7)


def test_every_single_wrong_letter_is_found_in_its_group() -> None:
    groups = sheet_groups(SECRET, 7)
    for n, group in enumerate(groups):
        for place, right in enumerate(group):
            for letter in set(LETTERS) - {right}:
                wrong = group[:place] + letter + group[place + 1 :]
                with pytest.raises(SheetError, match=rf"^Group {n + 1} of 15 is not as printed"):
                    read_sheet(" ".join([*groups[:n], wrong, *groups[n + 1 :]]))


def test_exchanged_letters_and_exchanged_groups_are_found() -> None:
    groups = sheet_groups(bytes(range(100, 132)), 7)
    group = groups[3]
    assert group[0] != group[4]
    swapped = group[4] + group[1:4] + group[0]
    with pytest.raises(SheetError, match="Group 4 of 15"):
        read_sheet(" ".join([*groups[:3], swapped, *groups[4:]]))
    with pytest.raises(SheetError, match="Group 3 of 15"):
        read_sheet(" ".join([*groups[:2], groups[5], *groups[3:5], groups[2], *groups[6:]]))


def test_groups_of_two_sheets_are_not_taken_for_one() -> None:
    first, second = sheet_groups(SECRET, 7), sheet_groups(SECRET, 8)
    with pytest.raises(SheetError, match="one sheet"):
        read_sheet(" ".join([second[0], *first[1:]]))


def test_stray_bits_in_the_last_letter_are_not_a_second_spelling() -> None:
    groups = sheet_groups(SECRET, 7)
    last = groups[13][:3] + LETTERS[LETTERS.index(groups[13][3]) + 1]
    with pytest.raises(SheetError):
        read_sheet(" ".join([*groups[:13], last + _check_letter(last, 14), groups[14]]))


def test_a_missing_group_or_letter_or_a_strange_character_is_named() -> None:
    groups = sheet_groups(SECRET, 7)
    with pytest.raises(SheetError, match="14 groups"):
        read_sheet(" ".join(groups[:-1]))
    with pytest.raises(SheetError, match="Group 2 of 15 has 4 characters"):
        read_sheet(" ".join([groups[0], groups[1][:4], *groups[2:]]))
    with pytest.raises(SheetError, match="Group 1 of 15 has a character that no sheet uses"):
        read_sheet(" ".join(["AB9DE", *groups[1:]]))


@pytest.mark.parametrize(("secret", "epoch"), [(b"", 1), (SECRET, -1), (SECRET, LAST_EPOCH + 1)])
def test_what_does_not_fit_a_sheet_is_refused(secret: bytes, epoch: int) -> None:
    with pytest.raises(LimitError):
        sheet_groups(secret, epoch)
