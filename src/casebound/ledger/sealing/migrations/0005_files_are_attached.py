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
                (
                    "entry_id",
                    models.CharField(
                        max_length=32, db_comment="The entry that has the file: sealed_entry.id."
                    ),
                ),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        db_comment="Which part of the entry describes the file."
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        max_length=32,
                        unique=True,
                        db_comment="The random name of the encrypted file in the folder blobs.",
                    ),
                ),
            ],
            options={"db_table": "entry_blob"},
        ),
        Bar("entry_blob", ["entry_id", "part"], ["locator"]),
    ]
