"""Each role at each place, as a table (architecture, section 5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

import pytest
from django.urls import reverse

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId, new_id
from casebound.people.access import reads
from casebound.people.access.allowed import Basis
from casebound.people.access.reads import SeenBook, moved_on, seen_among, seen_book, seen_books
from casebound.people.access.roles import role_in
from casebound.people.homes import reads as homes
from casebound.people.homes.marked import mark_of
from casebound.people.homes.models import Placement
from casebound.people.homes.tests import build
from casebound.people.homes.tests.build import BEGAN, SAM
from casebound.people.rights.rights import role_of, roles
from casebound.people.rights.shape import Permission, Situation
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]
A_DAY = timedelta(days=1)
A_MOMENT = timedelta(seconds=1)
NOW = BEGAN + timedelta(days=100)

# What a role may do in a book: r read, w write, m answer for it; "" nothing.
Rights: TypeAlias = str
# Of a child living at the own home, of the home itself, of a child who left it, of the other home.
TABLE: dict[str, tuple[Rights, Rights, Rights, Rights]] = {
    "residential_worker": ("rw", "rw", "", ""),
    "key_worker": ("rw", "rw", "", ""),
    "senior": ("rw", "rw", "", ""),
    "deputy_manager": ("rwm", "rwm", "rwm", ""),
    "registered_manager": ("rwm", "rwm", "rwm", ""),
    "responsible_individual": ("rwm", "rwm", "rwm", ""),
    "records_officer": ("", "", "", ""),
    "system_administrator": ("", "", "", ""),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Two homes: who lives in the first, who left it, who lives in the second."""

    oak: HomeId
    elm: HomeId
    jay: ChildId
    mika: ChildId
    noor: ChildId

    @property
    def books(self) -> tuple[BookId, BookId, BookId, BookId]:
        """The books of the table's columns."""
        book = next(home.book for home in homes.homes([self.oak]))
        return BookId(self.jay), book, BookId(self.mika), BookId(self.noor)


@pytest.fixture
def place() -> Place:
    build.provider()
    oak, elm = build.home("Oak House"), build.home("Elm House")
    made = Place(
        oak,
        elm,
        build.child(oak, called="Jay"),
        build.child(oak, called="Mika"),
        build.child(elm, called="Noor"),
    )
    build.leave(made.mika, at=BEGAN + A_DAY)
    return made


def rights(book: SeenBook | None) -> Rights:
    if book is None:
        return ""
    letters = {
        "r": Permission.READ_BOOK,
        "w": Permission.WRITE_ENTRY,
        "m": Permission.ANSWER_FOR_BOOK,
    }
    return "".join(letter for letter, permission in letters.items() if book.may(permission))


def found(books: tuple[BookId, ...]) -> tuple[Rights, ...]:
    return tuple(rights(seen_book(SAM, book, at=NOW)) for book in books)


def test_the_table_has_every_role() -> None:
    assert set(TABLE) <= {role.key for role in roles()}


@pytest.mark.parametrize("role", TABLE)
def test_a_role_at_one_home_reaches_that_home(place: Place, role: str) -> None:
    build.appointed(role, place.oak)

    assert found(place.books) == TABLE[role]


@pytest.mark.parametrize("role", TABLE)
def test_to_finish_a_draft_a_writer_at_the_home_reaches_a_child_who_has_moved_on(
    place: Place, role: str
) -> None:
    build.appointed(role, place.oak)

    seen = seen_among(SAM, place.books, at=NOW, to=Permission.FINISH_OWN_DRAFT)

    jay, home, mika, noor = place.books
    assert [rights(seen.get(book)) for book in (jay, home, noor)] == [
        rights(seen_book(SAM, book, at=NOW)) for book in (jay, home, noor)
    ]
    writes = "w" in TABLE[role][0]
    book = seen.get(mika)
    assert bool(book and not book.may(Permission.READ_BOOK)) is (writes and not TABLE[role][2])
    assert bool(book and book.may(Permission.FINISH_OWN_DRAFT)) is writes
    assert rights(book) == TABLE[role][2]


@pytest.mark.parametrize("role", TABLE)
def test_a_role_in_the_whole_provider_reaches_every_home(place: Place, role: str) -> None:
    build.appointed(role, None)

    living, home, left, _ = TABLE[role]
    assert found(place.books) == (living, home, left, living)


@pytest.mark.parametrize("role", TABLE)
def test_the_list_of_books_is_what_one_may_open_but_for_those_who_left(
    place: Place, role: str
) -> None:
    build.appointed(role, place.oak)

    listed = {book.id for book in seen_books(SAM, at=NOW)}

    jay, home, mika, noor = place.books
    assert listed == ({jay, home} if TABLE[role][0] else set())
    assert not listed & {mika, noor}


def test_nobody_without_an_appointment_sees_anything(place: Place) -> None:
    assert found(place.books) == ("", "", "", "")
    assert seen_books(SAM, at=NOW) == []


def test_a_book_that_does_not_exist_answers_as_one_that_may_not_be_seen(place: Place) -> None:
    build.appoint("registered_manager", place.oak)

    assert seen_book(SAM, BookId("0" * 32), at=NOW) is None
    assert seen_book(SAM, BookId(place.noor), at=NOW) is None


def test_rights_begin_and_end_at_the_very_instant(place: Place) -> None:
    begins, ends = BEGAN + 10 * A_DAY, BEGAN + 20 * A_DAY
    build.appoint("senior", place.oak, from_at=begins, to_at=ends)

    held = [
        seen_book(SAM, BookId(place.jay), at=moment) is not None
        for moment in (begins - A_MOMENT, begins, ends - A_MOMENT, ends)
    ]

    assert held == [False, True, True, False]


def test_when_a_child_leaves_the_worker_loses_the_book_and_the_manager_keeps_it(
    place: Place,
) -> None:
    dana = WorkerId("d" * 32)
    build.appoint("residential_worker", place.oak)
    build.appoint("registered_manager", place.oak, worker=dana)
    goes, jay = BEGAN + 30 * A_DAY, BookId(place.jay)
    build.leave(place.jay, at=goes)

    assert rights(seen_book(SAM, jay, at=goes - A_MOMENT)) == "rw"
    assert rights(seen_book(SAM, jay, at=goes)) == ""
    assert rights(seen_book(dana, jay, at=goes - A_MOMENT)) == "rwm"
    assert rights(seen_book(dana, jay, at=goes)) == "rwm"
    assert jay in {book.id for book in seen_books(dana, at=goes - A_MOMENT)}
    assert jay not in {book.id for book in seen_books(dana, at=goes)}


def lives(
    of: ChildId, at_home: HomeId, *, from_at: datetime, to_at: datetime | None = None
) -> None:
    """Let a child have a further time at a home, as its projection would put it."""
    values = {
        "id": new_id(), "child_id": of, "home_id": at_home, "from_at": from_at, "to_at": to_at,
    }  # fmt: skip
    Placement.objects.create(**values, mark=mark_of(Placement, values))


# What the manager of the first home and the manager of the second may do in the book of a child who
# left the first, if they then lived at the second or came back.
@pytest.mark.parametrize(
    ("then_at", "and_left", "oak", "elm"),
    [
        (None, False, "rwm on", ""),
        ("elm", False, "rm", "rwm here"),
        ("elm", True, "rm", "rwm on"),
        ("oak", False, "rwm here", ""),
        ("oak", True, "rwm on", ""),
    ],
)
def test_who_managed_the_last_home_writes_when_a_child_has_moved_on(
    place: Place, then_at: str | None, oak: str, elm: str, *, and_left: bool
) -> None:
    dana = WorkerId("d" * 32)
    build.appoint("deputy_manager", place.oak)
    build.appoint("registered_manager", place.elm, worker=dana)
    if then_at is not None:
        ends = BEGAN + 9 * A_DAY if and_left else None
        lives(place.mika, getattr(place, then_at), from_at=BEGAN + 5 * A_DAY, to_at=ends)

    def seen(worker: WorkerId) -> str:
        book = seen_book(worker, BookId(place.mika), at=NOW)
        if book is None:
            return ""
        gone = "on" if book.moved_on else "" if book.left_at else "here"
        return f"{rights(book)} {gone}".strip()

    assert (seen(SAM), seen(dana)) == (oak, elm)


@pytest.mark.parametrize(("left", "said"), [(False, (None, False)), (True, (9 * A_DAY, True))])
def test_whose_role_reaches_both_homes_sees_the_child_where_they_lived_last(
    place: Place, said: tuple[timedelta | None, bool], *, left: bool
) -> None:
    # By name the first home comes after the second; what counts is when the child lived there.
    build.appointed("registered_manager", None)
    ash = build.home("Ash House")
    book, ends = BookId(place.mika), BEGAN + 9 * A_DAY if left else None
    lives(place.mika, place.oak, from_at=BEGAN + 5 * A_DAY, to_at=ends)
    lives(place.mika, ash, from_at=BEGAN + 2 * A_DAY, to_at=BEGAN + 4 * A_DAY)

    seen = seen_book(SAM, book, at=NOW)

    assert seen is not None
    after = seen.left_at - BEGAN if seen.left_at else None
    assert (seen.home, rights(seen), (after, seen.moved_on)) == (place.oak, "rwm", said)
    assert (book in {book.id for book in seen_books(SAM, at=NOW)}) is not left


def test_who_has_moved_on_is_listed_for_managers_who_left_last_first(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.appoint("registered_manager", place.oak)
    build.appoint("key_worker", place.oak, of=place.jay)
    build.leave(place.jay, at=BEGAN + 3 * A_DAY)
    build.leave(place.noor, at=BEGAN + 4 * A_DAY)

    both = moved_on(SAM, at=NOW)
    assert [(book.title, book.left_at) for book in both] == [
        ("Jay", BEGAN + 3 * A_DAY),
        ("Mika", BEGAN + A_DAY),
    ]
    monkeypatch.setattr(reads, "MOVED_ON", 1)
    [jay] = moved_on(SAM, at=NOW)
    assert jay.left_at is not None
    [mika] = moved_on(SAM, at=NOW, before=(jay.left_at, jay.id))
    assert mika.left_at is not None
    assert (jay.title, mika.title) == ("Jay", "Mika")
    assert moved_on(SAM, at=NOW, before=(mika.left_at, mika.id)) == []


def test_who_does_not_manage_is_told_of_nobody_who_has_moved_on(place: Place) -> None:
    build.appoint("senior", place.oak)

    assert moved_on(SAM, at=NOW) == []


def test_a_child_who_has_not_come_yet_is_seen_by_nobody(place: Place) -> None:
    build.appoint("registered_manager", place.oak)
    comes = NOW + A_DAY
    later = BookId(build.child(place.oak, called="Remi", from_at=comes))

    assert seen_book(SAM, later, at=comes - A_MOMENT) is None
    assert rights(seen_book(SAM, later, at=comes)) == "rwm"


def test_two_appointments_give_what_either_gives(place: Place) -> None:
    build.appoint("residential_worker", place.oak)
    build.appointed("responsible_individual", None)

    assert found(place.books) == ("rwm", "rwm", "rwm", "rwm")


def test_an_appointment_without_content_takes_nothing_away(place: Place) -> None:
    build.appoint("system_administrator", None)
    build.appoint("senior", place.oak)

    assert found(place.books) == ("rw", "rw", "", "")


def test_a_book_says_whose_it_is_and_where(place: Place) -> None:
    seniors = build.appoint("senior", place.oak)
    jay, home, *_ = place.books

    assert seen_book(SAM, jay, at=NOW) == SeenBook(
        id=jay, child=place.jay, home=place.oak, home_name="Oak House", title="Jay",
        worker=SAM, bases=(Basis(role_of("senior"), Situation.LIVES_HERE, seniors),), face="3",
    )  # fmt: skip
    own = seen_book(SAM, home, at=NOW)
    assert own is not None
    assert (own.child, own.title, own.office) == (None, "Oak House", False)


@pytest.mark.usefixtures("place")
def test_the_office_s_own_book_says_that_it_is() -> None:
    build.appointed("responsible_individual", None)

    office = {book.title: book.office for book in seen_books(SAM, at=NOW)}
    assert office == {"Hazel Care": True} | dict.fromkeys(
        ("Oak House", "Elm House", "Jay", "Noor"), False
    )


@pytest.mark.usefixtures("place")
def test_children_come_before_the_homes_own_book_home_by_home() -> None:
    build.appointed("responsible_individual", None)

    assert [(book.home_name, book.title) for book in seen_books(SAM, at=NOW)] == [
        ("Elm House", "Noor"),
        ("Elm House", "Elm House"),
        ("Hazel Care", "Hazel Care"),
        ("Oak House", "Jay"),
        ("Oak House", "Oak House"),
    ]


@pytest.mark.usefixtures("place")
def test_books_are_sorted_as_english_readers_look_for_names() -> None:
    build.appointed("responsible_individual", None)
    ash = build.home("ash House")
    for called in ("Zoë", "Łukasz", "Milo", "Áine", "al"):
        build.child(ash, called=called)
    build.home("Émile House")

    books = seen_books(SAM, at=NOW)

    assert list(dict.fromkeys(book.home_name for book in books)) == [
        "ash House", "Elm House", "Émile House", "Hazel Care", "Oak House"
    ]  # fmt: skip
    assert [book.title for book in books if book.home == ash] == [
        "Áine", "al", "Łukasz", "Milo", "Zoë", "ash House"
    ]  # fmt: skip


@pytest.mark.policy("P48")
@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (["key_worker"], "key worker"),
        (["key_worker", "deputy_manager"], "deputy manager"),
        # These write in no book, so nobody signs in one as them.
        (["senior", "system_administrator"], "senior on shift"),
        (["registered_manager", "records_officer"], "registered manager"),
        (["registered_manager", "responsible_individual"], "registered manager"),
    ],
)
def test_an_entry_is_signed_in_the_role_that_writes(
    place: Place, roles: list[str], words: str
) -> None:
    for role in roles:
        build.appointed(role, place.oak)
    book = seen_book(SAM, BookId(place.jay), at=NOW)
    assert book is not None

    assert role_in(book, at=NOW, form="daily_log") == words


def test_the_role_at_another_home_or_of_another_child_is_not_the_one_signed_in(
    place: Place,
) -> None:
    build.appoint("residential_worker", place.oak)
    build.appoint("registered_manager", place.elm)
    other = build.child(place.oak, called="Remi")
    build.appoint("key_worker", place.oak, of=other)
    book = seen_book(SAM, BookId(place.jay), at=NOW)
    assert book is not None

    assert role_in(book, at=NOW) == "residential worker"


def test_who_may_no_longer_write_has_no_role_to_sign_in(place: Place) -> None:
    ends = NOW + A_DAY
    build.appoint("senior", place.oak, to_at=ends)
    book = seen_book(SAM, BookId(place.jay), at=NOW)
    assert book is not None

    assert role_in(book, at=ends) == ""


def test_writers_and_managers_read_and_who_keeps_papers_reads_nothing() -> None:
    def who(permission: Permission) -> set[str]:
        return {role.key for role in roles() if permission in role.may}

    readers, managers = who(Permission.READ_BOOK), who(Permission.ANSWER_FOR_BOOK)
    assert who(Permission.WRITE_ENTRY) <= readers
    assert managers < readers
    assert not readers & {"records_officer", "system_administrator"}
    assert managers | {"system_administrator"} == who(Permission.VERIFY_LEDGER)


def test_who_manages_a_home_that_was_never_opened_has_no_page_of_it(made_up: MadeUp) -> None:
    nowhere = HomeId("0" * 32)
    build.appointed("registered_manager", nowhere, worker=made_up.dana.id)
    dana = made_up.browser_of(made_up.dana)

    assert dana.get(reverse("access:our_home", args=[nowhere])).status_code == 404
    assert dana.get(reverse("access:our_home", args=[made_up.elm])).status_code == 404
    assert dana.get(reverse("access:our_home", args=[made_up.oak])).status_code == 200
