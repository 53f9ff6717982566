"""The numbers of the registers, from the entries that have them."""

import json
from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext

from casebound.foundation.base.times import LONDON
from casebound.foundation.proof.canonical import Json
from casebound.ledger.projecting.entries import Damaged
from casebound.ledger.projecting.kinds import Kind, Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.homes.entries import NAMING
from casebound.people.homes.reads import child_names, named_by
from casebound.people.restricted.holding import kept_as_projected
from casebound.reading.registers.models import RegisterEntry, RegisterEntryBook
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.holding import for_all_staff
from casebound.record.book.naming import children_named, entries_naming
from casebound.record.rendering import wording
from casebound.record.rendering.entry_view import AnswerTable
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.catalogue.registers import REGISTERS
from casebound.rulebook.catalogue.shape import Field, Register


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add a row for each register that numbers the entry."""
    for register in fact.registers:
        rows.add(
            RegisterEntry,
            register_id=register.id,
            number=entry.registers[register.id],
            leaf=entry.index,
            form=catalogue.form(fact.form, fact.form_version).title,
            happened_at=fact.happened_from,
            year=fact.happened_from.astimezone(LONDON).year,
            signed_at=entry.signed_at,
            author=fact.author.name,
            late=fact.late,
            put_right=False,
            answers=json.dumps(list(_shown_answers(fact, register.name, rows))),
        )
    if fact.registers:
        _add_books(entry, rows)


def damaged(entry: ReadEntry, _: Damaged, rows: Rows) -> None:
    """Add the number of an entry that cannot be read to each register that it was given in."""
    for register, number in entry.registers.items():
        rows.add(
            RegisterEntry,
            register_id=register,
            number=number,
            leaf=entry.index,
            form=gettext("Damaged entry"),
            happened_at=entry.sealed_at,
            year=entry.sealed_at.astimezone(LONDON).year,
            signed_at=entry.signed_at,
            author="",
            late=False,
            put_right=False,
            answers="[]",
        )
    if entry.registers:
        _add_books(entry, rows)


def _add_books(entry: ReadEntry, rows: Rows) -> None:
    for book, number in entry.pages.items():
        rows.add(
            RegisterEntryBook,
            id=_place(entry.index, book),
            leaf=entry.index,
            book_id=book,
            number=number,
        )


def child_named(entry: ReadEntry, fact: Kind, rows: Rows) -> None:
    """Show the name a child has now in the answers that name them."""
    rows.send()
    for named in entries_naming([*named_by(entry.index)], rows):
        written = Entry.read(named)
        for register in written.registers:
            rows.change(
                RegisterEntry,
                {"register_id": register.id, "leaf": named.index},
                answers=json.dumps(
                    list(
                        _shown_answers(
                            written, register.name, rows, kept_as_projected(rows, named.index)
                        )
                    )
                ),
            )


def redraw(earlier: ReadEntry, _: ReadEntry, rows: Rows) -> None:
    """Show the answers of an entry that all staff read now."""
    if not is_written(earlier):
        return
    fact, kept = Entry.read(earlier), kept_as_projected(rows, earlier.index)
    for register in fact.registers:
        rows.change(
            RegisterEntry,
            {"register_id": register.id, "leaf": earlier.index},
            answers=json.dumps(list(_shown_answers(fact, register.name, rows, kept))),
        )


def _shown_answers(
    fact: Entry, name: str, rows: Rows, kept: Collection[str] | None = None
) -> Iterator[tuple[str, str]]:
    """Yield the answers that the register's rule asks for, with their labels."""
    names_of_registers = {register.value for register in Register}
    shows = REGISTERS[Register(name)].shows if name in names_of_registers else ()
    form = catalogue.form(fact.form, fact.form_version)
    fact = for_all_staff(fact, kept)
    fields = {field.name: field for field in form.fields}
    for field, label in shows:
        if field in fields and field in fact.answers:
            names = _names(fact, rows)
            yield label, _in_a_line(fields[field], fact.answers[field], names)


def _names(fact: Entry, rows: Rows) -> dict[str, str]:
    children = children_named(fact)
    if not children:
        return {}
    rows.send()  # a child may have been admitted a moment ago, in the same run
    return child_names(children)


def _in_a_line(field: Field, answer: Json, names: Mapping[str, str]) -> str:
    shown = wording.shown_answer(field, answer, names)
    if isinstance(shown, AnswerTable):
        return "; ".join(", ".join(cell for cell in row if cell) for row in shown.rows)
    return " ".join(wording.answer_words(field, answer, names).split("\n"))


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Mark the number of an entry that was struck or misfiled in a book. The number stays."""
    if rows.find(RegisterEntryBook, id=_place(withdrawal.leaf, withdrawal.book)):
        rows.change(RegisterEntry, {"leaf": withdrawal.leaf}, put_right=True)


def _place(leaf: int, book: str) -> str:
    return f"{leaf}-{book}"


PROJECTION = Projection(
    version=5,
    tables=(RegisterEntry, RegisterEntryBook),
    on={
        Entry.kind: entry_sealed,
        Damaged.kind: damaged,
        **dict.fromkeys(NAMING, child_named),
    },
    withdraw=withdraw,
    redraw=redraw,
    reads_rows_of=("book", "homes", "restricted"),
    depends_on_files=(FORMS,),
)
