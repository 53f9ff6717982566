"""The room's place in the house."""

from django.apps import AppConfig


class ThirdPartiesConfig(AppConfig):
    """The register of the other people in a child's book follows from the entries."""

    name = "casebound.record.third_parties"
    label = "third_parties"
    store = "derived"
