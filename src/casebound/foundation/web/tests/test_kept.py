"""Pages drawn once: the same as if they had been drawn anew, and never another's."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils.safestring import SafeString

from casebound.foundation.web import kept
from casebound.foundation.web.kept import MOST, kept_page, place

TEMPLATE = "web/error.html"


@pytest.fixture(autouse=True)
def _nothing_drawn() -> None:
    kept._pages._kept.clear()


def answer(
    *, words: str, fresh: Mapping[str, str], draw: Callable[[], dict[str, Any]] | None = None
) -> str:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    def variables() -> dict[str, Any]:
        why = SafeString(f"<b>{place('new')}</b>")
        return {"words": {"what": words, "why": why, "do": place("new")}}

    return kept_page(
        request, TEMPLATE, shown=words, draw=draw or variables, fresh=fresh
    ).content.decode()


def test_what_is_new_is_put_in_wherever_it_belongs_and_the_rest_is_not_drawn_again() -> None:
    first = answer(words="One", fresh={"new": "new words"})
    again = answer(words="One", fresh={"new": "<b>"}, draw=lambda: pytest.fail("drawn again"))
    marked = answer(words="One", fresh={"new": SafeString("<b>")})

    assert first.count("new words") == 2
    assert again == first.replace("new words", "&lt;b&gt;")
    assert marked == first.replace("new words", "<b>")


def test_another_page_is_drawn_for_itself() -> None:
    assert "One" in answer(words="One", fresh={"new": "x"})
    other = answer(words="<Two>", fresh={"new": "x"})
    assert "One" not in other
    assert "&lt;Two&gt;" in other


def test_only_so_many_are_kept_and_the_oldest_goes_first() -> None:
    for number in range(MOST + 1):
        answer(words=f"Page {number}", fresh={"new": ""})
    shown = [key[1] for key in kept._pages._kept]  # type: ignore[index]  # as the page makes it
    assert (len(shown), shown[0], shown[-1]) == (MOST, "Page 1", f"Page {MOST}")
