"""A draft that nobody has typed in is no draft: no list shows it, nothing counts it."""

from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client

from casebound.foundation.base.ids import DraftId
from casebound.foundation.base.typed_times import day_and_time
from casebound.ledger.sealing.reads import entry_at
from casebound.people.access.reads import SeenBook, seen_books
from casebound.record.book.entries import Entry
from casebound.record.book.reads import book_kind
from casebound.record.drafting import actions
from casebound.record.drafting.actions import IncompleteError
from casebound.record.drafting.body import says_nothing_new
from casebound.record.drafting.models import Draft
from casebound.record.drafting.reads import drafts_in, drafts_of
from casebound.record.drafting.tests.pages import url
from casebound.rulebook.catalogue.catalogue import shipped
from casebound.rulebook.catalogue.content import Content, StatementContent
from casebound.rulebook.catalogue.shape import FieldType, Form
from tests.made_up import MadeUp
from tests.shortest import BY_TYPE

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P12")]
FORMS = [
    form
    for form in shipped().forms.values()
    if form.is_listed and not form.only_in and not form.sets_rules
]
TIMES = ("happened_from", "happened_to")
OF_KIND = {field.type: form for form in FORMS for field in form.fields if field.type in BY_TYPE}


def book_for(made_up: MadeUp, form: Form) -> SeenBook:
    books = seen_books(made_up.sam.id, at=made_up.now)
    return next(book for book in books if book_kind(book) is form.book)


def begun(made_up: MadeUp, form: Form) -> DraftId:
    book = book_for(made_up, form)
    return actions.begin_draft(book=book, form=form.name, by=made_up.sam.id, at=made_up.now)


class Boxes(HTMLParser):
    """The name and value of each box a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.name = self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {key: value or "" for key, value in attrs}
        if tag in {"textarea", "select"}:
            self.name, self.words = of.get("name", ""), ""
        elif tag == "option" and self.name and "selected" in of:
            self.sent.append((self.name, of.get("value", "")))
        elif tag == "input" and of.get("name"):
            ticks = of.get("type") in {"radio", "checkbox"}
            if not ticks or "checked" in of:
                self.sent.append((of["name"], of.get("value", "on" if ticks else "")))

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent.append((self.name, self.words.removeprefix("\n")))
        if tag in {"textarea", "select"}:
            self.name = ""


def boxes(page: str) -> list[tuple[str, str]]:
    found = Boxes()
    found.feed(page.partition('id="draft"')[2].partition("</form>")[0])
    return found.sent


def posted(page: str, **other: str) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name, value in boxes(page):
        names.setdefault(name, []).append(value)
    names.pop("save", None)
    return names | {name: [value] for name, value in other.items()}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_stray_tap_on_any_form_leaves_no_draft(made_up: MadeUp, sam: Client, form: Form) -> None:
    draft = begun(made_up, form)
    book = made_up.opened(draft).book

    page = sam.get(url("write", draft)).text
    sam.post(url("save", draft), posted(page))

    assert made_up.opened(draft).version > 1  # it was saved, and says nothing new
    assert drafts_of(made_up.sam.id) == [], made_up.opened(draft).content
    assert drafts_in([book]) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_time_that_was_emptied_stays_empty_on_any_form(
    made_up: MadeUp, sam: Client, form: Form
) -> None:
    draft = begun(made_up, form)
    first = made_up.opened(draft).content
    page = sam.get(url("write", draft)).text
    emptied = {f"{name}_time": "" for name in TIMES}
    assert emptied.keys() <= posted(page).keys()

    sam.post(url("write", draft), posted(page, **emptied, read="1"))

    saved = made_up.opened(draft).content
    assert [day_and_time(getattr(saved, name))[1] for name in TIMES] == ["", ""]
    assert saved.happened_from.removesuffix("T") == day_and_time(first.happened_from)[0]
    again = dict(boxes(sam.get(url("write", draft)).text))
    assert [again[f"{name}_time"] for name in TIMES] == ["", ""]
    asked = sam.get(url("sign", draft)).text
    assert "happened_from" in asked  # the read-through asks for the start, and seals no other


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_what_is_sealed_after_a_time_was_emptied_has_none(
    made_up: MadeUp, sam: Client, form: Form
) -> None:
    draft = begun(made_up, form)
    page = sam.get(url("write", draft)).text
    emptied = {name: "" for name, _ in boxes(page) if name.startswith("happened_to")}
    sam.post(url("write", draft), posted(page, **emptied))
    times = made_up.opened(draft).content
    assert times.happened_to == ""
    begins = times.happened_from
    if not day_and_time(begins)[1]:
        begins = "2026-01-05T18:30"
    late = {"late_reason": "It was busy."}
    full = made_up.content(form=form.name, happened_from=begins, happened_to="", **late)
    made_up.save(draft, full)

    if form.asks_about_event:  # without a start it is asked for, and nothing is sealed
        made_up.save(draft, replace(full, happened_from=""))
        with pytest.raises(IncompleteError, match="when this happened"):
            made_up.sign(draft)
        made_up.save(draft, full)
    book = made_up.opened(draft).book
    number = made_up.sign(draft).numbers[book]

    entry = entry_at(book, number)
    assert entry is not None
    assert Entry.read(entry).happened_to is None


@pytest.mark.parametrize("kind", [kind for kind in FieldType if kind in OF_KIND], ids=str)
def test_an_emptied_box_of_any_kind_is_empty(made_up: MadeUp, sam: Client, kind: FieldType) -> None:
    form = OF_KIND[kind]
    draft = begun(made_up, form)
    fields = [field for field in form.fields if field.type is kind]
    answers = {field.name: BY_TYPE[kind](field) for field in fields}
    made_up.save(draft, replace(Content(), answers=Content.from_json({"answers": answers}).answers))
    assert made_up.opened(draft).content.answers
    page = sam.get(url("write", draft)).text
    kept = {"version", "csrfmiddlewaretoken", "book", "writer"}
    typed = {name for name, _ in boxes(page) if name not in kept}
    nothing = {name: [] if kind is FieldType.CHOICES else [""] for name in typed}

    sam.post(url("write", draft), posted(page) | nothing)

    assert made_up.opened(draft).content.answers == {}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_whatever_a_form_filled_in_can_be_emptied(made_up: MadeUp, sam: Client, form: Form) -> None:
    draft = begun(made_up, form)
    page = sam.get(url("write", draft)).text
    kept = {"version", "csrfmiddlewaretoken"}
    nothing = {
        name: [""] for name, _ in boxes(page) if name not in kept and "statements" not in name
    }

    sam.post(url("save", draft), posted(page) | nothing)

    content = made_up.opened(draft).content
    assert says_nothing_new(content, Content())


def test_a_word_or_a_file_makes_it_a_draft_and_taking_the_word_out_unmakes_it(
    made_up: MadeUp,
) -> None:
    draft = begun(made_up, FORMS[0])
    opened = made_up.opened(draft)
    typed = replace(opened.content, statements=(StatementContent(text="Toast."),))

    made_up.save(draft, typed)
    assert [line.id for line in drafts_of(made_up.sam.id)] == [draft]

    made_up.save(draft, opened.content)
    assert drafts_of(made_up.sam.id) == []

    actions.note_files(draft=made_up.opened(draft), at=made_up.now)
    assert [line.id for line in drafts_of(made_up.sam.id)] == [draft]


def test_a_draft_in_which_a_filled_in_time_was_changed_is_a_draft(made_up: MadeUp) -> None:
    draft = begun(made_up, FORMS[0])
    opened = made_up.opened(draft)

    made_up.save(draft, replace(opened.content, happened_from="2026-11-01T10:00"))

    assert not Draft.objects.get(id=draft).is_empty


def test_an_untouched_page_saves_what_is_typed_once_its_draft_has_gone(
    made_up: MadeUp, sam: Client
) -> None:
    draft = begun(made_up, FORMS[0])
    page = sam.get(url("write", draft)).text
    Draft.objects.filter(id=draft).delete()
    typed = posted(page, **{"statements-1-text": "Toast, a day later."})

    assert sam.post(url("save", draft), typed).status_code == 200
    assert made_up.opened(draft).content.statements[0].text == "Toast, a day later."
    assert [line.id for line in drafts_of(made_up.sam.id)] == [draft]

    Draft.objects.filter(id=draft).delete()
    kit = made_up.browser_of(made_up.kit)
    assert kit.post(url("save", draft), typed).status_code == 404  # never another's
    assert not Draft.objects.filter(id=draft).exists()


def test_a_page_whose_entry_is_signed_begins_nothing_again(made_up: MadeUp, sam: Client) -> None:
    form = next(form for form in FORMS if form.name == "daily_log")
    draft = begun(made_up, form)
    typed = posted(sam.get(url("write", draft)).text, **{"statements-1-text": "Toast."})
    made_up.save(draft, made_up.content("Toast."))
    made_up.sign(draft)

    sam.post(url("save", draft), typed)
    assert not Draft.objects.filter(id=draft).exists()


def test_empty_drafts_of_earlier_days_go_whoever_begins_something(made_up: MadeUp) -> None:
    draft = begun(made_up, FORMS[0])
    Draft.objects.filter(id=draft).update(saved_at=made_up.now - timedelta(days=2))

    made_up.draft(made_up.jay, by=made_up.kit)
    assert not Draft.objects.filter(id=draft).exists()
