"""The room's place in the house."""

from django.apps import AppConfig


class ProofConfig(AppConfig):
    """The room reads the ledger."""

    name = "casebound.oversight.proof"
    label = "proof"
    store = "derived"
