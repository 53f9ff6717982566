"""Who can be named in a draft: known people, and how their names are found in words (P39, P40).

Known are the other children of the home, now or earlier; the register of third parties; family,
friends and others that the book names; and who the draft itself names as such. Not the child whose
book it is, nobody who works there, and no professional in their role. Somebody who agreed that the
child reads what is about them is not asked about either.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casebound.foundation.base.folding import fold
from casebound.foundation.base.ids import ChildId
from casebound.people.homes.naming import ChildNames
from casebound.people.homes.other_children import ORDINARY, OtherChild, OtherChildren
from casebound.record.book.names import Named, NameKind
from casebound.record.third_parties.reads import PersonSeen
from casebound.rulebook.catalogue.content import Content, Sharing

PRIVATE: Final = frozenset({NameKind.THIRD_PARTY, NameKind.FAMILY})
# What people are called, and no name: a statement about "Mum" says so itself, unless the register
# says who that is.
TITLES: Final = frozenset(
    {"aunt", "auntie", "dad", "daddy", "dr", "gran", "grandad", "grandma", "granny", "miss", "mr",
     "mrs", "ms", "mum", "mummy", "nan", "nana", "uncle"}
)  # fmt: skip
# Who somebody is to the child if they are a private person; anybody else with a role acts in it.
RELATIONS: Final = frozenset(
    {"aunt", "auntie", "boyfriend", "brother", "carer", "cousin", "dad", "father", "friend",
     "girlfriend", "godfather", "godmother", "gran", "grandad", "grandfather", "grandma",
     "grandmother", "grandparent", "half-brother", "half-sister", "mate", "mother", "mum", "nan",
     "nana", "neighbour", "nephew", "niece", "parent", "partner", "relative", "sibling", "sister",
     "step-brother", "step-dad", "stepdad", "stepfather", "stepmother", "step-mum", "stepmum",
     "step-sister", "uncle"}
)  # fmt: skip
_CLOSE: Final = 5  # letters of a name that is found with one letter wrong
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NEW: Final = re.compile(
    rf"\b(?i:{'|'.join(sorted(RELATIONS, key=len, reverse=True))}),?\s+(?:called\s+)?"
    r"((?:[A-ZÀ-ÖØ-Þ][\w’'-]+)(?:\s+[A-ZÀ-ÖØ-Þ][\w’'-]+)?)"
)

Found = tuple[int, int, frozenset[ChildId]]


def is_private_role(role: str) -> bool:
    """Say whether a role is what somebody is to the child, and no profession."""
    return not RELATIONS.isdisjoint(fold(role).replace(",", " ").split())


@dataclass(frozen=True, slots=True)
class PeopleKnown:
    """The people who are looked for.

    `nobody` has the words of names that nobody is asked about, `registered` the name of each person
    of the register.
    """

    children: OtherChildren
    people: OtherChildren
    nobody: frozenset[str]
    registered: Mapping[ChildId, str]

    def marked_as(self, found: str, meant: frozenset[ChildId]) -> str:
        """Return the words of a mark: the names in the register, or the name as it is written."""
        return (
            ", ".join(self.registered[id_] for id_ in sorted(meant & self.registered.keys()))
            or found
        )

    def find(self, text: str) -> Iterator[tuple[int, int, frozenset[ChildId], bool]]:
        """Yield where somebody is named, who it can be, and whether it is another child."""
        taken: list[tuple[int, int]] = []
        for who, is_child in ((self.children, True), (self.people, False)):
            for start, end, meant in who.find(text):
                taken.append((start, end))
                yield start, end, meant, is_child
        for start, end, meant, is_child in self._close(text):
            if not _overlaps(start, end, taken):
                taken.append((start, end))
                yield start, end, meant, is_child
        for match in _NEW.finditer(text):
            start, end = match.span(1)
            words = match[1].split()
            if not _overlaps(start, end, taken) and not self._is_nobody(words):
                yield start, end, frozenset({ChildId(fold(match[1]))}), False

    def named_in(self, text: str) -> set[ChildId]:
        """Return who a text names."""
        return {person for _, _, meant, _ in self.find(text) for person in meant}

    def _is_nobody(self, words: Sequence[str]) -> bool:
        return not self.nobody.isdisjoint(_bare(word) for word in words)

    def _close(self, text: str) -> Iterator[tuple[int, int, frozenset[ChildId], bool]]:
        """Yield names that are written with one letter wrong."""
        for match in _WORD.finditer(text):
            key = _bare(match[0])
            if len(key) < _CLOSE or not match[0][0].isupper() or key in self.nobody:
                continue
            for who, is_child in ((self.children, True), (self.people, False)):
                meant = {person.id for person in who.others if _is_close(key, person)}
                if meant:
                    yield match.start(), match.start() + len(key), frozenset(meant), is_child
                    break


def _bare(word: str) -> str:
    """Return a word folded, without what makes it possessive."""
    return re.sub(r"['’]s?$", "", fold(word))


def _overlaps(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)


def _is_close(key: str, person: OtherChild) -> bool:
    words = (word for name in person.in_full for word in fold(name).split())
    return any(
        len(word) >= _CLOSE and word[0] == key[0] and word != key and _one_off(word, key)
        for word in words
        if word not in ORDINARY
    )


def _one_off(word: str, other: str) -> bool:
    """Say whether one letter was left out, added, changed, or changed places with the next."""
    short, long = sorted((word, other), key=len)
    if len(long) - len(short) > 1:
        return False
    begin = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), None)
    if begin is None:
        return len(long) != len(short)
    if len(short) != len(long):
        return short[begin:] == long[begin + 1 :]
    swapped = short[:begin] + short[begin : begin + 2][::-1] + short[begin + 2 :]
    return short[begin + 1 :] == long[begin + 1 :] or swapped == long


def people_known(
    others: OtherChildren,
    *,
    register: Sequence[PersonSeen],
    named: Iterable[Named],
    content: Content,
    staff: Iterable[str],
) -> PeopleKnown:
    """Return who is looked for in a draft."""
    in_register = {fold(name) for person in register for name in person.names}
    private = [person for person in register if person.is_private and not person.is_shared]
    loose = [
        name.words
        for name in named
        if (name.kind in PRIVATE or (name.kind is NameKind.PERSON and is_private_role(name.role)))
    ]
    loose += [*_of_draft(content)]
    people = [
        *(_registered(person) for person in private),
        *_people(name for name in dict.fromkeys(loose) if fold(name) not in in_register),
    ]
    working = {word for name in staff for word in fold(name).split()}
    professional = {
        word
        for person in register
        if not person.is_private or person.is_shared
        for name in person.names
        for word in fold(name).split()
    }
    own = {word for name in others.own for word in fold(name).split()}
    return PeopleKnown(
        others,
        OtherChildren(others.own, tuple(people)),
        frozenset(working | professional | own | _NO_NAMES),
        {ChildId(person.id): person.name for person in private},
    )


# Words with a capital that stand behind "friend" or "partner" and name nobody.
_NO_NAMES: Final = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
     "february", "march", "april", "june", "july", "august", "september", "october", "november",
     "december", "christmas", "easter", "he", "she", "they", "i", "the", "we", "it", "who", "when",
     "after", "then", "this", "that", "his", "her", "their", "and", "but", "at", "in", "on"}
)  # fmt: skip


def _of_draft(content: Content) -> Iterator[str]:
    """Yield the names of people that the draft itself says it is about, or who were there."""
    for statement in content.statements:
        if statement.sharing is Sharing.THIRD_PARTY:
            yield from _names(statement.third_party)
    for about in content.about_others:
        yield from _names(about.third_party)
    for person in content.present:
        if not person.child and (not person.role or is_private_role(person.role)):
            yield person.name


def _names(words: str) -> list[str]:
    return [part.strip() for part in words.replace(" and ", ",").split(",") if part.strip()]


def _registered(person: PersonSeen) -> OtherChild:
    """Return somebody of the register: the full name and its words, and the other names whole."""
    words = _name_alone(person.name.split()) or person.name.split()
    full_name = " ".join(words)
    return OtherChild(
        ChildId(person.id), ChildNames(person.id, words[0], full_name), short=person.names
    )


def _people(names: Iterable[str]) -> Iterator[OtherChild]:
    for name in names:
        words = _name_alone(name.split())
        if words:
            full_name = " ".join(words)
            yield OtherChild(ChildId(full_name), ChildNames(full_name, words[0], full_name))


def _name_alone(words: Sequence[str]) -> list[str]:
    """Return the words of a name that name somebody: "Mrs Abara" is "Abara"."""
    return [word for word in words if word[:1].isupper() and fold(word).strip(".") not in TITLES]
