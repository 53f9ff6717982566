"""Roles stand in an order that follows from what they may do."""

from itertools import permutations

from casebound.people.rights.rights import rights
from casebound.people.rights.shape import Permission, Role
from tests.house.source import nothing


def may(role: Role) -> set[tuple[str, str, str]]:
    """Return everything a role may do: which permission, where, and on which forms."""
    forms = sorted(role.forms) if role.forms is not None else ["*", *ANY_FORM]
    return {
        (permission, situation, form)
        for permission, situations in role.may.items()
        for situation in situations
        for form in forms
    }


ANY_FORM = {form for role in rights().roles for form in role.forms or ()}


def test_a_role_that_writes_less_does_not_outrank_one_that_may_do_more() -> None:
    """A worker with two roles signs in the higher one, so it must not be the lesser."""
    # A role of one child alone is not above or below a role of the whole home.
    writing = [
        role
        for role in rights().roles
        if Permission.WRITE_ENTRY in role.may and not role.is_of_one_child
    ]

    nothing(
        f"{lesser.key} ({lesser.seniority}) stands above {greater.key} ({greater.seniority}), "
        "which may do more: give it a lower `seniority` in rights.toml"
        for lesser, greater in permutations(writing, 2)
        if may(lesser) < may(greater) and lesser.seniority > greater.seniority
    )
