"""Names that a worker is likely to write in a draft: of colleagues, children, people of the child.

The list is made for one worker and one book, and is sent in the answer to a POST, so that it stands
in no address and in no cache. Each name carries the letters that it is found by, folded by the
product, so that "mich" finds "Michał".
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.folding import fold
from casebound.people.homes.other_children import ORDINARY
from casebound.people.rights.shape import Permission
from casebound.record.book.names import NameKind, names_of
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.third_parties.reads import PersonSeen

AT_MOST: Final = 200
WORKER, CHILD, OWN = "worker", "child", "own"
_WHAT: Final = {
    NameKind.PLACE: gettext_noop("place"),
    NameKind.MEDICINE: gettext_noop("medicine"),
    NameKind.ACTION: gettext_noop("done before"),
}
# Where letters stand that a browser does not take apart as the product does.
_BLOCKS: Final = ((0xC0, 0x2AF), (0x370, 0x52F), (0x5D0, 0x5EA), (0x621, 0x6D5), (0x1E00, 0x1EFF))


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name, what it is, and the folded letters that find it: joined and in parts.

    `kind` is a `NameKind`, or `worker`, `child`, or `own` for the child whose book it is. `also`
    are other names that a child is noticed by, once they are typed. A name that is an `ordinary`
    word too is noticed with a capital letter only.
    """

    words: str
    what: str
    kind: str
    keys: Sequence[str]
    also: Sequence[str] = ()
    ordinary: bool = False


def known_names(prepared: PreparedDraft) -> list[KnownName]:
    """Return the names to offer in a draft, at most 200. 8 or 9 queries.

    A worker who may only finish what they had begun is offered none.
    """
    if not prepared.book.may(Permission.READ_BOOK):
        return []
    names: dict[tuple[str, str], KnownName] = {}
    people: set[str] = set()
    also = _noticed_by(prepared)
    for words, what, kind in _all(prepared):
        key = fold(words)
        is_person = kind not in _WHAT
        if is_person and key in people:
            continue  # a colleague who was there is offered once, as a colleague
        if is_person:
            people.add(key)
        names.setdefault((kind, key), _known_name(words, what, kind, also))
    return list(names.values())[:AT_MOST]


def _all(prepared: PreparedDraft) -> Iterator[tuple[str, str, str]]:
    for worker, colleague in prepared.home.workers.items():
        if worker != prepared.book.worker:
            yield colleague.name, colleague.role, WORKER
    for child in prepared.children_here:
        is_own = prepared.book.child is None or child.id == prepared.book.child
        yield child.short_name, gettext("lives here"), OWN if is_own else CHILD
    for person in prepared.people:
        kind = NameKind.THIRD_PARTY if _is_kept_apart(person) else NameKind.PERSON
        for words in person.names:
            yield words, person.relation, kind.value
    for name in names_of(prepared.book.id):
        what = gettext(_WHAT[name.kind]) if name.kind in _WHAT else name.role
        yield name.words, what, name.kind.value


def _is_kept_apart(person: PersonSeen) -> bool:
    """Say whether words about somebody are marked as they are picked: not of a professional."""
    return person.is_private and not person.is_shared


def _noticed_by(prepared: PreparedDraft) -> Mapping[str, Sequence[str]]:
    """Return the other names of each child, by the name they are offered by."""
    own = prepared.book.child
    return {
        child.short_name: [child.called, child.full_name, *child.full_name.split()[1:]]
        for child in prepared.children_here
        if child.id != own
    }


def _known_name(words: str, what: str, kind: str, also: Mapping[str, Sequence[str]]) -> KnownName:
    noticed = also.get(words, ()) if kind == CHILD else ()
    keys = [keys_of(name)[0] for name in noticed if fold(name) not in ORDINARY]
    return KnownName(
        words, what, kind, keys_of(words), list(dict.fromkeys(keys)), fold(words) in ORDINARY
    )


def keys_of(words: str) -> Sequence[str]:
    """Return the folded letters of a name: without its signs, and parted at each sign."""
    folded = fold(words)
    joined = "".join(letter for letter in folded if _is_letter(letter) or letter == " ")
    parted = "".join(letter if _is_letter(letter) else " " for letter in folded)
    return list(dict.fromkeys([" ".join(joined.split()), " ".join(parted.split())]))


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in {"L", "M", "N"}


@cache
def letters() -> Mapping[str, str]:
    """Return the letters that a browser folds differently, each with what it is folded to."""
    return {
        chr(code): fold(chr(code))
        for first, last in _BLOCKS
        for code in range(first, last + 1)
        if unicodedata.category(chr(code))[0] == "L" and fold(chr(code)) != _plain(chr(code))
    }


def _plain(character: str) -> str:
    """Fold a letter as the script of the page does by itself."""
    apart = unicodedata.normalize("NFKD", character.lower())
    bare = "".join(letter for letter in apart if unicodedata.category(letter)[0] != "M")
    return unicodedata.normalize("NFC", bare)
