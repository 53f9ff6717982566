"""What the child reads of drawn entries: nothing that identifies somebody who is kept apart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.record.rendering.audience import STAFF, Reader, audience_of
from casebound.record.rendering.entry_view import (
    AnswerTable,
    AnswerValue,
    AnswerView,
    EntryView,
    FileView,
    LinkView,
    MatterView,
    ReasonView,
    StatementView,
    to_row,
)
from casebound.record.rendering.html import entry_html
from casebound.record.rendering.other_names import with_other_names
from casebound.record.rendering.seen import seen_by
from tests.third_parties.measure import worlds

pytestmark = pytest.mark.policy("P39", "P40")
WORLD = worlds()["kai"]
UNKNOWN = [person for person in WORLD.register if person.known == "no"]
KNOWN_TO_CHILD = [person for person in WORLD.register if person.known == "yes"]
CHILDREN = WORLD.others.others
NAMED = [*(name for person in UNKNOWN for name in person.names),
         *(child.now.full_name for child in CHILDREN)]  # fmt: skip
HIDDEN = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(word) for name in NAMED for word in name.split())})(?!\w)"
)
KEPT = "keptmarker"

names = st.sampled_from([*NAMED, *(name.split()[0] for name in NAMED), "Kai", "Sam Okafor"])
words = st.builds("Then {} and {}’s dog came.".format, names, names)
permissions = st.sampled_from(["not_asked", "asked", "given", "refused", "withdrawn", ""])
sharing = st.sampled_from(["shared", "withheld", "third_party", ""])


@st.composite
def statements(draw: st.DrawFn) -> StatementView:
    """Draw a statement; one that the child does not read has the marker."""
    how, permission = draw(sharing), draw(permissions)
    audience = audience_of(how, permission)
    text = draw(words)
    return StatementView(
        text if Reader.CHILD in audience else f"{KEPT} {text}",
        speaker=draw(names), told_by=draw(names), whose=draw(names), read_in=draw(words),
        sharing=how, permission=permission, third_party=draw(names), audience=audience,
    )  # fmt: skip


@st.composite
def answers(draw: st.DrawFn) -> AnswerView:
    """Draw an answer or a table, shared or about somebody else."""
    permission = draw(permissions)
    audience = draw(
        st.sampled_from([audience_of("shared"), audience_of("third_party", permission)])
    )
    text = draw(words) if Reader.CHILD in audience else f"{KEPT} {draw(words)}"
    shown: list[AnswerValue] = [text, AnswerTable(("Who",), ((text,), (text,)))]
    value = draw(st.sampled_from(shown))
    return AnswerView("Who came", value, third_party=draw(names), audience=audience)


@st.composite
def files(draw: st.DrawFn) -> FileView:
    """Draw a file, shared or about somebody else."""
    audience = draw(st.sampled_from([audience_of("shared"), STAFF]))
    kept = "" if Reader.CHILD in audience else KEPT
    return FileView(
        "Document", href=f"/books/{KEPT}/", name=f"{kept}{draw(names)}.pdf",
        alt=f"{kept}{draw(words)}", thumb=f"/{KEPT}", shown=f"/{KEPT}", third_party=draw(names),
        audience=audience,
    )  # fmt: skip


@st.composite
def entries(draw: st.DrawFn) -> EntryView:
    """Draw an entry with people in every place that can name somebody."""
    return EntryView(
        number=7, form="Daily log", happened="Monday", signed="Monday", author="Sam Okafor",
        role="residential worker", where=draw(words), how_known=KEPT, present=KEPT,
        present_to_others=draw(names), also_about=KEPT, late_reason=draw(words),
        late="signed 30 hours after", word_reason=KEPT, interpreter=draw(names),
        statements=tuple(draw(st.lists(statements(), max_size=3))),
        answers=tuple(draw(st.lists(answers(), max_size=3))),
        files=tuple(draw(st.lists(files(), max_size=3))),
        standing=(MatterView(KEPT, settled=None),),
        links=(LinkView(draw(words), audience=audience_of("shared")), LinkView(KEPT)),
        state=draw(st.sampled_from(["", "struck", "misfiled"])),
        state_reason=(ReasonView(draw(words)),),
    )  # fmt: skip


@given(entries())
def test_no_page_and_no_data_of_the_child_identifies_who_is_kept_apart(entry: EntryView) -> None:
    names = WORLD.for_child
    page = entry_html(entry, reader=Reader.CHILD, old_names={}, other_names=names)
    seen = seen_by(with_other_names(entry, names), Reader.CHILD)
    data = to_row(seen) if seen is not None else ""

    for read in (page, data):
        assert KEPT not in read
        assert not HIDDEN.search(read), HIDDEN.search(read)


@given(entries(), st.data())
def test_what_is_kept_apart_changes_no_count_and_leaves_no_gap(
    entry: EntryView, data: st.DataObject
) -> None:
    more = data.draw(statements().filter(lambda said: Reader.CHILD not in said.audience))
    place = data.draw(st.integers(0, len(entry.statements)))
    with_more = EntryView(
        **{
            **{name: getattr(entry, name) for name in EntryView.__struct_fields__},
            "statements": (*entry.statements[:place], more, *entry.statements[place:]),
        }
    )

    def page(view: EntryView) -> str:
        return entry_html(view, reader=Reader.CHILD, old_names={}, other_names=WORLD.for_child)

    assert page(with_more) == page(entry)


def test_who_is_known_to_the_child_keeps_the_name_in_words_that_nobody_marked() -> None:
    (person, *_) = KNOWN_TO_CHILD
    said = f"{person.name} rang, and {UNKNOWN[0].name} was there."

    assert WORLD.for_child.shown(said) == f"{person.name} rang, and [someone else] was there."
