"""What a draft says is about somebody else: statements, answers, rows and files (P39).

While it is written, a mark names people in words. Signing links the words to the people of the
child's register, and names each part as it is sealed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from casebound.foundation.base.folding import fold
from casebound.foundation.base.messages import gettext
from casebound.foundation.proof.canonical import Json
from casebound.record.attachments.reads import UploadSeen
from casebound.record.drafting.children_concerned import OF_THE_EVENT
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.third_parties.reads import PersonSeen
from casebound.record.third_parties.rules import names_in
from casebound.rulebook.catalogue.content import AboutOther, Content, Sharing

ANSWER, FILE = "a_", "f_"


def others_as_sealed(
    content: Content, prepared: PreparedDraft, answers: Mapping[str, Json]
) -> Content:
    """Return the content with each mark linked to the register, and its parts as they are sealed.

    2 queries for a draft with such a mark.
    """
    statements = content.statements
    is_marked = any(statement.sharing is Sharing.THIRD_PARTY for statement in statements)
    if not is_marked and not content.about_others:
        return content
    people = prepared.people
    return replace(
        content,
        statements=tuple(
            replace(statement, third_party_ids=ids_of(statement.third_party, people))
            if statement.sharing is Sharing.THIRD_PARTY
            else statement
            for statement in statements
        ),
        about_others=tuple(
            replace(about, third_party_ids=ids_of(about.third_party, people))
            for about in _parts_as_sealed(content.about_others, answers, prepared.files)
        ),
    )


def ids_of(words: str, people: Sequence[PersonSeen]) -> tuple[str, ...]:
    """Return the people of the register who are called like a name in `words`."""
    named = {fold(name) for name in names_in(words)}
    return tuple(
        person.id for person in people if not named.isdisjoint(fold(name) for name in person.names)
    )


def _parts_as_sealed(
    about: Sequence[AboutOther], answers: Mapping[str, Json], files: Sequence[UploadSeen]
) -> Iterator[AboutOther]:
    """Yield the marks whose part is there when the draft is signed.

    If rows were moved, so that the marked one names somebody else, the whole answer is marked.
    """
    numbers = {f"{FILE}{upload.id}": number for number, upload in enumerate(files, 1)}
    for other in about:
        if other.part in numbers:
            yield replace(other, part=f"f{numbers[other.part]}")
        elif other.part.startswith(ANSWER):
            field, _, row = other.part.removeprefix(ANSWER).partition("-")
            if field in answers:
                is_there = not row or _names(answers[field], int(row), other)
                yield other if is_there else replace(other, part=f"{ANSWER}{field}")


def _names(answer: Json, row: int, about: AboutOther) -> bool:
    """Say whether a row names the person that its mark names."""
    rows = answer if isinstance(answer, list) else []
    if row > len(rows):
        return False
    cells = rows[row - 1]
    said = cells.values() if isinstance(cells, Mapping) else [cells]
    words = fold(" ".join(str(cell) for cell in said))
    return any(part in words for name in names_in(about.third_party) for part in fold(name).split())


def parts_offered(prepared: PreparedDraft) -> list[tuple[str, str]]:
    """Return the answers and files of a child's draft that can be marked, with their names."""
    if prepared.book.child is None:
        return []
    fields = [
        (f"{ANSWER}{field.name}", str(field.label))
        for field in prepared.draft.form.fields
        if field.name not in OF_THE_EVENT
    ]
    files = [
        (f"{FILE}{upload.id}", gettext("File {number}").format(number=number))
        for number, upload in enumerate(prepared.files, 1)
    ]
    return [*fields, *files]


def parts_marked(prepared: PreparedDraft) -> list[tuple[str, str, str]]:
    """Return what is marked: the part, what it is called, and who it is about."""
    names = dict(parts_offered(prepared))
    marked = []
    for about in prepared.draft.content.about_others:
        part, _, row = about.part.partition("-")
        words = names.get(part, part)
        if row:
            words = gettext("{label}, row {number}").format(label=words, number=row)
        marked.append((about.part, words, about.third_party))
    return marked


def with_other(content: Content, part: str, words: str) -> Content:
    """Return the content with an answer, a row or a file marked as being about somebody else."""
    before = next((about for about in content.about_others if about.part == part), None)
    names = [*(names_in(before.third_party) if before else ()), words]
    marked = AboutOther(part=part, third_party=", ".join(dict.fromkeys(names)))
    others = tuple(about for about in content.about_others if about.part != part)
    return replace(content, about_others=(*others, marked))
