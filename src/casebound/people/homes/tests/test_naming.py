import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.people.homes.naming import ChildNames, hidden_names, told_apart

WORDS = st.sampled_from(["Maisie", "maisie", "Zoë", "Zoe", "Ann", "Hart", "Harte", "Håkon"])
NAMES = st.builds(
    lambda called, words: (called, " ".join([called, *words])), WORDS, st.lists(WORDS, max_size=2)
)


def children(*named: tuple[str, str]) -> list[ChildNames]:
    return [ChildNames(f"{place:032}", *names) for place, names in enumerate(named)]


@pytest.mark.parametrize(
    ("named", "short"),
    [
        ([("Maisie", "Maisie Thorncroft"), ("Theo", "Theo Lowe")], ["Maisie", "Theo"]),
        ([("Maisie", "Maisie Thorncroft"), ("Maisie", "Maisie Hart")], ["Maisie T.", "Maisie H."]),
        ([("Maisie", "Maisie Thorn"), ("maisie", "M. Tarn")], ["Maisie Th.", "maisie Ta."]),
        ([("Zoë", "Zoë Hart"), ("Zoe", "Zoe Lowe")], ["Zoë H.", "Zoe L."]),
        ([("Jo", "Jo Hart"), ("Jo", "Jo Harte")], ["Jo Hart", "Jo Harte"]),
        ([("Jo", "Jo Ann Hart"), ("Jo", "Jo Lee Hart")], ["Jo Ann Hart", "Jo Lee Hart"]),
        ([("Jo", "Josephine Hart"), ("Jo", "Joseph Hart")],
         ["Jo (Josephine Hart)", "Jo (Joseph Hart)"]),
        ([("Jo", "Jo Hart"), ("Jo", "Jo Hart")], ["Jo Hart (1)", "Jo Hart (2)"]),
        ([("Jo", "Jo"), ("Jo", "Jo Hart")], ["Jo", "Jo H."]),
        ([("Анна", "Анна Ким"), ("Анна", "Анна Ли")], ["Анна К.", "Анна Л."]),  # noqa: RUF001
    ],
)  # fmt: skip
def test_children_who_are_called_alike_are_told_apart_by_their_surnames(
    named: list[tuple[str, str]], short: list[str]
) -> None:
    assert list(told_apart(children(*named)).values()) == short


@given(st.lists(NAMES, max_size=6))
def test_no_two_children_of_a_home_have_the_same_short_name(named: list[tuple[str, str]]) -> None:
    short = told_apart(children(*named))

    assert len(set(short.values())) == len(named)


@given(st.lists(NAMES, min_size=2, max_size=2))
def test_a_child_with_a_name_of_their_own_keeps_the_name(named: list[tuple[str, str]]) -> None:
    first, second = children(*named)
    if first.called.casefold()[:1] != second.called.casefold()[:1]:
        assert told_apart([first, second])[first.id] == first.called


def test_a_surname_that_stays_is_not_hidden_with_the_old_name() -> None:
    old = ChildNames("a", "Maisie", "Maisie Rose Hart")

    hidden = hidden_names([old], ChildNames("a", "Max", "Max Hart"))

    assert hidden == {"Maisie Rose Hart": "Max Hart", "Maisie": "Max", "Rose": "Max"}
