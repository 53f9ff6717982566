"""What only staff who need to know read: kept from all others everywhere, and from who it is about.

A whole entry leaves no trace: each page stays the same, to the letter. Of a restricted part, its
words are nowhere, and the page of its entry is the page of an entry that never had it.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse

from casebound.foundation.proof.canonical import Json
from casebound.people.restricted.holding import Scope
from casebound.people.restricted.models import Restriction
from casebound.record.book.relations import ADDENDUM
from casebound.record.restricting.tests.test_restricting import restrict, review
from tests.house.source import nothing
from tests.house.test_restricted import of_book, of_entry, paths, seen
from tests.made_up import MadeUp, Worker

MARKERS = {
    "statement": "fudge", "answer": "nougat", "file": "praline", "description": "fondant",
    "whole": "treacle", "more": "caramel",
}  # fmt: skip


def why(made_up: MadeUp, part: str = "", **more: str) -> dict[str, Json]:
    on = (made_up.now + timedelta(days=30)).date()
    said = {
        "part": part, "scope": "need_to_know", "ground": "sensitive",
        "reason": "It is about his body.", "review_on": f"{on}",
    }  # fmt: skip
    return {**said, **more}


@pytest.fixture
def ruth(made_up: MadeUp) -> Worker:
    """Somebody who works there, and needs not know."""
    ruth = made_up._worker("ruth.abara", "Ruth Abara")
    made_up._appoint(ruth, "residential_worker", made_up.oak)
    return ruth


def with_parts(made_up: MadeUp, *, restricted: bool, about: str = "") -> int:
    """Write an entry of three open parts, and with three restricted ones as well."""
    ground = {"ground": "about_colleague", "worker": about} if about else {}
    statement = {"text": f"He showed {MARKERS['statement']}.", "staff": why(made_up, **ground)}
    draft = made_up.draft(
        made_up.jay,
        form="self_harm",
        statements=[
            {"text": "He was quiet."},
            *([statement] if restricted else []),
            {"text": "He slept well."},
        ],
        answers={"tool": f"He spoke of {MARKERS['answer']}."} if restricted else {},
    )
    name, alt = f"{MARKERS['file']}.txt", f"A list of {MARKERS['description']}."
    files = [made_up.attach(draft, b"of secrets", name=name, alt=alt)] if restricted else []
    made_up.attach(draft, b"of songs", name="songs.txt", alt="A list of songs.")
    opened = made_up.opened(draft).content.to_json()
    parts = ["a_tool", *(f"f_{file}" for file in files)] if restricted else []
    opened["restrictions"] = [why(made_up, part, **ground) for part in parts]
    made_up.save(draft, type(made_up.opened(draft).content).from_json(opened))
    return made_up.sign(draft).numbers[made_up.jay.book]


def as_read(made_up: MadeUp, worker: Worker, number: int) -> list[str]:
    """Return the pages of an entry, without its number and what changes each time."""
    browser = made_up.browser_of(worker)
    pages = []
    for path in of_entry(made_up.jay, number)[:1]:
        main = re.search("<article.*?</article>", browser.get(path).text, re.DOTALL)
        text = main[0] if main else ""
        text = re.sub(rf"(no-|No\.&nbsp;|/books/\w+/){number}\b", r"\1N", text)
        pages.append(re.sub(r"\d{1,2}:\d{2}", "", text))
    return pages


def _differences(made_up: MadeUp, worker: Worker, without: int, number: int) -> Iterator[str]:
    [was], [now] = (as_read(made_up, worker, page) for page in (without, number))
    if was != now:
        at = next((i for i, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), len(was))
        yield f"{was[at - 60 : at + 200]!r} became {now[at - 60 : at + 200]!r}"


@pytest.mark.django_db
@pytest.mark.policy("P63")
def test_the_page_of_an_entry_says_nothing_of_a_part_that_its_reader_need_not_know(
    made_up: MadeUp, ruth: Worker
) -> None:
    without = with_parts(made_up, restricted=False)
    number = with_parts(made_up, restricted=True)

    nothing(_differences(made_up, ruth, without, number))
    for worker in (made_up.sam, made_up.dana, made_up.kit):
        [page] = as_read(made_up, worker, number)
        missing = [name for name in ("statement", "answer", "file") if MARKERS[name] not in page]
        assert not missing, worker.full_name
        assert "Only for staff who need to know" in page
    where = reverse("attachments:file", args=[made_up.jay.book, number, 2, "original"])
    assert made_up.browser_of(ruth).get(where).status_code == 404
    first = reverse("attachments:file", args=[made_up.jay.book, number, 1, "original"])
    assert b"".join(made_up.browser_of(ruth).get(first)) == b"of songs"
    assert b"".join(made_up.browser_of(made_up.dana).get(first)) == b"of secrets"


@pytest.mark.django_db
@pytest.mark.policy("P63")
def test_who_a_part_is_about_does_not_read_it_whatever_their_role(
    made_up: MadeUp,
) -> None:
    without = with_parts(made_up, restricted=False)
    number = with_parts(made_up, restricted=True, about=made_up.dana.id)

    nothing(_differences(made_up, made_up.dana, without, number))
    assert MARKERS["answer"] in as_read(made_up, made_up.kit, number)[0]
    where = f"{reverse('chronology:print', args=[made_up.jay.book])}?no={number}"
    assert MARKERS["statement"] not in made_up.browser_of(made_up.dana).get(where).text
    assert MARKERS["statement"] in made_up.browser_of(made_up.kit).get(where).text
    assert Restriction.objects.filter(ground="about_colleague").count() == 3


@pytest.mark.django_db
@pytest.mark.policy("P63")
def test_no_page_says_anything_of_what_is_restricted_to_who_need_not_know(
    made_up: MadeUp, ruth: Worker
) -> None:
    last = made_up.write(made_up.jay, "The kitchen was painted.").numbers[made_up.jay.book]
    where = [*paths(made_up), *of_book(made_up.jay)]
    where += [path for number in range(last, last + 3) for path in of_entry(made_up.jay, number)]
    before = seen(made_up, ruth, where)
    whole = made_up.write(
        made_up.jay, f"He told of {MARKERS['whole']}.", restrictions=[why(made_up, "entry")]
    ).numbers[made_up.jay.book]
    made_up.put_right(made_up.jay, whole, ADDENDUM, f"And of {MARKERS['more']}.")

    now = seen(made_up, ruth, where)
    nothing(path for path, text in now.items() if text != before[path])
    for worker in (made_up.sam, made_up.dana, made_up.kit):
        assert MARKERS["whole"] in as_read(made_up, worker, whole)[0], worker.full_name
    number = with_parts(made_up, restricted=True)
    after = seen(made_up, ruth, [*where, *of_entry(made_up.jay, number)])
    nothing(
        f"{name} at {path}"
        for path, text in after.items()
        for name, marker in MARKERS.items()
        if marker in text
    )


@pytest.mark.django_db
@pytest.mark.policy("P63")
def test_a_search_finds_nothing_of_it_and_suggests_nothing(made_up: MadeUp, ruth: Worker) -> None:
    with_parts(made_up, restricted=True)
    browser = made_up.browser_of(ruth)
    pages = {
        guess: browser.post(reverse("search:search"), {"q": guess}, follow=True).text
        for marker in ("fudge", "nougat", "praline", "fondant")
        for guess in (marker, marker[:5], f"{marker[:-1]}s")
    }
    empty = browser.post(reverse("search:search"), {"q": "zzyzx"}, follow=True).text

    def said(page: str, guess: str) -> str:
        return re.sub(r"[A-Za-z0-9_\-]{22,}", "", page.replace(guess, ""))

    nothing(guess for guess, page in pages.items() if said(page, guess) != said(empty, "zzyzx"))


@pytest.mark.django_db
@pytest.mark.policy("P63", "P42")
def test_what_is_restricted_later_is_taken_back_everywhere_and_released_again(
    made_up: MadeUp, ruth: Worker
) -> None:
    number = made_up.write(
        made_up.jay,
        "He was quiet.",
        f"He showed {MARKERS['statement']}.",
        form="incident",
        answers={"afterwards": f"He asked for {MARKERS['answer']}."},
        where=f"The {MARKERS['description']} shop",
    ).numbers[made_up.jay.book]
    where = [
        *of_book(made_up.jay),
        *of_entry(made_up.jay, number),
        *[path for path in paths(made_up) if "/registers/" in path or "/handover/" in path],
    ]

    def said() -> set[str]:
        browser = made_up.browser_of(ruth)
        pages = [browser.get(path, follow=True) for path in where]
        texts = [b"".join(page).decode(errors="replace") for page in pages]
        for marker in ("fudge", "nougat"):
            found = browser.post(reverse("search:search"), {"q": marker[:-1]}, follow=True)
            texts.append(found.text)
        return {name for name in ("statement", "answer") if MARKERS[name] in " ".join(texts)}

    assert said() == {"statement", "answer"}
    which = restrict(made_up, number, "s2", "a_afterwards", scope=Scope.NEED_TO_KNOW)
    assert said() == set()
    assert MARKERS["statement"] in as_read(made_up, made_up.dana, number)[0]
    part = which.split("-")[1]
    review(made_up, which, "released", reason="He has told everybody.")
    assert said() == {"statement" if part == "s2" else "answer"}
    restrict(made_up, number, part, scope=Scope.NEED_TO_KNOW)
    assert said() == set()
