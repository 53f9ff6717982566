"""Both consent, the independent person reads, the child takes it back; who sees what is asked."""

import re

import pytest
from playwright.sync_api import Page, expect

from casebound.people.access.tests.build import somebody
from tests.journeys.conftest import Enter
from tests.journeys.page import look
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P63")]
NOT_FOUND = 404


def answer(page: Page, said_by: str, how: str, button: str) -> None:
    if said_by:
        page.get_by_label("Who said it?").fill(said_by)
    page.get_by_label(how).check()
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name=button).click()


@pytest.mark.parametrize(
    ("width", "scripts"), [(360, False), (1280, True)], ids=["360 no scripts", "1280"]
)
def test_consents_open_a_record_to_the_independent_person_until_one_is_taken_back(
    made_up: MadeUp, enter: Enter, width: int, *, scripts: bool
) -> None:
    ada = somebody(made_up, "independent_person")
    made_up.write(made_up.jay, "Jay made toast.")
    page = enter(made_up.dana, width=width, scripts=scripts, path=f"/homes/{made_up.oak}/")
    page.get_by_role("link", name="Consents for the independent person").click()
    expect(page.get_by_text("The independent person cannot read")).to_be_visible()
    look(page, scripts=scripts)

    page.get_by_role("link", name=re.compile("Record an answer.*Jay")).click()
    look(page, scripts=scripts)
    page.get_by_label("Yes, the independent person may read the records").check()
    answer(page, "", "With signs, symbols or an interpreter", "Sign the answer")
    expect(page.get_by_text("The consent is recorded")).to_be_visible()
    page.get_by_role("link", name=re.compile("Record an answer.*authority")).click()
    page.get_by_label("Yes, the independent person may read the records").check()
    answer(page, "Ama Reid, social worker, Northam Council", "In writing", "Sign the answer")
    expect(page.get_by_text("Both have said yes.")).to_be_visible()

    theirs = enter(ada, width=width, scripts=scripts, path=made_up.book_url(made_up.jay))
    expect(theirs.get_by_text("Jay made toast.")).to_be_visible()
    look(theirs, scripts=scripts)

    page.get_by_role("link", name=re.compile("Withdraw this consent.*Jay")).click()
    look(page, scripts=scripts)
    answer(page, "", "Said in person", "Withdraw the consent")
    expect(page.get_by_text("The consent is withdrawn")).to_be_visible()
    look(page, scripts=scripts)
    gone = theirs.reload()
    assert gone is not None
    assert gone.status == NOT_FOUND
    expect(
        theirs.get_by_text("ask Dana Whitlock (registered manager of Oak House)")
    ).to_be_visible()
    look(theirs, scripts=scripts)

    page.goto(page.url.split("/children/")[0] + "/who-sees-what/")
    page.get_by_label("Who?").select_option(label="Ada Kern")
    page.get_by_label("Whose book?").select_option(label="Jay")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("The child: no answer that counts.")).to_be_visible()
    expect(page.get_by_text("The placing authority: consent given.")).to_be_visible()
    look(page, scripts=scripts)
