"""Picking the colleague who told the author (P28)."""

from typing import Any

import pytest
from django.urls import reverse

from casebound.people.access.tests.build import people_named
from casebound.record.drafting.actions import IncompleteError
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P28")]
TOLD: dict[str, Any] = {  # Any: whatever a content says
    "how_known": "told_by",
    "originator": "A colleague",
    "statements": [{"text": "Jay sang.", "source": "told_by", "told_by": "A colleague"}],
}


@pytest.mark.parametrize("who", ["lin", "sam"])
def test_only_a_colleague_here_other_than_the_author_can_be_picked(
    made_up: MadeUp, who: str
) -> None:
    with pytest.raises(IncompleteError, match="P28"):
        made_up.write(made_up.jay, **TOLD, originator_id=getattr(made_up, who).id)


def test_colleagues_are_offered_by_name(made_up: MadeUp) -> None:
    people_named(made_up, "Zoë Li", "Łukasz Bąk", "O'Hara Lee", "Oakley May", "Émile Roy")

    setting = made_up.prepared(made_up.draft(made_up.jay)).home

    names = [colleague.name for colleague in setting.workers.values()]
    by_name = ["Émile Roy", "Łukasz Bąk", "Oakley May", "O'Hara Lee", "Zoë Li"]
    assert [name for name in names if name in by_name] == by_name


def test_a_colleague_who_is_picked_is_named_in_words_too(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)
    version = str(made_up.opened(draft).version)

    made_up.browser_of(made_up.sam).post(
        reverse("drafting:write", args=[draft]),
        {"version": version, "how_known": "told_by", "originator_id": made_up.kit.id},
    )

    content = made_up.opened(draft).content
    assert (content.originator_id, content.originator) == (
        made_up.kit.id,
        "Kit Adeyemi, key worker",
    )
    page = made_up.browser_of(made_up.sam).get(reverse("drafting:write", args=[draft])).text
    assert f'<option value="{made_up.kit.id}" selected>' in page
    assert f'<option value="{made_up.sam.id}"' not in page


def test_the_colleagues_are_offered_for_each_statement_and_nothing_is_called_wrong_before_it_is(
    made_up: MadeUp,
) -> None:
    draft = made_up.draft(made_up.jay, statements=[])

    page = made_up.browser_of(made_up.sam).get(reverse("drafting:write", args=[draft])).text

    assert page.count(f'<option value="{made_up.kit.id}"') > page.count("data-blank")
    assert "app-wrong" not in page
