"""A child's name has one source with history, and tells children who are called alike apart."""

from datetime import date, timedelta
from typing import Any

import pytest

from casebound.foundation.base.ids import ChildId
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.reads import book_pages
from casebound.people.homes import actions, reads, refusals
from casebound.people.homes.births import BirthKnown
from casebound.people.homes.models import Child, ChildBirth, ChildName
from casebound.people.homes.tests import build
from casebound.people.homes.tests.build import BEGAN, DANA

pytestmark = pytest.mark.django_db


def short_names() -> dict[str, str]:
    return dict(Child.objects.values_list("full_name", "short_name"))


def test_a_second_child_of_a_name_is_asked_about_and_then_both_are_told_apart() -> None:
    build.provider()
    oak = build.home("Oak House")
    build.child(oak, called="Maisie")

    with pytest.raises(refusals.SharedNameError):
        build.child(oak, called="maisie", full_name="Maisie Hart")
    build.child(oak, called="Maisie", full_name="Maisie Hart", same_name=True)

    assert short_names() == {"Maisie Quillfeather": "Maisie Q.", "Maisie Hart": "Maisie H."}
    assert [child.short_name for child in reads.children_at([oak], at=BEGAN)] == [
        "Maisie H.",
        "Maisie Q.",
    ]


def test_a_child_of_another_home_is_told_apart_once_they_share_one() -> None:
    build.provider()
    oak, elm = build.home("Oak House"), build.home("Elm House")
    here = build.child(oak, called="Maisie")
    build.child(elm, called="Maisie", full_name="Maisie Hart")
    assert set(short_names().values()) == {"Maisie"}

    build.leave(here, at=BEGAN + timedelta(days=2))
    later = BEGAN + timedelta(days=3)
    actions.begin_placement(child=here, home=elm, from_at=later, by=DANA, at=later)

    assert short_names() == {"Maisie Quillfeather": "Maisie Q.", "Maisie Hart": "Maisie H."}


def test_a_new_name_is_so_at_once_and_what_was_before_is_history() -> None:
    build.provider()
    oak = build.home("Oak House")
    jay = build.child(oak, called="Jay")

    build.name(jay, "Robin Quillfeather", old_shown=False, wished_by="The child themself.")

    [seen] = reads.children_at([oak], at=BEGAN)
    assert (seen.short_name, seen.earlier_names) == ("Robin", ("Jay", "Jay Quillfeather"))
    assert [(name.called, name.wished_by) for name in reads.names_of(jay)] == [
        ("Jay", ""),
        ("Robin", "The child themself"),
    ]
    assert reads.names_not_shown(jay) == {"Jay Quillfeather": "Robin Quillfeather", "Jay": "Robin"}


def test_a_name_that_may_be_shown_is_not_hidden() -> None:
    build.provider()
    jay = build.child(build.home("Oak House"), called="Jay")

    build.name(jay, "Jay Hart")

    assert reads.names_not_shown(jay) == {}


def test_a_name_taken_back_is_told_apart_no_more() -> None:
    build.provider()
    oak = build.home("Oak House")
    jay = build.child(oak, called="Jay")
    build.child(oak, called="Jay", full_name="Jay Hart", same_name=True)

    build.name(jay, "Robin Quillfeather")

    assert short_names() == {"Robin Quillfeather": "Robin", "Jay Hart": "Jay"}


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"full_name": ""}, refusals.NoFullNameError),
        ({"full_name": "Robin Hart", "wished_by": " "}, refusals.NoWishError),
        ({"full_name": "Robin Hart", "from_on": date(2026, 1, 6)}, refusals.LaterNameError),
        ({"full_name": "Jay Quillfeather", "pronouns": "they, them"}, refusals.NothingNewError),
        ({"full_name": "Ada Hart"}, refusals.SharedNameError),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_sealed(
    said: dict[str, Any], refusal: type[refusals.HomesRefusedError]
) -> None:
    build.provider()
    oak = build.home("Oak House")
    jay = build.child(oak, called="Jay")
    build.child(oak, called="Ada")

    with pytest.raises(refusal):
        build.name(jay, **said)

    assert book_pages(reads.children_at([oak], at=BEGAN)[0].book) == 1


def state(child: ChildId, known: BirthKnown, born_on: date | None = None, **said: str) -> None:
    actions.state_birth(
        child=child, birth=known, born_on=born_on,
        birth_by=said.get("by", ""), birth_basis=said.get("basis", "A certificate"),
        by=DANA, at=BEGAN,
    )  # fmt: skip


def test_a_birth_that_is_not_known_is_stated_later_and_both_are_history() -> None:
    build.provider()
    jay = build.child(build.home("Oak House"), born_on=None, birth=BirthKnown.UNKNOWN)

    state(jay, BirthKnown.ESTIMATED, date(2011, 1, 1), by="Jo Tamblyn", basis="What they say")
    state(jay, BirthKnown.EXACT, date(2010, 5, 3))

    seen = [birth.birth for birth in reads.births_of(jay)]
    assert [birth.known for birth in seen] == ["unknown", "estimated", "exact"]
    assert [birth.born_on for birth in seen] == [None, date(2011, 1, 1), date(2010, 5, 3)]
    details = reads.child_details(jay)
    assert details is not None
    assert details.birth == seen[-1]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"born_on": None}, refusals.NoBirthDateError),
        ({"birth": BirthKnown.UNKNOWN}, refusals.BirthNotKnownError),
        ({"birth": BirthKnown.ESTIMATED}, refusals.NoSourceOfBirthError),
        ({"birth": BirthKnown.DISPUTED, "birth_by": "Jo Tamblyn"}, refusals.NoBasisError),
        ({"birth_basis": "a" * 501}, refusals.NoBasisError),
    ],
)
def test_a_birth_that_does_not_hold_together_is_refused(
    said: dict[str, Any], refusal: type[refusals.HomesRefusedError]
) -> None:
    build.provider()
    oak = build.home("Oak House")

    with pytest.raises(refusal):
        build.child(oak, **said)

    assert reads.children_at([oak], at=BEGAN) == []


def test_names_and_births_made_again_are_the_same() -> None:
    build.provider()
    oak = build.home("Oak House")
    jay = build.child(oak)
    build.child(oak, full_name="Jay Hart", same_name=True)
    build.name(jay, "Jay Lark", old_shown=False, same_name=True)
    state(jay, BirthKnown.DISPUTED, date(2011, 1, 1), by="Jo Tamblyn")
    live = [list(table.objects.order_by("pk").values()) for table in (Child, ChildName, ChildBirth)]

    rebuild()

    assert live == [
        list(table.objects.order_by("pk").values()) for table in (Child, ChildName, ChildBirth)
    ]
