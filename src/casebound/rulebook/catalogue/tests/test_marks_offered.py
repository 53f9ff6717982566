"""The marks as chips: the first of each row is usual, and each asks for a field there is."""

import pytest

from casebound.rulebook.catalogue.content import StatementContent
from casebound.rulebook.catalogue.marks import Sharing, StatementKind, StatementSource
from casebound.rulebook.catalogue.marks_offered import marks_offered

pytestmark = [pytest.mark.policy("P51"), pytest.mark.policy("P52"), pytest.mark.policy("P36")]


def test_every_mark_is_offered_once_and_the_usual_one_first() -> None:
    offered, usual = marks_offered(), StatementContent()

    assert {chip.value for chip in offered.kinds} == set(StatementKind.offered())
    assert {chip.value for chip in offered.sources} == set(StatementSource.offered())
    assert {chip.value for chip in offered.sharing} == set(Sharing.offered())
    first = (offered.kinds[0].value, offered.sources[0].value, offered.sharing[0].value)
    assert first == (usual.kind, usual.source, usual.sharing)


def test_what_a_mark_asks_for_is_a_field_of_the_statement() -> None:
    offered, fields = marks_offered(), StatementContent().to_json()

    needs = {chip.needs for chip in (*offered.kinds, *offered.sources, *offered.sharing)}

    assert needs - {""} <= fields.keys()


def test_the_chips_name_the_child_whose_book_it_is() -> None:
    words = [chip.words for chip in (*marks_offered("Jay").kinds, *marks_offered("Jay").sharing)]

    assert "Jay’s view" in words
    assert "Shared with Jay" in words
