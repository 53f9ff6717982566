"""The register of third parties: who may keep it, what it says, what their permission decides."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import DraftId
from casebound.foundation.base.refusals import NotAllowedError
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.reads import entry_of
from casebound.reading.chronology.models import Line
from casebound.record.book.entries import Entry
from casebound.record.drafting.forms import content_of
from casebound.record.drafting.known_names import known_names
from casebound.record.drafting.names_noticed import names_noticed
from casebound.record.rendering.audience import Reader
from casebound.record.rendering.entry_view import StatementView, from_row, to_row
from casebound.record.rendering.seen import seen_by
from casebound.record.third_parties import actions
from casebound.record.third_parties.reads import entries_about, people_of
from casebound.record.third_parties.tests import build
from casebound.rulebook.catalogue.content import AboutOther
from casebound.rulebook.catalogue.shape import FieldType
from tests.made_up import PASSWORD, MadeUp, newest

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P39")]
HER_NEWS = "The aunt is in hospital."


def write(made_up: MadeUp, *people: str, words: str = "", said: str = "not_asked") -> int:
    """Write an entry with a statement about some people, by id or in words; return its number."""
    statement = {
        "text": HER_NEWS,
        "sharing": "third_party",
        "third_party": words or "Joan Fairweather",
        "third_party_ids": list(people),
        "permission": said,
    }
    written = made_up.write(made_up.jay, statements=[{"text": "We had tea."}, statement])
    return written.numbers[made_up.jay.book]


def child_reads(made_up: MadeUp, number: int) -> bool:
    """Say whether the child may read the statement in an entry, by the row of the book."""
    row = Line.objects.get(book_id=made_up.jay.book, number=number)
    seen = seen_by(from_row(row.body), Reader.CHILD)
    assert seen is not None
    staff = [statement for statement in from_row(row.body).statements if statement.text == HER_NEWS]
    assert staff
    assert isinstance(staff[0], StatementView)
    return any(statement.text == HER_NEWS for statement in seen.statements)


def test_what_the_register_says_decides_what_the_child_reads_at_once_and_in_every_entry(
    made_up: MadeUp,
) -> None:
    joan = build.add(made_up)
    numbers = [write(made_up, joan), write(made_up, joan)]
    assert [child_reads(made_up, number) for number in numbers] == [False, False]

    build.answer(made_up, joan, "given")
    assert [child_reads(made_up, number) for number in numbers] == [True, True]
    later = write(made_up, joan)
    assert child_reads(made_up, later)

    build.answer(made_up, joan, "withdrawn")
    assert [child_reads(made_up, number) for number in [*numbers, later]] == [False] * 3
    page = made_up.browser_of(made_up.sam).get(
        reverse("chronology:entry", args=[made_up.jay.book, later])
    )
    assert "permission withdrawn" in page.text
    assert HER_NEWS in page.text


def test_an_answer_for_one_entry_opens_that_entry_alone(made_up: MadeUp) -> None:
    joan = build.add(made_up)
    first, second = write(made_up, joan), write(made_up, joan)

    build.answer(made_up, joan, "given", number=first)

    assert (child_reads(made_up, first), child_reads(made_up, second)) == (True, False)
    build.answer(made_up, joan, "withdrawn", number=first)
    assert not child_reads(made_up, first)


def test_a_name_that_was_typed_and_not_picked_means_the_person_of_the_register(
    made_up: MadeUp,
) -> None:
    before = write(made_up, words="joan fairweather", said="given")
    assert child_reads(made_up, before)

    joan = build.add(made_up, also="Auntie J")
    assert not child_reads(made_up, before)
    nick = write(made_up, words="Auntie J")
    build.answer(made_up, joan, "given")
    assert child_reads(made_up, before)
    assert child_reads(made_up, nick)


def test_of_several_people_everybody_has_to_agree(made_up: MadeUp) -> None:
    joan, bo = build.add(made_up), build.add(made_up, "Bo Tandy", relation="neighbour")
    both = write(made_up, joan, bo, words="Joan Fairweather and Bo Tandy")
    with_a_stranger = write(made_up, joan, words="Joan Fairweather, the postman")

    build.answer(made_up, joan, "given")
    assert not child_reads(made_up, both)
    build.answer(made_up, bo, "given")

    assert child_reads(made_up, both)
    assert not child_reads(made_up, with_a_stranger)


def test_the_day_of_an_answer_counts_and_to_be_asked_again_changes_none(made_up: MadeUp) -> None:
    joan, today = build.add(made_up), day_of(made_up.now)
    number = write(made_up, joan)
    build.answer(made_up, joan, "given", on=today - timedelta(days=2))
    build.answer(made_up, joan, "asked", on=today)
    assert child_reads(made_up, number)

    build.answer(made_up, joan, "refused", on=today - timedelta(days=1))
    build.answer(made_up, joan, "given", on=today - timedelta(days=4))

    assert not child_reads(made_up, number)


def test_a_change_keeps_the_person_and_finds_what_was_written_under_the_earlier_name(
    made_up: MadeUp,
) -> None:
    joan = build.add(made_up)
    number = write(made_up, words="Joan Fairweather")
    book = made_up.book(made_up.jay, by=made_up.sam)

    actions.change_person(
        book=book,
        person=joan,
        said=actions.PersonSaid(
            name="Joan Carter", relation="aunt", standing="private", known="no"
        ),
        by=made_up.sam.id,
        at=made_up.now,
        auth="password",
    )

    (person,) = people_of(book)
    assert (person.id, person.name, person.known) == (joan, "Joan Carter", "no")
    assert entries_about(book, person) == [number]
    build.answer(made_up, joan, "given")
    assert child_reads(made_up, number)


def test_what_cannot_be_is_refused(made_up: MadeUp) -> None:
    joan = build.add(made_up)
    with pytest.raises(actions.InRegisterAlreadyError):
        build.add(made_up, "joan  fairweather")
    with pytest.raises(actions.NotInRegisterError):
        build.add(made_up, " ")
    with pytest.raises(actions.NothingToWithdrawError):
        build.answer(made_up, joan, "withdrawn")
    with pytest.raises(actions.PermissionToComeError):
        build.answer(made_up, joan, "given", on=day_of(made_up.now) + timedelta(days=1))
    with pytest.raises(actions.NoSuchEntryError):
        build.answer(made_up, joan, "given", number=1)  # the admission: nobody wrote it
    with pytest.raises(NotAllowedError):
        build.answer(made_up, "0" * 32, "given")
    with pytest.raises(NotAllowedError):
        actions.note_permission(
            book=made_up.book(made_up.noor, by=made_up.lin),
            person=joan,
            answer="given",
            on=day_of(made_up.now),
            how="By letter.",
            for_what="",
            number=None,
            by=made_up.lin.id,
            at=made_up.now,
            auth="password",
        )


def test_a_page_that_is_sent_twice_adds_one_person(made_up: MadeUp) -> None:
    before = sealed.size()

    first, again = (build.add(made_up, key="a page") for _ in range(2))

    assert first == again
    assert sealed.size() == before + 1


def test_the_event_of_a_person_is_no_line_of_the_child_s(made_up: MadeUp) -> None:
    joan = build.add(made_up)
    build.answer(made_up, joan, "given")

    for row in Line.objects.filter(book_id=made_up.jay.book).order_by("-number")[:2]:
        assert "Joan Fairweather" in row.staff_html
        assert seen_by(from_row(row.body), Reader.CHILD) is None


def test_a_worker_keeps_the_register_on_its_pages(made_up: MadeUp) -> None:
    browser, book = made_up.browser_of(made_up.sam), made_up.jay.book
    register = reverse("third_parties:register", args=[book])
    assert "Nobody is in the register yet" in browser.get(register).text
    typed = {
        "name": "Joan Fairweather", "also": "Auntie J, Nan", "relation": "aunt",
        "standing": "private", "known": "yes", "child_knows": "That she is ill.",
    }  # fmt: skip

    short = browser.post(reverse("third_parties:add", args=[book]), {"password": PASSWORD})
    wrong = browser.post(reverse("third_parties:add", args=[book]), {**typed, "password": "no"})
    done = browser.post(reverse("third_parties:add", args=[book]), {**typed, "password": PASSWORD})

    assert (short.status_code, wrong.status_code, done.status_code) == (422, 422, 302)
    assert "Say who they are to the child." in short.text
    page = browser.get(register).text
    assert "Joan Fairweather" in page
    assert "For staff only" in page
    (person,) = people_of(made_up.book(made_up.jay, by=made_up.sam))
    answered = browser.post(
        reverse("third_parties:permission", args=[book, person.id]),
        {"answer": "given", "on_date": day_of(made_up.now).isoformat(), "how": "By letter.",
         "password": PASSWORD},
    )  # fmt: skip
    assert answered.status_code == 302, answered.text
    shown = browser.get(reverse("third_parties:person", args=[book, person.id])).text
    assert "By letter." in shown
    assert "Sam Okafor" in shown
    changed = browser.post(
        reverse("third_parties:change", args=[book, person.id]),
        {**typed, "relation": "great-aunt", "password": PASSWORD},
    )
    assert changed.status_code == 302
    assert "great-aunt" in browser.get(register).text


def test_rebuilt_equals_live(made_up: MadeUp) -> None:
    joan = build.add(made_up)
    number = write(made_up, joan)
    build.answer(made_up, joan, "given")
    book = made_up.book(made_up.jay, by=made_up.sam)
    live = people_of(book)

    rebuild()

    assert people_of(book) == live
    assert child_reads(made_up, number)


def marked(made_up: MadeUp, draft: DraftId) -> list[tuple[str, str]]:
    """Return what is noticed in a draft: where, and the words of the mark."""
    return [(name.part, name.marked_as) for name in names_noticed(made_up.prepared(draft))]


def test_who_is_picked_while_writing_is_linked_by_id_to_the_register(made_up: MadeUp) -> None:
    joan = build.add(made_up, also="Auntie J")
    build.add(made_up, "Dr Amara Shah", relation="doctor", standing="professional")
    draft = made_up.draft(made_up.jay)
    offered = {name.words: name.kind for name in known_names(made_up.prepared(draft))}
    assert offered["Joan Fairweather"] == offered["Auntie J"] == "third_party"
    assert offered["Dr Amara Shah"] == "person"  # in her role: picking her marks nothing

    about = {"text": HER_NEWS, "sharing": "third_party", "third_party": "Auntie J"}
    sealed_entry = entry_of(made_up.write(made_up.jay, statements=[about]).entry_id)

    assert sealed_entry is not None
    (statement,) = Entry.read(sealed_entry).content.statements
    assert (statement.third_party, statement.third_party_ids) == ("Auntie J", (joan,))


def test_the_second_look_lists_known_people_in_statements_answers_rows_and_files(
    made_up: MadeUp,
) -> None:
    build.add(made_up, also="Auntie J")
    build.add(made_up, "Amara Shah", relation="doctor", standing="professional")
    agreed = build.add(made_up, "Bo Tandy", relation="neighbour")
    build.answer(made_up, agreed, "given")
    (field, *_) = (f.name for f in newest("daily_log").fields if f.type is FieldType.LONG_TEXT)
    draft = made_up.draft(
        made_up.jay,
        "auntie j was ill. Jay drew.",
        "Joan Fairwether rang.",
        "Her friend Tyler Marsh came too.",
        "Amara Shah and Bo Tandy were here. Sam Okafor cooked.",
        answers={field: "Joan came with Amara Shah."},
    )
    made_up.attach(draft, b"A letter.", name="Joan_Fairweather.txt", alt="A letter.")

    noticed = marked(made_up, draft)

    assert noticed[:4] == [
        ("s1", "Joan Fairweather"),
        ("s2", "Joan Fairweather"),
        ("s3", "Tyler Marsh"),
        (f"a_{field}", "Joan Fairweather"),
    ]
    assert noticed[-1][0].startswith("f_")
    assert {words for _, words in noticed} == {"Joan Fairweather", "Tyler Marsh"}


def test_one_tap_sets_an_answer_and_a_row_apart_and_the_child_reads_neither(
    made_up: MadeUp,
) -> None:
    joan = build.add(made_up)
    others = [
        {"name": "Joan Fairweather", "relation": "aunt"},
        {"name": "Kit Adeyemi", "relation": "key worker"},
    ]
    plan = [{"with_whom": "Jay’s choice", "how": "on Sundays"}]
    draft = made_up.draft(
        made_up.jay,
        form="profile_family",
        statements=[],
        answers={"others": others, "contact_plan": plan},
    )
    browser = made_up.browser_of(made_up.sam)
    sign, mark = (reverse(f"drafting:{name}", args=[draft]) for name in ("sign", "mark_name"))
    assert "row 1 names" in browser.get(sign).text

    version = str(made_up.opened(draft).version)
    tapped = {"part": "a_others-1", "name": "Joan Fairweather", "do": "mark", "version": version}
    browser.post(mark, tapped)

    assert marked(made_up, draft) == []
    page = browser.get(reverse("drafting:write", args=[draft])).text
    assert 'value="a_others-1" checked' in " ".join(page.split())
    number = made_up.sign(draft).numbers[made_up.jay.book]
    row = Line.objects.get(book_id=made_up.jay.book, number=number)
    assert "Joan Fairweather" in row.staff_html
    assert "permission not asked yet" in row.staff_html

    def child() -> str:
        """Return the whole of what the child reads, as data."""
        body = Line.objects.get(book_id=made_up.jay.book, number=number).body
        seen = seen_by(from_row(body), Reader.CHILD)
        assert seen is not None
        return to_row(seen)

    assert "Joan" not in child()
    assert "Kit Adeyemi" in child()
    build.answer(made_up, joan, "given")
    assert "Joan Fairweather" in child()
    build.answer(made_up, joan, "withdrawn")
    assert "Joan" not in child()


def test_an_answer_and_a_file_are_set_apart_on_the_page_of_writing(made_up: MadeUp) -> None:
    build.add(made_up)
    draft = made_up.draft(made_up.jay, "We had tea.")
    file = made_up.attach(draft, b"A letter.", name="aunt.txt", alt="Her letter.")
    content = made_up.opened(draft).content
    marked_file = replace(
        content, about_others=(AboutOther(part=f"f_{file}", third_party="Joan Fairweather"),)
    )
    made_up.save(draft, marked_file)
    page = made_up.browser_of(made_up.sam).get(reverse("drafting:write", args=[draft])).text
    assert "An answer or a file is about someone else" in page

    number = made_up.sign(draft).numbers[made_up.jay.book]

    view = from_row(Line.objects.get(book_id=made_up.jay.book, number=number).body)
    assert [file.name for file in view.files] == ["aunt.txt"]
    seen = seen_by(view, Reader.CHILD)
    assert seen is not None
    assert seen.files == ()
    assert "Her letter." not in to_row(seen)
    assert "aunt.txt" not in to_row(seen)


def test_marks_of_answers_survive_the_page_and_one_more_is_added_there() -> None:
    posted = QueryDict(mutable=True)
    posted.setlist("others", ["a_mood"])
    posted["others-who-a_mood"] = "Joan"
    posted["others-who-a_sleep"] = "Bo"  # its tick was taken away
    posted["others-more"], posted["others-more-who"] = "a_food", "Tyler"

    content = content_of(newest("daily_log"), posted)

    assert [(about.part, about.third_party) for about in content.about_others] == [
        ("a_mood", "Joan"),
        ("a_food", "Tyler"),
    ]
