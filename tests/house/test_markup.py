"""Every page of the house, read by the checkers that others trust: Nu and IBM's, beside axe."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeGuard

import pytest
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from casebound.rulebook.catalogue.catalogue import shipped
from casebound.rulebook.catalogue.shape import BookKind
from tests.browser import NewPage
from tests.house.addresses import WELCOME, Address, Scene, addresses
from tests.house.source import nothing
from tests.journeys.conftest import let_in
from tests.made_up import MadeUp

MODULES = Path(__file__).parents[2] / "frontend/node_modules"
NU = MODULES / "vnu-jar/build/dist/vnu.jar"
IBM = MODULES / "accessibility-checker-engine/ace.js"
IBM_ASKS = """async () => {
    const report = await new ace.Checker().check(document, ["IBM_Accessibility"]);
    return report.results
        .filter(result => result.value[0] === "VIOLATION" && result.value[1] === "FAIL")
        .map(result => [result.ruleId, result.value[1], result.snippet, result.message]);
}"""


OK = 200
MOST_OF_THE_HOUSE = 60  # pages: fewer, and addresses are no longer looked at
FULLEST = ("note", "incident", "restraint")  # the shortest writing page, and every kind of box


@pytest.fixture
def scene(made_up: MadeUp) -> Scene:
    """Return the provider with something on its pages."""
    return Scene(made_up)


@pytest.mark.django_db
def test_the_nu_checker_has_no_message_about_any_page(scene: Scene, tmp_path: Path) -> None:
    for number, (name, content) in enumerate(contents(scene)):
        (tmp_path / f"{number:03} {name}.html").write_bytes(content)
    assert len(list(tmp_path.iterdir())) > MOST_OF_THE_HOUSE
    nothing(messages_about(tmp_path))


def contents(scene: Scene) -> Iterator[tuple[str, bytes]]:
    """Yield a name and the content of each page, and of the writing page of each form."""
    for _, address, answer in pages(scene):
        yield address.name.replace(":", " "), answer.content
    writer = scene.made_up.browser_of(scene.made_up.sam)
    for form in shipped().forms.values():
        if form.is_listed and form.book is BookKind.CHILD and not form.only_in:
            draft = scene.made_up.draft(scene.made_up.jay, "Soup.", form=form.name)
            yield form.name, writer.get(reverse("drafting:write", args=[draft])).content


def pages(scene: Scene) -> Iterator[tuple[str, Address, HttpResponse]]:
    """Yield each address that answers with a page, with the first visitor who is welcome there."""
    browsers = {who: scene.made_up.browser_of(worker) for who, worker in scene.visitors().items()}
    for address in addresses(scene):
        welcome = WELCOME[address.example.whose]
        visitor = next((who for who in browsers if who in welcome), None)
        if visitor and not address.example.is_empty:
            answer = browsers[visitor].get(address.path)
            if is_page(answer):
                yield visitor, address, answer


def is_page(answer: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """Say whether an address answers with a page, or with a file, a fragment or another address."""
    return (
        answer.status_code == OK
        and isinstance(answer, HttpResponse)
        and answer.content.lstrip().startswith(b"<!doctype html>")
    )


def messages_about(folder: Path) -> Iterator[str]:
    """Yield each message of the Nu checker about the pages in a folder, in one start of Java."""
    java = shutil.which("java")
    assert java, "Java is needed: sudo apt-get install default-jre-headless"
    asked = [java, "-jar", str(NU), "--format", "json", "--exit-zero-always", "--skip-non-html"]
    told = subprocess.run([*asked, str(folder)], capture_output=True, check=True)
    for message in json.loads(told.stderr)["messages"]:
        page = Path(message["url"]).stem
        yield f"{page}: {message['message']} {message.get('extract', '').strip()[:200]}"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, databases="__all__")
def test_ibm_finds_nothing_on_any_page(
    scene: Scene, live_server: LiveServer, new_page: NewPage
) -> None:
    opened: dict[str, Page] = {}
    wrong = []
    for visitor, address, _ in pages(scene):
        if visitor not in opened:
            opened[visitor] = new_page(width=1280)
            worker = scene.visitors()[visitor]
            if worker:
                let_in(opened[visitor], scene.made_up, worker, live_server.url)
        page = opened[visitor]
        page.goto(f"{live_server.url}{address.path}")
        wrong += [f"{address.name}: {told}" for told in ibm_about(page)]
    page = opened["its worker"]
    for form in FULLEST:
        draft = scene.made_up.draft(scene.made_up.jay, "Soup.", form=form)
        page.goto(live_server.url + reverse("drafting:write", args=[draft]))
        wrong += [f"{form}: {told}" for told in ibm_about(page)]
    nothing(wrong)


def ibm_about(page: Page) -> list[Any]:
    """Return what IBM's rules call a violation on a page."""
    page.evaluate(IBM.read_text() + "; globalThis.ace = ace;")
    found: list[Any] = page.evaluate(IBM_ASKS)
    return found
