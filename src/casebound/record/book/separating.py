"""What a book may show of an entry that is about several children (P40).

One event is written once, and the entry is in the book of each child it is about. This module takes
out what is only about another child, before any room makes a row of the entry. So no line, search
or count of a book can contain it. Code that shows an entry's words in a book calls `in_book`.
"""

from dataclasses import replace

from casebound.foundation.base.ids import BookId, ChildId
from casebound.foundation.proof.entry import FilePart
from casebound.ledger.sealing.reads import ReadEntry
from casebound.record.book.attached import Attachment
from casebound.record.book.entries import Entry, is_about
from casebound.rulebook.catalogue.content import Person, StatementContent

ANOTHER_CHILD = "another child"


def in_book(fact: Entry, book: BookId) -> Entry:
    """Return the entry as one of its books shows it to staff.

    A statement that is only about other children keeps its place and loses everything else: its
    words, its marks, and who it is about. So do a file and an answer. Names of children stay here;
    how they are shown is decided for each reader (decision 0131).
    """
    about = [statement.about for statement in fact.content.statements]
    if not any(about + [attachment.about for attachment in fact.attachments]) and (
        not fact.answers_about
    ):
        return fact
    answers = {
        name: answer
        for name, answer in fact.answers.items()
        if fact.answers_about.get(name, book) == ChildId(book)
    }
    files = tuple(
        attachment if is_file_about(attachment, book) else NO_FILE
        for attachment in fact.attachments
    )
    statements = tuple(
        statement if is_about(statement, book) else LEFT_OUT
        for statement in fact.content.statements
    )
    content = replace(fact.content, statements=statements)
    shown = replace(fact, content=content, attachments=files, answers=answers)
    others = tuple(other for other in content.about_others if _has_part(shown, other.part))
    return replace(shown, content=replace(content, about_others=others))


def _has_part(fact: Entry, part: str) -> bool:
    """Say whether an entry has an answer or a file, as one of its books shows it."""
    if part.startswith("a_"):
        return part.removeprefix("a_").partition("-")[0] in fact.answers
    number = int(part[1:]) if part[1:].isdecimal() else 0
    return 0 < number <= len(fact.attachments) and fact.attachments[number - 1] is not NO_FILE


def without_other_children(fact: Entry, book: BookId) -> Entry:
    """Return the entry as one of its books shows it to people who are not staff, as to the child.

    Like `in_book`, and also without the other children's names in two answers of the form: who was
    there, and which children the entry is about.
    """
    shown = in_book(fact, book)
    present = tuple(
        Person(name=ANOTHER_CHILD) if person.child and person.child != book else person
        for person in shown.content.present
    )
    own = tuple(child for child in shown.children if child == ChildId(book))
    statements = tuple(replace(statement, about=()) for statement in shown.content.statements)
    content = replace(shown.content, present=present, statements=statements, also_about=())
    return replace(shown, children=own, content=content)


def is_file_about(file: Attachment, book: BookId) -> bool:
    """Say whether a file is about this book's child. One that names no child is about all."""
    return not file.about or ChildId(book) in file.about


LEFT_OUT = StatementContent()
NO_FILE = Attachment(original=FilePart("", 0, ""))  # stands for a file of another child


def first_book(entry: ReadEntry, fact: Entry) -> BookId:
    """Return the book an entry was begun in; its other books are in the order of their ids."""
    wanted = [BookId(child) for child in fact.children if BookId(child) in entry.pages]
    return wanted[0] if wanted else next(iter(entry.pages))
