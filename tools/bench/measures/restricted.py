"""A home in which something of one statement in twenty is restricted, beside a home without.

Both homes have the same children, people and entries, in the same tables. What is restricted is
half from the child and half for staff who need to know; some of it is released.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.db import connections, transaction

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.foundation.base.times import LONDON
from casebound.ledger.projecting.actions import catch_up
from casebound.ledger.sealing.actions import NewEntry, sequence_all, stage
from casebound.people.access.reads import SeenBook, seen_book, seen_books
from casebound.people.homes import actions as homes
from casebound.people.restricted.holding import RestrictionRow, State
from casebound.people.staff.actions import open_account
from casebound.record.drafting.as_signed import entry_from
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.restricting.actions import Grounds, review
from casebound.record.restricting.reads import last_step
from casebound.rulebook.catalogue.content import StatementContent
from casebound.rulebook.catalogue.marks import Ground, RestrictedFrom, Sharing
from casebound.rulebook.catalogue.restricting import Restricting
from tools.bench.measures.filling import AT_A_TIME, draft_of
from tools.bench.measures.page import Browser
from tools.bench.measures.start import CHILDREN, place, signing
from tools.bench.writers import timed

EVERY: Final = 20  # one statement in so many is restricted
RELEASED: Final = 10  # one restriction in so many is released again
REASON: Final = "As agreed with the social worker."
WITHOUT, WITH = "Ash House", "Elm House"
WORDS: Final = ("dinner", "the", "kitchen")


@dataclass(frozen=True, slots=True)
class Measured:
    """A home to measure: who works there, who manages it, and the children's books."""

    worker: WorkerId
    manager: WorkerId
    books: tuple[BookId, ...]


def pages(entries: int = 2000, each: int = 60) -> dict[str, Any]:
    """Return how long each page takes in both homes, asked in turn; what is restricted too."""
    made = {home: _home(home) for home in (WITHOUT, WITH)}
    for home, here in made.items():
        _fill(here, entries, restricted=home == WITH)
    held = _release(made[WITH])
    _tidy()
    kinds = {home: dict(_kinds(here)) for home, here in made.items()}
    took: dict[str, dict[str, list[float]]] = {}
    for round_number in range(each + 1):
        for kind in kinds[WITHOUT]:
            for home, asks in kinds.items():  # one of each in turn: both meet the same machine
                before = time.perf_counter()
                asks[kind]()
                if round_number:  # the first one loads what stays loaded
                    after = time.perf_counter() - before
                    took.setdefault(kind, {}).setdefault(home, []).append(after)
    return {
        "entries": entries,
        "statements": 3 * entries,
        **held,
        "ms": {
            kind: {
                name: asdict(timed(times[home], seconds=sum(times[home])))
                for name, home in (("without", WITHOUT), ("with", WITH))
            }
            for kind, times in took.items()
        },
    }


def _home(name: str) -> Measured:
    at, by = datetime.now(UTC) - timedelta(days=400), place().worker
    home = homes.open_home(name=name, address="3 Mill Lane", by=by, at=at)
    people = []
    for role in ("residential_worker", "registered_manager"):
        worker = open_account(
            username=f"{role}.{name[:3].lower()}", full_name=f"{name[:3]} {role}", by=None, at=at
        )
        homes.appoint(
            worker=worker, full_name=f"{name[:3]} {role}", role=role, home=home,
            from_at=at, by=by, at=at,
        )  # fmt: skip
        people.append(worker)
    for called in CHILDREN:
        homes.admit_child(
            home=home, full_name=f"{called} {name[:3]}", called=called, pronouns="they, them",
            born_on=date(2012, 5, 4), face=0, from_at=at, by=by, at=at, same_name=True,
        )  # fmt: skip
    seen = seen_books(people[0], at=datetime.now(UTC))
    return Measured(people[0], people[1], tuple(book.id for book in seen if book.child))


def _fill(here: Measured, entries: int, *, restricted: bool) -> None:
    """Seal the entries of a home, many in one transaction: what is said differs in no letter."""
    seen = [_seen(here.worker, book) for book in here.books]
    for first in range(0, entries, AT_A_TIME):
        with transaction.atomic(using="default"):
            for number in range(first, min(first + AT_A_TIME, entries)):
                stage(_entry(seen[number % len(seen)], number, entries, restricted=restricted))
        sequence_all()
    catch_up()


def _entry(book: SeenBook, number: int, entries: int, *, restricted: bool) -> NewEntry:
    at = datetime.now(UTC)
    happened = at - timedelta(hours=entries - number)
    draft, by = draft_of(number), replace(signing(), worker=book.worker)
    content = replace(draft.content, happened_from=f"{happened.astimezone(LONDON):%Y-%m-%dT%H:%M}")
    if restricted:
        said = enumerate(content.statements, 3 * number)
        content = replace(
            content, statements=tuple(_marked(statement, place) for place, statement in said)
        )
    draft = replace(draft, book=book.id, author=book.worker, content=content)
    fact = entry_from(PreparedDraft(draft, book, at=at), by)
    return NewEntry(
        books=(book.id,), parts=fact.parts(), signed_by=by.worker, signed_at=at, auth=by.auth
    )


def _marked(said: StatementContent, number: int) -> StatementContent:
    """Restrict one statement in twenty: from the child and for need to know, in turn."""
    if number % EVERY:
        return said
    on = f"{datetime.now(LONDON).date() + timedelta(days=28)}"
    if number % (2 * EVERY):
        why = Restricting(
            scope=RestrictedFrom.NEED_TO_KNOW, ground=Ground.SENSITIVE, reason=REASON, review_on=on
        )
        return replace(said, staff=why)
    return replace(
        said, sharing=Sharing.WITHHELD, ground=Ground.RISK_TO_CHILD, reason=REASON, review_on=on
    )


def _release(here: Measured) -> dict[str, int]:
    """Let the manager release some of what is restricted; return how much of each there is."""
    at, reviewed = datetime.now(UTC), Grounds(ground="", reason="Over now.", review_on=None)
    rows = list(RestrictionRow.objects.filter(book_id__in=here.books).order_by("leaf", "part"))
    for row in rows[::RELEASED]:
        book = _seen(here.manager, BookId(row.book_id))
        review(
            book=book, which=f"{row.leaf}-{row.part}-{row.scope}", outcome="released",
            grounds=reviewed, seen=last_step(book.id, row.leaf), by=here.manager, at=at,
            auth="password",
        )  # fmt: skip
    of_home = RestrictionRow.objects.filter(book_id__in=here.books)
    return {
        "restricted": of_home.count(),
        "from_the_child": of_home.filter(scope=RestrictedFrom.CHILD.value).count(),
        "released": of_home.filter(state=State.RELEASED).count(),
    }


def _tidy() -> None:
    if connections["derived"].vendor == "postgresql":
        with connections["derived"].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum does within a minute


def _kinds(here: Measured) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is asked: as a worker who need not know, and as the manager, who reads it all."""
    turns = [0]

    def in_turn(browser: Browser, path: str) -> Callable[[], object]:
        def ask() -> object:
            turns[0] += 1
            return browser.get(path.format(here.books[turns[0] % len(here.books)]))

        return ask

    worker, manager = Browser(here.worker), Browser(here.manager)
    for who, browser in (("a worker", worker), ("a manager", manager)):
        yield f"book page of {who}", in_turn(browser, "/books/{}/")
        for word in WORDS:
            found = browser.post("/search/", {"q": word})
            yield f"search of {who}, “{word}”", in_turn(browser, found)
    yield "shift of a worker", in_turn(worker, "/")
    yield "desk of a manager", in_turn(manager, "/desk/")
    yield "deciding whether a worker may read a book", lambda: _seen(here.worker, here.books[0])


def _seen(worker: WorkerId, book: BookId) -> SeenBook:
    found = seen_book(worker, book, at=datetime.now(UTC))
    if found is None:
        raise LookupError(book)
    return found
