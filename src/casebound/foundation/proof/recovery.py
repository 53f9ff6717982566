"""The recovery sheet: 32 bytes as groups a person can copy by hand (ledger 7).

Fifteen groups of five characters. Group 1 is the epoch, groups 2 to 14 are the secret in base32
(RFC 4648), group 15 is a hash of all. The fifth character of every group checks the four before
it and the group's number: sums in the field of 32 elements with a different factor for each
place, so one wrong character, two exchanged ones or two exchanged groups are always found, and
in which group. The design asks for "a checksum"; one for each group is chosen here because a
person who copies 75 characters needs to know where to look.
"""

import base64
from hashlib import sha256

from casebound.foundation.proof.errors import LimitError, SheetError

GROUPS = 15
_PAYLOAD = 4  # characters of a group before its check character
_SECRET = 32  # bytes
_BITS = 5  # of one character
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648 section 6
# Digits that base32 leaves out, read as the letters they are mistaken for.
_MISREAD = str.maketrans("018", "OIB")
LAST_EPOCH = 2 ** (_BITS * _PAYLOAD) - 1


def _times_two(element: int) -> int:
    doubled = element << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled  # modulo x^5 + x^2 + 1


def _check_letter(payload: str, group: int) -> str:
    total = group
    for letter in payload:  # Horner: the factors are the powers of 2, all different
        total = _times_two(total) ^ _LETTERS.index(letter)
    return _LETTERS[_times_two(total)]


def _letters(value: int) -> str:
    return "".join(_LETTERS[value >> _BITS * place & 31] for place in (3, 2, 1, 0))


def _value(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value << _BITS | _LETTERS.index(letter)
    return value


def _digest(secret: bytes, epoch: int) -> str:
    digest = sha256(b"sr1/sheet\n" + epoch.to_bytes(4, "big") + secret).digest()
    return _letters(int.from_bytes(digest[:3], "big") >> _PAYLOAD)  # 20 of its bits


def sheet_groups(secret: bytes, epoch: int) -> list[str]:
    """Write a master key and its epoch as the 15 groups of a recovery sheet.

    Raises:
        LimitError: not 32 bytes, or an epoch beyond 1,048,575.
    """
    if len(secret) != _SECRET or not 0 <= epoch <= LAST_EPOCH:
        raise LimitError(f"a sheet takes 32 bytes and an epoch up to {LAST_EPOCH}")
    encoded = base64.b32encode(secret).decode("ascii").rstrip("=")
    pieces = [encoded[start : start + _PAYLOAD] for start in range(0, len(encoded), _PAYLOAD)]
    groups = [_letters(epoch), *pieces, _digest(secret, epoch)]
    return [letters + _check_letter(letters, n) for n, letters in enumerate(groups, start=1)]


def _payload(group: str, n: int) -> str:
    """Return the four characters of group `n`; messages never repeat what was typed."""
    if len(group) != _PAYLOAD + 1:
        raise SheetError(f"Group {n} of {GROUPS} has {len(group)} characters; it should have 5.")
    if not set(group) <= set(_LETTERS):
        raise SheetError(f"Group {n} of {GROUPS} has a character that no sheet uses.")
    if _check_letter(group[:_PAYLOAD], n) != group[_PAYLOAD]:
        raise SheetError(f"Group {n} of {GROUPS} is not as printed. Compare it letter by letter.")
    return group[:_PAYLOAD]


def read_sheet(typed: str) -> tuple[bytes, int]:
    """Read what was typed from a recovery sheet: the 32 bytes and the epoch.

    Groups are set apart by spaces, hyphens or line breaks. Small letters are fine, and 0, 1 and 8
    are read as O, I and B.

    Raises:
        SheetError: it is not as printed. The sentence is for the person and names the group,
            never its letters.
    """
    groups = typed.replace("-", " ").upper().translate(_MISREAD).split()
    if len(groups) != GROUPS:
        raise SheetError(f"There are {len(groups)} groups; a sheet has {GROUPS}.")
    letters, *pieces, _ = (_payload(group, n) for n, group in enumerate(groups, start=1))
    secret, epoch = base64.b32decode("".join(pieces) + "===="), _value(letters)
    # Printing it again also finds the stray bits that base32 leaves in its last letter.
    if sheet_groups(secret, epoch) != groups:
        raise SheetError("The groups do not belong together. Is it all from one sheet?")
    return secret, epoch
