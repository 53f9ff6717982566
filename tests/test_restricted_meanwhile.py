"""Something is restricted while a colleague writes about it (P13)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casebound.foundation.base.calendar import day_of
from casebound.ledger.sealing.reads import book_pages, entry_at
from casebound.people.restricted.holding import WHOLE, Scope
from casebound.record.book.relations import ADDENDUM
from casebound.record.drafting import actions as drafting
from casebound.record.drafting.missing import missing_from
from casebound.record.drafting.reads import about_earlier
from casebound.record.restricting.actions import set_interval
from casebound.record.restricting.tests.test_restricting import restrict, written
from tests.made_up import MadeUp


@pytest.mark.django_db
@pytest.mark.policy("P13")
def test_a_restriction_while_a_colleague_writes_takes_its_words_off_their_page(
    made_up: MadeUp,
) -> None:
    number = written(made_up, by=made_up.kit)
    earlier = entry_at(made_up.jay.book, number)
    assert earlier is not None
    about = about_earlier(earlier, book=made_up.jay.book, relation=ADDENDUM)
    draft = drafting.begin_draft(
        book=made_up.book(made_up.jay), form=ADDENDUM.key, by=made_up.sam.id, at=made_up.now,
        about=about, content=made_up.content("It was after tea.", form=ADDENDUM.key),
    )  # fmt: skip
    sam, page = made_up.browser_of(made_up.sam), reverse("drafting:write", args=[draft])
    assert "Her aunt" in sam.get(page).text

    restrict(made_up, number, WHOLE, scope=Scope.NEED_TO_KNOW)

    assert "Her aunt" not in sam.get(page).text
    assert "It was after tea." in sam.get(page).text
    pages = book_pages(made_up.jay.book)
    drafting.read_again(draft=made_up.opened(draft), pages=pages, at=made_up.now)
    made_up.sign(draft)
    addendum = reverse("chronology:entry", args=[made_up.jay.book, pages + 1])
    assert "Her aunt" not in sam.get(addendum).text
    lin = made_up._worker("ann.field", "Ann Field")
    made_up._appoint(lin, "residential_worker", made_up.oak)
    assert made_up.browser_of(lin).get(addendum).status_code == 404


@pytest.mark.django_db
@pytest.mark.policy("P42")
def test_while_writing_the_day_is_no_later_than_the_provider_allows(made_up: MadeUp) -> None:
    ursula = made_up._worker("ursula.hale", "Ursula Hale")
    made_up._appoint(ursula, "responsible_individual", None)
    withheld = {
        "text": "Her aunt rang.", "sharing": "withheld", "ground": "risk_to_child",
        "reason": "She would hear it alone.",
        "review_on": f"{day_of(made_up.now) + timedelta(days=30)}",
    }  # fmt: skip
    draft = made_up.draft(made_up.jay, statements=[withheld])
    assert list(missing_from(made_up.prepared(draft))) == []

    set_interval(ground="risk_to_child", days=9, by=ursula.id, at=made_up.now, auth="password")

    assert [gap.field for gap in missing_from(made_up.prepared(draft))] == [
        "statements-1-review_on"
    ]
