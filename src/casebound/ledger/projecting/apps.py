"""The room's place in the house."""

from django.apps import AppConfig


class ProjectingConfig(AppConfig):
    """The room of projecting. The derived store itself holds how far it has got."""

    name = "casebound.ledger.projecting"
    label = "projecting"
    store = "derived"
