"""What a measured server needs beforehand: people with sessions and drafts to sign."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.urls import reverse

from casebound.foundation.base.times import LONDON
from casebound.people.accounts.actions import give_password
from casebound.people.homes import actions as homes
from casebound.people.staff.actions import open_account
from casebound.record.drafting import actions as drafting
from tools.bench import words
from tools.bench.measures.page import fill
from tools.bench.measures.start import PASSWORD, book_of, session_cookie
from tools.bench.quick_password import QuickPasswordHasher

QUICK = f"{QuickPasswordHasher.__module__}.{QuickPasswordHasher.__qualname__}"


def hire(clients: int, drafts: int) -> list[dict[str, Any]]:
    """Make `clients` workers; return each one's cookie, drafts to sign and pages to read."""
    settings.PASSWORD_HASHERS = [QUICK]
    fill()  # a page of the first book to read
    return [_hire(number, drafts) for number in range(clients)]


def proving(each: int = 5) -> float:
    """Return how long checking a password takes in this house, in milliseconds of CPU."""
    kept = make_password(PASSWORD)
    took = []
    for _ in range(each):
        began = time.process_time()
        check_password(PASSWORD, kept)
        took.append((time.process_time() - began) * 1000)
    return median(took)


def _hire(number: int, count: int) -> dict[str, Any]:
    now = datetime.now(UTC)
    book = book_of(number)
    name = f"{words.FIRST_NAMES[number % len(words.FIRST_NAMES)]} Example"
    worker = open_account(username=f"worker.{number}", full_name=name, by=None, at=now)
    give_password(account=worker, password=PASSWORD, by=None)
    homes.appoint(
        worker=worker, full_name=name, role="residential_worker", home=book.home,
        from_at=now - timedelta(days=1), by=book.worker, at=now,
    )  # fmt: skip
    happened = f"{(now - timedelta(hours=1)).astimezone(LONDON):%Y-%m-%dT%H:%M}"
    with transaction.atomic(using="default"):
        drafts = [
            drafting.begin_draft(
                book=book,
                form="daily_log",
                by=worker,
                at=now,
                content=words.content(
                    number * 997 + place, happened_from=happened, words=words.WORDS
                ),
            )
            for place in range(count)
        ]
    return {
        "cookie": f"{session_cookie(worker)}; {settings.CSRF_COOKIE_NAME}={'b' * 32}",
        "token": "b" * 32,
        "password": PASSWORD,
        "shift": reverse("desk:shift"),
        "book": reverse("chronology:book", args=[book_of(0).id]),
        "security": reverse("accounts:security"),
        "sign": [reverse("drafting:sign", args=[draft]) for draft in drafts],
    }
