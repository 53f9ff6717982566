"""The room's place in the house."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    """Sealed rows and the log live in the ledger store."""

    name = "casebound.ledger.sealing"
    label = "sealing"
    store = "default"
