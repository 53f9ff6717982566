"""The room's place in the house."""

from django.apps import AppConfig
from django.db.models.signals import pre_save


class AccountsConfig(AppConfig):
    """The room of the accounts: it keeps them in the ledger store, with the sessions."""

    name = "casebound.people.accounts"
    label = "accounts"
    store = "default"

    def ready(self) -> None:
        """Mark each second factor that is added, and check it whenever it is used."""
        from allauth.mfa.models import Authenticator  # noqa: PLC0415 (models are ready now)

        from casebound.people.accounts.factors import check_factor  # noqa: PLC0415 (as above)

        pre_save.connect(check_factor, sender=Authenticator)
