"""What every page carries, whoever asks and whatever is answered."""

import pytest
from django.test import Client

from casebound.foundation.web.headers import HEADERS
from tests.house.addresses import Scene, addresses
from tests.house.source import nothing
from tests.made_up import MadeUp

ALSO = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NEVER = ("unsafe-inline", "unsafe-eval", "http:", "https:", "data:", "*")
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
            said = answer.headers
            policy = said.get("Content-Security-Policy", "")
            wrong = [n for n, value in {**HEADERS, **ALSO}.items() if said.get(n) != value]
            wrong += [words for words in POLICY if words not in policy]
            wrong += [words for words in NEVER if words in policy]
            if wrong:
                found.append(f"{address.name} ({answer.status_code}): {', '.join(wrong)}")
        if address.name == "account_logout":
            browser = made_up.browser_of(scene.visitors()[visitor])

    nothing(found)


@pytest.mark.django_db
def test_a_page_that_is_not_there_has_them_too(made_up: MadeUp) -> None:
    answer = made_up.browser_of(None).get("/nowhere/at-all/")

    assert answer.status_code == 404
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert POLICY[0] in answer.headers["Content-Security-Policy"]


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
