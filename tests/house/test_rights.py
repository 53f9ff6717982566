"""The table of rights: as the documentation says it, and as the server answers it."""

import pytest

from casebound.ledger.projecting.rooms import declared_items
from casebound.people.access.tests.build import account
from casebound.people.homes.tests.build import appointed
from casebound.people.rights.page import page
from casebound.people.rights.rights import rights, roles
from casebound.people.rights.shape import Permission, Role, Works
from casebound.record.followups.rules import USERS
from casebound.rulebook.catalogue.catalogue import shipped
from casebound.rulebook.catalogue.shape import FieldType, WrittenBy
from tests.house.addresses import NEEDS, Scene, addresses
from tests.house.source import ROOT, nothing
from tests.made_up import MadeUp

REFUSED = {403, 404, 405}
# Pages that open to who reads a part of a book, or what its child may read.
READ_IN_PART = {
    "chronology:book", "chronology:entry", "chronology:names", "chronology:print", "search:search",
}  # fmt: skip
NAMES_CHILDREN = {"handover:handover", "in_house:in-house"}
FORMS = {form.name: form for form in shipped().forms.values()}


def test_the_page_says_what_the_table_says() -> None:
    written = (ROOT / "docs" / "rights.md").read_text(encoding="utf-8")

    assert written == page(), "the table of rights changed: run python tools/rights.py"


def test_the_table_names_only_forms_that_there_are() -> None:
    named = {form for role in roles() for form in role.forms or ()}

    nothing(named - set(FORMS))


def test_every_measure_can_be_recorded_by_the_worker_who_used_it() -> None:
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


@pytest.mark.django_db
@pytest.mark.policy("P63", "P13")
@pytest.mark.parametrize("role", roles(), ids=lambda role: role.key)
def test_the_server_lets_a_role_in_where_the_table_does_and_nowhere_else(
    role: Role, made_up: MadeUp
) -> None:
    scene, ada = Scene(made_up), account(made_up, "ada.kern", "Ada Kern")
    without_home = not role.works.isdisjoint({Works.PROVIDER, Works.ONE_CHILD})
    appointed(
        role.key,
        None if without_home else made_up.oak,
        of=made_up.jay.id if Works.ONE_CHILD in role.works else None,
        worker=ada.id,
    )
    browser = made_up.browser_of(ada)
    wrong = []
    for address in addresses(scene):
        needs = address.example.needs or NEEDS.get(address.example.whose)
        if needs is None or address.example.is_empty:
            continue
        if scene.oak.book in address.path:
            needs = tuple(need.of_home() for need in needs)
        post = dict(address.example.post)
        answers = [browser.get(address.path), browser.post(address.path, post)]
        if role.reads_in_part and address.name in READ_IN_PART:
            continue  # `tests/test_reading_in_part.py` says what stands on these pages
        if not role.names_children and address.name in NAMES_CHILDREN:
            continue  # decision 0149: pages for staff, which say where each child is
        let_in = any(answer.status_code not in REFUSED for answer in answers)
        of_another = Works.ONE_CHILD in role.works and made_up.mika.book in address.path
        given = all(need.is_given_by(role) for need in needs) and not of_another
        if let_in is not given:
            codes = [answer.status_code for answer in answers]
            wrong.append(f"{role.key}: {address.name} {address.path} answers {codes}")

    nothing(wrong)


def test_every_permission_of_the_table_is_declared_by_a_room_or_the_house() -> None:
    rooms = set(declared_items("permissions", "PERMISSIONS", key=str))

    assert set(rights().permissions) == {*Permission, *rooms}
