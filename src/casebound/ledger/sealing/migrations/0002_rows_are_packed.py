"""Fewer pages to write for each seal, and fewer to read for each check."""

from django.db import migrations

from casebound.ledger.sealing.packing import KeepInline, Pack


class Migration(migrations.Migration):
    """Pack keys and nodes, and keep bodies in their rows."""

    dependencies = [("sealing", "0001_initial")]

    operations = [Pack("entry_key"), Pack("log_node"), KeepInline("sealed_entry", "body")]
