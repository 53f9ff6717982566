"""A made-up home to measure in, made through the product's own actions."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user_model,
)
from django.utils import timezone

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.people.access.reads import SeenBook, seen_book, seen_books
from casebound.people.accounts.actions import give_password
from casebound.people.accounts.reads import account_named
from casebound.people.accounts.sessions import BEGAN, SessionStore
from casebound.people.accounts.signed_in import BACKEND, SECOND_FACTOR
from casebound.people.homes import actions as homes
from casebound.people.staff.actions import open_account
from casebound.record.drafting.actions import Signing
from casebound.upkeep.running.actions import prepare_stores
from tools.bench.by_hand import actions as by_hand

USERNAME = "sam.okafor"
FULL_NAME = "Sam Okafor"
ROLE = "residential worker"
PASSWORD = "made-up password"  # noqa: S105 (of a made-up person in a scratch installation)
CHILDREN = ("Ari", "Bea", "Cal", "Dot", "Eli")


@dataclass(frozen=True, slots=True)
class Place:
    """Who works in the scratch installation, and the children's books."""

    worker: WorkerId
    books: tuple[BookId, ...]


def begin() -> dict[str, Any]:
    """Make the stores, a home with five children and one worker; the same rights by hand."""
    prepare_stores()
    at = datetime.now(UTC) - timedelta(days=400)
    homes.open_home(
        name="Office", address="1 Mill Lane", is_office=True, at=at,
        by=WorkerId(settings.INSTALLATION.id),
    )  # fmt: skip
    worker = open_account(username=USERNAME, full_name=FULL_NAME, by=None, at=at)
    give_password(account=worker, password=PASSWORD, by=None)
    home = homes.open_home(name="Oak House", address="2 Mill Lane", by=worker, at=at)
    for called in CHILDREN:
        homes.admit_child(
            home=home, full_name=f"{called} Example", called=called, pronouns="they, them",
            born_on=date(2012, 5, 4), face=0, from_at=at, by=worker, at=at,
        )  # fmt: skip
    homes.appoint(
        worker=worker, full_name=FULL_NAME, role="residential_worker", home=home,
        from_at=at, by=worker, at=at,
    )  # fmt: skip
    by_hand.make_tables()
    for book in seen_books(worker, at=datetime.now(UTC)):
        by_hand.let_read(worker, book.id, title=book.title)
    return {"store": place().books[0]}


@cache
def place() -> Place:
    """Find the worker and the books again."""
    account = account_named(USERNAME)
    if account is None:
        raise LookupError(USERNAME)
    seen = seen_books(account.id, at=timezone.now())
    return Place(account.id, tuple(book.id for book in seen if book.child))


def book_of(number: int) -> SeenBook:
    """Return one of the children's books, as its worker sees it."""
    here = place()
    found = seen_book(here.worker, here.books[number % len(here.books)], at=timezone.now())
    if found is None:
        raise LookupError(number)
    return found


def signing() -> Signing:
    """Return the worker's signature, already proved again."""
    return Signing(
        worker=place().worker,
        full_name=FULL_NAME,
        role=ROLE,
        auth="password, session password+totp",
    )


def session_cookie(worker: WorkerId | None = None) -> str:
    """Sign a worker in, Sam unless another is given, and return the cookie a browser would send."""
    account = get_user_model().objects.get(pk=worker or place().worker)
    session = SessionStore()
    session[SESSION_KEY] = account.pk
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[SECOND_FACTOR] = True
    session[BEGAN] = int(timezone.now().timestamp())
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
