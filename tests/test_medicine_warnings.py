"""What is warned of before a dose is signed, and that a warning asks and never forbids."""

from datetime import timedelta

import pytest

from casebound.record.drafting.actions import IncompleteError
from casebound.record.medicines.allergies import Allergy, Closeness, alerts
from casebound.record.medicines.tests.test_due import DAY, at, said
from tests.made_up import MadeUp
from tests.medicines import PARACETAMOL, give, page, prescribe
from tests.test_medicines import yesterday

AMOXICILLIN = {
    "medicine": "Amoxicillin", "strength": "250 mg in 5 ml", "dose": "5 ml", "given": "regular",
    "times": [{"at": "08:00"}], "prescriber": "Dr Falkenrath",
}  # fmt: skip


def allergic_to(substance: str, *, in_words: bool = False) -> Allergy:
    entry = said("allergy", 1, at("08:00", DAY), substance=substance)
    return Allergy(said=entry, substance=substance, in_words=in_words)


@pytest.mark.parametrize(
    ("medicine", "substance", "closeness"),
    [
        ("Amoxicillin 250 mg in 5 ml", "penicillin", Closeness.GROUP),
        ("Augmentin 375 mg", "Penicillin", Closeness.GROUP),
        ("co-amoxiclav", "Augmentin", Closeness.SAME),
        ("Amoxycillin", "amoxicillin", Closeness.SAME),
        ("amoxicilin caps", "penicillins", Closeness.GROUP),
        ("Phenoxymethylpenicillin", "amoxil", Closeness.GROUP),
        ("Cefalexin 250 mg", "penicillin", Closeness.CAUTION),
        ("Nurofen for children", "ibuprofen", Closeness.SAME),
        ("Ibuprofen 200 mg", "aspirin", Closeness.GROUP),
        ("Zyxoprane 5 mg", "zyxoprane", Closeness.SAME),
        ("Calpol", "paracetamol", Closeness.SAME),
        ("Paracetamol 500 mg tablets", "penicillin tablets", None),
        ("Methylphenidate XL 18 mg", "penicillin: a rash", None),
    ],
)
def test_a_medicine_is_noticed_under_every_name_and_by_its_group(
    medicine: str, substance: str, closeness: Closeness | None
) -> None:
    found = alerts(medicine, [allergic_to(substance)])

    assert [alert.closeness for alert in found] == ([closeness] if closeness else [])


@pytest.mark.django_db
def test_a_medicine_the_child_is_allergic_to_is_asked_about_and_the_answer_is_sealed(
    made_up: MadeUp,
) -> None:
    made_up.write(
        made_up.jay, form="allergy", statements=[],
        answers={"substance": "penicillin", "reaction": "A rash on both arms"},
    )  # fmt: skip

    with pytest.raises(IncompleteError, match="one of the penicillins"):
        prescribe(made_up, AMOXICILLIN, since=made_up.now)
    prescribe(made_up, AMOXICILLIN, since=made_up.now, despite="Ruled out, says the pharmacist.")

    text = page(made_up)
    assert "A rash on both arms" in text
    assert "Amoxicillin" in text


@pytest.mark.django_db
def test_what_the_profile_says_in_words_counts_too(made_up: MadeUp) -> None:
    made_up.write(
        made_up.jay, form="profile_health", statements=[],
        answers={"allergies": "Penicillin (hives), plasters"},
    )  # fmt: skip

    with pytest.raises(IncompleteError, match="The profile says"):
        prescribe(made_up, AMOXICILLIN, since=made_up.now)


@pytest.mark.django_db
def test_two_workers_who_give_the_same_dose_the_second_is_told_by_whom_and_when(
    made_up: MadeUp,
) -> None:
    prescribed = prescribe(made_up, controlled="no")
    due = yesterday(made_up, "08:00")
    give(made_up, prescribed, due=due, at=due + timedelta(minutes=2))

    with pytest.raises(IncompleteError, match=r"recorded already: given at 08:02 .*Sam Okafor"):
        give(made_up, prescribed, due=due, at=due + timedelta(minutes=3), by=made_up.kit)


@pytest.mark.django_db
def test_a_dose_too_soon_or_too_many_is_asked_about_and_can_be_given_all_the_same(
    made_up: MadeUp,
) -> None:
    prescribed = prescribe(made_up, PARACETAMOL)
    for hours in (23, 18, 13, 8):
        give(made_up, prescribed, at=made_up.now - timedelta(hours=hours), needed_why="Ear ache")

    with pytest.raises(IncompleteError, match="dose 5 within 24 hours"):
        give(made_up, prescribed, needed_why="Ear ache")
    with pytest.raises(IncompleteError, match="too soon"):
        give(made_up, prescribed, at=made_up.now - timedelta(hours=7), needed_why="Ear ache")
    given = give(
        made_up, prescribed, needed_why="Ear ache", despite="111 said to give it once more."
    )

    assert given.numbers


@pytest.mark.django_db
def test_more_than_prescribed_is_asked_about(made_up: MadeUp) -> None:
    prescribed = prescribe(made_up, controlled="no")

    with pytest.raises(IncompleteError, match="2 tablets is more than the prescription says"):
        give(made_up, prescribed, due=yesterday(made_up, "08:00"), dose="two tablets")


@pytest.mark.django_db
def test_who_watches_is_for_the_home_to_decide(made_up: MadeUp) -> None:
    prescribed = prescribe(made_up)
    due = yesterday(made_up, "08:00")

    with pytest.raises(IncompleteError, match="Say who watched"):
        give(made_up, prescribed, due=due, witness=())
    house = made_up.house(made_up.oak)
    made_up.write(
        house, form="medicine_policy", by=made_up.dana, statements=[], answers={"witness": "never"}
    )

    assert give(made_up, prescribed, due=due, witness=()).numbers
