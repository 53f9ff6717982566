"""Each form a person can begin, filled in at random: it saves, and is refused in words or signs.

What signs shows on its page and in print, and is the same when everything is worked out again.
"""

from contextlib import suppress
from html import unescape

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.reads import SeenBook, seen_books
from casebound.record.book.reads import book_kind
from casebound.record.drafting import actions
from casebound.record.drafting.actions import IncompleteError
from casebound.rulebook.catalogue.catalogue import shipped
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.setting import Setting
from casebound.rulebook.catalogue.shape import Form
from casebound.rulebook.catalogue.tests.filling import Filled, filled
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P49"), pytest.mark.policy("P19")]

FORMS = [form for form in shipped().forms.values() if form.is_listed and not form.only_in]
several = settings(
    deadline=None, max_examples=max(2, settings().max_examples // 10),
    suppress_health_check=[
        HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture,
    ],
)  # fmt: skip


def book_for(made_up: MadeUp, form: Form) -> SeenBook:
    books = seen_books(made_up.sam.id, at=made_up.now)
    return next(book for book in books if book_kind(book) is form.book)


def setting_at(made_up: MadeUp, book: SeenBook, form: Form) -> Setting:
    draft = actions.begin_draft(book=book, form=form.name, by=made_up.sam.id, at=made_up.now)
    return made_up.prepared(draft).home


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.name}.{form.version}")
def test_a_form_filled_in_at_random_saves_and_is_refused_in_words_or_signs(
    made_up: MadeUp, form: Form
) -> None:
    book = book_for(made_up, form)
    setting = setting_at(made_up, book, form)
    around = made_up.content(form=form.name, answers={}, where="The kitchen")
    sealed: dict[int, bool] = {}

    @several
    @given(
        st.booleans().flatmap(
            lambda wrong: filled(form, around, setting, wrong=wrong, now=made_up.now)
        )
    )
    def fill(said: Filled) -> None:
        draft = actions.begin_draft(
            book=book, form=form.name, by=made_up.sam.id, at=made_up.now, content=Content()
        )
        opened = made_up.opened(draft)
        actions.save_draft(
            draft=opened, content=said.content, version=opened.version, at=made_up.now
        )
        assert made_up.opened(draft).content == said.content

        with suppress(IncompleteError):
            number = made_up.sign(draft).numbers[book.id]
            assert not said.named
            sealed[number] = True
            return
        assert said.named
        page = browser.get(reverse("drafting:write", args=[draft]), {"check": "1"})
        assert page.status_code == 200
        assert page.text.count("app-wrong") >= 1
        actions.discard_draft(draft=made_up.opened(draft))

    browser = made_up.browser_of(made_up.sam)
    fill()
    seen = _pages(made_up, book, list(sealed))
    assert all(form.title in unescape(html) for html in seen.values())

    rebuild()

    assert _pages(made_up, book, list(sealed)) == seen
    assert book_pages(book.id) >= len(sealed)


def _pages(made_up: MadeUp, book: SeenBook, numbers: list[int]) -> dict[str, str]:
    """Return the articles on the pages of these entries, and the whole of the print."""
    browser = made_up.browser_of(made_up.sam)
    shown = {}
    for number in numbers:
        page = browser.get(reverse("chronology:entry", args=[book.id, number]))
        assert page.status_code == 200
        shown[str(number)] = page.text.partition("<article")[2].partition("</article>")[0]
    printed = browser.get(reverse("chronology:print", args=[book.id])).text
    assert all(f'id="no-{number}"' in printed for number in numbers)
    return shown
