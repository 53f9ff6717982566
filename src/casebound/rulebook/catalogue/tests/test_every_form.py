"""Each form there is, filled in at random: what is wrong is named, and what is right is sealed."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebound.foundation.proof.canonical import canonical
from casebound.rulebook.catalogue.amounts import size
from casebound.rulebook.catalogue.answers import sealed_answers
from casebound.rulebook.catalogue.catalogue import shipped
from casebound.rulebook.catalogue.completeness import missing
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.files import RULE
from casebound.rulebook.catalogue.limits import in_limits
from casebound.rulebook.catalogue.shape import LIMITS, TIMES, FieldType, Form
from casebound.rulebook.catalogue.tests import build
from casebound.rulebook.catalogue.tests.filling import BAD, GOOD, filled

FORMS = [*shipped().forms.values(), *build.forms_of_tests().forms.values()]
WHOLE = replace(build.WHOLE, answers={}, where="The kitchen")
SECURE = replace(build.OAK, secure=True)
of_every_form = pytest.mark.parametrize(
    "form", FORMS, ids=lambda form: f"{form.name}.{form.version}"
)
# Whole forms are large, so a few of each by default; --hypothesis-profile=many fills many.
several = settings(
    parent=settings(), deadline=None, max_examples=max(5, settings().max_examples // 5),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


def test_every_type_of_field_has_what_it_takes_and_what_it_does_not() -> None:
    assert set(GOOD) == set(BAD) == set(FieldType) - TIMES - {FieldType.ROWS}


@pytest.mark.policy("P49")
@of_every_form
@several
@given(data=st.data())
def test_what_is_wrong_or_missing_is_named_with_its_rule_and_nothing_else_is(
    form: Form, data: st.DataObject
) -> None:
    setting = data.draw(st.sampled_from([build.OAK, SECURE]))
    given_ = data.draw(filled(form, WHOLE, setting))
    assert Content.from_json(given_.content.to_json()) == given_.content

    found = missing(form, given_.content, now=build.NOW, setting=setting)

    named = {gap.field.split("-")[1] for gap in found if gap.field.startswith("answers-")}
    assert named == given_.named
    assert all(gap.field.startswith("answers-") for gap in found)
    labels = {field.name: field.label for field in form.fields}
    for gap in found:
        assert all(RULE.fullmatch(rule) for rule in gap.rule.split(", "))
        assert re.fullmatch(r".+[.?]", gap.words, re.DOTALL)
        name = gap.field.split("-")[1]
        owed = form.field(name).statement
        view = name == "view_missing"
        assert (
            f"“{labels[name]}" in gap.words
            or view
            or (owed and owed.requirement.words in gap.words)
        )


@pytest.mark.policy("P49")
@of_every_form
@several
@given(data=st.data())
def test_what_is_within_the_limits_is_sealed_within_them(form: Form, data: st.DataObject) -> None:
    setting = data.draw(st.sampled_from([build.OAK, SECURE]))
    given_ = data.draw(filled(form, WHOLE, setting, wrong=False))

    assert missing(form, given_.content, now=build.NOW, setting=setting) == ()

    sealed = sealed_answers(form, given_.content, setting)
    assert canonical(sealed)
    for name, value in sealed.items():
        field = form.field(name)
        if field.type in LIMITS:
            assert isinstance(value, int) is (field.type is not FieldType.QUANTITY)
            assert in_limits(field, value if isinstance(value, int) else size(str(value)))
        if field.max_length:
            assert isinstance(value, str)
            assert 0 < len(value) <= field.max_length
