"""One statement was told by a colleague, who reads it and confirms it, or disputes it (P28)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.actions import Sealed
from casebound.people.duties.entries import Ended, Subject, SubjectKind
from casebound.people.duties.reads import duties_of
from casebound.people.homes import actions as homes
from casebound.people.staff.actions import close_account
from casebound.record.book.entries import Entry
from casebound.record.book.relations import CORRECTION, MISFILED, STRIKE
from casebound.record.drafting.actions import IncompleteError
from casebound.record.followups.relations import CONFIRMS, DISPUTES
from casebound.record.followups.rules import NobodyAskedError, OriginatorOnlyError
from casebound.record.followups.tests.build import about, due, following, read
from tests.made_up import Child, MadeUp, Worker
from tests.readers import reader

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P28")]
KEY = "originator/read"
SECOND = Subject(SubjectKind.STATEMENT, "2")
THIRD = Subject(SubjectKind.STATEMENT, "3")


def told(worker: Worker, text: str = "Jay sang in the car.", **marks: Any) -> dict[str, Any]:
    """Return a statement that this colleague told."""
    return {
        "text": text, "source": "told_by", "told_by": f"{worker.full_name}, colleague",
        "told_by_id": worker.id, **marks,
    }  # fmt: skip


def write(made_up: MadeUp, *statements: dict[str, Any], **said: Any) -> Sealed:
    """Let Sam write what he saw, and then these statements."""
    return made_up.write(made_up.jay, statements=[{"text": "We had tea."}, *statements], **said)


def page_of(made_up: MadeUp, sealed: Sealed, child: Child | None = None) -> str:
    book = (child or made_up.jay).book
    url = reverse("chronology:entry", args=[book, sealed.numbers[book]])
    return made_up.browser_of(made_up.dana).get(url).text


def entry_in(page: str) -> str:
    """Return the entry of a page, without what differs with each request."""
    return page[page.index("<article") : page.index("</article>")]


def confirm(made_up: MadeUp, sealed: Sealed, by: Worker, subject: Subject, **said: Any) -> Sealed:
    number = sealed.numbers[made_up.jay.book]
    return made_up.follow(made_up.jay, number, "originator_read", by=by, subject=subject, **said)


def test_the_colleague_who_told_a_statement_is_asked_about_that_statement(made_up: MadeUp) -> None:
    sealed = write(made_up, told(made_up.kit))

    [waits] = due(made_up, made_up.jay, KEY)
    assert (waits.assigned_to, waits.subject) == (made_up.kit.id, SECOND)
    assert waits.due_at == made_up.now + timedelta(hours=24)
    mine = duties_of(reader(made_up.kit.id), books=[made_up.jay.book], at=made_up.now)
    assert [duty.key for duty in mine] == [KEY]
    page = page_of(made_up, sealed)
    assert page.count("To be read by Kit Adeyemi, colleague") == 2
    assert "Statement 2: To be read by Kit Adeyemi, colleague" in page


def test_they_confirm_that_statement_and_both_say_when(made_up: MadeUp) -> None:
    sealed = write(made_up, told(made_up.kit), told(made_up.dana, "Jay rang a friend."))
    confirmed = confirm(made_up, sealed, made_up.kit, SECOND)

    [waits] = due(made_up, made_up.jay, KEY)
    assert (waits.assigned_to, waits.subject) == (made_up.dana.id, THIRD)
    assert Entry.read(read(confirmed, made_up.jay)).references[0].relation is CONFIRMS
    page = page_of(made_up, sealed)
    assert page.count("Read and confirmed by Kit Adeyemi, colleague, ") == 2
    assert "Statement 3: To be read by Dana Whitlock, colleague" in page


def test_they_say_that_it_is_not_what_they_said_in_words_that_stay_theirs(made_up: MadeUp) -> None:
    sealed = write(made_up, told(made_up.kit))
    disputed = confirm(
        made_up, sealed, made_up.kit, SECOND,
        answers={"is_right": "no", "not_right": "Jay hummed, and did not sing."},
    )  # fmt: skip

    fact = Entry.read(read(disputed, made_up.jay))
    assert (fact.author.id, fact.references[0].relation) == (made_up.kit.id, DISPUTES)
    assert fact.answers["not_right"] == "Jay hummed, and did not sing."
    [duty] = about(made_up, sealed, made_up.jay).values()
    assert duty.ended is Ended.DISPUTED
    page = page_of(made_up, sealed)
    assert page.count("Kit Adeyemi, colleague says that this is not what they said") == 2
    assert "Disputed" in page
    assert "Jay sang in the car." in page


def test_nobody_else_answers_and_each_answers_once_and_for_their_own_statement(
    made_up: MadeUp,
) -> None:
    sealed = write(made_up, told(made_up.kit), told(made_up.dana, "Jay rang a friend."))

    for other, subject in ((made_up.sam, SECOND), (made_up.dana, SECOND), (made_up.kit, THIRD)):
        with pytest.raises(OriginatorOnlyError, match="the person who told it"):
            confirm(made_up, sealed, other, subject)
    confirm(made_up, sealed, made_up.kit, SECOND)
    with pytest.raises(RefusedError):
        confirm(made_up, sealed, made_up.kit, SECOND)


def test_who_told_all_of_it_is_asked_once_for_all_of_it(made_up: MadeUp) -> None:
    sealed = write(
        made_up, told(made_up.kit), told(made_up.dana, "Jay rang a friend."),
        how_known="told_by", originator="Kit Adeyemi, key worker", originator_id=made_up.kit.id,
    )  # fmt: skip

    waits = {duty.assigned_to: duty.subject for duty in due(made_up, made_up.jay, KEY)}
    assert waits == {made_up.kit.id: Subject(), made_up.dana.id: THIRD}
    confirm(made_up, sealed, made_up.kit, Subject())

    [left] = due(made_up, made_up.jay, KEY)
    assert left.assigned_to == made_up.dana.id
    assert page_of(made_up, sealed).count("Read and confirmed by Kit Adeyemi, key worker") == 2


def test_a_neighbour_a_child_or_a_teacher_cannot_be_asked_and_both_say_why(made_up: MadeUp) -> None:
    sealed = write(
        made_up,
        {"text": "Jay was at the fence.", "source": "told_by", "told_by": "Mr Hale, next door"},
    )

    assert due(made_up, made_up.jay, KEY) == []
    page = page_of(made_up, sealed)
    assert page.count("cannot be asked here to confirm it: no colleague who can be is named") == 2
    assert "Told by <bdi>Mr Hale, next door</bdi>" in page


@pytest.mark.parametrize("who", ["sam", "lin", "alex"])
def test_only_a_colleague_here_who_can_answer_is_asked(made_up: MadeUp, who: str) -> None:
    with pytest.raises(IncompleteError, match="P28"):
        write(made_up, told(getattr(made_up, who)))


def test_a_colleague_whose_role_reads_no_book_or_who_has_left_cannot_be_picked(
    made_up: MadeUp,
) -> None:
    made_up._appoint(made_up.lin, "records_officer", made_up.oak)
    close_account(account=made_up.kit.id, by=made_up.alex.id, at=made_up.now)

    for worker in (made_up.lin, made_up.kit):
        with pytest.raises(IncompleteError, match="cannot read this book and answer in it"):
            write(made_up, told(worker))


def test_a_person_whom_it_accuses_is_not_asked(made_up: MadeUp) -> None:
    accused = {"about_whom": [{"id": made_up.kit.id}]}
    with pytest.raises(IncompleteError, match="is about Kit Adeyemi"):
        write(made_up, told(made_up.kit), form="allegation", answers=accused)
    with pytest.raises(IncompleteError, match="is about Kit Adeyemi"):
        write(made_up, told(made_up.kit, sharing="third_party", third_party="Kit Adeyemi"))


def test_the_page_shows_the_statement_first_and_what_was_corrected_since(made_up: MadeUp) -> None:
    sealed = write(made_up, told(made_up.kit))
    number = sealed.numbers[made_up.jay.book]
    made_up.put_right(made_up.jay, number, CORRECTION, "It was in the bus.")
    draft = made_up.begin_following(
        made_up.jay, number, "originator_read", by=made_up.kit, subject=SECOND
    )

    page = made_up.browser_of(made_up.kit).get(reverse("drafting:write", args=[draft])).text

    assert "What Sam Okafor wrote from your words" in page
    assert page.index("Jay sang in the car.") < page.index("It was in the bus.")
    assert page.index("It was in the bus.") < page.index("We had tea.")


@pytest.mark.parametrize("how", [STRIKE, MISFILED])
def test_a_statement_that_was_withdrawn_while_it_waits_is_not_asked_about(
    made_up: MadeUp, how: Any
) -> None:
    sealed = write(made_up, told(made_up.kit))
    made_up.put_right(made_up.jay, sealed.numbers[made_up.jay.book], how, by=made_up.dana)

    assert due(made_up, made_up.jay, KEY) == due(made_up, made_up.jay, "withdrawn/agree") == []
    with pytest.raises(RefusedError):
        confirm(made_up, sealed, made_up.kit, SECOND)


def test_a_colleague_who_leaves_while_it_waits_cannot_be_asked_and_a_manager_says_so(
    made_up: MadeUp,
) -> None:
    sealed = write(made_up, told(made_up.kit), told(made_up.dana, "Jay rang a friend."))
    number = sealed.numbers[made_up.jay.book]
    homes.end_appointment(
        appointment=made_up.kits_appointment, to_at=made_up.now, by=made_up.alex.id, at=made_up.now
    )
    steps = following(made_up, sealed, made_up.jay, made_up.dana).next
    [step] = [step for step in steps if step.duty and step.duty.subject == SECOND]
    assert step.who == "Kit Adeyemi, who cannot do it here any more"
    assert "Ask" not in step.why_not
    other = next(step for step in steps if step.form == "originator_cannot")
    assert other.what == "Say why Kit Adeyemi, colleague cannot be asked"

    made_up.follow(
        made_up.jay, number, "originator_cannot", by=made_up.dana, subject=other.subject,
        answers={"why": "left"},
    )  # fmt: skip

    assert [duty.assigned_to for duty in due(made_up, made_up.jay, KEY)] == [made_up.dana.id]
    assert "Kit Adeyemi, colleague cannot be asked to confirm it" in page_of(made_up, sealed)
    with pytest.raises(NobodyAskedError):
        made_up.begin_following(
            made_up.jay, number, "originator_cannot", by=made_up.dana, subject=SECOND
        )


def test_nobody_is_named_as_not_to_be_asked_where_nobody_waits(made_up: MadeUp) -> None:
    sealed = made_up.write(made_up.jay)

    steps = following(made_up, sealed, made_up.jay, made_up.dana).next

    assert "originator_cannot" not in {step.form for step in steps}
    assert "view_asked" not in {step.form for step in steps}


def test_one_statement_in_two_books_is_one_question_and_both_books_say_its_state(
    made_up: MadeUp,
) -> None:
    ash = made_up.admit("Ash Fernside", "Ash", made_up.oak)
    sealed = write(
        made_up, told(made_up.kit), told(made_up.dana, "Ash rang a friend.", about=[ash.id]),
        form="incident", also_about=[ash.id],
    )  # fmt: skip

    of_jay, of_ash = due(made_up, made_up.jay, KEY), due(made_up, ash, KEY)
    assert [duty.subject for duty in of_jay] == [SECOND]
    assert [duty.subject for duty in of_ash] == [THIRD]
    confirm(made_up, sealed, made_up.kit, SECOND)
    for child in (made_up.jay, ash):
        assert "Read and confirmed by Kit Adeyemi" in page_of(made_up, sealed, child)
    assert "Dana Whitlock, colleague" not in page_of(made_up, sealed)
    assert "To be read by Dana Whitlock, colleague" in page_of(made_up, sealed, ash)


def test_misfiled_in_one_book_it_is_asked_about_in_the_other(made_up: MadeUp) -> None:
    ash = made_up.admit("Ash Fernside", "Ash", made_up.oak)
    sealed = write(made_up, told(made_up.kit), form="meeting", also_about=[ash.id])
    made_up.put_right(made_up.jay, sealed.numbers[made_up.jay.book], MISFILED, by=made_up.dana)

    assert due(made_up, made_up.jay, KEY) == []
    [waits] = due(made_up, ash, KEY)
    assert waits.number == sealed.numbers[ash.book]


def test_worked_out_again_it_comes_out_the_same(made_up: MadeUp) -> None:
    sealed = write(made_up, told(made_up.kit), told(made_up.dana, "Jay rang a friend."))
    confirm(made_up, sealed, made_up.kit, SECOND)
    before = about(made_up, sealed, made_up.jay), entry_in(page_of(made_up, sealed))

    rebuild()

    assert (about(made_up, sealed, made_up.jay), entry_in(page_of(made_up, sealed))) == before
