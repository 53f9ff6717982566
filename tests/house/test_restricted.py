"""Forms whose register is for managers: kept from others and from those they are about, everywhere.

Each page of the house is fetched before such an entry is written, and again once it is sealed,
added to, corrected, followed and withdrawn. For those who may not read it every page stays the
same, to the letter: no word of it, no number, no count.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import pytest
from django.urls import reverse

from casebound.foundation.base.ids import BookId
from casebound.foundation.web.queries import rows_of
from casebound.ledger.sealing.actions import Sealed
from casebound.people.restricted.models import RestrictedEntry
from casebound.people.restricted.reads import (
    EntryReader,
    hidden_from,
    leaves_hidden,
    may_read,
)
from casebound.record.book.relations import ADDENDUM, CORRECTION, MISFILED, STRIKE, Relation
from casebound.record.followups.rules import DoneAlreadyError, NothingToFollowError
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.registers import is_for_managers
from casebound.rulebook.catalogue.shape import BookKind, FieldType
from tests.house.addresses import Scene, Whose, addresses
from tests.house.source import ROOT, nothing
from tests.installation import STORE
from tests.made_up import Child, House, MadeUp, Worker

SECRET = "marzipan"  # noqa: S105 (no password): in every word of the restricted entries, and nowhere else
# Every form on SQLite. On PostgreSQL one that is about workers: what differs is SQL, not the form.
FORMS = sorted(
    form.name
    for kind in (BookKind.CHILD, BookKind.HOME)
    for form in catalogue.forms_for(kind)
    if form.is_listed and is_for_managers(form) and (STORE == "sqlite" or form.name == "allegation")
)
# They show the state of the whole log, which grows with every line, and nothing of what is in it.
# Whose addresses show what is in books. What shows the state of the log shows no content.
SHOW_BOOKS = {Whose.BOOKS, Whose.READERS, Whose.HOME, Whose.MANAGERS, Whose.ONES_OWN}
# The guide, and who signed in where: it grows with each visit of this very test.
NOT_OF_BOOKS = ("/help/", "/security/signed-in/", "/security-events/")
# Who looked: it grows with these visits too, so it is asked about those who read the entry.
READ_TRAIL = ("/who-looked/", "/who-looked/print/")
JUST_SIGNED = {"sign.py"}  # it leads on from what the worker signed a moment ago
# What differs each time a page is fetched, and says nothing of an entry: tokens, ids of pages,
# times of day, how many lines the whole log of the provider has, and the visits of this test.
_CHANGES = re.compile(
    r"[A-Za-z0-9_\-]{22,}|\d{1,2}:\d{2}(:\d{2})?|log of [\d,]+ lines|[\d,]+ security events?"
)


@dataclass(frozen=True)
class People:
    """Who looks: two who are accused, a colleague, who reported it, and those who answer."""

    accused: Worker
    colleague: Worker
    named_manager: Worker
    reporter: Worker
    manager: Worker
    responsible: Worker


@pytest.fixture
def people(made_up: MadeUp) -> People:
    ruth = made_up._worker("ruth.abara", "Ruth Abara")
    tom = made_up._worker("tom.fairweather", "Tom Fairweather")
    ursula = made_up._worker("ursula.hale", "Ursula Hale")
    made_up._appoint(ruth, "residential_worker", made_up.oak)
    made_up._appoint(tom, "deputy_manager", made_up.oak)
    made_up._appoint(ursula, "responsible_individual", None)
    return People(made_up.kit, ruth, tom, made_up.sam, made_up.dana, ursula)


def place_of(made_up: MadeUp, form: str) -> Child | House:
    """Return whose book a form is written in: Jay, or Oak House."""
    in_home = catalogue.form(form).book is BookKind.HOME
    return made_up.house(made_up.oak) if in_home else made_up.jay


def paths(made_up: MadeUp) -> list[str]:
    """Return every address that shows a book, a list or a page of one's own."""
    scene = Scene(made_up)
    found = [address.path for address in addresses(scene) if address.example.whose in SHOW_BOOKS]
    return [
        path
        for path in dict.fromkeys(found)
        if not path.startswith(NOT_OF_BOOKS) and not path.endswith(READ_TRAIL)
    ]


def looks_of(people: People) -> list[str]:
    """Return the addresses that show what those who may read the entry looked at."""
    return [f"{path}?person={reader.id}" for path in READ_TRAIL for reader in readers(people)]


def readers(people: People) -> tuple[Worker, ...]:
    """Return those who may read the entry."""
    return people.reporter, people.manager, people.responsible


def of_book(place: Child | House) -> list[str]:
    """Return the addresses that show the book as a whole, and begin something in it."""
    return [reverse(name, args=[place.book]) for name in ("chronology:book", "drafting:choose")]


def of_entry(place: Child | House, number: int) -> list[str]:
    """Return the addresses of one page of a book."""
    book = place.book
    return [
        reverse("chronology:entry", args=[book, number]),
        reverse("attachments:file", args=[book, number, 1, "original"]),
        reverse("chronology:join", args=[book, number]),
        f"{reverse('chronology:print', args=[book])}?no={number}",
        f"{reverse('chronology:book', args=[book])}?no={number}",
    ]


def seen(made_up: MadeUp, worker: Worker, where: list[str]) -> dict[str, str]:
    """Return what a worker is answered at each address, without what changes each time."""
    browser = made_up.browser_of(worker)
    pages = {}
    for path in where:
        answer = browser.get(path, follow=True)
        text = "" if "/receipt/" in path else b"".join(answer).decode(errors="replace")
        pages[path] = f"{answer.status_code} {_CHANGES.sub('', text)}"
    found = browser.post(reverse("search:search"), {"q": SECRET}, follow=True)
    pages["search"] = _CHANGES.sub("", found.text)
    return pages


def answers(form: str, people: People) -> Mapping[str, object]:
    """Name the accused and the manager in what asks who it is about, and the secret in the rest."""
    asked = {field.name: field for field in catalogue.form(form).fields}
    party = next(field.name for field in asked.values() if field.party)
    texts = {
        name: SECRET
        for name, field in asked.items()
        if field.type in {FieldType.TEXT, FieldType.LONG_TEXT} and not field.when
    }
    return {**texts, party: [{"id": people.accused.id}, {"id": people.named_manager.id}]}


def write(made_up: MadeUp, form: str, people: People) -> dict[str, int]:
    """Write an entry with a file, and all that may become of it; and one in the wrong book."""
    place = place_of(made_up, form)
    draft = made_up.draft(place, f"Jay told of {SECRET}.", form=form, answers=answers(form, people))
    made_up.attach(draft, f"A list of {SECRET}.".encode(), name="list.txt")
    number = page(place, made_up.sign(draft))
    for how in (ADDENDUM, CORRECTION):
        made_up.put_right(place, number, how, f"More {SECRET}.")
    for outcome in catalogue.following(form):
        if is_for_managers(outcome):
            _follow(made_up, place, number, outcome.name, by=people.responsible)
    wrong = made_up.write(place, f"Wrong {SECRET}.", form=form, answers=answers(form, people))
    misfiled = page(place, wrong)
    withdraw(made_up, place, misfiled, MISFILED, people)
    return {"number": number, "misfiled": misfiled}


def _follow(made_up: MadeUp, place: Child | House, number: int, form: str, *, by: Worker) -> None:
    """Write a follow-up, if something still asks for it. It is about a manager: not by another."""
    with suppress(NothingToFollowError, DoneAlreadyError):
        made_up.follow(place, number, form, f"Now {SECRET}.", by=by)


def withdraw(
    made_up: MadeUp, place: Child | House, number: int, how: Relation, people: People
) -> None:
    """Let the reporter ask for it, and the manager agree."""
    asked = made_up.put_right(place, number, how, f"Not {SECRET}.")
    where = (place, page(place, asked), "strike_agreed")
    made_up.follow(*where, by=people.manager, answers={"agreed": "yes"})


def page(place: Child | House, entry: Sealed) -> int:
    return entry.numbers[place.book]


@pytest.mark.django_db
@pytest.mark.policy("P63", "P39")
@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_it_appears_to_who_may_not_read_it(
    made_up: MadeUp, people: People, form: str
) -> None:
    place = place_of(made_up, form)
    plain = "daily_log" if place is made_up.jay else "fire_drill"
    last = page(place, made_up.write(place, "The kitchen was painted.", form=plain))
    where = [*paths(made_up), *of_book(place), *looks_of(people)]
    where += [path for number in range(last, last + 7) for path in of_entry(place, number)]
    others = (people.accused, people.colleague, people.named_manager)
    for reader in readers(people):
        made_up.browser_of(reader)  # the people of a home are listed with when they last signed in
    before = {other.full_name: seen(made_up, other, where) for other in others}
    made_up.draft(place, f"Jay told of {SECRET}.", form=form, answers=answers(form, people))

    entry = write(made_up, form, people)
    nothing(_differences(made_up, others, where, before))
    withdraw(made_up, place, entry["number"], STRIKE, people)
    _is_read_by_those_who_may(made_up, place, people, entry)
    nothing(_differences(made_up, others, where, before))
    _does_not_show_who_read_it(made_up, place, people)


def _differences(
    made_up: MadeUp,
    others: Iterable[Worker],
    where: list[str],
    before: Mapping[str, Mapping[str, str]],
) -> Iterator[str]:
    for other in others:
        now, was = seen(made_up, other, where), before[other.full_name]
        for path, text in now.items():
            if text != was[path]:
                yield f"{other.full_name} sees a difference at {path}: {_part(was[path], text)}"


def _part(was: str, now: str) -> str:
    """Return where two pages begin to differ."""
    at = next((i for i, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), len(was))
    return f"{was[max(0, at - 60) : at + 120]!r} became {now[max(0, at - 60) : at + 120]!r}"


def _is_read_by_those_who_may(
    made_up: MadeUp, place: Child | House, people: People, entry: Mapping[str, int]
) -> None:
    """Check that those who answer read all of it, and the reporter what they wrote themselves."""
    where = {name: of_entry(place, number)[0] for name, number in entry.items()}
    for worker in (people.manager, people.responsible):
        browser = made_up.browser_of(worker)
        assert SECRET in browser.get(where["number"]).text
        assert SECRET in browser.get(where["misfiled"]).text, (
            "words of the wrong book stay readable"
        )
    reporter = made_up.browser_of(people.reporter)
    assert SECRET in reporter.get(where["number"]).text
    assert SECRET not in reporter.get(where["misfiled"]).text


def _does_not_show_who_read_it(made_up: MadeUp, place: Child | House, people: People) -> None:
    """Check that who looked at the book leaves out who looked at the entry, with their looks."""
    trail = reverse("who_looked:of_book", args=[place.book])
    assert people.responsible.full_name in made_up.browser_of(people.responsible).get(trail).text
    shown = made_up.browser_of(people.named_manager).get(trail)
    assert shown.status_code == 200
    assert people.responsible.full_name not in shown.text


@pytest.mark.django_db
def test_the_two_ways_to_ask_answer_alike(made_up: MadeUp, people: People) -> None:
    for form in FORMS:
        write(made_up, form, people)
    books = (made_up.jay.book, made_up.house(made_up.oak).book)
    readers = [
        EntryReader(worker.id, answers_for, everywhere=everywhere)
        for worker in made_up_workers(people)
        for answers_for, everywhere in [((), False), (books, False), ((), True)]
    ]
    leaves = set(RestrictedEntry.objects.values_list("leaf", "book_id"))

    for reader in readers:
        plain, values = leaves_hidden(reader, books=books)
        hidden = {leaf for (leaf,) in rows_of("derived", plain, values)}
        assert hidden == set(hidden_from(reader).values_list("leaf", flat=True))
        assert hidden == {
            leaf for leaf, book in leaves if not may_read(leaf, reader, book=BookId(book))
        }
    assert leaves_hidden(EntryReader(people.manager.id), books=())[0]


def made_up_workers(people: People) -> list[Worker]:
    return [getattr(people, name) for name in people.__dataclass_fields__]


def test_a_view_opens_an_entry_only_through_the_one_question() -> None:
    """`record.book.reads.entry_in` asks whether the reader may; the ledger's own reads do not."""
    views = (ROOT / "src" / "casebound").glob("*/*/views/*.py")
    nothing(
        f"{view.parent.parent.name}/{view.name}: open the entry with record.book.reads.entry_in"
        for view in views
        if re.search(r"\bentry_(at|of)\(", view.read_text(encoding="utf-8"))
        and view.name not in JUST_SIGNED
    )
