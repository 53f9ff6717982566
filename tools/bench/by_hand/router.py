"""Sends the tables built by hand to a database of their own, so that they share nothing."""

from typing import Any

from django.db.models import Model

LABEL = STORE = "by_hand"


class ByHandRouter:
    """Knows the tables built by hand, and leaves everything else to the router of the house."""

    def db_for_read(self, model: type[Model], **_: Any) -> str | None:
        """Read them from their own database."""
        return STORE if model._meta.app_label == LABEL else None

    def db_for_write(self, model: type[Model], **_: Any) -> str | None:
        """Write them to their own database."""
        return STORE if model._meta.app_label == LABEL else None

    def allow_migrate(self, db: str, app_label: str, **_: Any) -> bool | None:
        """Migrate nothing there: the measure makes the tables itself."""
        return False if STORE in {db, app_label} else None
