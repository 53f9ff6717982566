"""What a role may do with the restricted section, besides answering for the book."""

from enum import StrEnum


class RestrictingPermission(StrEnum):
    """A permission of this room; the table of rights says who has it."""

    SET_REVIEW_INTERVALS = "set_review_intervals"


PERMISSIONS = RestrictingPermission
