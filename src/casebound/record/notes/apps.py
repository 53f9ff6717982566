"""The room's place in the house."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    """Notes follow from the entries."""

    name = "casebound.record.notes"
    label = "notes"
    store = "derived"
