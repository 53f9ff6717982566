"""Attached files: where each lies, barred like every sealed row (P58, P64)."""

from django.db import migrations, models

from casebound.ledger.sealing.barring import Bar


class Migration(migrations.Migration):
    """Add the table and bar it."""

    dependencies = [("sealing", "0004_an_entry_is_held_by_a_book")]

    operations = [
        migrations.CreateModel(
            name="EntryBlob",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "entry_id",
                        "part",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("entry_id", models.CharField(max_length=32)),
                ("part", models.PositiveSmallIntegerField()),
                ("locator", models.CharField(max_length=32, unique=True)),
            ],
            options={"db_table": "entry_blob"},
        ),
        Bar("entry_blob", ["entry_id", "part"], ["locator"]),
    ]
