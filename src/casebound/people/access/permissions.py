"""What this room asks for of its own."""

from enum import StrEnum


class AccountPermission(StrEnum):
    """What a role may do about the accounts of those who work at its home."""

    END_ACCOUNTS = "end_accounts"


PERMISSIONS = tuple(AccountPermission)
