"""A role that writes on a few forms: a night worker writes daily logs and notes."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.urls import reverse

from casebound.foundation.base.refusals import NotAllowedError
from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.reads import entry_at
from casebound.people.access.allowed import Basis
from casebound.people.access.reads import SeenBook
from casebound.people.rights.shape import Permission, Situation
from casebound.people.rights.tests.build import night_worker
from casebound.record.book.relations import ADDENDUM, STRIKE
from casebound.record.drafting import actions
from casebound.record.drafting.actions import Signing
from casebound.record.drafting.permitting import (
    FormNotYoursError,
    HomeDecidesError,
    UsersRecordError,
    offered_forms,
)
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.reads import about_earlier
from casebound.rulebook.catalogue.catalogue import shipped
from tests.made_up import MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]


@pytest.fixture
def book(made_up: MadeUp, tmp_path: Path) -> SeenBook:
    """Jay's book as Sam would see it, if Sam were a night worker."""
    night = Basis(night_worker(tmp_path), Situation.LIVES_HERE)
    return replace(made_up.book(made_up.jay), bases=(night,))


def begin(made_up: MadeUp, book: SeenBook, form: str) -> str:
    return actions.begin_draft(book=book, form=form, by=made_up.sam.id, at=made_up.now)


def put_right(made_up: MadeUp, book: SeenBook, earlier: Sealed) -> str:
    entry = entry_at(book.id, earlier.numbers[book.id])
    assert entry is not None
    about = about_earlier(entry, book=book.id, relation=ADDENDUM)
    return actions.begin_draft(
        book=book, form="addendum", by=made_up.sam.id, at=made_up.now, about=about
    )


def sign(made_up: MadeUp, book: SeenBook, *users: Worker) -> Sealed:
    draft = made_up.draft(
        made_up.jay,
        "We held on to the rail together.",
        form="restraint",
        answers={"users": [{"id": worker.id} for worker in users]},
    )
    signing = Signing(
        worker=made_up.sam.id, full_name="Sam Okafor", role="night worker", auth="password"
    )
    prepared = PreparedDraft(made_up.opened(draft), book, at=made_up.now)
    return actions.sign_draft(draft=prepared, signing=signing)


def test_the_forms_of_the_role_are_offered_and_those_of_measures(book: SeenBook) -> None:
    assert {form.name for form in offered_forms(book)} == {
        "daily_log", "note", "restraint", "control",
    }  # fmt: skip
    assert book.may(Permission.WRITE_ENTRY, form="daily_log")
    assert not book.may(Permission.WRITE_ENTRY, form="restraint")


def test_a_night_worker_begins_a_daily_log_and_no_incident(made_up: MadeUp, book: SeenBook) -> None:
    assert begin(made_up, book, "daily_log")
    with pytest.raises(FormNotYoursError):
        begin(made_up, book, "incident")
    with pytest.raises(NotAllowedError):
        begin(made_up, replace(book, bases=()), "daily_log")


@pytest.mark.policy("P49")
def test_who_used_restraint_records_it_and_nobody_else_of_the_night_does(
    made_up: MadeUp, book: SeenBook
) -> None:
    assert begin(made_up, book, "restraint")

    assert sign(made_up, book, made_up.kit, made_up.sam).numbers
    with pytest.raises(UsersRecordError):
        sign(made_up, book, made_up.kit)


def test_a_role_that_writes_on_every_form_signs_a_measure_that_others_used(
    made_up: MadeUp,
) -> None:
    assert sign(made_up, made_up.book(made_up.jay), made_up.kit).numbers


def test_a_form_that_is_not_the_role_s_is_not_signed_either(
    made_up: MadeUp, book: SeenBook
) -> None:
    opened = made_up.opened(made_up.draft(made_up.jay, form="incident"))
    draft = PreparedDraft(opened, book, at=made_up.now)
    signing = Signing(worker=made_up.sam.id, full_name="Sam Okafor", role="", auth="password")

    with pytest.raises(FormNotYoursError):
        actions.sign_draft(draft=draft, signing=signing)


def test_what_the_role_writes_it_puts_right_and_the_rest_it_does_not(
    made_up: MadeUp, book: SeenBook
) -> None:
    log, contact = made_up.write(made_up.jay), made_up.write(made_up.jay, form="contact")
    own = made_up.write(made_up.jay, form="restraint", answers={"users": [{"id": made_up.sam.id}]})
    others = made_up.write(
        made_up.jay, form="restraint", answers={"users": [{"id": made_up.kit.id}]}
    )

    assert put_right(made_up, book, log)
    assert put_right(made_up, book, own)
    for earlier in (contact, others):
        with pytest.raises(FormNotYoursError):
            put_right(made_up, book, earlier)


RULES = sorted(form.name for form in shipped().forms.values() if form.sets_rules)


@pytest.mark.parametrize("form", RULES)
def test_the_numbers_and_rules_of_a_home_are_set_by_those_who_answer_for_it(
    made_up: MadeUp, form: str
) -> None:
    house = made_up.house(made_up.oak)
    begin = reverse("drafting:begin", args=[house.book, form])
    choose = reverse("drafting:choose", args=[house.book])
    sam, dana = made_up.browser_of(made_up.sam), made_up.browser_of(made_up.dana)

    assert f'action="{begin}"' not in sam.get(choose).text
    assert f'action="{begin}"' in dana.get(choose).text
    assert sam.post(begin).status_code == 403
    assert dana.post(begin).status_code == 302
    drafted = made_up.draft(house, form=form, by=made_up.dana)
    prepared = made_up.prepared(drafted, by=made_up.dana)
    signing = Signing(worker=made_up.sam.id, full_name="Sam Okafor", role="", auth="password")
    with pytest.raises(HomeDecidesError):  # a manager's draft, handed to a worker of the home
        actions.sign_draft(
            draft=PreparedDraft(
                replace(prepared.draft, author=made_up.sam.id),
                made_up.book(house, by=made_up.sam),
                at=made_up.now,
            ),
            signing=signing,
        )


def test_what_a_manager_decided_for_the_home_is_not_withdrawn_by_another_worker(
    made_up: MadeUp,
) -> None:
    house = made_up.house(made_up.oak)
    sealed = made_up.write(house, form="missing_numbers", by=made_up.dana)
    number = sealed.numbers[house.book]
    entry = entry_at(house.book, number)
    assert entry is not None
    about = about_earlier(entry, book=house.book, relation=STRIKE)

    with pytest.raises(HomeDecidesError):
        actions.begin_draft(
            book=made_up.book(house, by=made_up.sam), form="strike", by=made_up.sam.id,
            at=made_up.now, about=about,
        )  # fmt: skip
    assert actions.begin_draft(
        book=made_up.book(house, by=made_up.dana), form="strike", by=made_up.dana.id,
        at=made_up.now, about=about,
    )  # fmt: skip
