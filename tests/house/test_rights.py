"""The table of rights: as the documentation says it, and as the server answers it."""

from casebound.people.rights.page import page
from casebound.people.rights.rights import rights, roles
from casebound.record.followups.rules import USERS
from casebound.rulebook.catalogue.catalogue import shipped
from casebound.rulebook.catalogue.shape import FieldType, WrittenBy
from tests.house.source import ROOT, nothing

FORMS = {form.name: form for form in shipped().forms.values()}


def test_the_page_says_what_the_table_says() -> None:
    written = (ROOT / "docs" / "rights.md").read_text(encoding="utf-8")

    assert written == page(), "the table of rights changed: run python tools/rights.py"


def test_the_table_names_only_forms_that_there_are() -> None:
    named = {form for role in roles() for form in role.forms or ()}

    nothing(named - set(FORMS))


def test_every_measure_can_be_recorded_by_whoever_used_it() -> None:
    measures = {
        name
        for name, form in FORMS.items()
        if any(field.name == USERS and field.type is FieldType.WORKERS for field in form.fields)
    }

    assert rights().used_the_measure == measures


def test_what_one_person_is_asked_by_name_everybody_may_write() -> None:
    by_name = {
        name for name, form in FORMS.items() if form.by in {WrittenBy.ORIGINATOR, WrittenBy.NAMED}
    }

    assert rights().asked_by_name == by_name
