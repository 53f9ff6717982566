"""No part of an address is dropped silently: the page names what it did not understand."""

import ast
import re

import pytest
from django.http import QueryDict
from django.test import Client

from casebound.foundation.web.asked import DAY_PARTS, Asked
from tests.house.addresses import WELCOME, Scene, addresses
from tests.house.source import ROOT, nothing, sources, texts
from tests.house.test_markup import is_page
from tests.made_up import MadeUp
from tests.pages import as_shown

RUBBISH = "zucchini"
MOST_OF_THE_FILTERS = 25  # parts of addresses: fewer, and views are no longer looked at
READS_ADDRESSES = {"foundation/web/asked.py", "foundation/web/posted.py"}
LEFT_OUT = "Part of this address was not understood"


@pytest.fixture
def scene(made_up: MadeUp) -> Scene:
    """Return the provider with something on its pages."""
    return Scene(made_up)


def parts_of(answer: object) -> set[str]:
    """Return the parts of an address that a view asked for."""
    asked: Asked | None = getattr(getattr(answer, "wsgi_request", None), "casebound_asked", None)
    names = set(asked.names) if asked else set()
    return {name for name in names if not name.endswith(DAY_PARTS[1:])}


@pytest.mark.django_db
def test_every_page_names_the_parts_of_its_address_that_it_does_not_understand(
    scene: Scene,
) -> None:
    browsers = {
        who: scene.made_up.browser_of(worker) if worker else Client()
        for who, worker in scene.visitors().items()
    }
    wrong, tried = [], 0
    for address in addresses(scene):
        welcome = WELCOME[address.example.whose]
        visitor = next((who for who in browsers if who in welcome), None)
        if visitor is None or address.example.is_empty:
            continue
        plain = browsers[visitor].get(address.path)
        if not is_page(plain):
            continue
        for name in [*sorted(parts_of(plain)), "no_such_filter"]:
            tried += 1
            answer = browsers[visitor].get(address.path, {name: RUBBISH})
            named = RUBBISH if name != "no_such_filter" else name
            if not is_page(answer) or named not in as_shown(answer):
                wrong.append(f"{address.name}?{name}: answers {answer.status_code}, unsaid")

    nothing(wrong)
    assert tried > MOST_OF_THE_FILTERS


def test_views_read_addresses_in_one_place() -> None:
    nothing(
        f"{source.name}:{node.lineno} reads `request.GET`; ask `foundation.web.asked`"
        for source in sources()
        if not any(str(source.path).endswith(name) for name in READS_ADDRESSES)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr == "GET"
    )


def test_templates_leave_addresses_to_the_views() -> None:
    nothing(
        f"{path.name} reads `request.GET`"
        for path in texts(".html", under=ROOT / "src")
        if re.search(r"request\.GET", path.read_text())
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "asked", "named"),
    [
        ("book", "form=zucchini", "Form: there is no “zucchini” here. Every form is shown."),
        ("book", "author=zucchini", "What everybody wrote is shown."),
        ("book", "upto=31+2+2026", "Every day is shown."),
        ("book", "before=zucchini", "The newest entries are shown."),
        ("book", "before=1.1&after=1.1", "The entries after the other place are shown."),
        ("book", "no=999", "There is no “999” in this book."),
        ("print", "no=1&no=999", "The book does not have this number."),
        ("print", "form=zucchini", "Every form is shown."),
        ("profile", "on=31+2+2026", "The profile is shown as it is now."),
        ("profile", "on=1+1+2999", "This day is still to come."),
    ],
)
def test_a_filter_that_means_nothing_says_what_is_shown(
    scene: Scene, page: str, asked: str, named: str
) -> None:
    made_up = scene.made_up
    where = {"book": "", "print": "print/", "profile": "profile/"}[page]

    shown = as_shown(
        made_up.browser_of(made_up.sam).get(f"/books/{made_up.jay.book}/{where}?{asked}")
    )

    assert named in re.sub(r"</?bdi>", "", shown)
    assert LEFT_OUT in shown or "no=999" in asked


def test_what_a_page_understood_is_not_named() -> None:
    here = Asked(QueryDict("year=2026&state=&sealed=1"))

    here.choice("year", {"2026"}, label="Year", instead="Every year is shown.")
    here.choice("state", {"late"}, label="Which", instead="All are shown.")

    assert here.flag("sealed")
    assert here.notes == []
