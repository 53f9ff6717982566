"""Restricting while writing: what the page posts, what it asks for, what is sealed."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import resolve, reverse

from casebound.ledger.sealing.reads import entry_at
from casebound.people.restricted.models import Restriction
from casebound.record.book.relations import ADDENDUM, CORRECTION, Relation
from casebound.record.drafting import actions
from casebound.record.drafting.first_content import first_content
from casebound.record.drafting.forms import as_asked, content_of
from casebound.record.drafting.missing import missing_from
from casebound.record.restricting.actions.intervals import set_interval
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Content, Sharing
from casebound.rulebook.catalogue.marks import Ground
from tests.made_up import MadeUp, Worker


def posted(made_up: MadeUp, **more: str) -> QueryDict:
    on = (made_up.now + timedelta(days=30)).date()
    query = QueryDict(mutable=True)
    query.update(
        {
            "how_known": "was_there", "present_nobody": "1",
            "statements-1-text": "He showed me his arm.",
            "statements-1-staff": "need_to_know", "statements-1-staff_ground": "sensitive",
            "statements-1-staff_reason": "It is about his body.",
            "statements-1-staff_review_on_date": f"{on}",
            "restrict-1-part": "entry", "restrict-1-scope": "child",
            "restrict-1-ground": "police_investigation", "restrict-1-reason": "They asked.",
            "restrict-1-reference": "log 412", "restrict-1-officer": "PC Ines Rook",
            "restrict-1-review_on_date": f"{on}",
        }
    )  # fmt: skip
    query.update(more)
    return query


@pytest.mark.django_db
@pytest.mark.policy("P36", "P37")
def test_what_is_posted_is_sealed_and_becomes_rows_of_both_scopes(made_up: MadeUp) -> None:
    read = content_of(catalogue.form("daily_log"), posted(made_up))
    said = read.to_json()

    made_up.write(made_up.jay, statements=said["statements"], restrictions=said["restrictions"])

    rows = Restriction.objects.order_by("scope")
    assert [(row.scope, row.part, row.ground) for row in rows] == [
        ("child", "", "police_investigation"),
        ("need_to_know", "s1", "sensitive"),
    ]
    assert (rows[0].reference, rows[0].officer) == ("log 412", "PC Ines Rook")


@pytest.mark.django_db
@pytest.mark.policy("P37")
def test_the_page_shows_what_was_chosen_and_asks_for_what_its_ground_needs(
    made_up: MadeUp,
) -> None:
    query = posted(made_up, **{"restrict-1-officer": "", "statements-1-staff_reason": ""})
    read = content_of(catalogue.form("daily_log"), query)
    draft = made_up.draft(made_up.jay)
    made_up.save(draft, made_up.content(**{  # type: ignore[arg-type]
        name: value for name, value in read.to_json().items()
        if name in {"statements", "restrictions"}
    }))  # fmt: skip
    page = (
        made_up.browser_of(made_up.sam)
        .get(f"{reverse('drafting:write', args=[draft])}?check=1")
        .text
    )

    assert 'id="restrict-1-officer-error"' in page
    assert 'id="statements-1-staff_reason-error"' in page
    assert '<option value="police_investigation" selected>' in page


def test_one_more_row_is_added_and_what_all_staff_need_is_kept_from_nobody() -> None:
    query = QueryDict(mutable=True)
    query.update({"save": "restrict", "restrict-1-part": "entry"})
    form = catalogue.form("daily_log")

    content, where = as_asked(form, content_of(form, query), query)

    assert (len(content.restrictions), where) == (2, "#restrict-2")


@pytest.mark.django_db
@pytest.mark.policy("P63")
def test_a_medicine_is_for_all_staff(made_up: MadeUp) -> None:
    why = {
        "part": "entry", "scope": "need_to_know", "ground": "sensitive", "reason": "His body.",
        "review_on": f"{(made_up.now + timedelta(days=30)).date()}",
    }  # fmt: skip
    draft = made_up.draft(made_up.jay, form="profile_health", restrictions=[why])
    page = (
        made_up.browser_of(made_up.sam)
        .get(f"{reverse('drafting:write', args=[draft])}?check=1")
        .text
    )

    assert "everybody who works here needs what this form says" in page


@pytest.mark.django_db
@pytest.mark.policy("P63")
def test_self_harm_begins_with_its_details_for_those_who_need_to_know(made_up: MadeUp) -> None:
    form = catalogue.form("self_harm")
    content = first_content(made_up.book(made_up.jay), form, made_up.now)

    assert form.need_to_know is not None
    assert [said.part for said in content.restrictions] == [
        f"a_{name}" for name in form.need_to_know.answers
    ]
    made_up.write(
        made_up.jay,
        form="self_harm",
        answers={"before": "A call."},
        restrictions=content.to_json()["restrictions"],
    )
    [row] = Restriction.objects.all()  # an answer that nobody gave restricts nothing
    assert (row.part, row.scope, row.ground) == ("a_before", "need_to_know", "sensitive")


def in_30_days(made_up: MadeUp) -> str:
    return f"{(made_up.now + timedelta(days=30)).date()}"


def put_right(made_up: MadeUp, how: Relation, number: int, by: Worker) -> Content:
    """Begin what puts an entry right, as the page does, and return what it begins with."""
    address = reverse("drafting:put_right", args=[made_up.jay.book, number, how.key])
    answer = made_up.browser_of(by).post(address)
    draft = resolve(answer.url).kwargs["draft"]  # type: ignore[attr-defined]
    return made_up.opened(draft, by=by).content


@pytest.mark.django_db
@pytest.mark.policy("P36", "P63")
@pytest.mark.parametrize("how", [ADDENDUM, CORRECTION])
def test_what_puts_an_entry_right_begins_with_the_marks_of_what_is_restricted_there(
    made_up: MadeUp, how: Relation
) -> None:
    on = in_30_days(made_up)
    among_staff = {
        "scope": "need_to_know", "ground": "about_colleague", "reason": "It is about a colleague.",
        "worker": made_up.dana.id, "review_on": on,
    }  # fmt: skip
    withheld = {
        "text": "Her aunt has not been told yet.", "sharing": "withheld",
        "ground": "police_investigation", "reason": "They asked.", "reference": "log 412",
        "officer": "PC Ines Rook", "review_on": on,
    }  # fmt: skip
    sealed = made_up.write(
        made_up.jay,
        statements=[
            {"text": "It rained."},
            withheld,
            {"text": "He shouted.", "staff": among_staff},
        ],
    )
    number = sealed.numbers[made_up.jay.book]

    [statement] = put_right(made_up, how, number, made_up.sam).statements
    assert (statement.sharing, statement.ground, statement.reason) == (
        Sharing.WITHHELD, Ground.POLICE_INVESTIGATION, "They asked.",
    )  # fmt: skip
    assert (statement.reference, statement.officer) == ("log 412", "PC Ines Rook")
    assert statement.review_on == on
    assert statement.staff is not None
    assert (statement.staff.worker, statement.staff.part) == (made_up.dana.id, "")
    # Who may not know that something is held is told nothing of it.
    [seen] = put_right(made_up, how, number, made_up.dana).statements
    assert (seen.sharing, seen.staff) == (Sharing.WITHHELD, None)


@pytest.mark.django_db
@pytest.mark.policy("P36")
def test_a_section_of_the_profile_stays_restricted_in_its_successor(made_up: MadeUp) -> None:
    why = {
        "part": "a_language", "scope": "child", "ground": "risk_to_child", "reason": "Not yet.",
        "review_on": in_30_days(made_up),
    }  # fmt: skip
    answers = {"language": "English", "method": "Signs", "needs_interpreter": "no"}
    made_up.write(
        made_up.jay, form="profile_communication", statements=[], answers=answers,
        restrictions=[why],
    )  # fmt: skip

    content = first_content(
        made_up.book(made_up.jay), catalogue.form("profile_communication"), made_up.now
    )

    assert [said.to_json() for said in content.restrictions] == [why]


@pytest.mark.django_db
@pytest.mark.policy("P36", "P40")
def test_a_draft_that_is_moved_keeps_what_is_restricted(
    made_up: MadeUp,
) -> None:
    bo, on = made_up.admit("Bo Fernley", "Bo", made_up.oak), in_30_days(made_up)
    why = {"scope": "need_to_know", "ground": "sensitive", "reason": "Her body.", "review_on": on}
    whole = {**why, "part": "entry", "scope": "child", "ground": "risk_to_child"}
    draft = made_up.draft(
        made_up.jay,
        statements=[{"text": "She rang.", "staff": why}],
        restrictions=[whole],
    )
    before = made_up.opened(draft).content

    actions.move_draft(
        draft=made_up.prepared(draft), to=made_up.book(bo), by=made_up.sam.id, at=made_up.now
    )

    after = made_up.opened(draft).content
    assert after.restrictions == before.restrictions != ()
    assert after.statements[0].staff == before.statements[0].staff
    assert after.statements[0].staff is not None


@pytest.mark.django_db
@pytest.mark.policy("P36", "P63")
def test_an_answer_that_is_carried_to_another_form_stays_restricted_there(
    made_up: MadeUp,
) -> None:
    why = {
        "part": "a_before", "scope": "child", "ground": "risk_to_child", "reason": "Not yet.",
        "review_on": in_30_days(made_up),
    }  # fmt: skip

    def carried(form: str, **said: str) -> Content:
        restricted = {**why, **said}
        sealed = made_up.write(
            made_up.jay, "She ran.", form="incident", answers={"before": "Her aunt rang."},
            restrictions=[restricted],
        )  # fmt: skip
        earlier = entry_at(made_up.jay.book, sealed.numbers[made_up.jay.book])
        assert earlier is not None
        draft = actions.begin_same_event(
            book=made_up.book(made_up.jay), earlier=earlier, form=form, by=made_up.sam.id,
            at=made_up.now,
        )  # fmt: skip
        return made_up.opened(draft).content

    content = carried("restraint")
    assert content.answers["behaviour"] == "Her aunt rang."
    assert "a_behaviour" in {said.part for said in content.restrictions}
    among = {"part": "entry", "scope": "need_to_know", "ground": "sensitive"}
    content = carried("restraint", **among)
    assert {"entry"} == {said.part for said in content.restrictions}
    # All staff act on what is written of somebody missing.
    assert "Her aunt rang." not in str(carried("missing", **among).to_json())


@pytest.mark.django_db
@pytest.mark.policy("P42")
def test_the_longest_time_of_the_provider_counts_while_writing_as_later(made_up: MadeUp) -> None:
    ursula = made_up._worker("ursula.hale", "Ursula Hale")
    made_up._appoint(ursula, "responsible_individual", None)

    def gaps(days: int) -> set[str]:
        why = {
            "ground": "risk_to_child", "reason": "Not yet.",
            "review_on": f"{(made_up.now + timedelta(days=days)).date()}",
        }  # fmt: skip
        draft = made_up.draft(
            made_up.jay,
            statements=[
                {"text": "She rang.", "sharing": "withheld", **why,
                 "staff": {"scope": "need_to_know", **why}},
            ],
            restrictions=[{"part": "entry", "scope": "child", **why}],
        )  # fmt: skip
        missing = missing_from(made_up.prepared(draft))
        return {gap.field for gap in missing if "review_on" in gap.field}

    shipped, longer = 92, 100
    assert (len(gaps(shipped)), len(gaps(shipped + 1))) == (0, 3)
    set_interval(ground="risk_to_child", days=longer, by=ursula.id, at=made_up.now, auth="password")
    assert (len(gaps(longer)), len(gaps(longer + 1))) == (0, 3)
    set_interval(ground="risk_to_child", days=7, by=ursula.id, at=made_up.now, auth="password")
    assert (len(gaps(7)), len(gaps(8))) == (0, 3)
