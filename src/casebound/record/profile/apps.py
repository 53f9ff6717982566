"""The room's place in the house."""

from django.apps import AppConfig


class ProfileConfig(AppConfig):
    """A child's profile follows from the entries."""

    name = "casebound.record.profile"
    label = "profile"
    store = "derived"
