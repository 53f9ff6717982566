"""A whole journey with marked words: they end up where they belong and nowhere else."""

import logging
from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from casebound.people.accounts.models import Account
from casebound.record.drafting.models import Draft
from tests.made_up import PASSWORD, Child, MadeUp

STATEMENT = "heliotrope"
DRAFTED = "columbine"
HEARD = "somebody listens"
SEARCHED = "heliotro"  # a prefix is what people type


class Journey:
    """Sam writes, signs, reads and searches; what the browser was told on the way is kept."""

    def __init__(self, made_up: MadeUp) -> None:
        """Sign in."""
        self.made_up = made_up
        self.browser: Client = made_up.browser_of(made_up.sam)
        self.heard: list[str] = []
        self.logged = ""

    def get(self, path: str) -> HttpResponseBase:
        """Look at a page."""
        return self._keep(self.browser.get(path))

    def post(self, path: str, said: Mapping[str, str], **headers: str) -> HttpResponseBase:
        """Send a form."""
        return self._keep(self.browser.post(path, dict(said), headers=headers))

    def write(self, child: Child, words: str, *, form: str = "daily_log") -> str:
        """Begin a draft and type in it, saved twice on the way; return its address."""
        begun = self.post(reverse("drafting:begin", args=[child.book, form]), {})
        path = begun.headers["Location"]
        self.get(path)
        typed = self.typed(words)
        self.post(f"{path}save/", {**typed, "version": "1"}, **{"HX-Request": "true"})
        self.get(f"{path}kept/")
        self.post(path, {**typed, "version": "2", "read": "1"})
        return path

    def typed(self, words: str) -> dict[str, str]:
        """Return what is typed on the form."""
        happened = self.made_up.now - timedelta(hours=1)
        return {
            "happened_from_date": f"{happened:%Y-%m-%d}",
            "happened_from_time": f"{happened:%H:%M}",
            "how_known": "was_there",
            "present_nobody": "1",
            "statements-1-text": words,
            "answers-view_missing": "not_asked",
        }

    def sign(self, path: str) -> HttpResponseBase:
        """Read through, get the password wrong, then right."""
        self.get(f"{path}sign/")
        self.post(f"{path}sign/", {"password": "not the password"})
        return self.post(f"{path}sign/", {"password": PASSWORD})

    def _keep(self, answer: HttpResponseBase) -> HttpResponseBase:
        asked = answer.wsgi_request  # type: ignore[attr-defined]  # the test client sets it
        assert answer.status_code < 500
        self.heard += [asked.get_full_path(), str(answer.headers), str(answer.cookies)]
        return answer


@pytest.fixture
def journey(made_up: MadeUp, caplog: pytest.LogCaptureFixture) -> Journey:
    """Return a journey through everything there is, with every logger at its most talkative."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("casebound.anything").debug(HEARD)
    trip = Journey(made_up)
    jay = made_up.jay
    book = made_up.book_url(jay)
    trip.get("/")
    signed = trip.sign(trip.write(jay, f"A {STATEMENT} was in bloom."))
    entry = signed.headers["Location"].partition("?")[0]
    assert entry.startswith(book), "the entry was not sealed"
    for path in (signed.headers["Location"], book, f"{book}?form=daily_log", f"{book}print/"):
        trip.get(path)
    trip.post(reverse("search:search"), {"q": SEARCHED})
    trip.post(reverse("search:search"), {"q": SEARCHED, "within": jay.book})
    right = trip.post(f"{entry}correction/", {})
    trip.get(right.headers["Location"])
    trip.write(jay, f"A {DRAFTED}, not yet signed.")
    trip.get("/")
    trip.get(f"{book}9999/")
    made_up.browser_of(made_up.lin).get(entry)
    trip.logged = caplog.text  # here: it is another one while the test itself runs
    return trip


@pytest.mark.django_db
@pytest.mark.policy("P12")
def test_logs_hold_nothing_about_a_child(journey: Journey) -> None:
    assert HEARD in journey.logged, "the log was not listened to"
    assert _said_in(journey.logged, journey) == []


@pytest.mark.django_db
@pytest.mark.policy("P12")
def test_addresses_headers_and_cookies_hold_nothing_about_a_child(journey: Journey) -> None:
    assert _said_in("\n".join(journey.heard), journey) == []


@pytest.mark.django_db
@pytest.mark.policy("P12")
def test_sessions_hold_nothing_about_a_child(journey: Journey) -> None:
    sessions = [str(session.get_decoded()) for session in Session.objects.all()]

    assert sessions
    assert _said_in("\n".join(sessions), journey) == []


@pytest.mark.django_db
@pytest.mark.policy("P12", "P58")
@pytest.mark.parametrize("store", ["default", "keyring"])
def test_what_is_backed_up_holds_no_word_in_the_clear(journey: Journey, store: str) -> None:
    rows = list(_rows(store))

    assert rows
    assert [table for table, row in rows if _said_in(row, journey)] == []


@pytest.mark.django_db
@pytest.mark.policy("P08")
def test_the_derived_store_holds_what_was_sealed_and_no_draft(journey: Journey) -> None:
    """The check of the check: the words are there to be found, where they belong."""
    derived = "\n".join(row for _, row in _rows("derived"))

    assert STATEMENT in derived
    assert journey.made_up.jay.full_name in derived
    assert DRAFTED not in derived
    assert Draft.objects.count() >= 1


@pytest.mark.django_db
def test_names_of_staff_are_with_the_accounts_alone(journey: Journey) -> None:
    name = journey.made_up.sam.full_name

    assert {table for table, row in _rows("default") if name in row} == {Account._meta.db_table}


def _said_in(text: str, journey: Journey) -> list[str]:
    children = (journey.made_up.jay, journey.made_up.mika, journey.made_up.noor)
    words = [STATEMENT, DRAFTED, SEARCHED, *(child.full_name for child in children)]
    words += [child.full_name.split()[1] for child in children]
    return [word for word in words if word.lower() in text.lower()]


def _rows(store: str) -> Iterator[tuple[str, str]]:
    """Yield every row of a store as text, with its table; what is bytes is shown as it is."""
    connection = connections[store]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                yield table, " ".join(_as_text(value) for value in row)


def _as_text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)
