"""Fewer pages to write for each seal, and fewer to read for each check."""

from django.db import migrations

from casebound.ledger.sealing.packing import CountRows, KeepInline, Pack


class Migration(migrations.Migration):
    """Pack keys and nodes, count lines and checkpoints, and keep bodies in their rows."""

    dependencies = [("sealing", "0001_initial")]

    operations = [
        Pack("entry_key"),
        Pack("log_node"),
        CountRows("log_leaf"),
        CountRows("log_checkpoint"),
        KeepInline("sealed_entry", "body"),
    ]
