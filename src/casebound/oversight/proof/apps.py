"""The room's place in the house."""

from django.apps import AppConfig


class ProofConfig(AppConfig):
    """The room of the proof. It has no tables: it reads the ledger."""

    name = "casebound.oversight.proof"
    label = "proof"
    store = "derived"
