"""The permissions of this room."""

from enum import StrEnum


class PolicyPermission(StrEnum):
    """What the pages of this room ask for."""

    PUBLISH_POLICY = "publish_policy"
    SEE_POLICY_READ = "see_policy_read"


PERMISSIONS = tuple(PolicyPermission)
