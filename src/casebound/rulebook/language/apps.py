"""The room's place in the house."""

from django.apps import AppConfig


class LanguageConfig(AppConfig):
    """Hints are worked out from words; the room has no tables."""

    name = "casebound.rulebook.language"
    label = "language"
    store = "default"
