"""Who looked stays on the trail (P58)."""

from django.db import migrations

from casebound.ledger.sealing.barring import Bar


class Migration(migrations.Migration):
    """Bar the read trail."""

    dependencies = [("access", "0001_initial")]

    operations = [Bar("read_trail", ["id"])]
