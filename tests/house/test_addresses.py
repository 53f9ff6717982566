"""Who gets in where: every address, for everybody who comes to the door."""

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from casebound.config.urls import of_development
from tests.house.addresses import (
    WELCOME,
    WORDS,
    Address,
    Scene,
    Whose,
    addresses,
    examples,
    names,
)
from tests.house.source import nothing
from tests.made_up import MadeUp

NO_SUCH_METHOD = 405
NOT_FOUND = 404
TO_SIGN_IN = settings.LOGIN_URL
TO_PROOF = "/prove/"
VISITORS = (
    "a stranger",
    "its worker",
    "a colleague",
    "the manager",
    "the wrong home's worker",
    "the wrong home's manager",
    "the system administrator",
)


@pytest.fixture
def scene(made_up: MadeUp) -> Scene:
    """Return the provider with something to hide."""
    return Scene(made_up)


def test_every_address_has_an_example_in_its_room() -> None:
    nothing(
        f"{name}: give an example in the room's tests/examples.py, or take one away that is left"
        for name in set(names()) ^ examples().keys()
    )


def test_the_gallery_is_for_development_alone(settings: Settings) -> None:
    assert of_development()
    settings.GALLERY = False
    assert of_development() == []


@pytest.mark.django_db
@pytest.mark.policy("P63", "P09")
@pytest.mark.parametrize("visitor", VISITORS)
def test_a_person_without_business_there_is_told_nothing(visitor: str, scene: Scene) -> None:
    who = scene.visitors()[visitor]
    told = []
    for address in addresses(scene):
        if visitor in WELCOME[address.example.whose]:
            continue
        browser = scene.made_up.browser_of(who)
        told += [
            _line(address, answer)
            for answer in _answers(browser, address)
            if not _refuses(answer, is_known=who is not None) or _tells(answer, scene)
        ]

    nothing(told)


@pytest.mark.django_db
@pytest.mark.parametrize("visitor", VISITORS)
def test_a_person_with_business_there_gets_in(visitor: str, scene: Scene) -> None:
    who = scene.visitors()[visitor]
    kept_out = []
    for address in addresses(scene):
        if visitor not in WELCOME[address.example.whose] or address.example.is_empty:
            continue
        browser = scene.made_up.browser_of(who)
        answers = list(_answers(browser, address))
        if address.example.whose is not Whose.ANYBODYS:
            refused = (answer for answer in answers if _refuses(answer, is_known=False))
            kept_out += [
                _line(address, answer) for answer in refused if answer.status_code != NO_SUCH_METHOD
            ]
        kept_out += [_line(address, answer) for answer in answers if answer.status_code >= 500]
        if all(answer.status_code == NO_SUCH_METHOD for answer in answers):
            kept_out.append(_line(address, answers[0]))

    nothing(kept_out)


@pytest.mark.django_db
@pytest.mark.policy("P63")
def test_what_one_may_not_see_answers_as_what_does_not_exist(scene: Scene) -> None:
    lin = scene.made_up.browser_of(scene.made_up.lin)
    nowhere = "0" * 32
    told_apart = []
    for address in addresses(scene):
        if address.example.whose not in {Whose.BOOKS, Whose.DRAFTS}:
            continue
        path = address.path
        for known in (scene.made_up.jay.book, *path.split("/")):
            if len(known) == len(nowhere):
                path = path.replace(known, nowhere)
        hidden, missing = lin.get(address.path), lin.get(path)
        same = hidden.status_code == missing.status_code and hidden.content == missing.content
        if not same:
            told_apart.append(_line(address, hidden))

    nothing(told_apart)


def _answers(browser: Client, address: Address) -> list[HttpResponseBase]:
    return [browser.get(address.path), browser.post(address.path, dict(address.example.post))]


def _refuses(answer: HttpResponseBase, *, is_known: bool) -> bool:
    leads = answer.headers.get("Location", "")
    if is_known:
        return answer.status_code in {NOT_FOUND, NO_SUCH_METHOD} or leads.startswith(TO_PROOF)
    return answer.status_code in {401, NOT_FOUND, NO_SUCH_METHOD} or leads.startswith(TO_SIGN_IN)


def _tells(answer: HttpResponseBase, scene: Scene) -> bool:
    said = getattr(answer, "content", b"").decode() + str(answer.headers)
    child = scene.made_up.jay
    return any(word in said for word in (WORDS, child.full_name, f">{child.called}<"))


def _line(address: Address, answer: HttpResponseBase) -> str:
    return (
        f"{answer.wsgi_request.method} {address.name} {address.path}: {answer.status_code}"  # type: ignore[attr-defined]  # the test client sets it
        f" {answer.headers.get('Location', '')}"
    )
