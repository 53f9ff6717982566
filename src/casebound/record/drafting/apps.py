"""The room's place in the house."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """Drafts are ciphertext in the ledger store."""

    name = "casebound.record.drafting"
    label = "drafting"
    store = "default"
