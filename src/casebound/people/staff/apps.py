"""The room's place in the house."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Who has an account, worked out from the office's book."""

    name = "casebound.people.staff"
    label = "staff"
    store = "derived"
