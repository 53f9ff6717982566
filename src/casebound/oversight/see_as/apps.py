"""The room's place in the house."""

from django.apps import AppConfig


class SeeAsConfig(AppConfig):
    """The room has no tables: it asks who may read what."""

    name = "casebound.oversight.see_as"
    label = "see_as"
    store = "derived"
