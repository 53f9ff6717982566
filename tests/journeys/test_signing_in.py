"""Signing in and out in earnest: a password with an app's code, and a passkey."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from casebound.people.accounts.tests import build
from tests.browser import NewPage
from tests.journeys.conftest import Enter
from tests.journeys.page import fill_in, look
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P09")]


def with_password(page: Page, name: str) -> None:
    """Type name and password, and go on."""
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    """Sign out by the menu of the frame."""
    page.locator("summary").filter(has_text="You are signed in as").click()
    page.get_by_role("link", name="Sign out").click()
    look(page)
    page.get_by_role("button", name="Sign out").click()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_password_opens_nothing_until_an_app_is_added_and_then_asks_for_its_code(
    made_up: MadeUp, live_server: LiveServer, new_page: NewPage, width: int
) -> None:
    page = new_page(width=width)
    page.goto(live_server.url)
    look(page)
    with_password(page, made_up.sam.username)
    expect(page.get_by_text("One more step before you start")).to_be_visible()
    look(page)
    page.goto(live_server.url + made_up.book_url(made_up.jay))
    expect(page.get_by_role("heading", name="Sign-in and security")).to_be_visible()

    page.get_by_role("link", name="Add an app").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    look(page)
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Six digits").fill(build.code(secret=secret, periods_ago=1))
    page.get_by_role("button", name="Add this app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    look(page)
    sign_out(page)

    with_password(page, made_up.sam.username)
    look(page)
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Code", exact=True)).to_have_attribute("aria-invalid", "true")
    look(page)
    page.get_by_label("Code", exact=True).fill(build.code(secret=secret))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Shift")).to_be_visible()


def test_a_passkey_signs_in_and_signs_an_entry(
    made_up: MadeUp, live_server: LiveServer, new_page: NewPage, settings: Settings
) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    # A passkey is for a name, not for a number.
    start = live_server.url.replace("127.0.0.1", "localhost")
    page = new_page(width=360)
    with_device(page)
    page.goto(start)
    with_password(page, made_up.sam.username)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What do you want to call it?").fill("my phone")
    page.get_by_role("button", name="Add this device").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Write daily log for Jay").click()
    fill_in(page)
    page.get_by_role("button", name="Read through").click()
    look(page)
    page.get_by_role("button", name="Sign with a passkey").click()
    expect(page.get_by_text("Sealed as no. 2 of Jay’s book")).to_be_visible()


def test_a_wrong_password_does_not_sign_and_loses_nothing(made_up: MadeUp, enter: Enter) -> None:
    draft = made_up.draft(made_up.jay, "Jay made toast.")
    page = enter(made_up.sam, width=360, path=f"/drafts/{draft}/sign/")
    page.get_by_label("Your password").fill("not the password")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("The password is not right.").first).to_be_visible()
    expect(page.get_by_text("Jay made toast.")).to_be_visible()
    look(page)


def with_device(page: Page) -> None:
    """Give the browser a device that keeps passkeys and knows its person."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
