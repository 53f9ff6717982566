"""The room's place in the house."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts are of people, kept in the ledger store with the sessions."""

    name = "casebound.people.accounts"
    label = "accounts"
    store = "default"
