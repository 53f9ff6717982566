"""What every page carries, no matter who asks and what is answered."""

import pytest
from django.http import HttpResponseBase
from django.test import Client

from tests.house.addresses import Scene, addresses
from tests.house.source import nothing
from tests.made_up import MadeUp

EXPECTED = {
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SWITCHED_OFF = ("camera=()", "geolocation=()", "microphone=()", "payment=()", "usb=()")
NEVER = ("unsafe-inline", "unsafe-eval", "http:", "https:", "data:", "*")
FILE_POLICY = ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "sandbox")
POLICY = ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")


@pytest.mark.django_db
@pytest.mark.policy("P12")
@pytest.mark.parametrize("visitor", ["a stranger", "its worker", "the system administrator"])
def test_every_page_has_the_headers_and_a_strict_policy(visitor: str, made_up: MadeUp) -> None:
    scene = Scene(made_up)
    browser = made_up.browser_of(scene.visitors()[visitor])
    found = []
    for address in addresses(scene):
        for answer in (browser.get(address.path), browser.post(address.path)):
            wrong = _wrong(answer)
            if wrong:
                found.append(f"{address.name} ({answer.status_code}): {', '.join(wrong)}")
        if address.name == "account_logout":
            browser = made_up.browser_of(scene.visitors()[visitor])

    nothing(found)


@pytest.mark.django_db
def test_a_page_that_is_not_there_has_them_too(made_up: MadeUp) -> None:
    answer = made_up.browser_of(None).get("/nowhere/at-all/")

    assert answer.status_code == 404
    assert _wrong(answer) == []


@pytest.mark.django_db
@pytest.mark.parametrize("file", ["app/app.js", "app/app.css", "accounts/passkey.js"])
def test_static_files_have_them_too_and_alone_may_be_kept(file: str) -> None:
    answer = Client().get(f"/static/{file}", secure=True)
    said = {**answer.headers}
    answer.close()

    assert answer.status_code == 200
    assert said.pop("Cache-Control") == "max-age=3600, public"
    assert "includeSubDomains" in said["Strict-Transport-Security"]
    assert _wrong(answer) == ["Cache-Control"]


@pytest.mark.django_db
def test_a_browser_remembers_that_this_host_and_those_below_it_speak_tls(made_up: MadeUp) -> None:
    answer = made_up.browser_of(None).get("/sign-in/", secure=True)

    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


@pytest.mark.django_db
@pytest.mark.policy("P09")
def test_cookies_are_for_this_host_over_tls_and_never_for_scripts(made_up: MadeUp) -> None:
    browser = made_up.browser_of(made_up.sam)
    browser.get("/sign-in/")
    cookies = Client().get("/sign-in/").cookies | browser.get("/").cookies | browser.cookies

    assert cookies
    for name, cookie in cookies.items():
        if name not in browser.cookies or cookie["samesite"]:
            assert cookie["samesite"] == "Strict", name
            assert cookie["httponly"], name
            assert cookie["secure"], name
            assert not cookie["domain"], name
        assert name.startswith("__Host-"), name


def _wrong(answer: HttpResponseBase) -> list[str]:
    said = answer.headers
    policy, features = said.get("Content-Security-Policy", ""), said.get("Permissions-Policy", "")
    wanted = FILE_POLICY if "Content-Disposition" in said and "sandbox" in policy else POLICY
    return [
        *(name for name, value in EXPECTED.items() if said.get(name) != value),
        *(words for words in wanted if words not in policy),
        *(words for words in NEVER if words in policy),
        *(words for words in SWITCHED_OFF if words not in features),
    ]
