"""The keyring's tables. They are useless without the epoch's master key."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import BelongsTo, Ends, Upkeep


class Epoch(models.Model):
    """The period of one master key. `check_value` tells the right key file from a wrong one."""

    class Handling(Upkeep):
        """How each field is handled."""

        operational: ClassVar = {"number", "check_value", "began_at"}

    number = models.PositiveIntegerField(primary_key=True)
    check_value = models.BinaryField()
    began_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the epoch by its number."""
        return f"epoch {self.number}"


class BookKey(models.Model):
    """A book's key, wrapped. Deleting this row destroys the book."""

    class Handling(Upkeep):
        """How each field is handled."""

        belongs_to = BelongsTo.BOOK
        ends = Ends.WITH_BOOK
        found_by = "book_id"

        operational: ClassVar = {"book_id", "epoch", "wrapped"}

    book_id = models.CharField(max_length=32, primary_key=True)
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, db_constraint=True)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        """Name the key by its book."""
        return f"key of {self.book_id}"
