"""Strike and misfile one entry of every form: each room is as if it had never been written.

What stays, because it shows that the entry was withdrawn, is listed table by table.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model

from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting.actions import seal_and_project
from casebound.ledger.projecting.registry import projections
from casebound.ledger.sealing.actions import NewEntry, Sealed
from casebound.ledger.sealing.reads import entries
from casebound.ledger.sealing.registers import register_id
from casebound.record.book.entries import Author, Entry, EntryRegister, Reference
from casebound.record.book.relations import MISFILED, STRIKE, Relation, relation_of
from casebound.record.followups.relations import FOLLOWS
from casebound.record.notes.relations import DREW_ON
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.answers import sealed_answers
from casebound.rulebook.catalogue.catalogue import shipped
from casebound.rulebook.catalogue.shape import BookKind, Form
from casebound.rulebook.clocks.clocks import clocks
from casebound.rulebook.clocks.shape import ANY
from tests.house.source import nothing
from tests.made_up import MadeUp, newest

# A strike and a misfiling are never withdrawn themselves.
WITHDRAWING = frozenset({"strike", "misfiled"})
FORMS = {
    name: form for (name, _), form in sorted(shipped().forms.items()) if name not in WITHDRAWING
}


def always(_: Any) -> bool:
    """Say that a row may stay, whatever it says."""
    return True


# What stays of a withdrawn entry, and how its row shows it.
STAYS: Mapping[str, Callable[[Any], bool]] = {
    "book.Link": always,  # it leads on to what it was about
    "book.EntryStatus": lambda status: status.status in {"struck", "misfiled"},
    "chronology.Line": lambda line: line.state in {"struck", "misfiled"},
    "chronology.Writer": always,  # that somebody wrote in the book
    "duties.Duty": always,  # about it: ended, or open until somebody agrees
    "restricted.RestrictedEntry": always,  # it is kept from others, withdrawn or not
    "restricted.EntryKind": always,  # by it a grant of a part opens the entry, withdrawn or not
    "restricted.NamedWorker": always,  # who was named was named
    "restricted.KeptFrom": always,  # and it stays kept from them
    "duties.BarredWorker": always,  # of such a duty
    "duties.DutyClosing": lambda closing: closing.withdrawn,
    "restricted.AboutManagers": always,  # a matter stays with those above the managers
    "missing.LogLine": lambda line: line.status in {"struck", "misfiled"},
    "followups.FollowUp": lambda follow_up: follow_up.withdrawn,
    "registers.RegisterEntry": lambda row: row.put_right,  # a number once given stays
    "registers.RegisterEntryBook": always,  # so does its place; its status says the rest
    "search.IndexedStatement": lambda found: found.state == "struck",
}
# Where a row says which entry it is of, if not in `leaf`.
LEAF = {"book.Link": "from_index", "duties.Duty": "about_index"}

Rows = Mapping[str, Mapping[str, Model]]


def rows() -> Rows:
    """Return every row that follows from the entries, by table and by what it says."""
    return {
        table._meta.label: {
            repr([getattr(row, field.attname) for field in table._meta.concrete_fields]): row
            for row in table._default_manager.all()
        }
        for _, projection in projections()
        for table in projection.tables
    }


def write(made_up: MadeUp, name: str, *references: Reference) -> Sealed:
    """Seal an entry on a form as it stands in the catalogue, without asking who may write it."""
    form = newest(name)
    content = made_up.content(form=name)
    house = made_up.house(made_up.office if form.book is BookKind.OFFICE else made_up.oak)
    book = made_up.jay.book if form.book is BookKind.CHILD else house.book
    numbered = (
        (EntryRegister(register_id(made_up.oak, form.register), form.register.value),)
        if form.register
        else ()
    )
    fact = Entry(
        form=name,
        form_version=form.version,
        author=Author(id=made_up.sam.id, name="Sam Okafor", role="residential worker"),
        home_id=house.id,
        happened_from=made_up.now - timedelta(hours=1),
        happened_to=None,
        content=content.stripped(),
        answers=sealed_answers(form, content),
        late=False,
        late_seconds=3600,
        references=references,
        registers=numbered,
    )
    return seal(made_up, fact, book)


def seal(made_up: MadeUp, fact: Entry, book: BookId) -> Sealed:
    return seal_and_project(
        NewEntry(
            books=(book,), parts=fact.parts(), signed_by=made_up.sam.id, signed_at=made_up.now,
            auth="password", registers=tuple(register.id for register in fact.registers),
        )
    )  # fmt: skip


def about(how: Relation, earlier: Sealed) -> Reference:
    return Reference(how, earlier.entry_id, earlier.index)


def parent_of(form: Form) -> tuple[str, Relation] | None:
    """Return an entry that one on this form is about: what starts a clock that it ends."""
    if form.puts_right:
        return "daily_log", relation_of(form.name)
    if form.name == "key_session":
        return "note", DREW_ON
    started = [
        start.forms[0]
        for clock in clocks()
        if any(end.form == form.name for end in clock.ends)
        for start in clock.starts
        if start.forms and start.forms[0] != ANY
    ]
    follows = [name for name in form.follows if name != ANY]
    parents = [*started, *follows, *(["daily_log"] if form.follows else [])]
    return (parents[0], FOLLOWS) if parents and form.follows else None


@pytest.mark.django_db
@pytest.mark.policy("P64")
@pytest.mark.parametrize("how", [STRIKE, MISFILED])
def test_a_withdrawn_entry_of_any_form_is_as_if_it_had_never_been_written(
    how: Relation, made_up: MadeUp
) -> None:
    parents = {
        name: (write(made_up, parent[0]), parent[1])
        for name, form in FORMS.items()
        if (parent := parent_of(form)) is not None
    }
    before = rows()

    withdrawn = {}
    for name in FORMS:
        earlier = [about(relation, entry) for entry, relation in filter(None, [parents.get(name)])]
        withdrawn[write(made_up, name, *earlier).index] = name
    withdrawing = [withdraw(made_up, leaf, how) for leaf in withdrawn]

    nothing(differences(before, rows(), withdrawn, {entry.index for entry in withdrawing}))


def withdraw(made_up: MadeUp, leaf: int, how: Relation) -> Sealed:
    [entry] = entries(leaf, until=leaf + 1)
    [book] = entry.pages
    strike_form = catalogue.form(how.key)
    content = made_up.content("It was another day.", form=how.key)
    fact = Entry(
        form=strike_form.name,
        form_version=strike_form.version,
        author=Author(id=made_up.dana.id, name="Dana Whitlock", role="registered manager"),
        home_id=made_up.oak,
        happened_from=made_up.now - timedelta(hours=1),
        happened_to=None,
        content=content.stripped(),
        answers={},
        late=False,
        late_seconds=3600,
        references=(Reference(how, entry.entry_id, leaf),),
    )
    return seal(made_up, fact, book)


def differences(
    before: Rows, after: Rows, withdrawn: Mapping[int, str], withdrawing: set[int]
) -> Iterable[str]:
    """Name each row that is gone or changed, and each that is new and may not stay."""
    for table, rows_before in before.items():
        rows_after = after[table]
        for said in rows_before.keys() - rows_after.keys():
            yield f"{table}: gone or changed: {said[:300]}"
        for said in rows_after.keys() - rows_before.keys():
            row = rows_after[said]
            leaf = leaf_of(table, row, after)
            stays = STAYS.get(table)
            if leaf in withdrawing or (leaf in withdrawn and stays is not None and stays(row)):
                continue
            yield f"{table}: stays of {withdrawn.get(leaf, leaf)}: {said[:300]}"


def leaf_of(table: str, row: Any, every: Rows) -> int:
    if table == "duties.BarredWorker":
        duties: Iterable[Any] = every["duties.Duty"].values()
        return int(next(duty.about_index for duty in duties if duty.id == row.duty_id))
    if table == "search.IndexedStatement":
        lines: Iterable[Any] = every["chronology.Line"].values()
        found = (line for line in lines if (line.book_id, line.number) == (row.book_id, row.number))
        return int(next(found).leaf)
    if table == "chronology.Writer":
        every_line: Iterable[Any] = every["chronology.Line"].values()
        return max(int(line.leaf) for line in every_line)
    return int(getattr(row, LEAF.get(table, "leaf"), -1))
