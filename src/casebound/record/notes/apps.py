"""The room's place in the house."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    """The room has no tables of its own."""

    name = "casebound.record.notes"
    label = "notes"
    store = "derived"
