"""Each form a person can begin, filled in at random: it saves, and is refused in words or signs.

What signs shows on its page and in print, and is the same when everything is worked out again.
"""

from contextlib import suppress
from html import unescape

import pytest
from django.test import Client
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
from tests.made_up import MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P49"), pytest.mark.policy("P19")]

FORMS = [form for form in shipped().forms.values() if form.is_listed and not form.only_in]
several = settings(
    deadline=None, max_examples=max(2, settings().max_examples // 10),
    suppress_health_check=[
        HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture,
    ],
)  # fmt: skip


def writer(made_up: MadeUp, form: Form) -> Worker:
    return made_up.dana if form.sets_rules else made_up.sam


def book_for(made_up: MadeUp, form: Form) -> SeenBook:
    books = seen_books(writer(made_up, form).id, at=made_up.now)
    return next(book for book in books if book_kind(book) is form.book)


def setting_at(made_up: MadeUp, book: SeenBook, form: Form) -> Setting:
    author = writer(made_up, form)
    draft = actions.begin_draft(book=book, form=form.name, by=author.id, at=made_up.now)
    return made_up.prepared(draft, by=author).home


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.name}.{form.version}")
def test_a_form_filled_in_at_random_saves_and_is_refused_in_words_or_signs(
    made_up: MadeUp, form: Form
) -> None:
    book, author = book_for(made_up, form), writer(made_up, form)
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
            book=book, form=form.name, by=author.id, at=made_up.now, content=Content()
        )
        opened = made_up.opened(draft, by=author)
        actions.save_draft(
            draft=opened, content=said.content, version=opened.version, at=made_up.now
        )
        assert made_up.opened(draft, by=author).content == said.content

        with suppress(IncompleteError):
            number = made_up.sign(draft, by=author).numbers[book.id]
            assert not said.named
            sealed[number] = True
            return
        assert said.named
        page = browser.get(reverse("drafting:write", args=[draft]), {"check": "1"})
        assert page.status_code == 200
        assert page.text.count("app-wrong") >= 1
        actions.discard_draft(draft=made_up.opened(draft, by=author))

    browser = made_up.browser_of(author)
    fill()
    seen = _pages(browser, book, list(sealed))
    assert all(form.title in unescape(html) for html in seen.values())

    rebuild()

    assert _pages(browser, book, list(sealed)) == seen
    assert book_pages(book.id) >= len(sealed)


def _pages(browser: Client, book: SeenBook, numbers: list[int]) -> dict[str, str]:
    """Return the articles on the pages of these entries, and the whole of the print."""
    shown = {}
    for number in numbers:
        page = browser.get(reverse("chronology:entry", args=[book.id, number]))
        assert page.status_code == 200
        shown[str(number)] = page.text.partition("<article")[2].partition("</article>")[0]
    printed = browser.get(reverse("chronology:print", args=[book.id])).text
    assert all(f'id="no-{number}"' in printed for number in numbers)
    return shown
