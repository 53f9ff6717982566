"""The room's place in the house."""

from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    """The provider's own terms follow from the entries of the office's book."""

    name = "casebound.rulebook.glossary"
    label = "glossary"
    store = "derived"
