"""A draft for managers is handed on past everybody it names, and a leaver's is not lost."""

import re

import pytest

from casebound.foundation.base.ids import DraftId
from casebound.ledger.sealing.reads import entry_at
from casebound.people.staff.actions import close_account
from casebound.record.book.relations import ADDENDUM, CORRECTION, Relation
from casebound.record.drafting import actions
from casebound.record.drafting.actions import IncompleteError
from casebound.record.drafting.handing_on import handable_draft
from casebound.record.drafting.reads import about_earlier
from casebound.record.drafting.tests.pages import url
from tests.made_up import MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63", "P39")]
GONE, REFUSED, FOUND = 404, 409, 302


@pytest.fixture
def tom(made_up: MadeUp) -> Worker:
    tom = made_up._worker("tom.fairweather", "Tom Fairweather")
    made_up._appoint(tom, "deputy_manager", made_up.oak)
    return tom


@pytest.fixture
def ursula(made_up: MadeUp) -> Worker:
    ursula = made_up._worker("ursula.hale", "Ursula Hale")
    made_up._appoint(ursula, "responsible_individual", None)
    return ursula


def about(made_up: MadeUp, *workers: Worker, **more: object) -> DraftId:
    """Begin a draft of Sam's of an allegation about these workers."""
    answers = {"about_whom": [{"id": worker.id} for worker in workers], **more}
    return made_up.draft(made_up.jay, "Jay told of it.", form="allegation", answers=answers)


def putting_right(made_up: MadeUp, number: int, how: Relation) -> DraftId:
    """Begin a draft of Sam's that adds to page `number` of Jay's book, or corrects it."""
    earlier = entry_at(made_up.jay.book, number)
    assert earlier is not None
    return actions.begin_draft(
        book=made_up.book(made_up.jay, by=made_up.sam),
        form=how.key,
        by=made_up.sam.id,
        at=made_up.now,
        about=about_earlier(earlier, book=made_up.jay.book, relation=how),
        content=made_up.content("It was the van."),
    )


def leaves(made_up: MadeUp) -> None:
    close_account(account=made_up.sam.id, by=made_up.alex.id, at=made_up.now)


@pytest.mark.parametrize("how", ["picked", "typed"])
def test_nobody_it_names_is_offered_it_and_a_crafted_request_is_refused_in_words(
    made_up: MadeUp, tom: Worker, how: str
) -> None:
    typed = {"about_whom": [{"name": "kit  adeyemi", "role": ""}]}
    draft = about(made_up, made_up.kit) if how == "picked" else about(made_up, **typed)
    sam = made_up.browser_of(made_up.sam)

    page = sam.get(url("hand_over", draft)).text
    assert "Kit Adeyemi" not in page
    assert tom.full_name in page

    refused = sam.post(url("hand_over", draft), {"to": made_up.kit.id})
    assert refused.status_code == REFUSED
    assert "It names the person you picked" in refused.text
    assert made_up.opened(draft, by=made_up.sam) is not None
    assert sam.post(url("hand_over", draft), {"to": tom.id}).status_code == FOUND


def test_who_hands_it_on_because_it_names_them_is_not_asked_about_it(
    made_up: MadeUp, tom: Worker
) -> None:
    draft = about(made_up, made_up.sam)
    handed = handable_draft(draft, by=made_up.sam.id, at=made_up.now)
    assert handed is not None
    actions.hand_over_draft(draft=handed, to=tom.id, by=made_up.sam.id, at=made_up.now)

    content = made_up.opened(draft, by=tom).content
    assert (content.originator_id, content.originator[:9]) == ("", "Sam Okafo")


def test_a_leavers_stands_on_the_desk_of_who_may_read_such_a_matter_without_a_word_of_it(
    made_up: MadeUp, tom: Worker, ursula: Worker
) -> None:
    draft = about(made_up, tom)
    others = [made_up.browser_of(worker) for worker in (made_up.dana, tom, ursula)]
    for browser in others:
        assert url("hand_over", draft) not in browser.get("/desk/").text
    leaves(made_up)

    dana, named, responsible = others
    for browser in (dana, responsible):
        desk = browser.get("/desk/").text
        assert url("hand_over", draft) in desk
        assert "Jay told of it" not in desk
    assert url("hand_over", draft) not in named.get("/desk/").text
    assert named.get(url("hand_over", draft)).status_code == GONE
    page = dana.get(url("hand_over", draft)).text
    assert tom.full_name not in page
    assert "Kit Adeyemi" in page


@pytest.mark.parametrize("how", ["said", "picked"])
def test_what_is_about_the_registered_manager_waits_on_the_responsible_individual_alone(
    made_up: MadeUp, tom: Worker, ursula: Worker, how: str
) -> None:
    of_managers = {"kind": "allegation_worker", "about_managers": "yes"}
    draft = about(made_up, **of_managers) if how == "said" else about(made_up, made_up.dana)
    leaves(made_up)

    for worker in (made_up.dana, tom):
        browser = made_up.browser_of(worker)
        assert url("hand_over", draft) not in browser.get("/desk/").text
        assert browser.get(url("hand_over", draft)).status_code == GONE
    page = made_up.browser_of(ursula).get(url("hand_over", draft)).text
    assert "Kit Adeyemi" in page
    assert tom.full_name not in page
    assert made_up.dana.full_name not in page


def test_a_draft_that_adds_to_such_an_entry_is_of_its_matter(made_up: MadeUp, tom: Worker) -> None:
    accused = {"about_whom": [{"id": tom.id}]}
    sealed = made_up.write(made_up.jay, "Jay told.", form="allegation", answers=accused)
    number = sealed.numbers[made_up.jay.book]
    draft = putting_right(made_up, number, ADDENDUM)
    made_up.save(draft, made_up.content("More."))
    desks = [made_up.browser_of(worker).get("/desk/").text for worker in (tom, made_up.dana)]
    assert not any("Addendum" in desk for desk in desks)
    leaves(made_up)

    assert url("hand_over", draft) not in made_up.browser_of(tom).get("/desk/").text
    assert url("hand_over", draft) in made_up.browser_of(made_up.dana).get("/desk/").text


def test_whom_the_matter_names_is_not_offered_as_who_told_what_adds_to_it(
    made_up: MadeUp, tom: Worker
) -> None:
    accused = {"about_whom": [{"id": made_up.kit.id}]}
    sealed = made_up.write(made_up.jay, "Jay told.", form="allegation", answers=accused)
    number = sealed.numbers[made_up.jay.book]
    draft = putting_right(made_up, number, CORRECTION)

    page = made_up.browser_of(made_up.sam).get(url("write", draft)).text
    asked = re.search(r'name="originator_id".*?</select>', page, re.DOTALL)
    assert asked is not None
    assert tom.id in asked[0]
    assert made_up.kit.id not in asked[0]

    told = [{"text": "It was the van.", "source": "told_by", "told_by_id": made_up.kit.id}]
    made_up.save(draft, made_up.content(statements=told))
    with pytest.raises(IncompleteError, match="cannot be asked about this"):
        made_up.sign(draft)


@pytest.mark.parametrize("how", [ADDENDUM, CORRECTION])
@pytest.mark.parametrize("named", ["picked", "typed"])
def test_who_is_named_later_is_kept_from_the_whole_matter_from_then_on(
    made_up: MadeUp, tom: Worker, how: Relation, named: str
) -> None:
    sealed = made_up.write(made_up.jay, "Jay told.", form="allegation")
    number = sealed.numbers[made_up.jay.book]
    page = f"/books/{made_up.jay.book}/{number}/"
    deputy = made_up.browser_of(tom)
    assert "Jay told." in deputy.get(page).text

    who = {"id": tom.id} if named == "picked" else {"name": "Tom fairweather", "role": ""}
    made_up.put_right(made_up.jay, number, how, "It was Tom.", answers={"about_whom": [who]})

    assert deputy.get(page).status_code == GONE
    assert deputy.get(f"/books/{made_up.jay.book}/{number + 1}/").status_code == GONE
    managers = made_up.browser_of(made_up.dana)
    assert "It was Tom." in managers.get(f"/books/{made_up.jay.book}/{number + 1}/").text


def test_the_registered_manager_named_later_leaves_it_to_the_responsible_individual(
    made_up: MadeUp, tom: Worker, ursula: Worker
) -> None:
    sealed = made_up.write(made_up.jay, "Jay told.", form="allegation")
    number = sealed.numbers[made_up.jay.book]
    answers = {"about_whom": [{"id": made_up.dana.id}]}
    made_up.put_right(made_up.jay, number, ADDENDUM, "It was Dana.", answers=answers)

    page = f"/books/{made_up.jay.book}/{number}/"
    read = {w.id: made_up.browser_of(w).get(page).status_code for w in (made_up.dana, tom, ursula)}
    assert read == {made_up.dana.id: GONE, tom.id: GONE, ursula.id: 200}
    waits = [
        f"/books/{made_up.jay.book}/{number}/" in made_up.browser_of(w).get("/desk/").text
        for w in (made_up.dana, tom, ursula)
    ]
    assert waits == [False, False, True]


def test_nobody_adds_their_own_name_and_signs_and_an_ordinary_entry_does_not_ask(
    made_up: MadeUp,
) -> None:
    sealed = made_up.write(made_up.jay, "Jay told.", form="allegation")
    number = sealed.numbers[made_up.jay.book]
    own = {"about_whom": [{"id": made_up.sam.id}]}
    with pytest.raises(IncompleteError, match="names you"):
        made_up.put_right(made_up.jay, number, ADDENDUM, "It was me.", answers=own)

    sam = made_up.browser_of(made_up.sam)
    assert "as is known now" in sam.get(url("write", putting_right(made_up, number, ADDENDUM))).text
    plain = made_up.write(made_up.jay, "Tea.").numbers[made_up.jay.book]
    assert (
        "as is known now" not in sam.get(url("write", putting_right(made_up, plain, ADDENDUM))).text
    )
