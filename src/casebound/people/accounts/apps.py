"""The room's place in the house."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The room of the accounts: it keeps them in the ledger store, with the sessions."""

    name = "casebound.people.accounts"
    label = "accounts"
    store = "default"
