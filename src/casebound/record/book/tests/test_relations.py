"""How entries refer to earlier ones: declared by rooms, collected once."""

from types import SimpleNamespace

import pytest

from casebound.ledger.projecting import rooms
from casebound.record.book.relations import RELATIONS, Relation, relation_of, relations


def test_what_every_room_declares_is_found_by_its_key() -> None:
    assert {"drew_on", "hands_over", "follows", "confirms", "strike"} <= relations().keys()
    assert all(relation_of(key) is relation for key, relation in relations().items())
    assert all(relation.onward and relation.back for relation in relations().values())


def test_a_later_room_s_relation_costs_nothing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    rectification = Relation("rectification", "Rectifies", "Rectified by", puts_right=True)
    declaring = [SimpleNamespace(__name__="child.rectification", RELATIONS=(rectification,))]
    monkeypatch.setattr(rooms, "modules_of_rooms", lambda _: declaring)

    assert relations.__wrapped__() == {"rectification": rectification}


def test_two_rooms_cannot_declare_one_relation(monkeypatch: pytest.MonkeyPatch) -> None:
    declaring = [SimpleNamespace(__name__=name, RELATIONS=RELATIONS) for name in ("a", "b")]
    monkeypatch.setattr(rooms, "modules_of_rooms", lambda _: declaring)

    with pytest.raises(ValueError, match="declared already"):
        relations.__wrapped__()


@pytest.mark.parametrize("key", ["", "k" * 41])
def test_a_key_fits_its_column_on_every_database(key: str) -> None:
    with pytest.raises(ValueError, match="1 to 40 characters"):
        Relation(key, "Adds to", "Added to by")
