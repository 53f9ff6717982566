"""What a draft says once it is in another book, and what its author has to look at again there.

Nothing that was typed is dropped. What only one of the two books can mean (who was there, who else
it concerns, marks that name somebody) is asked again, and the draft cannot be signed before.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext

from casebound.foundation.base.ids import ChildId
from casebound.people.access.reads import SeenBook
from casebound.record.drafting.body import without_blanks
from casebound.record.drafting.children_concerned import LIVES_HERE_TOO, PICK
from casebound.record.drafting.drafts import AskedAgain
from casebound.record.drafting.prepared import PreparedDraft
from casebound.rulebook.catalogue.content import (
    Answer,
    Content,
    Person,
    Sharing,
    StatementContent,
    StatementKind,
)
from casebound.rulebook.catalogue.shape import FieldType, Group

_OF_A_HOME = frozenset({FieldType.WORKERS, FieldType.CHILDREN, FieldType.PEOPLE, FieldType.ROWS})


def content_in(
    draft: PreparedDraft, to: SeenBook, *, first: Content
) -> tuple[Content, tuple[AskedAgain, ...]]:
    """Return what the draft says in the book `to`, and what is asked again there.

    `first` is what a draft begins with there.
    """
    there = PreparedDraft(replace(draft.draft, book=to.id), to, at=draft.at)
    offered = {ChildId(book.id) for book in (to, *there.other_books)}
    asked = tuple(_asked_again(draft, to, offered))
    content = _refilled(draft, first)
    return (
        replace(
            content,
            present=tuple(_person(person, draft.book, to) for person in content.present),
            also_about=tuple(
                child
                for child in content.also_about
                if child in offered and child != ChildId(to.id)
            ),
            statements=tuple(
                replace(
                    statement, about=tuple(child for child in statement.about if child in offered)
                )
                for statement in content.statements
            ),
            answers_about={
                name: child for name, child in content.answers_about.items() if child in offered
            },
            originator_id=content.originator_id if to.home == draft.book.home else "",
            drew_on=(),
            hands_over=content.hands_over if to.home == draft.book.home else (),
        ),
        asked,
    )


def _refilled(draft: PreparedDraft, first: Content) -> Content:
    """Return the content; what the form had filled in, and nobody changed, is filled in again."""
    content, before = draft.draft.content, draft.draft.first
    answers: dict[str, Answer] = {
        name: first.answers[name] if _is_untouched(content, before, name) else answer
        for name, answer in content.answers.items()
        if not _is_untouched(content, before, name) or name in first.answers
    }
    if draft.draft.form.group is Group.PROFILE:
        new = first.answers.keys() - before.answers.keys() - content.answers.keys()
        answers |= {name: first.answers[name] for name in new}
    typed = content.language, content.interpreter
    filled_in = typed == (before.language, before.interpreter)
    language, interpreter = (first.language, first.interpreter) if filled_in else typed
    return replace(content, answers=answers, language=language, interpreter=interpreter)


def _is_untouched(content: Content, before: Content, name: str) -> bool:
    if name not in before.answers:
        return False
    return without_blanks(content.answers[name]) == without_blanks(before.answers[name])


def _person(person: Person, book: SeenBook, to: SeenBook) -> Person:
    """Return who was there, as it is picked in the other book: the children change places."""
    if to.home != book.home:
        return person
    if person == Person(book.title):
        return Person(book.title, LIVES_HERE_TOO)
    return Person(to.title) if person == Person(to.title, LIVES_HERE_TOO) else person


def _asked_again(draft: PreparedDraft, to: SeenBook, offered: set[ChildId]) -> Iterator[AskedAgain]:
    content, book = draft.draft.content, draft.book
    same_home = to.home == book.home
    names = {book.title, to.title}
    if any(not same_home or person.name in names for person in content.present):
        who = ", ".join(person.name for person in content.present)
        yield AskedAgain("present", gettext("Who was there? You named {who}.").format(who=who))
    if set(content.also_about) - offered or ChildId(to.id) in content.also_about:
        others = ", ".join(
            other.title for other in draft.other_books if ChildId(other.id) in content.also_about
        )
        words = gettext("Who else does it concern? You chose {others}.").format(others=others)
        yield AskedAgain(PICK, words)
    for number, statement in enumerate(content.statements, start=1):
        if not statement.is_blank:
            yield from _of_statement(number, statement, draft)
    if content.originator_id and not same_home:
        words = gettext("Who told you? You picked {name}.").format(name=content.originator)
        yield AskedAgain("originator_id", words)
    if content.drew_on:
        words = gettext(
            "You wrote it from notes in {name}’s book. They cannot be linked from this book."
        ).format(name=book.title)
        yield AskedAgain("words", words)
    if content.hands_over and not same_home:
        words = gettext("What is handed over? The entries you chose are of another home.")
        yield AskedAgain("handed", words)
    yield from _of_answers(draft, same_home=same_home, names=names)


def _of_statement(
    number: int, statement: StatementContent, draft: PreparedDraft
) -> Iterator[AskedAgain]:
    at, called = f"statements-{number}-", draft.book.title
    if statement.about:
        words = gettext("Which child is statement {number} about? It was marked in {name}’s book.")
        yield AskedAgain(f"{at}about", words.format(number=number, name=called))
    if statement.sharing is Sharing.THIRD_PARTY:
        words = gettext("Statement {number} is marked as about somebody else. Is it still?")
        yield AskedAgain(f"{at}third_party", words.format(number=number, name=called))
    if statement.sharing is Sharing.WITHHELD:
        words = gettext("Statement {number} was kept from {name}. Is the reason right here too?")
        yield AskedAgain(f"{at}reason", words.format(number=number, name=called))
    if statement.kind is StatementKind.VIEW:
        words = gettext("Statement {number} was {name}’s own words or view. Whose is it?")
        yield AskedAgain(f"{at}text", words.format(number=number, name=called))
    elif _names(statement.text, called):
        words = gettext("Statement {number} names {name}. Is that right in this book?")
        yield AskedAgain(f"{at}text", words.format(number=number, name=called))


def _of_answers(draft: PreparedDraft, *, same_home: bool, names: set[str]) -> Iterator[AskedAgain]:
    content, form = draft.draft.content, draft.draft.form
    if form.group is Group.PROFILE:
        words = gettext("Read each answer again. It was begun from {name}’s profile.")
        yield AskedAgain("asked", words.format(name=draft.book.title))
        return
    for field in form.fields:
        answer = content.answers.get(field.name)
        if not answer:
            continue
        text = str(answer)
        of_the_home = field.type in _OF_A_HOME and not same_home
        names_a_child = field.type is FieldType.CHILDREN or any(
            _names(text, name) for name in names
        )
        if of_the_home or names_a_child:
            words = gettext("“{question}”: is your answer right in this book?")
            yield AskedAgain(f"answers-{field.name}", words.format(question=field.label))


def _names(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
