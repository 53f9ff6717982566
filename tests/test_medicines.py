"""Prescribed, due, given, refused, missed: from an entry to what the pages say."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.calendar import day_of
from casebound.ledger.projecting.actions import rebuild
from casebound.record.book.relations import MISFILED, STRIKE, Relation
from casebound.record.followups.rules import NotByAuthorError
from casebound.record.followups.tests.build import due as duties_of_jay
from casebound.record.medicines.due import DoseState
from casebound.record.medicines.models import MedicineEntry
from casebound.record.medicines.reads import due_now, unrecorded
from casebound.record.medicines.values import on_clock
from tests.made_up import MadeUp
from tests.medicines import PARACETAMOL, give, medicines, page, prescribe

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P11")]
AT_HAND = timedelta(days=1)


def yesterday(made_up: MadeUp, clock: str) -> datetime:
    """Return a time of yesterday, in London."""
    return on_clock(day_of(made_up.now) - AT_HAND, time.fromisoformat(clock))


def waiting(made_up: MadeUp) -> list[datetime]:
    return [seen.dose.at for seen in due_now([made_up.book(made_up.jay)], at=made_up.now)]


def test_a_dose_that_nobody_recorded_stays_on_shift_until_somebody_says_what_happened(
    made_up: MadeUp,
) -> None:
    prescribed = prescribe(made_up)
    due = yesterday(made_up, "08:00")
    sam = made_up.browser_of(made_up.sam)
    before = sam.get("/").text

    give(
        made_up, prescribed, due=due, taken="not_given", reason="missed", left="20",
        not_taken_why="Found this morning. 111 said to go on as usual.",
    )  # fmt: skip

    assert "Methylphenidate XL 18 mg: 1 tablet" in before
    assert "missed, or not recorded" in before
    assert due not in waiting(made_up)
    asked = [duty.key for duty in duties_of_jay(made_up, made_up.jay)]
    assert "medicine/missed" in asked


def test_one_tap_begins_the_dose_with_what_the_prescription_says(made_up: MadeUp) -> None:
    prescribed = prescribe(made_up)
    sam = made_up.browser_of(made_up.sam)
    number = prescribed.numbers[made_up.jay.book]
    address = reverse("drafting:of_medicine", args=[made_up.jay.book, number, "medicine_given"])
    due = yesterday(made_up, "16:00")

    first = sam.post(address, {"due": due.isoformat()})
    again = sam.post(address, {"due": due.isoformat()})
    other = sam.post(address, {"due": yesterday(made_up, "08:00").isoformat()})

    written = sam.get(first["Location"]).text
    assert first["Location"] == again["Location"] != other["Location"]
    assert 'value="Methylphenidate XL 18 mg"' in written
    assert 'value="½ tablet"' in written or 'value="0.5 tablet"' in written
    assert due in waiting(made_up)  # a draft of "given" counts as nothing


@pytest.mark.parametrize("how", [STRIKE, MISFILED])
def test_a_dose_that_is_struck_or_misfiled_is_due_again(made_up: MadeUp, how: Relation) -> None:
    prescribed = prescribe(made_up)
    due = yesterday(made_up, "16:00")
    sealed = give(made_up, prescribed, due=due, left="20")
    settled = due not in waiting(made_up)

    made_up.put_right(made_up.jay, sealed.numbers[made_up.jay.book], how, by=made_up.dana)

    assert settled
    assert due in waiting(made_up)


def test_a_copy_is_checked_by_somebody_else_than_its_writer(made_up: MadeUp) -> None:
    number = prescribe(made_up).numbers[made_up.jay.book]
    unchecked = page(made_up)

    with pytest.raises(NotByAuthorError):
        made_up.follow(made_up.jay, number, "prescription_checked", by=made_up.kit)
    made_up.follow(
        made_up.jay, number, "prescription_checked", by=made_up.sam, answers={"same": "yes"}
    )

    assert "Copy not checked yet" in unchecked
    assert "Checked by Sam Okafor" in page(made_up)


def test_a_changed_prescription_begins_as_it_was_and_holds_from_now(made_up: MadeUp) -> None:
    number = prescribe(made_up).numbers[made_up.jay.book]
    draft = made_up.begin_following(made_up.jay, number, "prescription_change")
    answers = made_up.opened(draft, by=made_up.dana).content.answers

    made_up.follow(
        made_up.jay, number, "prescription_change", by=made_up.dana,
        answers={
            **answers,
            "changed": "The clinic says 27 mg.",
            "strength": "27 mg",
            "times": [*answers["times"]],  # type: ignore[misc]  # rows
        },
    )  # fmt: skip

    (prescription,) = medicines(made_up).prescriptions
    assert answers["medicine"] == "Methylphenidate XL"
    assert [version.label for version in prescription.versions] == [
        "Methylphenidate XL 18 mg",
        "Methylphenidate XL 27 mg",
    ]


def test_a_stopped_medicine_is_due_no_more_and_stays_readable(made_up: MadeUp) -> None:
    number = prescribe(made_up).numbers[made_up.jay.book]

    made_up.follow(
        made_up.jay, number, "prescription_stopped", by=made_up.dana,
        answers={"why": "It kept Jay awake.", "decided_by": "Dr Falkenrath"},
    )  # fmt: skip

    assert medicines(made_up).current(made_up.now) == []
    assert "It kept Jay awake." in page(made_up)


def test_a_medicine_when_needed_says_when_the_next_may_be_given_and_asks_what_it_did(
    made_up: MadeUp,
) -> None:
    prescribed = prescribe(made_up, PARACETAMOL)
    sealed = give(made_up, prescribed, needed_why="Jay held their ear.")
    (needed,) = medicines(made_up).as_needed(made_up.now)
    asked = {duty.key for duty in duties_of_jay(made_up, made_up.jay)}

    made_up.follow(
        made_up.jay, sealed.numbers[made_up.jay.book], "medicine_outcome", by=made_up.sam,
        answers={"helped": "yes"},
    )  # fmt: skip

    assert needed.next_at == made_up.now + timedelta(hours=4)
    assert "medicine/outcome" in asked
    later = {duty.key for duty in duties_of_jay(made_up, made_up.jay)}
    assert "medicine/outcome" not in later


def test_a_medicine_when_needed_says_when_it_was_last_given_in_a_year(made_up: MadeUp) -> None:
    prescribed = prescribe(made_up, PARACETAMOL, since=made_up.now - timedelta(days=50))
    never = page(made_up)

    give(made_up, prescribed, at=made_up.now - timedelta(days=40), needed_why="Ear ache")

    assert "Not given in the last year." in never
    assert "Not given" not in page(made_up)


def test_nobody_of_another_home_sees_the_medicines_of_a_child(made_up: MadeUp) -> None:
    prescribe(made_up)
    lin = made_up.browser_of(made_up.lin)

    answer = lin.get(reverse("medicines:medicines", args=[made_up.jay.book]))

    assert answer.status_code == 404
    assert "Methylphenidate" not in lin.get("/").text


def test_rebuilt_equals_live(made_up: MadeUp) -> None:
    give(made_up, prescribe(made_up), due=yesterday(made_up, "08:00"), left="20")
    live = list(MedicineEntry.objects.order_by("id").values_list())

    rebuild()

    assert list(MedicineEntry.objects.order_by("id").values_list()) == live


def test_a_due_dose_on_shift_says_the_allergies_and_is_loud_about_one_that_matches(
    made_up: MadeUp, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    prescribe(made_up, medicine="Amoxicillin", strength="250 mg", controlled="no")
    sam = made_up.browser_of(made_up.sam)
    before = sam.get("/").text

    made_up.write(
        made_up.jay, form="allergy", by=made_up.kit, statements=[],
        answers={"substance": "Penicillin", "kind": "allergy", "reaction": "A rash",
                 "severity": "life"},
    )  # fmt: skip
    after = sam.get("/").text

    assert "No allergy is recorded" in before
    assert "app-due__alert" not in before
    assert "Allergies: Penicillin (it can kill: call 999)" in after
    assert "No allergy is recorded" not in after
    doses = due_now([made_up.book(made_up.jay)], at=made_up.now)
    due = sum(seen.state is DoseState.NOW for seen in doses)
    assert len(doses) > after.count("app-due__alert") == max(due, 1)
    assert "Do not give it before a pharmacist or doctor has said so." in after
    books = [made_up.book(made_up.jay)]
    with django_assert_num_queries(2, using="derived"):  # the entries, and the homes' policies
        due_now(books, at=made_up.now)


def test_a_dose_that_nobody_recorded_for_weeks_stands_on_the_desk_until_somebody_does(
    made_up: MadeUp, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    long_ago = made_up.now - timedelta(days=40)
    prescribed = prescribe(
        made_up, since=long_ago, given="regular", times=[{"at": "08:00"}], controlled="no",
        starts_on=f"{day_of(long_ago):%Y-%m-%d}",
        ends_on=f"{day_of(long_ago) + timedelta(days=2):%Y-%m-%d}",
    )  # fmt: skip
    books = [made_up.book(made_up.jay, by=made_up.dana)]
    (before,) = unrecorded(books, at=made_up.now)
    dana = made_up.browser_of(made_up.dana)
    desk = dana.get(reverse("desk:desk")).text
    child = page(made_up)

    for days in range(3):
        due = on_clock(day_of(long_ago) + timedelta(days=days), time(8))
        if due >= before.oldest:
            give(
                made_up, prescribed, due=due, taken="not_given", reason="missed",
                not_taken_why="Nobody wrote it down at the time.",
            )  # fmt: skip

    assert waiting(made_up) == []
    assert before.count >= 2
    assert "missed, or not recorded" in desk
    assert "Medicines that nobody recorded" in desk
    assert child.count("Missed, or not recorded</span>") == before.count
    assert unrecorded(books, at=made_up.now) == []
    assert "Medicines that nobody recorded" not in dana.get(reverse("desk:desk")).text
    with django_assert_num_queries(3, using="derived"):
        unrecorded(books, at=made_up.now)
