"""The permissions of this room."""

from enum import StrEnum


class LookingPermission(StrEnum):
    """What the pages of this room ask for."""

    SEE_WHO_LOOKED = "see_who_looked"


PERMISSIONS = tuple(LookingPermission)
