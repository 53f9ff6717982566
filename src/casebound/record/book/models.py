"""How entries of the books are linked, and which no longer stand, worked out from the entries."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook


class Link(models.Model):
    """One link: a later entry is about an earlier one, in one book of the later entry."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        operational: ClassVar = {
            "id", "book_id", "from_index", "from_entry", "from_form", "to_index", "to_entry",
            "relation",
        }  # fmt: skip

    id = models.CharField(max_length=80, primary_key=True)  # later entry, reference and book
    book_id = models.CharField(max_length=32)
    from_index = models.BigIntegerField(db_index=True)
    from_entry = models.CharField(max_length=32)
    from_form = models.CharField(max_length=40)
    to_index = models.BigIntegerField(db_index=True)
    to_entry = models.CharField(max_length=32, db_index=True)
    relation = models.CharField(max_length=40)

    def __str__(self) -> str:
        """Name the row."""
        return f"link {self.id}"


class NamedChild(models.Model):
    """A child that an entry names by id, so that rooms show the name the child has now."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        found_by = "child_id"

        operational: ClassVar = {"pk", "leaf", "child_id", "entry_id"}

    pk = models.CompositePrimaryKey("child_id", "leaf")
    child_id = models.CharField(max_length=32)
    leaf = models.BigIntegerField()
    entry_id = models.CharField(max_length=32)

    def __str__(self) -> str:
        """Name the row, not the child."""
        return f"child {self.child_id} in {self.leaf}"


class NameInBook(models.Model):
    """A name that an entry of a book uses: a person, a place, a medicine, an action taken.

    It is offered while somebody writes in the same book. An entry that no longer stands has none.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"words", "role"}
        operational: ClassVar = {"id", "book_id", "leaf", "kind"}
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=80, primary_key=True)  # entry, book and place in the entry
    book_id = models.CharField(max_length=32)
    leaf = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    words = models.CharField(max_length=80)
    role = models.CharField(max_length=80, blank=True)

    class Meta:
        """Found by book, newest first."""

        indexes: ClassVar = [models.Index(fields=["book_id", "leaf"], name="book_nameinbook_leaf")]

    def __str__(self) -> str:
        """Name the row, not the person."""
        return f"name {self.id}"


class ViewAsked(models.Model):
    """What a standing entry says of the child's own view: that it was heard, or why it is missing.

    It holds no word of the view.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        operational: ClassVar = {"pk", "book_id", "leaf", "happened_at", "says"}

    pk = models.CompositePrimaryKey("book_id", "leaf")
    book_id = models.CharField(max_length=32)
    leaf = models.BigIntegerField()
    happened_at = models.DateTimeField()
    says = models.CharField(max_length=40)  # heard, or the reason as the form has it

    class Meta:
        """Counted by book and time."""

        indexes: ClassVar = [
            models.Index(fields=["book_id", "happened_at", "says"], name="book_viewasked_time")
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"view asked in {self.leaf} of {self.book_id}"


class EntryStatus(models.Model):
    """An entry that no longer stands in a book: what became of it, why, who did it and when.

    An entry without a row here stands. It may stand in one of its books and not in another.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"reason"}
        operational: ClassVar = {
            "pk", "book_id", "leaf", "entry_id", "status", "withdrawn_by", "withdrawn_at",
            "withdrawn_in",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    pk = models.CompositePrimaryKey("book_id", "leaf")
    book_id = models.CharField(max_length=32)
    leaf = models.BigIntegerField(db_index=True)
    entry_id = models.CharField(max_length=32, db_index=True)
    status = models.CharField(max_length=12)  # struck or misfiled
    reason = models.TextField()
    withdrawn_by = models.CharField(max_length=32)  # who signed the later entry
    withdrawn_at = models.DateTimeField()  # when they signed it
    withdrawn_in = models.BigIntegerField()  # leaf of the later entry

    def __str__(self) -> str:
        """Name the row."""
        return f"status of {self.leaf} in {self.book_id}"
