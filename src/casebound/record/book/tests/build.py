"""Entries of every shape, for what must hold of all of them."""

from datetime import UTC, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from casebound.foundation.base.ids import BookId, EntryId, HomeId, WorkerId
from casebound.foundation.proof.canonical import clean_text
from casebound.foundation.proof.errors import UnsealableTextError
from casebound.ledger.sealing.reads import ReadEntry
from casebound.record.book.entries import Author, Entry, Reference
from casebound.record.book.relations import RELATIONS
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.answers import sealed_answers
from casebound.rulebook.catalogue.content import Content, Person, StatementContent, visible
from casebound.rulebook.catalogue.marks import (
    Ground,
    HowKnown,
    Sharing,
    StatementKind,
    StatementSource,
    ThirdPartyPermission,
)

NOW = datetime(2026, 11, 23, 22, 40, tzinfo=UTC)
BOOK = BookId("b" * 32)


@cache
def can_be_sealed(text: str) -> bool:
    """Say whether the ledger takes a text."""
    try:
        clean_text(text)
    except UnsealableTextError:
        return False
    return True


def cleaned(text: str) -> str:
    """Return a text as the ledger keeps it, without what is refused before signing.

    A text of which no reader could see anything is none: a name of it alone is refused too.
    """
    return visible(clean_text("".join(filter(can_be_sealed, text))))


words = st.text(max_size=40).map(cleaned).filter(can_be_sealed)
some_words = words.filter(bool)
times = st.integers(0, 10**9).map(lambda seconds: NOW - timedelta(seconds=seconds))
ids = st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}")

people = st.builds(Person, name=some_words, role=words)
statements = st.builds(
    StatementContent,
    text=some_words,
    kind=st.sampled_from(StatementKind.offered()),
    source=st.sampled_from(StatementSource.offered()),
    speaker=words,
    told_by=words,
    read_in=words,
    whose=words,
    maker=words,
    basis=words,
    sharing=st.sampled_from(Sharing.offered()),
    ground=st.sampled_from(Ground.offered()),
    reason=words,
    review_on=st.dates().map(str),
    third_party=words,
    permission=st.sampled_from(ThirdPartyPermission),
)
contents = st.builds(
    Content,
    where=words,
    how_known=st.sampled_from(HowKnown.offered()),
    originator=words,
    present=st.lists(people, min_size=1, max_size=3).map(tuple),
    statements=st.lists(statements, min_size=1, max_size=4).map(tuple),
    language=words,
    interpreter=words,
).map(Content.stripped)
alone = contents.map(lambda content: Content.from_json(
    {**content.to_json(), "present": [], "present_nobody": True}
))  # fmt: skip


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draw an entry on the daily log, as signing makes one."""
    form = catalogue.form("daily_log")
    content = draw(contents | alone)
    late = draw(st.booleans())
    reason = {"late_reason": draw(some_words)} if late else {}
    answers = {
        "shift": "early",
        "sleep": draw(words),
        "mood": draw(st.lists(st.sampled_from(["calm", "happy"]), unique=True)),
        "on_duty": [person.to_json() for person in draw(st.lists(people, max_size=2))],
    }
    content = Content.from_json({**content.to_json(), **reason})
    start = draw(times)
    return Entry(
        form=form.name,
        form_version=form.version,
        author=Author(id=WorkerId(draw(ids)), name=draw(some_words), role=draw(words)),
        home_id=HomeId(draw(ids)),
        happened_from=start,
        happened_to=draw(st.none() | times.map(lambda moment: max(moment, start))),
        content=content,
        answers=sealed_answers(form, Content.from_json({"answers": answers})),
        late=late,
        late_seconds=draw(st.integers(0, 10**9)),
        references=tuple(
            Reference(
                draw(st.sampled_from(RELATIONS)), EntryId(draw(ids)), draw(st.integers(1, 10**9))
            )
            for _ in range(draw(st.integers(0, 3)))
        ),
    )


def as_read(fact: Entry, *, signed_at: datetime = NOW) -> ReadEntry:
    """Return what the ledger gives back for a fact, without a ledger."""
    return ReadEntry(
        7, EntryId("e" * 32), signed_at, signed_at, fact.author.id, {BOOK: 3}, fact.parts()
    )
