"""The room's place in the house."""

from django.apps import AppConfig


class KeyringConfig(AppConfig):
    """Wrapped book keys live in a store of their own, so that destroying them is possible."""

    name = "casebound.ledger.keyring"
    label = "keyring"
    store = "keyring"
