"""The room's place in the house."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """The room of the drafts: it keeps them as ciphertext in the ledger store."""

    name = "casebound.record.drafting"
    label = "drafting"
    store = "default"
