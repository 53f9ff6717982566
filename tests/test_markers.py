"""A word of its own in all that is kept from somebody: nobody finds it who may not read it.

Everything they can reach is read, with its headers: every page that pages lead to, addresses that
are guessed by book and number, what begins from an entry, names that are offered while writing, and
searches for the very word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from casebound.foundation.base.ids import BookId
from casebound.people.access.actions import grant_access
from casebound.people.access.reads import seen_book
from casebound.people.access.tests.build import account
from casebound.people.homes.tests.build import appointed
from casebound.people.rights.shape import Permission
from casebound.record.book.relations import ADDENDUM, MISFILED
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import FieldType
from tests.house.source import nothing
from tests.installation import WHOLE_RIGHTS
from tests.made_up import Child, House, MadeUp, Worker
from tests.oracle.crawling import crawl, guesses, look, posts

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63", "P09", "P39")]

MARKER = re.compile(r"zq[a-z]+qz")
MOST_PAGES = 400 if WHOLE_RIGHTS else 70
# Who is tried in a run of the tests; `CASEBOUND_RIGHTS=whole` tries everybody.
TRIED = ("accused", "elm", "part", "administrator")
OTHERS = ("stranger", "ruth", "manager", "elm_manager", "officer", "granted")
GUESSES = ("{}*", '"of {}"', "{}", "tea {}") if WHOLE_RIGHTS else ("{}*",)
NOT_COUNTED = {"part"}
NOT_CRAWLED = {"zqbytesqz"}  # a file that is downloaded and not shown
# What differs each time a page is fetched: tokens, ids of pages and times of day.
_CHANGES = re.compile(r"[A-Za-z0-9_\-]{22,}|\d{1,2}:\d{2}(:\d{2})?")


@dataclass
class Marked:
    """What is kept from somebody: each marker, and who may read it."""

    made_up: MadeUp
    people: dict[str, Worker | None] = field(default_factory=dict)
    may_read: dict[str, set[str]] = field(default_factory=dict)
    numbers: dict[BookId, set[int]] = field(default_factory=dict)

    def word(self, name: str, *readers: str) -> str:
        """Return a new marker, which only these people may read."""
        marker = f"zq{name}qz"
        self.may_read[marker] = set(readers)
        return marker

    def note(self, place: Child | House, number: int) -> int:
        """Note that a book has this page."""
        self.numbers.setdefault(place.book, set()).add(number)
        return number

    def theirs(self, person: str) -> set[str]:
        """Return the markers that a person may read."""
        return {marker for marker, readers in self.may_read.items() if person in readers}


@pytest.fixture
def marked(made_up: MadeUp) -> Marked:
    """Write a little of all that is kept from somebody."""
    marked = Marked(made_up)
    _people(marked)
    _allegation(marked)
    _wrong_book(marked)
    _of_others(marked)
    _drafts(marked)
    return marked


OAK = ("sam", "ruth", "accused", "manager")
ALL_OF_JAYS = (*OAK, "responsible", "granted")


def _people(marked: Marked) -> None:
    made_up = marked.made_up
    ruth = account(made_up, "ruth.abara", "Ruth Abara")
    appointed("residential_worker", made_up.oak, worker=ruth.id)
    ursula = account(made_up, "ursula.hale", "Ursula Hale")
    appointed("responsible_individual", None, worker=ursula.id)
    olga = account(made_up, "olga.brandt", "Olga Brandt")
    appointed("records_officer", None, worker=olga.id)
    nell = account(made_up, "nell.grant", "Nell Grant")
    pia = account(made_up, "pia.part", "Pia Part")
    marked.people = {
        "stranger": None, "sam": made_up.sam, "ruth": ruth, "accused": made_up.kit,
        "manager": made_up.dana, "responsible": ursula, "elm": made_up.lin,
        "elm_manager": made_up.robin, "administrator": made_up.alex, "officer": olga,
        "granted": nell, "part": pia,
    }  # fmt: skip
    book = made_up.book(made_up.jay, by=made_up.dana)
    for worker, form in ((nell, ""), (pia, "contact")):
        grant_access(
            book=book, worker=worker.id, reason="They cover for a week.", form=form,
            from_at=made_up.now, to_at=made_up.now + timedelta(days=7), by=made_up.dana.id,
            at=made_up.now, auth="password",
        )  # fmt: skip


def _allegation(marked: Marked) -> None:
    """Write what Jay told of Kit, with a file, and what adds to it; and of the manager."""
    made_up, jay = marked.made_up, marked.made_up.jay
    who = ("sam", "manager", "responsible")
    answers = {
        "about_whom": [{"id": made_up.kit.id}], "past": "now",
        **_texts("allegation", marked.word("answer", *who)),
    }  # fmt: skip
    draft = made_up.draft(
        jay, f"Jay told of {marked.word('told', *who)}.", form="allegation", answers=answers,
        where=f"The {marked.word('where', *who)}",
    )  # fmt: skip
    made_up.attach(
        draft, f"A list of {marked.word('bytes', *who)}.".encode(),
        name=f"{marked.word('filename', *who)}.txt", alt=f"A {marked.word('alt', *who)}.",
    )  # fmt: skip
    number = marked.note(jay, made_up.sign(draft).numbers[jay.book])
    more = f"More {marked.word('more', 'manager', 'responsible')}."
    added = made_up.put_right(jay, number, ADDENDUM, more, by=made_up.dana)
    marked.note(jay, added.numbers[jay.book])
    above = made_up.write(
        jay, f"Jay told of {marked.word('above', 'sam', 'responsible')}.", form="allegation",
        answers={"about_whom": [{"id": made_up.dana.id}]},
    )  # fmt: skip
    marked.note(jay, above.numbers[jay.book])
    oak = made_up.house(made_up.oak)
    complaint = made_up.write(
        oak, f"A neighbour told of {marked.word('complaint', 'sam', 'manager', 'responsible')}.",
        form="complaint_home", answers={"about_whom": [{"id": made_up.kit.id}]},
    )  # fmt: skip
    marked.note(oak, complaint.numbers[oak.book])


def _texts(form: str, word: str) -> dict[str, object]:
    """Return an answer with the word to each question of a form that takes text."""
    return {
        field.name: f"So {word}."
        for field in catalogue.form(form).fields
        if field.type in {FieldType.TEXT, FieldType.LONG_TEXT} and not field.when
    }


def _wrong_book(marked: Marked) -> None:
    """Write in Jay's book what belongs elsewhere; its words are barred for all but managers."""
    made_up, jay = marked.made_up, marked.made_up.jay
    wrong = marked.word("misfiled", "manager", "responsible")
    number = made_up.write(jay, f"Noor and {wrong}.", by=made_up.kit).numbers[jay.book]
    marked.note(jay, number)
    made_up.put_right(jay, number, MISFILED, by=made_up.dana)


def _of_others(marked: Marked) -> None:
    """Write what is about another child alone, what is in other books, and one ordinary entry."""
    made_up, jay = marked.made_up, marked.made_up.jay
    ada = made_up.admit("Adelheid Brightwater", "Ada", made_up.oak)
    both = made_up.write(
        jay, form="incident", also_about=[ada.id],
        statements=[
            {"text": "Both fell."},
            {"text": f"Ada said {marked.word('ada', *OAK, 'responsible')}.", "about": [ada.id]},
        ],
    )  # fmt: skip
    for child in (jay, ada):
        marked.note(child, both.numbers[child.book])
    plain = made_up.write(jay, f"A {marked.word('plain', *ALL_OF_JAYS)} day.", by=made_up.kit)
    marked.note(jay, plain.numbers[jay.book])
    contact = f"A {marked.word('contact', *ALL_OF_JAYS, 'part')} rang."
    rang = made_up.write(jay, contact, form="contact")
    marked.note(jay, rang.numbers[jay.book])
    noor = made_up.noor
    elm = f"Noor has a {marked.word('elm', 'elm', 'elm_manager', 'responsible')}."
    marked.note(noor, made_up.write(noor, elm, by=made_up.lin).numbers[noor.book])


def _drafts(marked: Marked) -> None:
    """Begin what nobody but its author reads."""
    made_up = marked.made_up
    made_up.draft(made_up.jay, f"I wonder about {marked.word('draft', 'sam')}.")


def _reached(marked: Marked, person: str, browser: Client) -> Iterator[tuple[str, str]]:
    """Yield every address that somebody can reach or guess, and what it answers."""
    made_up = marked.made_up
    starts = ["/", "/desk/", "/search/", "/proof/"]
    for book, numbers in marked.numbers.items():
        starts += guesses(book, sorted(numbers))
    for read in crawl(browser, starts, at_most=MOST_PAGES):
        yield read.path, read.text
    for book, numbers in marked.numbers.items():
        for path in posts(book, sorted(numbers)):
            yield path, look(browser, path, post={}).text
    worker = marked.people[person]
    if worker is not None and seen_book(worker.id, made_up.jay.book, at=made_up.now):
        yield from _while_writing(made_up, worker, browser)


def _while_writing(made_up: MadeUp, worker: Worker, browser: Client) -> Iterator[tuple[str, str]]:
    """Yield what a draft of theirs offers: names, hints, colleagues, other entries."""
    book = seen_book(worker.id, made_up.jay.book, at=made_up.now)
    if book is None or not book.may(Permission.WRITE_ENTRY):
        return
    draft = made_up.draft(made_up.jay, "We had tea.", by=worker)
    for name in ("drafting:write", "drafting:sign", "drafting:files"):
        path = reverse(name, args=[draft])
        yield path, look(browser, path).text
    for name in ("drafting:names", "drafting:hints", "drafting:move"):
        path = reverse(name, args=[draft])
        yield path, look(browser, path, post={"text": "Noor zqto"}).text


@pytest.mark.parametrize("person", [*TRIED, *(OTHERS if WHOLE_RIGHTS else ())])
def test_nobody_reaches_a_marker_that_is_kept_from_them(marked: Marked, person: str) -> None:
    browser = marked.made_up.browser_of(marked.people[person])
    theirs, wrong, found = marked.theirs(person), list[str](), set[str]()

    for path, text in _reached(marked, person, browser):
        shown = set(MARKER.findall(text))
        found |= shown
        wrong += [f"{path} shows {marker}" for marker in sorted(shown - theirs)]

    nothing(wrong)
    if WHOLE_RIGHTS and person not in NOT_COUNTED:
        assert theirs - found <= NOT_CRAWLED, "those who may read it find it"


@pytest.mark.parametrize(
    "person", ["accused", *(("ruth", "elm", "granted") if WHOLE_RIGHTS else ())]
)
def test_a_guess_in_search_is_answered_as_a_word_that_nobody_wrote(
    marked: Marked, person: str
) -> None:
    browser, wrong = marked.made_up.browser_of(marked.people[person]), []
    for marker in sorted(marked.may_read.keys() - marked.theirs(person)):
        for form in GUESSES:
            guess, other = form.format(marker), form.format(_like(marker))
            answers = [_searched(browser, words) for words in (guess, other)]
            if answers[0] != answers[1]:
                wrong.append(f"{guess} is answered otherwise than {other}")

    nothing(wrong)


def _like(marker: str) -> str:
    """Return a word of the same length that stands nowhere."""
    return f"zq{'x' * (len(marker) - 4)}qz"


def _searched(browser: Client, words: str) -> str:
    answer = browser.post(reverse("search:search"), {"q": words}, follow=True)
    text = unescape(f"{answer.status_code} {answer.text}")
    return _CHANGES.sub("", text.replace(words, "").replace(words.rstrip("*"), ""))
