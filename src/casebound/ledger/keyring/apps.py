"""The room's place in the house."""

from django.apps import AppConfig


class KeyringConfig(AppConfig):
    """The room of the keyring: a store of its own, so that a key can be destroyed."""

    name = "casebound.ledger.keyring"
    label = "keyring"
    store = "keyring"
