"""How many queries each step of writing asks, and that a request asks nothing twice."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casebound.foundation.base.ids import DraftId
from casebound.people.homes.tests import build
from casebound.record.drafting.actions import Signing, save_draft
from casebound.record.drafting.as_signed import entry_from
from casebound.record.drafting.event_draft import of_event
from casebound.record.drafting.handover_draft import handed_over
from casebound.record.drafting.missing import missing_from
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.showing import as_it_will_read
from casebound.record.drafting.write_page import write_page
from tests.made_up import PASSWORD, MadeUp

pytestmark = pytest.mark.django_db
STORES = ("default", "derived", "keyring")
# How many queries the writing page asks, and signing. The page: the home's children (2), who works
# there (1), their names (1), the notes to draw on (1), on a form that faces a child
# how the child was asked (1); a note may concern other children (1).
# Signing: a restraint names workers of the home (4).
FORMS = [("daily_log", 6, 0), ("restraint", 6, 4), ("note", 6, 1)]


def asked(ask: Callable[[], object]) -> Counter[str]:
    """Return what was asked of the three stores, and how often."""
    with ExitStack() as stack:
        captured = [
            stack.enter_context(CaptureQueriesContext(connections[store])) for store in STORES
        ]
        ask()
    statements = [query["sql"] for store in captured for query in store.captured_queries]
    return Counter(sql for sql in statements if "SAVEPOINT" not in sql)


def shows(prepared: PreparedDraft, *, check: bool = False) -> int:
    content, version = prepared.draft.content, prepared.draft.version
    page = asked(lambda: write_page(prepared, content=content, version=version, check=check))
    return page.total()


def signing(made_up: MadeUp) -> Signing:
    return Signing(worker=made_up.sam.id, full_name=made_up.sam.full_name, role="", auth="")


@pytest.mark.parametrize("colleagues", [0, 30])
@pytest.mark.parametrize(("form", "writing", "signing_it"), FORMS)
def test_each_step_asks_as_much_in_a_large_home_as_in_a_small_one(
    made_up: MadeUp, form: str, writing: int, signing_it: int, colleagues: int
) -> None:
    for _ in range(colleagues):
        build.appointed("residential_worker", made_up.oak)
    draft = made_up.draft(made_up.jay, form=form)
    by = signing(made_up)

    assert shows(made_up.prepared(draft)) == writing
    assert shows(made_up.prepared(draft), check=True) == writing
    read = made_up.prepared(draft)
    assert asked(lambda: missing_from(read)).total() == signing_it
    assert asked(lambda: as_it_will_read(read, by)).total() == 1  # who else lives there
    assert asked(lambda: entry_from(made_up.prepared(draft), by)).total() <= signing_it + OPENING


OPENING = 2  # the draft, and its book as the author sees it


def test_saving_is_one_statement(made_up: MadeUp) -> None:
    draft = made_up.opened(made_up.draft(made_up.jay))
    content = made_up.content("Jay made toast.")

    saved = asked(
        lambda: save_draft(draft=draft, content=content, version=draft.version, at=made_up.now)
    )

    assert saved.total() == 1


def twice(ask: Callable[[], object]) -> list[str]:
    return [sql for sql, times in asked(ask).items() if times > 1]


@pytest.mark.parametrize("form", [form for form, *_ in FORMS])
def test_a_request_asks_nothing_twice(made_up: MadeUp, form: str) -> None:
    sam, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay, form=form)
    write, sign = address("write", draft), address("sign", draft)

    assert twice(lambda: sam.get(write)) == []
    assert twice(lambda: sam.get(write, {"check": "1"})) == []
    assert twice(lambda: sam.get(sign)) == []
    assert twice(lambda: seal(sam, sign)) == []


def test_what_a_dose_is_warned_of_is_asked_once(made_up: MadeUp) -> None:
    sam, draft = made_up.browser_of(made_up.sam), made_up.draft(made_up.jay, form="medicine_given")
    write, sign = address("write", draft), address("sign", draft)

    assert twice(lambda: sam.get(write)) == []
    assert twice(lambda: sam.get(sign)) == []


@pytest.mark.parametrize("logs", [1, 4])
def test_the_rows_about_what_a_draft_leads_to_are_asked_for_at_once(
    made_up: MadeUp, logs: int
) -> None:
    house, written = made_up.house(made_up.oak), [made_up.write(made_up.jay) for _ in range(logs)]
    home, entries = made_up.book(house), [log.entry_id for log in written]

    handing = asked(lambda: handed_over(entries, home, at=made_up.now))
    event = asked(lambda: of_event(entries, made_up.sam.id, at=made_up.now))

    assert sum(is_of_rows(sql) for sql in handing) == 4
    assert sum(is_of_rows(sql) for sql in event) == 3


def is_of_rows(sql: str) -> bool:
    """Say whether a query reads rows that are worked out, and no entry and no key."""
    return "log_leaf" not in sql and "keyring" not in sql


def address(name: str, draft: DraftId) -> str:
    return reverse(f"drafting:{name}", args=[draft])


def seal(sam: Client, sign: str) -> None:
    assert sam.post(sign, {"password": PASSWORD, "known": "1"}).status_code == 302
