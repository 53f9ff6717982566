"""The register of third parties of each child's book, worked out from the entries."""

from typing import ClassVar

from django.db import models

from casebound.foundation.base.handling import DerivedOfBook


class ThirdParty(models.Model):
    """Somebody in the register of a child's book, as it says now.

    `also` has the other names they are called by, `matched` every name they ever had here, each as
    a list in JSON.
    """

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"name", "also", "relation", "child_knows", "matched"}
        operational: ClassVar = {
            "id", "book_id", "standing", "known", "leaf", "number", "signed_by", "signed_at",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=32, primary_key=True)
    book_id = models.CharField(max_length=32, db_index=True)
    name = models.CharField(max_length=120)
    also = models.TextField()
    relation = models.CharField(max_length=120)
    standing = models.CharField(max_length=12)
    known = models.CharField(max_length=12)
    child_knows = models.TextField()
    matched = models.TextField()
    leaf = models.BigIntegerField()  # the entry that said so last
    number = models.PositiveIntegerField()
    signed_by = models.CharField(max_length=32)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the row, not the person."""
        return f"third party {self.id}"


class ThirdPartyAnswer(models.Model):
    """What somebody was asked or answered: for one entry of the book, or for all of them."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"how", "for_what"}
        operational: ClassVar = {
            "leaf", "book_id", "person_id", "answer", "on", "for_leaf", "for_number", "number",
            "signed_by", "signed_at",
        }  # fmt: skip
        schedule: ClassVar = "child-case-record"

    leaf = models.BigIntegerField(primary_key=True)
    book_id = models.CharField(max_length=32, db_index=True)
    person_id = models.CharField(max_length=32)
    answer = models.CharField(max_length=12)
    on = models.DateField()
    how = models.TextField()
    for_what = models.TextField()
    for_leaf = models.BigIntegerField(null=True)
    for_number = models.PositiveIntegerField(null=True)
    number = models.PositiveIntegerField()
    signed_by = models.CharField(max_length=32)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the row, not the person."""
        return f"answer {self.leaf}"


class EntryAboutThirdParty(models.Model):
    """A part of an entry about somebody: by the id of who was picked, or by a folded name."""

    class Handling(DerivedOfBook):
        """How each field is handled."""

        personal: ClassVar = {"name_key"}
        operational: ClassVar = {"id", "book_id", "leaf", "number", "entry_id", "part", "person_id"}
        schedule: ClassVar = "child-case-record"

    id = models.CharField(max_length=80, primary_key=True)  # entry, book and place in the entry
    book_id = models.CharField(max_length=32)
    leaf = models.BigIntegerField()
    number = models.PositiveIntegerField()
    entry_id = models.CharField(max_length=32)
    part = models.CharField(max_length=40)  # of the entry: `s2`, `a_visitors`, `f1`
    person_id = models.CharField(max_length=32, blank=True)
    name_key = models.CharField(max_length=200, blank=True)

    class Meta:
        """Found by book and person, and by book and name."""

        indexes: ClassVar = [
            models.Index(fields=["book_id", "person_id", "leaf"], name="third_parties_by_person"),
            models.Index(fields=["book_id", "name_key", "leaf"], name="third_parties_by_name"),
        ]

    def __str__(self) -> str:
        """Name the row, not the person."""
        return f"about somebody, {self.id}"
