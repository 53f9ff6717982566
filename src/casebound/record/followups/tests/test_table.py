"""The table of clocks names only forms, questions and answers that there are."""

import pytest

from casebound.ledger.projecting.registry import kinds
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import FieldType, Form
from casebound.rulebook.clocks.clocks import clocks
from casebound.rulebook.clocks.shape import ANY, Clock, Condition, Each, From
from tests.made_up import newest

pytestmark = pytest.mark.policy("P43")
EVERY = pytest.mark.parametrize("clock", clocks(), ids=lambda clock: clock.key)


def forms(names: tuple[str, ...]) -> list[Form]:
    every = {name for name, _ in catalogue.shipped().forms}
    return [newest(name) for name in (every if ANY in names else names)]


def can_hold(condition: Condition, among: list[Form]) -> bool:
    """Say whether each of the values can be answered on one of the forms."""
    offered = {
        choice.value
        for form in among
        for field in form.fields
        if field.name == condition.field
        for choice in field.choices
    }
    return set(condition.values) <= offered


@EVERY
def test_every_form_and_answer_that_starts_or_ends_a_clock_is_there(clock: Clock) -> None:
    for start in clock.starts:
        if start.kind:
            assert (start.kind, 1) in kinds()
            continue
        among = forms(start.forms)
        for condition in (start.when, start.unless):
            assert condition is None or can_hold(condition, among)
        if start.since is From.ANSWER:
            for form in among:
                assert form.field(start.answer).type in {FieldType.DATE, FieldType.DATETIME}
        if clock.each in {Each.USERS, Each.READERS}:
            assert all(form.field(clock.each).type is FieldType.WORKERS for form in among)
    for end in clock.ends:
        assert end.when is None or can_hold(end.when, [catalogue.form(end.form)])


@EVERY
def test_what_ends_a_clock_can_follow_what_starts_it(clock: Clock) -> None:
    for end in clock.ends:
        follows = catalogue.form(end.form).follows
        for start in clock.starts:
            if follows and ANY not in follows:
                assert not start.forms or ANY in start.forms or set(start.forms) <= set(follows)
