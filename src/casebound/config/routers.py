"""Which store a room's tables are in: each room's app config says so, once."""

from typing import Any

from django.apps import apps
from django.db.models import Model


def store_of(app_label: str) -> str:
    """Return the store of a room; of what is not ours, `default`."""
    return getattr(apps.app_configs.get(app_label), "store", "default")


class StoreRouter:
    """Sends every model to its room's store, and lets no key cross from one store to another."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        """Read from the room's store."""
        return store_of(model._meta.app_label)

    def db_for_write(self, model: type[Model], **_hints: Any) -> str:
        """Write to the room's store."""
        return store_of(model._meta.app_label)

    def allow_relation(self, obj: Model, other: Model, **_hints: Any) -> bool:
        """Relate rows of one store only."""
        return store_of(obj._meta.app_label) == store_of(other._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Make a room's tables in its own store only."""
        return store_of(app_label) == db
