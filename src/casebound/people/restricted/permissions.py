"""What a role may do with what is restricted, besides what it may do in the book."""

from enum import StrEnum


class RestrictedPermission(StrEnum):
    """A permission of this room; the table of rights says who has it."""

    NEED_TO_KNOW = "need_to_know"


PERMISSIONS = RestrictedPermission
