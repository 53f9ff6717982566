"""Methods that nobody needs are refused at every address (ASVS 5.0, 4.1.4 and 13.4.4)."""

import pytest
from django.http import HttpResponseBase

from tests.house.addresses import Scene, addresses
from tests.house.source import nothing
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P09"), pytest.mark.sqlite]


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "OPTIONS", "PUT"])
def test_no_address_answers_a_method_that_it_has_no_use_for(made_up: MadeUp, method: str) -> None:
    scene = Scene(made_up)
    browser = made_up.browser_of(made_up.robin)

    told = []
    for address in addresses(scene):
        answer: HttpResponseBase = browser.generic(method, address.path, "marker-of-a-body")
        if answer.status_code < 400 or b"marker-of-a-body" in answer.content:  # type: ignore[attr-defined]
            told.append(f"{address.path}: {answer.status_code}")

    nothing(told)
