"""Two children of different homes with one first name are told apart for who sees both."""

import pytest

from casebound.people.access.reads import seen_book, seen_books
from casebound.people.homes import actions as homes
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P40")]


def test_a_worker_of_both_homes_reads_names_that_differ_and_one_of_a_home_the_short_one(
    made_up: MadeUp,
) -> None:
    jay = made_up.admit("Jay Winterbourne", "Jay", made_up.elm)
    homes.appoint(
        worker=made_up.robin.id,
        full_name=made_up.robin.full_name,
        role="residential_worker",
        home=made_up.oak,
        child=None,
        from_at=made_up.began,
        by=made_up.dana.id,
        at=made_up.now,
    )

    wide = {book.child: book.title for book in seen_books(made_up.robin.id, at=made_up.now)}
    narrow = {book.child: book.title for book in seen_books(made_up.sam.id, at=made_up.now)}

    assert wide[jay.id] != wide[made_up.jay.id]
    assert all(name.startswith("Jay ") for name in (wide[jay.id], wide[made_up.jay.id]))
    assert narrow[made_up.jay.id] == "Jay"
    alone = seen_book(made_up.robin.id, made_up.jay.book, at=made_up.now)
    assert alone is not None
    assert alone.title == wide[made_up.jay.id]


def test_a_book_has_its_childs_picture_and_a_homes_book_none(made_up: MadeUp) -> None:
    books = seen_books(made_up.sam.id, at=made_up.now)

    assert all(bool(book.face) is bool(book.child) for book in books)
