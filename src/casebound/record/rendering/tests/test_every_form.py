"""Each form there is, filled in at random: what is sealed reads back, and shows every answer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import escape

from casebound.foundation.base.ids import HomeId, WorkerId
from casebound.foundation.proof.commitments import MOST_PARTS, EntrySecret, commit_parts
from casebound.record.book.entries import Author, Entry
from casebound.record.book.naming import children_named
from casebound.record.book.tests import build
from casebound.record.rendering import wording
from casebound.record.rendering.audience import Reader
from casebound.record.rendering.html import entry_html
from casebound.rulebook.catalogue.answers import sealed_answers
from casebound.rulebook.catalogue.catalogue import shipped
from casebound.rulebook.catalogue.shape import Form
from casebound.rulebook.catalogue.tests.build import OAK, WHOLE
from casebound.rulebook.catalogue.tests.filling import Filled, filled

AROUND = replace(WHOLE, answers={}, where="The kitchen")
FORMS = list(shipped().forms.values())
several = settings(
    deadline=None, max_examples=max(3, settings().max_examples // 8),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


def entry_of(form: Form, said: Filled) -> Entry:
    return Entry(
        form=form.name,
        form_version=form.version,
        author=Author(id=WorkerId("s" * 32), name="Sam Okafor", role="residential worker"),
        home_id=HomeId("h" * 32),
        happened_from=build.NOW - timedelta(hours=1),
        happened_to=None,
        content=said.content.stripped(),
        answers=sealed_answers(form, said.content, OAK),
        late=False,
        late_seconds=3600,
    )


@pytest.mark.policy("P19")
@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.name}.{form.version}")
@several
@given(data=st.data())
def test_what_is_sealed_reads_back_and_every_answer_is_shown(
    form: Form, data: st.DataObject
) -> None:
    fact = entry_of(form, data.draw(filled(form, AROUND, OAK, wrong=False)))

    parts = fact.parts()
    assert commit_parts(EntrySecret(bytes(32)), parts)
    again = Entry.read(build.as_read(fact))
    assert again.answers == fact.answers
    assert again.parts() == parts

    view = wording.view_of(fact, number=7, signed_at=build.NOW, names=OAK.children)
    html = entry_html(view, reader=Reader.STAFF)
    for name in fact.answers:
        assert escape(form.field(name).label) in html
    for child in children_named(fact):
        assert OAK.children[child] in html


def test_the_fullest_form_and_sixty_statements_with_marks_fit_into_one_entry() -> None:
    fullest = max(len(form.fields) for form in FORMS)
    header, statements = 20, 60 * 2
    assert fullest + header + statements <= MOST_PARTS
