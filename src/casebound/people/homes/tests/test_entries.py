"""What the room seals reads back as it was written."""

from dataclasses import fields
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.base.ids import BookId, EntryId, WorkerId
from casebound.ledger.projecting.kinds import Kind, Words, kind_of
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.homes.entries import KINDS
from casebound.people.homes.tests import build
from casebound.people.rights.rights import role_of

_OF: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(codec="utf-8"), max_size=30),
    bool: st.booleans(),
    int: st.integers(0, 50),
    NoneType: st.none(),
    Words: st.sampled_from(["The inspector asked for it.", "The reason is gone."]),
}


def of_kind(kind: type[Any]) -> st.SearchStrategy[Kind]:
    hints = get_type_hints(kind)
    drawn = {}
    for field in fields(kind):
        hint = hints[field.name]
        options = get_args(hint) or (hint,)  # `str | None`, or one type
        drawn[field.name] = st.one_of([_OF[option] for option in options])
    return st.builds(kind, **drawn)


def as_read(fact: Kind) -> ReadEntry:
    return ReadEntry(
        1,
        EntryId("e" * 32),
        build.BEGAN,
        build.BEGAN,
        WorkerId("a" * 32),
        {BookId("b" * 32): 1},
        fact.parts(),
    )


@given(fact=st.one_of([of_kind(kind) for kind in KINDS]))
def test_every_fact_reads_back_as_it_was_sealed(fact: Kind) -> None:
    entry = as_read(fact)

    assert kind_of(entry) == (fact.kind, 1)
    assert type(fact).read(entry) == fact


@pytest.mark.parametrize(
    ("role", "words"),
    [("senior", "senior on shift"), ("registered_manager", "registered manager")],
)
def test_a_role_is_said_as_people_say_it(role: str, words: str) -> None:
    assert role_of(role).words == words
