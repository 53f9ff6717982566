"""Restricting while writing: what the page posts, what it asks for, what is sealed."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse

from casebound.people.restricted.models import Restriction
from casebound.record.drafting.first_content import first_content
from casebound.record.drafting.forms import as_asked, content_of
from casebound.rulebook.catalogue import catalogue
from tests.made_up import MadeUp


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
