"""The room's place in the house."""

from django.apps import AppConfig


class ProjectingConfig(AppConfig):
    """How far the derived store has got is kept in the derived store itself."""

    name = "casebound.ledger.projecting"
    label = "projecting"
    store = "derived"
