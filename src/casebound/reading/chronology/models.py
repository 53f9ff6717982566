"""A book's lines: each entry as data to show, and each part of it with its audience."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook


class Line(models.Model):
    """An entry in one book.

    `body` is the entry's content, as JSON (`record.rendering.entry_view`): statements, answers,
    files, links and status, each with who may read it.

    `staff_html` is a cache of `body` as staff read it, and adds nothing. Without it a book page
    takes four times as long (docs/decisions/0081-statements-with-an-audience.md).
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"body", "staff_html"}
        operational: ClassVar = {
            "pk", "book_id", "number", "happened_at", "signed_at", "form", "author_id",
            "entry_id", "leaf", "late", "state", "home_id",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    pk = models.CompositePrimaryKey("book_id", "number")
    book_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    happened_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    form = models.CharField(max_length=40)
    author_id = models.CharField(max_length=32)
    home_id = models.CharField(max_length=32)
    entry_id = models.CharField(max_length=32)
    leaf = models.BigIntegerField()
    late = models.BooleanField()
    state = models.CharField(max_length=12, blank=True)
    body = models.TextField()
    staff_html = models.TextField()

    class Meta:
        """Every index begins with the book, so that a large book is as quick as a small one."""

        indexes: ClassVar = [
            models.Index(fields=["book_id", "happened_at", "number"], name="chronology_line_time"),
            models.Index(
                fields=["book_id", "form", "happened_at", "number"], name="chronology_line_form"
            ),
            models.Index(
                fields=["book_id", "author_id", "happened_at", "number"],
                name="chronology_line_author",
            ),
            models.Index(
                fields=["book_id", "signed_at"],
                name="chronology_line_late",
                condition=models.Q(late=True),
            ),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"line {self.number} of {self.book_id}"


class Writer(models.Model):
    """A worker who has written in a book. The filter lists them; the list stays short."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"name"}
        operational: ClassVar = {"pk", "book_id", "author_id"}
        schedule: ClassVar = "child-case-record"

    pk = models.CompositePrimaryKey("book_id", "author_id")
    book_id = models.CharField(max_length=32)
    author_id = models.CharField(max_length=32)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        """Name the row."""
        return f"writer {self.author_id}"
