# ruff: noqa: S608 (our own names)
"""One damaged entry harms one entry: it stands as damaged in its place, and the rest goes on.

Each damage is done by hand behind the system's back, as a failing disk or a person with the
database does it.
"""

import re
from collections.abc import Callable

import pytest
from django.db import connections
from django.urls import reverse

from casebound.ledger.keyring.actions import forget_keys
from casebound.ledger.keyring.models import BookKey
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.projecting.damaged import damage_in_words, damaged_entries, is_mended
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.opening import Cause
from casebound.ledger.sealing.reads import entry_at, size
from casebound.ledger.sealing.tests.tampering import behind_its_back, flip, value
from casebound.record.book.relations import ADDENDUM
from casebound.upkeep.running.management.commands.rebuild import what_is_damaged
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P10", "P58", "P64")]

Harm = Callable[[Sealed], None]


def changed(table: str, column: str) -> Harm:
    """Return a harm that flips a bit in a column of the entry's row."""

    def harm(sealed: Sealed) -> None:
        key = "id" if table == "sealed_entry" else "entry_id"
        where = f"WHERE {key} = %s AND length({column}) > 0"
        stored = bytes(value(f"SELECT {column} FROM {table} {where}", [sealed.entry_id]))
        harmed = flip(stored, len(stored) // 2)
        behind_its_back((f"UPDATE {table} SET {column} = %s {where}", [harmed, sealed.entry_id]))

    return harm


def removed(table: str) -> Harm:
    """Return a harm that removes the entry's rows of a table."""

    def harm(sealed: Sealed) -> None:
        key = "id" if table == "sealed_entry" else "entry_id"
        behind_its_back((f"DELETE FROM {table} WHERE {key} = %s", [sealed.entry_id]))

    return harm


def cut_short(sealed: Sealed) -> None:
    stored = bytes(value("SELECT body FROM sealed_entry WHERE id = %s", [sealed.entry_id]))
    behind_its_back(
        ("UPDATE sealed_entry SET body = %s WHERE id = %s", [stored[:9], sealed.entry_id])
    )


HARMS: dict[str, tuple[Harm, Cause]] = {
    "body": (changed("sealed_entry", "body"), Cause.TAG),
    "body cut short": (cut_short, Cause.TAG),
    "no body": (removed("sealed_entry"), Cause.BODY),
    "wrapped key": (changed("entry_key", "wrapped"), Cause.WRAP),
    "no pages": (removed("entry_key"), Cause.WRAP),
    "no line": (removed("log_leaf"), Cause.LINE),
}


@pytest.fixture
def restraint(made_up: MadeUp) -> Sealed:
    """Write three entries; the one in the middle is numbered in a register too."""
    made_up.write(made_up.jay, "Jay painted a lighthouse.")
    restraint = made_up.write(
        made_up.jay, "Sam held Jay by the sleeve.", form="restraint",
        answers={"users": [{"id": made_up.sam.id}]},
    )  # fmt: skip
    made_up.write(made_up.jay, "Jay slept well.")
    return restraint


@pytest.mark.parametrize("name", HARMS)
def test_a_damaged_entry_is_shown_as_damaged_in_its_place(
    name: str, made_up: MadeUp, restraint: Sealed
) -> None:
    harm, cause = HARMS[name]
    number = restraint.numbers[made_up.jay.book]
    harm(restraint)
    lines = size()
    rebuild()

    browser = made_up.browser_of(made_up.dana)
    book = browser.get(made_up.book_url(made_up.jay)).text
    entry = browser.get(reverse("chronology:entry", args=[made_up.jay.book, number]))
    paper = browser.get(reverse("chronology:print", args=[made_up.jay.book])).text
    found = browser.post(reverse("search:search"), {"q": "Jay"}, follow=True).text
    oak = made_up.house(made_up.oak).book
    register = browser.get(reverse("registers:register", args=[oak, "restraint"])).text

    for page in (book, paper):
        at = page[page.index(f'id="no-{number}"') :].split("</article>")[0]
        assert "This entry cannot be read." in at
        assert "sleeve" not in page
        assert "Jay painted a lighthouse." in page
        assert "Jay slept well." in page
    assert entry.status_code == 200
    assert "This entry is damaged and cannot be read" in entry.text
    assert "sleeve" not in entry.text
    assert "is damaged and could not be searched" in found
    assert f"/books/{made_up.jay.book}/{number}/" in found
    assert "lighthouse" in found
    assert "Damaged entry" in register
    assert re.search(r'id="no-1"', register)
    # Everything else works, and the damage is named.
    assert [(place.number, place.cause) for place in damaged_entries()] == [(number, cause)]
    words = "\n".join(what_is_damaged(damaged_entries()))
    assert f"Book {made_up.jay.book}, no. {number}, line {restraint.index + 1}" in words
    later = made_up.write(made_up.jay, "Jay went swimming.")
    assert later.numbers[made_up.jay.book] == number + 2
    assert later.index == lines
    assert "Jay went swimming." in browser.get(made_up.book_url(made_up.jay)).text


def test_the_key_of_a_book_harms_that_book_alone(made_up: MadeUp, restraint: Sealed) -> None:
    rae = made_up._worker("rae.dunmore", "Rae Dunmore")
    made_up._appoint(rae, "responsible_individual", None)
    made_up.write(made_up.noor, "Noor built a den.", by=made_up.lin)
    key = BookKey.objects.get(book_id=made_up.jay.book)
    kept = bytes(key.wrapped)
    for harmed in (flip(kept), None):
        if harmed is None:
            key.delete()
        else:
            BookKey.objects.filter(book_id=made_up.jay.book).update(wrapped=harmed)
        forget_keys()
        rebuild()
        causes = {(place.book, place.cause) for place in damaged_entries()}
        assert causes == {(made_up.jay.book, Cause.KEY)}
        assert len(damage_in_words(damaged_entries())) == 1
        there = made_up.browser_of(made_up.robin).get(made_up.book_url(made_up.noor)).text
        assert "Noor built a den." in there
        # Nothing says any more at which home the child lives.
        page = made_up.browser_of(rae).get(made_up.book_url(made_up.jay)).text
        assert page.count("This entry cannot be read.") == restraint.numbers[made_up.jay.book] + 1


def test_an_entry_is_damaged_before_anybody_rebuilds(made_up: MadeUp, restraint: Sealed) -> None:
    number = restraint.numbers[made_up.jay.book]
    removed("entry_key")(restraint)
    page = made_up.browser_of(made_up.dana).get(
        reverse("chronology:entry", args=[made_up.jay.book, number])
    )
    assert page.status_code == 200
    assert "This entry is damaged and cannot be read" in page.text
    assert "sleeve" not in page.text
    nothing = reverse("chronology:entry", args=[made_up.jay.book, number + 7])
    assert made_up.browser_of(made_up.dana).get(nothing).status_code == 404


def without_owner(sealed: Sealed) -> None:
    behind_its_back(("UPDATE log_leaf SET entry_id = NULL WHERE entry_id = %s", [sealed.entry_id]))


def with_another_hash(sealed: Sealed) -> None:
    behind_its_back(
        ("UPDATE log_leaf SET hash = %s WHERE entry_id = %s", [b"x" * 32, sealed.entry_id])
    )


def without_number(sealed: Sealed) -> None:
    behind_its_back(
        ("DELETE FROM entry_key WHERE entry_id = %s AND length(wrapped) = 0", [sealed.entry_id])
    )


@pytest.mark.parametrize(
    ("harm", "cause"),
    [
        (without_owner, Cause.LINE),
        (with_another_hash, Cause.LINE),
        (without_number, Cause.PAGE),
    ],
)
def test_words_that_can_be_read_are_read_and_the_damage_is_named(
    harm: Harm, cause: Cause, made_up: MadeUp, restraint: Sealed
) -> None:
    harm(restraint)
    book = made_up.jay.book
    entry = entry_at(book, restraint.numbers[book])
    assert entry is not None
    assert (entry.is_damaged, entry.cause, entry.index) == (False, cause, restraint.index)
    assert (entry.pages, entry.registers) == (restraint.numbers, restraint.registers)
    rebuild()
    assert {(place.opens, place.cause) for place in damaged_entries()} == {(True, cause)}
    browser = made_up.browser_of(made_up.dana)
    assert "sleeve" in browser.get(made_up.book_url(made_up.jay)).text
    assert "sleeve" in browser.get(reverse("chronology:entry", args=[book, 3])).text


def test_an_entry_that_is_put_back_is_read_again(made_up: MadeUp, restraint: Sealed) -> None:
    query = "SELECT body FROM sealed_entry WHERE id = %s"
    stored = bytes(value(query, [restraint.entry_id]))
    changed("sealed_entry", "body")(restraint)
    rebuild()
    assert not is_mended()
    behind_its_back(
        ("UPDATE sealed_entry SET body = %s WHERE id = %s", [stored, restraint.entry_id])
    )
    assert is_mended()
    rebuild()
    assert damaged_entries() == []
    assert "sleeve" in made_up.browser_of(made_up.dana).get(made_up.book_url(made_up.jay)).text


@pytest.mark.policy("P40")
def test_what_was_for_managers_stays_so_when_it_is_damaged(made_up: MadeUp) -> None:
    allegation = made_up.write(
        made_up.jay, "Jay said that Sam pushed the door.", form="allegation", by=made_up.kit,
        answers={
            "kind": "allegation_worker", "designated_officer": "not_yet",
            "about_whom": [{"id": made_up.sam.id}],
        },
    )  # fmt: skip
    number = allegation.numbers[made_up.jay.book]
    made_up.put_right(made_up.jay, number, ADDENDUM, "Jay said it twice.", by=made_up.kit)
    changed("sealed_entry", "body")(allegation)
    rebuild()
    for worker in (made_up.sam, made_up.dana):  # nobody knows if it is about the manager
        page = made_up.browser_of(worker).get(made_up.book_url(made_up.jay)).text
        assert "Jay said it twice." not in page
        assert f'id="no-{number}"' not in page
        found = (
            made_up.browser_of(worker)
            .post(reverse("search:search"), {"q": "Jay"}, follow=True)
            .text
        )
        assert "could not be searched" not in found


@pytest.mark.parametrize("whose", ["child", "home"])
def test_a_book_whose_first_entry_is_damaged_stays_in_its_place(
    whose: str, made_up: MadeUp
) -> None:
    made_up.write(made_up.jay, "Jay painted a lighthouse.")
    book = made_up.jay.book if whose == "child" else made_up.house(made_up.oak).book
    entry = value("SELECT entry_id FROM entry_key WHERE book_id = %s AND page = 1", [book])
    behind_its_back(("DELETE FROM sealed_entry WHERE id = %s", [entry]))
    rebuild()
    browser = made_up.browser_of(made_up.dana)
    page = browser.get(made_up.book_url(made_up.jay))
    assert page.status_code == 200
    assert "Jay painted a lighthouse." in page.text
    assert browser.get(reverse("desk:shift")).status_code == 200
    assert "cannot be read" in page.text
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM log_leaf")
        assert cursor.fetchone()[0] == size()
