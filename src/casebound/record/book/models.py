"""How entries of the books are linked, worked out from the entries."""

from typing import ClassVar

from django.db import models


class Link(models.Model):
    """One entry is about an earlier one."""

    class Handling:
        """How each field is handled."""

        operational: ClassVar = {
            "id", "from_index", "from_entry", "from_books", "to_index", "to_entry", "how",
            "from_form",
        }  # fmt: skip

    id = models.CharField(max_length=48, primary_key=True)
    from_index = models.BigIntegerField(db_index=True)
    from_entry = models.CharField(max_length=32)
    from_books = models.TextField()  # ids of the books the later entry is in, spaces between
    from_form = models.CharField(max_length=40)
    to_index = models.BigIntegerField(db_index=True)
    to_entry = models.CharField(max_length=32)
    how = models.CharField(max_length=12)

    def __str__(self) -> str:
        """Name the row."""
        return f"link {self.id}"
