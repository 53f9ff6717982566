"""What concerns several children is written once, and each book shows what is about its child."""

from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.actions import Sealed, StaleBookError
from casebound.ledger.sealing.checking import full
from casebound.ledger.sealing.reads import entry_of, size
from casebound.people.duties.reads import duties_in
from casebound.reading.chronology.models import Line
from casebound.reading.search.models import IndexedStatement
from casebound.record.book.entries import Entry
from casebound.record.book.relations import ADDENDUM, CORRECTION, MISFILED, STRIKE, Relation
from casebound.record.book.separating import without_other_children
from casebound.record.drafting import actions
from casebound.record.drafting.actions import IncompleteError
from casebound.record.drafting.reads import about_earlier
from casebound.record.rendering.audience import Reader
from casebound.record.rendering.entry_view import from_row
from casebound.record.rendering.html import entry_html
from casebound.rulebook.catalogue.content import Person
from tests.made_up import Child, MadeUp
from tests.pages import as_shown
from tests.readers import MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P40")]

FORM = "meeting"
NUMBERED = "access_limit"  # in a register


@pytest.fixture
def ada(made_up: MadeUp) -> Child:
    """Return a child who lives at Oak House with Jay."""
    return made_up.admit("Ada Brightwater", "Ada", made_up.oak)


def fall(made_up: MadeUp, *others: Child, form: str = FORM, **said: object) -> Sealed:
    given: Any = {
        "also_about": [other.id for other in others],
        **said,
    }
    return made_up.write(made_up.jay, "They fell off the wall.", form=form, **given)


def statements(*about: tuple[str, list[Child]]) -> list[dict[str, object]]:
    return [{"text": text, "about": [child.id for child in children]} for text, children in about]


def line(child: Child, number: int) -> str:
    line = Line.objects.get(book_id=child.book, number=number)
    return entry_html(from_row(line.body), reader=Reader.STAFF)


def read(sealed: Sealed) -> Entry:
    found = entry_of(sealed.entry_id)
    assert found is not None
    return Entry.read(found)


def test_it_is_one_entry_with_a_number_in_each_book_and_in_the_register(
    made_up: MadeUp, ada: Child
) -> None:
    done = fall(made_up, ada, form=NUMBERED)

    assert done.numbers == {made_up.jay.book: 2, ada.book: 2}
    assert list(done.registers.values()) == [1]
    fact = read(done)
    assert fact.children == (made_up.jay.id, ada.id)
    assert [statement.about for statement in fact.content.statements] == [()]
    for child, other in ((made_up.jay, ada), (ada, made_up.jay)):
        html = line(child, 2)
        assert "They fell off the wall." in html
        assert f"Also about: <bdi>{other.called}</bdi>" in html
        assert "no. 1 of the register of additional measures" in html
    assert full().ok


def test_what_is_about_one_child_alone_is_in_that_child_s_book_alone(
    made_up: MadeUp, ada: Child
) -> None:
    fall(
        made_up,
        ada,
        statements=statements(
            ("Both laughed.", []), ("Jay scraped a knee.", [made_up.jay]), ("Ada cried.", [ada])
        ),
    )

    jays, adas = line(made_up.jay, 2), line(ada, 2)
    assert "Both laughed." in jays
    assert "Both laughed." in adas
    assert "About <bdi>Jay</bdi> only" in jays
    assert "Jay scraped" not in adas
    assert "Ada cried" not in jays
    for html in (jays, adas):
        assert html.count("A part about another child is left out here") == 1
    said = IndexedStatement.objects.filter(anchor__gt=0)  # statements; answers are about both
    texts = list(said.order_by("id").values_list("book_id", "anchor", "text"))
    assert (made_up.jay.book, 3, "Ada cried.") not in texts
    assert (ada.book, 3, "Ada cried.") in texts
    assert len(texts) == 4


def test_search_print_and_page_of_one_book_know_nothing_of_the_other_s_part(
    made_up: MadeUp, ada: Child
) -> None:
    fall(made_up, ada, statements=statements(("Jay fell.", []), ("Ada ravened.", [ada])))

    browser = made_up.browser_of(made_up.sam)
    jay = made_up.jay.book
    for name, args in (("book", [jay]), ("print", [jay]), ("entry", [jay, 2])):
        page = browser.get(reverse(f"chronology:{name}", args=args)).text
        assert "ravened" not in page
        assert "left out here" in page
    found = browser.post(reverse("search:search"), {"q": "ravened"}).text
    assert f"/books/{ada.book}/2/" in found
    assert f"/books/{jay}/2/" not in found


def test_who_was_there_is_known_by_id_and_named_to_staff_alone(made_up: MadeUp, ada: Child) -> None:
    done = fall(
        made_up,
        ada,
        present_nobody=False,
        present=[{"name": "Ada", "role": "lives here too"}, {"name": "Ada", "role": "teacher"}],
    )

    fact = read(done)
    child, teacher = fact.content.present
    assert (child, teacher.child) == (Person("Ada", "lives here too", ada.id), "")
    for_jay = without_other_children(fact, made_up.jay.book)
    assert [person.name for person in for_jay.content.present] == ["another child", "Ada"]
    assert for_jay.children == (made_up.jay.id,)
    assert "Ada, lives here too" in line(made_up.jay, 2)


def test_who_may_not_write_in_a_child_s_book_cannot_pick_the_child(
    made_up: MadeUp, ada: Child
) -> None:
    draft = made_up.draft(made_up.jay, form=FORM, also_about=[ada.id, made_up.noor.id])

    offered = made_up.prepared(draft).other_books
    assert [child.title for child in offered] == ["Ada"]
    with pytest.raises(IncompleteError, match="whose book you cannot write in"):
        fall(made_up, ada, made_up.noor)
    with pytest.raises(IncompleteError, match="does not live here now"):
        fall(made_up, made_up.mika)
    assert Line.objects.filter(form=FORM).count() == 0
    assert fall(made_up, ada).numbers.keys() == {made_up.jay.book, ada.book}


def test_a_form_about_one_child_goes_into_one_book_whatever_is_posted(
    made_up: MadeUp, ada: Child
) -> None:
    with pytest.raises(IncompleteError, match="Remove the child"):
        made_up.write(made_up.jay, also_about=[ada.id])


def test_every_child_picked_has_something_said_of_them(made_up: MadeUp, ada: Child) -> None:
    with pytest.raises(IncompleteError, match=r"Nothing here is about Ada\."):
        fall(made_up, ada, statements=statements(("Jay fell.", [made_up.jay])))
    with pytest.raises(IncompleteError, match="Say which child this is about"):
        fall(made_up, statements=statements(("Ada fell.", [ada])))


# Putting right


@pytest.fixture
def both_fell(made_up: MadeUp, ada: Child) -> Sealed:
    return fall(made_up, ada, statements=statements(("They fell.", []), ("Ada cried.", [ada])))


@pytest.mark.usefixtures("both_fell")
@pytest.mark.parametrize("how", [ADDENDUM, CORRECTION, STRIKE])
def test_what_puts_it_right_goes_into_the_same_books(
    how: Relation, made_up: MadeUp, ada: Child
) -> None:
    right = made_up.put_right(
        ada, 2, how,
        statements=statements(("It was the fence.", []), ("Ada sobbed.", [ada])),
    )  # fmt: skip

    assert right.numbers == {ada.book: 3, made_up.jay.book: 3}
    assert read(right).children == (ada.id, made_up.jay.id)
    assert "sobbed" not in line(made_up.jay, 2) + line(made_up.jay, 3)
    for child in (ada, made_up.jay):
        assert f"/books/{child.book}/3/" in line(child, 2)
        assert f"/books/{child.book}/2/" in line(child, 3)
    if how is STRIKE:
        assert "It was the fence." in line(made_up.jay, 2)
        assert set(Line.objects.filter(number=2, form=FORM).values_list("state", flat=True)) == {
            "struck"
        }


@pytest.mark.usefixtures("both_fell")
def test_in_the_wrong_book_it_is_barred_in_that_book_alone(made_up: MadeUp, ada: Child) -> None:
    wrong = made_up.put_right(made_up.jay, 2, MISFILED, "Jay was not there.")

    assert wrong.numbers == {made_up.jay.book: 3}
    assert "They fell." not in line(made_up.jay, 2)
    assert "They fell." in line(ada, 2)
    assert "in the wrong book" not in line(ada, 2)
    assert {row.book_id for row in IndexedStatement.objects.filter(form=FORM)} == {ada.book}
    browser = made_up.browser_of(made_up.sam)
    address = {"number": 2, "how": "correction"}
    for child, status in ((made_up.jay, 404), (ada, 302)):
        page = browser.post(reverse("drafting:put_right", kwargs={"book": child.book, **address}))
        assert page.status_code == status


@pytest.mark.usefixtures("both_fell")
def test_it_may_be_wrong_in_several_books(made_up: MadeUp, ada: Child) -> None:
    wrong = made_up.put_right(made_up.jay, 2, MISFILED, "Neither was there.", also_about=[ada.id])

    assert wrong.numbers == {made_up.jay.book: 3, ada.book: 3}
    assert not IndexedStatement.objects.filter(form=FORM).exists()


@pytest.mark.usefixtures("both_fell")
def test_a_child_who_has_moved_on_is_left_alone(made_up: MadeUp, ada: Child) -> None:
    made_up.leave(ada)

    right = made_up.put_right(made_up.jay, 2, STRIKE, "It was another day.")

    assert right.numbers == {made_up.jay.book: 3}
    assert Line.objects.get(book_id=made_up.jay.book, number=2).state == "struck"
    assert Line.objects.get(book_id=ada.book, number=2).state == ""


@pytest.mark.usefixtures("both_fell")
def test_it_depends_on_what_each_of_the_books_says(made_up: MadeUp, ada: Child) -> None:
    earlier = entry_of(Line.objects.get(book_id=ada.book, number=2).entry_id)  # type: ignore[arg-type]
    assert earlier is not None
    draft = actions.begin_draft(
        book=made_up.book(made_up.jay),
        form="correction",
        by=made_up.sam.id,
        at=made_up.now,
        about=about_earlier(earlier, book=made_up.jay.book, relation=CORRECTION),
        content=made_up.content("It was Tuesday."),
    )
    made_up.write(ada, "Ada slept.")

    with pytest.raises(StaleBookError) as stale:
        made_up.sign(draft)
    assert (stale.value.book, stale.value.read, stale.value.now) == (ada.book, 2, 3)
    actions.read_again(draft=made_up.opened(draft), book=ada.book, pages=3, at=made_up.now)
    assert made_up.sign(draft).numbers == {made_up.jay.book: 3, ada.book: 4}


# The screens


def test_the_page_asks_who_else_and_who_each_statement_is_about(
    made_up: MadeUp, ada: Child
) -> None:
    browser = made_up.browser_of(made_up.sam)
    draft = made_up.draft(made_up.jay, form=FORM)

    page = as_shown(browser.get(reverse("drafting:write", args=[draft])))
    assert "Who else does it concern?" in page
    assert f'name="also_about" type="checkbox" value="{ada.id}"' in page
    assert f'name="statements-1-about" type="checkbox" value="{ada.id}"' in page
    assert made_up.noor.id not in page
    log = browser.get(reverse("drafting:write", args=[made_up.draft(made_up.jay)])).text
    assert "Who else does it concern?" not in log


def test_what_is_read_through_is_shown_for_each_book(made_up: MadeUp, ada: Child) -> None:
    draft = made_up.draft(
        made_up.jay,
        form=NUMBERED,
        also_about=[ada.id],
        statements=statements(("Both fell.", []), ("Ada cried.", [ada])),
    )

    page = made_up.browser_of(made_up.sam).get(reverse("drafting:sign", args=[draft])).text
    jays, _, adas = page.partition("How it will read in the book of")
    assert "Ada cried." not in jays
    assert "Ada cried." in adas
    assert "books of Jay and Ada, and numbered in the register of additional measures" in page


# For whatever is written


@st.composite
def told(draw: st.DrawFn) -> tuple[frozenset[int], list[frozenset[int]]]:
    """Return which of two other children are picked, and who each statement is about."""
    picked = draw(st.frozensets(st.integers(1, 2), min_size=1))
    concerned = st.frozensets(st.sampled_from([0, *sorted(picked)]))
    # Of each child something is said, or it would not be signed.
    return picked, [frozenset(), *draw(st.lists(concerned, min_size=1, max_size=6))]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(told=told(), right=st.sampled_from([None, *sorted({ADDENDUM, STRIKE})]))
def test_nothing_about_another_child_alone_is_in_a_book_whatever_is_written(
    told: tuple[frozenset[int], list[frozenset[int]]], right: Relation | None, made_up: MadeUp
) -> None:
    picked, about = told
    children = [made_up.jay, _child(made_up, "Ada"), _child(made_up, "Bo")]
    others = [children[place] for place in sorted(picked)]
    about_each = [[children[place] for place in sorted(places)] for places in about]
    done = fall(
        made_up,
        *others,
        statements=statements(*((f"marker{n}x", w) for n, w in enumerate(about_each))),
    )
    if right is not None:
        said = statements(*((f"later{n}x", w) for n, w in enumerate(about_each)))
        made_up.put_right(made_up.jay, done.numbers[made_up.jay.book], right, statements=said)
    rebuild()

    for child in [made_up.jay, *others]:
        rows = Line.objects.filter(book_id=child.book, leaf__gte=done.index)
        views = map(from_row, rows.values_list("body", flat=True))
        lines = " ".join(entry_html(view, reader=Reader.STAFF) for view in views)
        texts = list(
            IndexedStatement.objects.filter(book_id=child.book, id__gte=0, text__contains="marker")
            .filter(number=done.numbers[child.book])
            .values_list("text", flat=True)
        )
        mine = [n for n, named in enumerate(about_each) if not named or child in named]
        for n in range(len(about_each)):
            assert (f"marker{n}x" in lines) == (n in mine)
            if n not in mine:
                assert f"later{n}x" not in lines
        assert sorted(texts) == sorted(f"marker{n}x" for n in mine)
    for child in children[1:]:
        if child not in others:
            assert not Line.objects.filter(book_id=child.book, leaf__gte=done.index).exists()


def _child(made_up: MadeUp, called: str) -> Child:
    known = getattr(made_up, f"_{called}", None)
    if known is None:
        known = made_up.admit(f"{called} Brightwater", called, made_up.oak)
        setattr(made_up, f"_{called}", known)
    return known


def test_rebuilt_equals_live(made_up: MadeUp, ada: Child) -> None:
    fall(made_up, ada, statements=statements(("They fell.", []), ("Ada cried.", [ada])))
    made_up.put_right(ada, 2, CORRECTION)
    live = [list(model.objects.order_by("pk").values_list()) for model in (Line, IndexedStatement)]

    rebuild()

    assert [
        list(model.objects.order_by("pk").values_list()) for model in (Line, IndexedStatement)
    ] == live


@pytest.mark.policy("P60", "P61")
def test_an_event_written_once_is_in_each_book_the_register_and_the_duties(
    made_up: MadeUp, ada: Child
) -> None:
    oak = made_up.house(made_up.oak)
    done = made_up.write(
        made_up.jay,
        form="allegation",
        answers={"enquiry": "begun", "actions": [{"what": "Ring him", "who": "Sam Okafor"}]},
        also_about=[ada.id],
        statements=statements(
            ("A neighbour shouted at both.", []),
            ("Ada whispered.", [ada]),
            ("Jay hid.", [made_up.jay]),
        ),
    )

    browser = made_up.browser_of(made_up.dana)
    register = browser.get(reverse("registers:register", args=[oak.book, "allegation"])).text
    handover = browser.get(reverse("handover:handover", args=[oak.book])).text
    for child in (made_up.jay, ada):
        number = done.numbers[child.book]
        address = reverse("chronology:entry", args=[child.book, number])
        assert f'href="{address}"' in register
        assert done.entry_id not in handover, "everybody reads a handover"
        assert "A neighbour shouted at both." in browser.get(address).text
    due = duties_in(done.numbers, reader=MANAGER, at=made_up.now)
    asked = {(duty.key, duty.book, duty.number) for duty in due if duty.key != "notice/admission"}
    jay = made_up.jay.book
    for key in ("action/do", "notice/enquiry-begun"):
        assert (key, jay, done.numbers[jay]) in asked
    assert size() == done.index + 1  # one line of the log: nothing was copied
    for page in (register, handover):
        assert "whispered" not in page
    jays, adas = (
        browser.get(reverse("chronology:book", args=[child.book])).text
        for child in (made_up.jay, ada)
    )
    assert ("whispered" in jays, "whispered" in adas) == (False, True)
    assert ("Jay hid" in jays, "Jay hid" in adas) == (True, False)


def test_an_answer_about_one_child_alone_is_in_that_child_s_book_alone(
    made_up: MadeUp, ada: Child
) -> None:
    crying = "she ravened over the shelves"
    made_up.write(
        made_up.jay,
        "They climbed.",
        form="incident",
        also_about=[ada.id],
        answers={"before": crying},
        answers_about={"before": ada.id},
    )

    jays, adas = line(made_up.jay, 2), line(ada, 2)
    assert crying in adas
    assert "About <bdi>Ada</bdi> only" in adas
    assert "ravened" not in jays
    assert "An answer about another child is left out here" in jays
    indexed = IndexedStatement.objects.filter(text__contains="ravened")
    assert set(indexed.values_list("book_id", flat=True)) == {ada.book}
    browser = made_up.browser_of(made_up.sam)
    jay = made_up.jay.book
    for name, args in (("book", [jay]), ("print", [jay]), ("entry", [jay, 2])):
        assert "ravened" not in browser.get(reverse(f"chronology:{name}", args=args)).text


def test_a_file_about_one_child_alone_is_in_that_child_s_book_alone(
    made_up: MadeUp, ada: Child
) -> None:
    draft = made_up.draft(made_up.jay, "They drew.", form="incident", also_about=[ada.id])
    made_up.attach(draft, b"Ada drew a wall.", name="wall.txt", alt="Ada’s wall.")
    made_up.attach(draft, b"Both drew a hill.", name="hill.txt", alt="A hill.")
    browser = made_up.browser_of(made_up.sam)
    files = reverse("drafting:files", args=[draft])
    upload = made_up.prepared(draft).files[0]
    assert "Which child is it about?" in browser.get(files).text
    browser.post(
        files,
        {f"kind-{upload.id}": "document", f"alt-{upload.id}": "A wall.",
         f"about-{upload.id}": ada.id, "do": "save"},
    )  # fmt: skip

    made_up.sign(draft)

    jays, adas = line(made_up.jay, 2), line(ada, 2)
    assert ("A wall." in adas, "A hill." in adas) == (True, True)
    assert ("A wall." in jays, "A hill." in jays) == (False, True)
    assert "A file about another child is left out here" in jays
    for child, status in ((ada, 200), (made_up.jay, 404)):
        path = f"{reverse('chronology:entry', args=[child.book, 2])}files/1/original/"
        assert browser.get(path).status_code == status


def test_what_is_about_a_child_who_is_not_picked_holds_up_signing_and_says_so(
    made_up: MadeUp, ada: Child
) -> None:
    draft = made_up.draft(
        made_up.jay,
        "They climbed.",
        form="incident",
        answers={"before": "Ada cried."},
        answers_about={"before": ada.id},
    )

    with pytest.raises(IncompleteError, match="not picked"):
        made_up.sign(draft)


def test_the_writing_page_offers_each_answer_to_one_child(made_up: MadeUp, ada: Child) -> None:
    draft = made_up.draft(made_up.jay, "They climbed.", form="incident")
    browser, address = made_up.browser_of(made_up.sam), reverse("drafting:write", args=[draft])

    page = browser.get(address).text
    assert 'name="about-answers-before"' in page
    version = str(made_up.opened(draft).version)
    browser.post(
        address,
        {"version": version, "also_about": ada.id, "about-answers-before": ada.id,
         "statements-1-text": "They climbed.", "answers-before": "Ada cried."},
    )  # fmt: skip

    content = made_up.opened(draft).content
    assert content.answers_about == {"before": ada.id}
