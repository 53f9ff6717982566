"""Single sign-on in a real browser, at a real service of another site (P09)."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from casebound.foundation.base.sign_on import SignOn
from casebound.people.accounts import actions
from casebound.people.accounts.models import Account
from casebound.people.accounts.tests import build, services
from tests.browser import NewPage
from tests.journeys.page import look
from tests.made_up import MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P09"), pytest.mark.real_clock]
SAM = {"sub": "m-4711", "email": "sam.okafor@meadow.example", "email_verified": True}
STRANGER = {"sub": "m-9999", "email": "nobody@meadow.example", "email_verified": True}


@pytest.fixture(scope="module")
def running() -> Iterator[SignOn]:
    with services.council(SAM, STRANGER) as service:
        yield service


@pytest.fixture
def council(made_up: MadeUp, settings: Settings, running: SignOn) -> SignOn:
    """Set the service up, with Sam written down and an app of Sam's."""
    settings.SIGN_ON = running
    actions.set_sign_on(
        account=made_up.sam.id, known_as="m-4711", by=made_up.alex.id, at=made_up.now
    )
    TOTP.activate(Account.objects.get(pk=made_up.sam.id), build.SECRET)
    return running


def sign_on_as(page: Page, sub: str, *, here: str) -> None:
    """Go to the service, sign in there, and come back."""
    page.goto(f"{here}/sign-in/")
    page.get_by_role("link", name="Sign in with Meadow Council").click()
    page.locator('input[name="sub"]').fill(sub)
    page.locator("button, input[type=submit]").first.click()


@pytest.mark.parametrize(
    ("width", "scripts"), [(360, False), (1280, True)], ids=["360 no scripts", "1280"]
)
@pytest.mark.usefixtures("council")
def test_the_council_lets_sam_in_up_to_the_second_step_and_no_stranger(
    live_server: LiveServer, new_page: NewPage, width: int, *, scripts: bool
) -> None:
    # Another site than the service's (a number, not a name), as in earnest: coming back from there,
    # the browser shows no strict cookie.
    here = live_server.url.replace("localhost", "127.0.0.1")
    page = new_page(width=width, scripts=scripts)
    went_on: list[str] = []
    page.on("request", lambda request: went_on.extend(re.findall("_redir=1", request.url)))

    sign_on_as(page, "m-9999", here=here)
    expect(page.get_by_text("Nobody here is written down for the person you are")).to_be_visible()
    look(page, scripts=scripts)

    sign_on_as(page, "m-4711", here=here)
    code = page.get_by_label("Code", exact=True)
    expect(code).to_be_visible()
    look(page, scripts=scripts)
    code.fill(build.code())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Shift")).to_be_visible()
    assert len(went_on) == 2
    assert page.url.startswith(here)
