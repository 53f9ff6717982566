"""What people wrote is what is sealed, and what is sealed reads back the same."""

import pytest
from hypothesis import HealthCheck, given, settings

from casebound.foundation.proof.commitments import Data, Text
from casebound.ledger.projecting.kinds import kind_of
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.record.book.entries import Entry
from casebound.record.book.tests import build
from casebound.rulebook.catalogue.marks import StatementKind
from tests.made_up import MadeUp

patient = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SOURCES = {
    "first_hand": "first-hand",
    "told_by": "told-by",
    "read_in": "document",
}


def opened(sealed: Sealed) -> ReadEntry:
    found = entry_of(sealed.entry_id)
    assert found is not None
    return found


@pytest.mark.policy("P05")
@patient
@given(fact=build.entries())
def test_every_entry_reads_back_as_it_was_written(fact: Entry) -> None:
    entry = build.as_read(fact)

    assert kind_of(entry) == ("book/entry", 1)
    assert Entry.read(entry) == fact


@pytest.mark.policy("P64")
@patient
@given(fact=build.entries())
def test_no_two_parts_of_an_entry_have_one_name(fact: Entry) -> None:
    names = [part.m["n"] for part in fact.parts()]

    assert len(names) == len(set(names))


@pytest.mark.policy("P51")
@pytest.mark.policy("P52")
@pytest.mark.policy("P53")
@pytest.mark.django_db
def test_what_a_statement_is_and_where_it_comes_from_is_sealed_beside_its_words(
    made_up: MadeUp,
) -> None:
    asked = {"speaker": "Jay", "whose": "Sam Okafor", "maker": "Dana Whitlock", "basis": "we asked"}
    marks = [(kind.value, source) for kind in StatementKind.offered() for source in SOURCES]
    entry = opened(
        made_up.write(
            made_up.jay,
            statements=[
                {"text": f"{kind} {source}", "kind": kind, "source": source,
                 "told_by": "Ruth Abara", "read_in": "the school report", **asked}
                for kind, source in marks
            ],
        )
    )  # fmt: skip

    sealed = [part for part in entry.parts if isinstance(part, Text) and "k" in part.m]
    assert [(part.m["k"], part.m["src"], part.x) for part in sealed] == [
        (kind, SOURCES[source], f"{kind} {source}") for kind, source in marks
    ]


@pytest.mark.policy("P05")
@pytest.mark.django_db
def test_a_name_in_a_mark_is_a_part_of_its_own_so_that_it_can_be_withheld_alone(
    made_up: MadeUp,
) -> None:
    entry = opened(
        made_up.write(
            made_up.jay,
            statements=[
                {"text": "“I was there.”", "kind": "account", "speaker": "a neighbour"},
                {"text": "It rained."},
            ],
        )
    )

    marks = {part.m["n"]: part.j for part in entry.parts if isinstance(part, Data)}
    assert marks["s1_marks"] == {"speaker": "a neighbour"}
    assert "s2_marks" not in marks


@pytest.mark.policy("P48")
@pytest.mark.django_db
def test_the_seal_holds_author_times_and_how_the_author_proved_who_they_are(
    made_up: MadeUp,
) -> None:
    entry = opened(made_up.write(made_up.jay))
    fact = Entry.read(entry)

    assert (fact.author.id, fact.author.name) == (made_up.sam.id, "Sam Okafor")
    assert fact.author.role == "residential worker"
    assert (entry.signed_by, entry.signed_at) == (made_up.sam.id, made_up.now)
    assert fact.home_id == made_up.oak
