from typing import Any

import pytest

from casebound.foundation.base.ids import ChildId
from casebound.people.homes.naming import ChildNames
from casebound.people.homes.other_children import Naming, OtherChild, OtherChildren

pytestmark = pytest.mark.policy("P40")

KAI, ZOE, TOM = ChildId("k"), ChildId("z"), ChildId("t")


def other(child: ChildId, full_name: str, called: str, **more: Any) -> OtherChild:
    return OtherChild(child, ChildNames(child, called, full_name), **more)


OTHERS = OtherChildren(
    ("Maisie", "Maisie Thorn"),
    (
        other(KAI, "Kai Obafemi", "Kai", earlier=("Kaya Obafemi",)),
        other(ZOE, "Zoë O'Brien", "Zoë"),
        other(TOM, "Thomas Thorn", "Tom"),
    ),
)


def shown(text: str, naming: Naming = Naming.INITIAL, *, others: OtherChildren = OTHERS) -> str:
    return others.shown(text, lambda _: naming)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Kai's boat and Kai’s hat.", "[K.]'s boat and [K.]’s hat."),
        ("KAI laughed (Kai)~Kai", "[K.] laughed ([K.])~[K.]"),
        ("Kai Obafemi, then Obafemi.", "[K.], then [K.]."),
        ("Kaya was the name before.", "[K.] was the name before."),
        ("Zoe, Zoë and Zoe\u0308.", "[Z.], [Z.] and [Z.]."),
        ("Zoë O’Brien", "[Z.]"),
        ("kai  obafemi", "[K.]"),
        ("Kaiser rolls and thomasine.", "Kaiser rolls and thomasine."),
        ("Maisie Thorn and Thorn.", "Maisie Thorn and Thorn."),
        ("Thomas Thorn", "[T.]"),
        ("", ""),
    ],
)
def test_another_child_is_found_however_they_are_written(text: str, read: str) -> None:
    assert shown(text) == read


def test_a_reader_without_the_right_reads_that_it_is_another_child() -> None:
    assert shown("Kai hid.", Naming.UNNAMED) == "[another child] hid."
    assert shown("Kai hid.", Naming.NAME) == "Kai hid."
    assert OTHERS.shown("Kai; Tom", lambda _: Naming.INITIAL, bracketed=False) == (
        "another child (K.); another child (T.)"
    )


def test_a_name_that_is_an_ordinary_word_is_found_with_a_capital_only() -> None:
    others = OtherChildren((), (other(KAI, "Will May", "Will"), other(TOM, "Jo Li", "Jo")))

    assert shown("They will see Will in may.", others=others) == "They will see [W.] in may."
    assert shown("jo, Jo, will", others=others) == "jo, [J.], will"


def test_two_children_with_one_initial_are_told_apart() -> None:
    others = OtherChildren((), (other(KAI, "Kai Reed", "Kai"), other(TOM, "Kim Osei", "Kim")))

    assert shown("Kai and Kim", others=others) == "[K.R.] and [K.O.]"


def test_a_name_of_two_children_is_shown_as_the_one_who_is_known_least() -> None:
    others = OtherChildren((), (other(KAI, "Kai Reed", "Kai"), other(TOM, "Kai Osei", "Kai")))
    naming = {KAI: Naming.NAME, TOM: Naming.UNNAMED}

    assert others.shown("Kai, Kai Reed", naming.__getitem__) == "[another child], Kai Reed"
