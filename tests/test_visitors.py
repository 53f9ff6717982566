"""What visitors see: the independent person, the inspector, and visitors of one child."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from casebound.people.access.actions import answer_consent, withdraw_consent
from casebound.people.access.models import Reading
from casebound.people.access.reads import seen_book
from casebound.people.access.tests.build import somebody
from casebound.people.homes.consents import How, Party
from tests.house.addresses import Scene, addresses
from tests.made_up import MadeUp, Worker

pytestmark = pytest.mark.django_db

NAMES = re.compile(
    r"(?<!\w)(jay|quillfeather|mika|thistledown|noor|amberwell)(?!\w)", re.IGNORECASE
)
_HREF = re.compile(r'(?:href|src|action)="([^"#]*)')
AT_MOST = 50  # pages


@pytest.fixture
def ada(made_up: MadeUp) -> Worker:
    """Return the independent person of Oak House, where much was written and Jay is missing."""
    made_up.mixed_life()
    oak = made_up.house(made_up.oak)
    made_up.write(oak, "Jay and Mika Thistledown cooked for Noor of Elm House.", form="note")
    made_up.write(
        oak,
        "Jay Quillfeather let the fitter in.",
        form="visitor",
        answers={"visitor": "Bo Larsson", "reason": "Jay’s boiler"},
    )
    draft = made_up.draft(oak, "The plan of the house.", form="note")
    made_up.attach(draft, b"Rooms of Jay and Mika.", name="Jay.txt", alt="The rooms, by Jay.")
    made_up.sign(draft)
    return somebody(made_up, "independent_person")


def all_pages(browser: Client, *start: str) -> dict[str, str]:
    """Return every page that the pages lead to, by address."""
    waiting, read = list(start), dict[str, str]()
    while waiting and len(read) < AT_MOST:
        path = waiting.pop(0)
        page = path.partition("?")[0]
        if path in read or sum(seen.partition("?")[0] == page for seen in read) >= 2:
            continue
        answer = browser.get(path, follow=True)
        body = b"".join(answer) if answer.streaming else answer.content
        text = body.decode("utf-8", errors="replace")
        read[path] = f"{unescape(text)} {answer.headers}"
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            links = (unescape(link) for link in _HREF.findall(text))
            waiting += [
                link if link.startswith("/") else page + link
                for link in links
                if not link.startswith(("/static/", "http", "/help/", "/sign-out/"))
            ]
    return read


def consent(made_up: MadeUp, party: Party) -> str:
    return answer_consent(
        book=made_up.book(made_up.jay, by=made_up.dana), party=party, given=True,
        said_by="Jay Quillfeather", how=How.IN_PERSON, said_at=made_up.now, by=made_up.dana.id,
        at=made_up.now, auth="password",
    )  # fmt: skip


def test_the_independent_person_finds_no_child_s_name_in_any_page(
    made_up: MadeUp, ada: Worker
) -> None:
    oak = made_up.house(made_up.oak)

    pages = all_pages(
        made_up.browser_of(ada), "/", reverse("chronology:book", args=[oak.book]),
        reverse("chronology:print", args=[oak.book]) + "?names=1",
        reverse("registers:registers", args=[oak.book]),
    )  # fmt: skip

    told = "\n".join(pages.values())
    assert "a child (1)" in told
    assert "a child (2)" in told
    assert "a child of another home" in told
    named = {path: NAMES.findall(page) for path, page in pages.items() if NAMES.search(page)}
    assert named == {}
    books = (made_up.jay.book, made_up.mika.book, made_up.noor.book)
    assert [path for path, page in pages.items() for book in books if book in page] == []


def test_no_address_of_a_child_s_book_opens_to_the_independent_person(
    made_up: MadeUp, ada: Worker
) -> None:
    scene, browser = Scene(made_up), made_up.browser_of(ada)
    oak = made_up.house(made_up.oak).book
    children = (made_up.jay.book, made_up.mika.book, made_up.noor.book)

    for address in addresses(scene):
        answer = browser.get(address.path)
        if any(book in address.path for book in children):
            assert answer.status_code in {404, 405}, address.path
        in_home = browser.get(address.path.replace(made_up.jay.book, oak))
        for page in (answer, in_home):
            body = b"".join(page) if page.streaming else page.content
            assert not NAMES.search(unescape(body.decode("utf-8", "replace"))), address.path


def test_with_both_consents_the_independent_person_reads_that_child_s_book_and_writes_nothing(
    made_up: MadeUp, ada: Worker
) -> None:
    browser, book = made_up.browser_of(ada), reverse("chronology:book", args=[made_up.jay.book])
    given = consent(made_up, Party.CHILD)
    assert browser.get(book).status_code == 404

    consent(made_up, Party.PLACING_AUTHORITY)

    page = browser.get(book)
    assert "Jay laughed all through supper." in page.text
    assert "drafting" not in page.text
    assert "Write something else" not in page.text
    assert Reading.objects.filter(worker_id=ada.id, book_id=made_up.jay.book, what="book").exists()
    begin = reverse("drafting:begin", args=[made_up.jay.book, "daily_log"])
    assert browser.post(begin).status_code in {403, 404}
    other = reverse("chronology:book", args=[made_up.noor.book])
    assert browser.get(other).status_code == 404
    home = browser.get(reverse("chronology:book", args=[made_up.house(made_up.oak).book])).text
    assert re.search(r"Jay and \[a child \(\d\)\] cooked", unescape(home))

    withdraw_consent(
        book=made_up.book(made_up.jay), consent=given, said_by="Jay Quillfeather",
        how=How.IN_PERSON, said_at=made_up.now, by=made_up.sam.id, at=made_up.now,
        auth="password",
    )  # fmt: skip

    assert browser.get(book).status_code == 404
    home = browser.get(reverse("chronology:book", args=[made_up.house(made_up.oak).book])).text
    assert not NAMES.search(unescape(home))


def test_the_independent_person_finds_nothing_by_a_child_s_name(
    made_up: MadeUp, ada: Worker
) -> None:
    browser = made_up.browser_of(ada)

    def found(words: str) -> str:
        return unescape(browser.post(reverse("search:search"), {"q": words}, follow=True).text)

    assert re.search(r"\[a child \(\d\)\] and \[a child \(\d\)\]", found("cooked"))
    assert "cooked" not in found("Thistledown").partition("<main")[2]
    assert "cooked" not in found("Jay").partition("<main")[2]
    assert "laughed" not in found("laughed").partition("app-hits")[2]


def test_the_registers_say_what_happened_to_a_child_with_a_number(
    made_up: MadeUp, ada: Worker
) -> None:
    oak = made_up.house(made_up.oak).book

    page = made_up.browser_of(ada).get(reverse("registers:register", args=[oak, "restraint"]))

    text = unescape(page.text)
    assert re.search(r"a child \(\d\)", text)
    assert "Sam Okafor" in text
    assert f"/books/{made_up.jay.book}" not in text


@pytest.mark.parametrize("consented", [False, True])
def test_what_only_managers_read_stays_kept_from_the_independent_person(
    made_up: MadeUp, ada: Worker, *, consented: bool
) -> None:
    made_up.write(made_up.jay, "A heliotrope matter.", form="allegation", by=made_up.dana)
    if consented:
        for party in Party:
            consent(made_up, party)

    oak = made_up.house(made_up.oak).book
    browser = made_up.browser_of(ada)
    pages = all_pages(browser, "/", reverse("registers:registers", args=[oak]))

    assert not any("heliotrope" in text for text in pages.values())
    assert browser.get(reverse("registers:register", args=[oak, "allegation"])).status_code == 404


def test_an_inspector_reads_for_a_time_writes_nothing_and_is_on_the_trail(
    made_up: MadeUp,
) -> None:
    ivy = somebody(made_up, "inspector")
    made_up.write(made_up.jay, "Jay made toast.")
    browser = made_up.browser_of(ivy)

    page = browser.get(reverse("chronology:book", args=[made_up.jay.book]))

    assert "Jay made toast." in page.text
    assert "Write something else" not in page.text
    assert Reading.objects.filter(worker_id=ivy.id, book_id=made_up.jay.book).exists()
    for child, code in ((made_up.mika, 200), (made_up.noor, 404)):
        assert browser.get(reverse("chronology:book", args=[child.book])).status_code == code
    begin = reverse("drafting:begin", args=[made_up.jay.book, "daily_log"])
    assert browser.post(begin).status_code in {403, 404}
    assert seen_book(ivy.id, made_up.jay.book, at=made_up.now + timedelta(days=31)) is None


def test_a_visitor_of_one_child_reads_that_child_s_book_alone(made_up: MadeUp) -> None:
    kim = somebody(made_up, "social_worker")
    made_up.write(made_up.jay, "Jay and Mika made toast.")
    browser = made_up.browser_of(kim)

    page = browser.get(reverse("chronology:book", args=[made_up.jay.book]))

    assert "Jay and [another child] made toast." in unescape(page.text)
    assert "Write something else" not in page.text
    oak = made_up.house(made_up.oak).book
    for book in (made_up.mika.book, made_up.noor.book, oak):
        assert browser.get(reverse("chronology:book", args=[book])).status_code == 404
    pages = all_pages(browser, "/")
    named = re.compile(r"(?<!\w)(mika|thistledown|noor|amberwell)(?!\w)", re.IGNORECASE)
    assert {path for path, text in pages.items() if named.search(text)} == set()


def test_an_advocate_reads_what_the_child_may_read_and_nothing_else(made_up: MadeUp) -> None:
    noa = somebody(made_up, "advocate")
    made_up.write(
        made_up.jay,
        statements=[
            {"text": "Jay made toast."},
            {"text": "A heliotrope neighbour rang.", "sharing": "third_party",
             "third_party": "the neighbour"},
        ],
    )  # fmt: skip
    browser = made_up.browser_of(noa)

    pages = all_pages(browser, "/", reverse("chronology:book", args=[made_up.jay.book]))

    book = pages[reverse("chronology:book", args=[made_up.jay.book])]
    assert "Jay made toast." in book
    assert not any("heliotrope" in text for text in pages.values())
    oak = made_up.house(made_up.oak).book
    for other in (made_up.mika.book, made_up.noor.book, oak):
        assert browser.get(reverse("chronology:book", args=[other])).status_code == 404


def test_an_interpreter_reads_how_the_child_is_understood_and_nothing_else(made_up: MadeUp) -> None:
    ilu = somebody(made_up, "interpreter")
    made_up.write(made_up.jay, "A heliotrope was in bloom.")
    told = made_up.write(made_up.jay, "Jay signs with Makaton.", form="profile_communication")
    number = told.numbers[made_up.jay.book]
    browser = made_up.browser_of(ilu)

    pages = all_pages(browser, "/", reverse("chronology:book", args=[made_up.jay.book]))

    assert "Jay signs with Makaton." in pages[reverse("chronology:book", args=[made_up.jay.book])]
    assert not any("heliotrope" in text for text in pages.values())
    entry = reverse("chronology:entry", args=[made_up.jay.book, number])
    assert browser.get(entry).status_code == 200
    before = reverse("chronology:entry", args=[made_up.jay.book, number - 1])
    assert browser.get(before).status_code == 404
