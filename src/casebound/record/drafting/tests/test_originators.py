"""Picking the colleague who told the author (P28)."""

from typing import Any

import pytest
from django.urls import reverse

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
