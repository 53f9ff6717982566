"""Passkeys in a real browser, with a device that Chromium plays."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from casebound.people.accounts import reads
from casebound.people.accounts.tests import build
from tests.browser import NewPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("casebound.people.accounts.tests.urls"),
    pytest.mark.policy("P09"),
]


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


def test_a_passkey_is_added_and_then_signs_its_person_in_and_signs_for_them(
    live_server: LiveServer, new_page: NewPage, settings: Settings
) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    # A passkey is for a name, not for a number.
    start = live_server.url.replace("127.0.0.1", "localhost")
    sam = build.person(app=False)
    page = new_page()
    with_device(page)

    page.goto(f"{start}/sign-in/")
    page.get_by_label("User name").fill(sam.username)
    page.get_by_label("Password", exact=True).fill(sam.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password", exact=True).fill(sam.password)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What do you want to call it?").fill("my phone")
    page.get_by_role("button", name="Add this device").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert reads.has_second_factor(sam.id)

    page.goto(f"{start}/security/")
    expect(page.get_by_text("my phone").first).to_be_visible()
    page.goto(f"{start}/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{start}/")
    expect(page.get_by_text(f"Saved for {sam.id}")).to_be_visible()

    page.goto(f"{start}/sign-page/")
    page.get_by_role("button", name="Sign with a passkey").click()
    expect(page.get_by_text("passkey, session passkey")).to_be_visible()

    page.goto(f"{start}/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("User name").fill(sam.username)
    page.get_by_label("Password", exact=True).fill(sam.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(f"{start}/")


def test_without_scripts_the_page_offers_no_passkey_and_signs_in_all_the_same(
    live_server: LiveServer, new_page: NewPage
) -> None:
    start = live_server.url.replace("127.0.0.1", "localhost")
    sam = build.person()
    page = new_page(width=360, scripts=False)

    page.goto(f"{start}/sign-in/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    page.get_by_label("User name").fill(sam.username)
    page.get_by_label("Password", exact=True).fill(sam.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code", exact=True).fill(build.code())
    page.get_by_role("button", name="Go on").click()

    page.wait_for_url(f"{start}/")
