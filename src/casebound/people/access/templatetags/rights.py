"""What a template may show: `{% if book|may:"read_book" %}`."""

from enum import StrEnum
from functools import cache

from django import template

from casebound.ledger.projecting.rooms import declared_items
from casebound.people.access.other_names import OtherNames
from casebound.people.access.reads import SeenBook
from casebound.people.rights.shape import Permission

register = template.Library()


@register.filter
def may(book: SeenBook, permission: str) -> bool:
    """Say whether the worker may do something in a book. An unknown permission is an error."""
    return book.may(_permissions()[permission]) is not None


@cache
def _permissions() -> dict[str, StrEnum]:
    """Return the permissions of the house and of its rooms, by name."""
    return {
        **{str(permission): permission for permission in Permission},
        **declared_items("permissions", "PERMISSIONS", key=str),
    }


@register.filter
def may_write(book: SeenBook, form: str) -> bool:
    """Say whether the worker may write in a book on a form."""
    return book.may(Permission.WRITE_ENTRY, form=form) is not None


@register.filter
def seen_as(text: str, names: OtherNames | str) -> str:
    """Return a text with other children as the reader of a child's book may know them (P40)."""
    return names.listed(text) if isinstance(names, OtherNames) else text


@register.filter
def book_title(book: SeenBook, names: OtherNames | str) -> str:
    """Return what a book is called on a page of another child's book (P40)."""
    return names.title(book) if isinstance(names, OtherNames) else book.title
