"""No reader sees a byte of what is not for them, and restricting something never shows more."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from casebound.record.rendering.audience import (
    ANSWERS_FOR_BOOK,
    NEED_TO_KNOW,
    NOBODY,
    STAFF,
    STAFF_AND_CHILD,
    Audience,
    Reader,
    audience_of,
)
from casebound.record.rendering.entry_view import (
    AnswerTable,
    AnswerView,
    EntryView,
    FileView,
    LinkView,
    MatterView,
    ReasonView,
    StatementView,
    from_row,
    to_row,
)
from casebound.record.rendering.html import entry_html
from casebound.record.rendering.samples import AS_WRITTEN
from casebound.record.rendering.seen import FIELDS, PARTS, seen_by

AUDIENCES = [NOBODY, ANSWERS_FOR_BOOK, NEED_TO_KNOW, STAFF, STAFF_AND_CHILD]
NOT_STAFF = [Reader.CHILD, Reader.THIRD_PARTY]
# Marks of a statement from the least to the most restricted.
MARKS = [("shared", ""), ("third_party", "given"), ("third_party", "asked"), ("withheld", "")]

audiences = st.sampled_from(AUDIENCES)
readers = st.sampled_from(Reader)
states = st.sampled_from(["", "struck", "misfiled"])


def words(number: int, what: str) -> str:
    """Return words that occur once, so that they can be looked for in a page."""
    return f"{what}{number}marker"


@st.composite
def entries(draw: st.DrawFn) -> EntryView:
    """Draw an entry whose every part has words of its own and some audience."""

    def several(most: int = 3) -> Iterator[tuple[int, Audience]]:
        return enumerate(draw(st.lists(audiences, max_size=most)))

    return EntryView(
        number=7,
        form="Daily log",
        happened="Monday",
        signed="Monday",
        author="Sam Okafor",
        role="residential worker",
        statements=tuple(
            StatementView(
                words(n, "statement"), speaker=words(n, "speaker"), kind="account", audience=a
            )
            for n, a in several()
        ),
        answers=tuple(
            AnswerView(
                words(n, "label"), AnswerTable((words(n, "head"),), ((words(n, "cell"),),)),
                audience=a,
            )
            for n, a in several()
        ),
        files=tuple(
            FileView(words(n, "file"), words(n, "href"), name=words(n, "name"),
                     alt=words(n, "alt"), is_page=draw(st.booleans()), audience=a)
            for n, a in several()
        ),
        standing=tuple(MatterView(words(n, "matter"), None, audience=a) for n, a in several()),
        links=tuple(LinkView(words(n, "link"), audience=a) for n, a in several()),
        state=draw(states),
        state_reason=tuple(ReasonView(words(n, "because"), audience=a) for n, a in several()),
        how_known="toldmarker",
        also_about="alsomarker",
        word_reason="wordmarker",
        numbered=("registermarker",),
        present="presentmarker",
        href="/books/hrefmarker/",
    )  # fmt: skip


def texts_of(part: Any) -> Iterator[str]:
    for field in fields(part):
        value = getattr(part, field.name)
        if isinstance(value, AnswerTable):
            yield value.heads[0]
            yield value.rows[0][0]
        elif isinstance(value, str) and value.endswith("marker"):
            yield value


def restricted(part: Any, audience: Audience) -> Any:
    return replace(part, audience=part.audience & audience)


def shown(entry: EntryView, reader: Reader) -> set[str]:
    """Return the marked words that a reader's page holds."""
    page = entry_html(entry, reader=reader, old_names={}, other_names=AS_WRITTEN)
    parts = [part for name in PARTS for part in getattr(entry, name)]
    return {text for part in parts for text in texts_of(part) if text in page}


@pytest.mark.policy("P40")
@given(entries(), readers)
def test_a_page_holds_no_byte_of_what_is_not_for_its_reader(
    entry: EntryView, reader: Reader
) -> None:
    page = entry_html(entry, reader=reader, old_names={}, other_names=AS_WRITTEN)

    for name in PARTS:
        for part in getattr(entry, name):
            if reader not in part.audience:
                assert not [text for text in texts_of(part) if text in page]


@given(entries(), readers)
def test_nobody_can_tell_from_a_page_that_something_was_left_out(
    entry: EntryView, reader: Reader
) -> None:
    without = replace(
        entry,
        **{
            name: tuple(part for part in getattr(entry, name) if reader in part.audience)
            for name in PARTS
        },
    )

    assert entry_html(entry, reader=reader, old_names={}, other_names=AS_WRITTEN) == entry_html(
        without, reader=reader, old_names={}, other_names=AS_WRITTEN
    )


@given(entries(), readers, st.sampled_from(PARTS), audiences)
def test_more_restriction_never_shows_more_to_anybody(
    entry: EntryView, reader: Reader, name: str, audience: Audience
) -> None:
    parts = tuple(restricted(part, audience) for part in getattr(entry, name))

    assert shown(replace(entry, **{name: parts}), reader) <= shown(entry, reader)


@given(entries(), st.sampled_from(NOT_STAFF))
def test_what_is_for_staff_alone_is_in_no_other_page(entry: EntryView, reader: Reader) -> None:
    page = entry_html(entry, reader=reader, old_names={}, other_names=AS_WRITTEN)

    for text in ("told", "also", "word", "register", "present", "href"):
        assert f"{text}marker" not in page
    assert "withheld" not in page.lower()
    assert "third party" not in page.lower()


@given(entries())
def test_staff_see_all_that_is_for_staff_and_the_marks(entry: EntryView) -> None:
    marked = [
        replace(statement, sharing="withheld", audience=STAFF) for statement in entry.statements
    ]
    standing = replace(entry, state="", statements=tuple(marked))

    page = entry_html(standing, reader=Reader.STAFF)
    for statement in marked:
        assert statement.text in page
    assert page.count("Withheld from the child") == len(marked)


@given(entries(), readers)
def test_of_an_entry_in_the_wrong_book_only_who_answers_for_the_book_reads_the_words(
    entry: EntryView, reader: Reader
) -> None:
    entry = replace(
        entry,
        state="misfiled",
        statements=(StatementView("wrongmarker"),),
        answers=(AnswerView("Sleep", "answermarker"),),
    )

    page = entry_html(entry, reader=reader, old_names={}, other_names=AS_WRITTEN)

    answers_for_book = reader is Reader.ANSWERS_FOR_BOOK
    assert ("wrongmarker" in page) is answers_for_book
    assert ("answermarker" in page) is answers_for_book
    assert ("Misfiled" in page) is (reader is not Reader.THIRD_PARTY)


@pytest.mark.parametrize(("sharing", "permission"), MARKS)
def test_staff_read_a_statement_whatever_its_marks(sharing: str, permission: str) -> None:
    assert audience_of(sharing, permission) >= STAFF


@pytest.mark.policy("P40")
@pytest.mark.parametrize(
    ("sharing", "permission", "for_child"),
    [
        ("shared", "", True),
        ("withheld", "", False),
        ("third_party", "not_asked", False),
        ("third_party", "asked", False),
        ("third_party", "refused", False),
        ("third_party", "given", True),
        ("", "", False),
        ("a mark of a later version", "given", False),
    ],
)
def test_what_the_child_reads_follows_from_the_marks(
    sharing: str,
    permission: str,
    for_child: bool,  # noqa: FBT001
) -> None:
    assert (Reader.CHILD in audience_of(sharing, permission)) is for_child
    assert Reader.THIRD_PARTY not in audience_of(sharing, permission)


def test_each_further_mark_restricts_or_keeps_the_audience() -> None:
    sizes = [audience_of(*marks) for marks in MARKS]

    assert all(later <= earlier for earlier, later in pairwise(sizes))


def test_every_field_of_an_entry_is_decided() -> None:
    assert {field.name for field in fields(EntryView)} == set(FIELDS) | set(PARTS)
    for name in PARTS:
        [field] = [field for field in fields(EntryView) if field.name == name]
        part = field.type.__args__[0]
        assert "audience" in part.__struct_fields__


@given(entries(), readers)
def test_a_row_keeps_each_audience(entry: EntryView, reader: Reader) -> None:
    assert seen_by(from_row(to_row(entry)), reader) == seen_by(entry, reader)


def test_the_child_reads_no_name_of_another_child() -> None:
    entry = EntryView(
        number=7, form="Daily log", happened="", signed="Monday", author="Sam", role="",
        present="Noor; Ruth, teacher", present_to_others="another child; Ruth, teacher",
        statements=(StatementView("We ate toast.", about="Noor"), StatementView("")),
        answers=(AnswerView("Who was hurt", "Noor", to_others="a child"),),
    )  # fmt: skip

    page = entry_html(entry, reader=Reader.CHILD, old_names={}, other_names=AS_WRITTEN)

    assert "Noor" not in page
    assert "another child; Ruth, teacher" in page
    assert "a child</dd>" in page
    assert "left out" not in page
