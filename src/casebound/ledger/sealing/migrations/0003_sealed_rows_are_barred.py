"""Sealed rows and the log are never changed or removed (P58, P64)."""

from django.db import migrations

from casebound.ledger.sealing.barring import Bar


class Migration(migrations.Migration):
    """Bar every insert-only table of the ledger."""

    dependencies = [("sealing", "0002_rows_are_packed")]

    operations = [
        Bar("sealed_entry", ["id"]),
        Bar("entry_key", ["book_id", "page"], ["entry_id", "book_id"]),
        Bar("log_leaf", ["idx"], ["entry_id"]),
        Bar("log_node", ["level", "idx"]),
        Bar("log_checkpoint", ["size"]),
    ]
