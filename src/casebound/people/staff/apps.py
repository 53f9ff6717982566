"""The room's place in the house."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Who has an account, worked out from the office's book."""

    name = "casebound.people.staff"
    label = "staff"
    store = "derived"

    def ready(self) -> None:
        """Let nobody sign in whose account the log closed."""
        from casebound.people.accounts.letting_in import ask_at_sign_in  # noqa: PLC0415 (ready now)
        from casebound.people.staff.reads import is_let_in  # noqa: PLC0415 (as above)

        ask_at_sign_in(is_let_in)
