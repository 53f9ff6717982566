"""A register numbers entries that a book holds: no entry has empty wraps alone."""

from django.db import migrations

from casebound.ledger.sealing.barring import HeldByABook


class Migration(migrations.Migration):
    """Refuse a page without a wrapped key, unless the entry is held by a book already."""

    dependencies = [("sealing", "0003_sealed_rows_are_barred")]

    operations = [HeldByABook()]
