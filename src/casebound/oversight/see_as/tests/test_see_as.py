from datetime import timedelta
from html import unescape

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casebound.people.access.actions import answer_consent, grant_access
from casebound.people.access.models import Reading
from casebound.people.access.tests.build import somebody
from casebound.people.homes.consents import How, Party
from tests.made_up import Child, MadeUp, Worker

pytestmark = pytest.mark.django_db
ADDRESS = "see_as:see_as"


def told(
    made_up: MadeUp, person: Worker, *, by: Worker | None = None, child: Child | None = None
) -> str:
    """Return what Dana (or another manager) is told of what a person sees of a child's book."""
    of = child or made_up.jay
    answer = made_up.browser_of(by or made_up.dana).get(
        reverse(ADDRESS), {"book": of.book, "person": person.id, "name": person.full_name}
    )
    assert answer.status_code == 200
    return " ".join(unescape(answer.text).partition('id="answer"')[2].split())


def test_a_manager_is_told_what_somebody_sees_and_why(made_up: MadeUp) -> None:
    said = told(made_up, made_up.sam)

    assert "sees of the book of <bdi>Jay</bdi>" in said
    assert (
        "They read the whole book as residential worker, because Jay lives at Oak House. Since"
        in said
    )
    assert "They write in the book." in said
    assert "Nobody sees that but its author." in said
    assert "registers that are for managers alone" in said


def test_a_manager_is_told_why_somebody_sees_nothing(made_up: MadeUp) -> None:
    elsewhere, administrator = told(made_up, made_up.lin), told(made_up, made_up.alex)
    moved_on = told(made_up, made_up.sam, child=made_up.mika)

    assert "sees nothing of the book of <bdi>Jay</bdi>" in elsewhere
    assert "residential worker at Elm House. Jay does not belong to that home now." in elsewhere
    assert "They are system administrator. That role reads no book." in administrator
    assert "Mika has moved on from there." in moved_on


def test_a_grant_is_said_with_its_part_its_reason_and_who_gave_it(made_up: MadeUp) -> None:
    grant_access(
        book=made_up.book(made_up.jay, by=made_up.dana), worker=made_up.lin.id,
        reason="Lin takes Jay to the hospital.", from_at=made_up.now, form="daily_log",
        to_at=made_up.now + timedelta(days=7), by=made_up.dana.id, at=made_up.now,
        auth="password",
    )  # fmt: skip

    said = told(made_up, made_up.lin)

    assert "the entries on “Daily log”: Dana Whitlock gave them access" in said
    assert "Reason: Lin takes Jay to the hospital." in said
    assert "The rest of the book, and that it is there." in said


def test_the_consents_that_are_missing_are_named(made_up: MadeUp) -> None:
    ada = somebody(made_up, "independent_person")
    yes = {
        "book": made_up.book(made_up.jay, by=made_up.dana), "given": True, "said_by": "Ama Reid",
        "how": How.WRITTEN, "said_at": made_up.now, "by": made_up.dana.id, "at": made_up.now,
        "auth": "password",
    }  # fmt: skip
    answer_consent(party=Party.PLACING_AUTHORITY, **yes)  # type: ignore[arg-type]  # as one says it

    said = told(made_up, ada)
    answer_consent(party=Party.CHILD, **yes)  # type: ignore[arg-type]  # as one says it
    then = told(made_up, ada)

    assert "The child: no answer that counts." in said
    assert "The placing authority: consent given." in said
    assert "sees nothing" in said
    assert "The child and the placing authority both consent to it." in then
    assert "They read, and write nothing." in then


def test_entries_that_are_kept_from_somebody_are_listed_with_the_reason(made_up: MadeUp) -> None:
    about_sam = made_up.write(
        made_up.jay, "A heliotrope matter.", form="allegation", by=made_up.dana,
        answers={"about_whom": [{"id": made_up.sam.id}]},
    )  # fmt: skip
    number = about_sam.numbers[made_up.jay.book]

    of_sam, of_kit = told(made_up, made_up.sam), told(made_up, made_up.kit)

    assert f"no. {number}" in of_sam
    assert "It is about them." in of_sam
    assert f"no. {number}" in of_kit
    assert "It is for managers who answer for the book" in of_kit
    assert "heliotrope" not in of_sam
    looked = Reading.objects.filter(worker_id=made_up.dana.id, what="see-as")
    assert set(looked.values_list("first", "last")) == {(number, number)}


def test_what_is_kept_from_the_manager_is_not_listed(made_up: MadeUp) -> None:
    ruth = made_up._worker("ruth.vale", "Ruth Vale")
    made_up._appoint(ruth, "responsible_individual", None)
    about_dana = made_up.write(
        made_up.jay, form="allegation", by=ruth, statements=[{"text": "A heliotrope matter."}],
        answers={"about_whom": [{"id": made_up.dana.id}]},
    )  # fmt: skip
    number = about_dana.numbers[made_up.jay.book]

    assert f"no. {number}" not in told(made_up, made_up.sam)
    assert f"no. {number}" not in told(made_up, made_up.dana)
    assert f"no. {number}" in told(made_up, made_up.sam, by=ruth)


def test_no_draft_is_shown(made_up: MadeUp) -> None:
    made_up.draft(made_up.jay, "A heliotrope in a draft.")

    assert "heliotrope" not in told(made_up, made_up.sam)


def test_it_is_for_who_answers_for_that_book(made_up: MadeUp) -> None:
    asked = {"book": made_up.jay.book, "person": made_up.sam.id}
    for who, code in ((made_up.dana, 200), (made_up.robin, 404), (made_up.sam, 404)):
        assert made_up.browser_of(who).get(reverse(ADDRESS), asked).status_code == code

    page = made_up.browser_of(made_up.dana).get(reverse(ADDRESS)).text
    assert "Sam Okafor" in page
    assert "Noor" not in page
    nobody = made_up.browser_of(made_up.dana).get(reverse(ADDRESS), {"name": "No Such"})
    assert "Nobody is chosen." in nobody.text


@pytest.mark.parametrize("entries", [1, 20])
def test_the_answer_is_as_many_queries_however_many_entries(made_up: MadeUp, entries: int) -> None:
    for _ in range(entries):
        made_up.write(
            made_up.jay, form="allegation", by=made_up.dana,
            answers={"about_whom": [{"id": made_up.sam.id}]},
        )  # fmt: skip
    told(made_up, made_up.sam)

    with CaptureQueriesContext(connections["derived"]) as queries:
        told(made_up, made_up.sam)

    assert len(queries) < 30
