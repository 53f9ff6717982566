"""What a child must not have, and where a medicine is that, or close to it.

It alerts only. Nothing here says that a medicine is safe.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from casebound.record.medicines.allergens import AllergenGroup, groups, names, words_of
from casebound.record.medicines.form_names import ALLERGY, ALLERGY_CHANGE, HEALTH
from casebound.record.medicines.values import Said

SHORTEST: Final = 5  # letters of a word that is compared by itself
# Words of labels that say nothing of what is in it.
_OF_LABELS: Final = frozenset(
    {
        "allergy", "allergic", "tablet", "tablets", "capsule", "capsules", "liquid", "suspension",
        "solution", "cream", "ointment", "spray", "drops", "inhaler", "powder", "sachet", "sugar",
        "known", "intolerance", "reaction", "years", "under", "after", "before", "medicine",
        "medicines", "mouth", "twice", "daily", "needed", "strength", "patch", "other", "which",
        "their", "there", "never", "swelling", "tongue", "hives", "sodium", "hydrochloride",
    }
)  # fmt: skip


class Closeness(IntEnum):
    """How close a medicine is to what a child must not have."""

    SAME = 3  # it is named, or has another name of it
    GROUP = 2  # it is of the same group
    CAUTION = 1  # of a group in which a reaction is possible too


@dataclass(frozen=True, slots=True, kw_only=True)
class Allergy:
    """What a child must not have, as the newest entry says it.

    `in_words`: it stands in the profile in free words, which may name several things, or none.
    """

    said: Said
    substance: str
    in_words: bool = False

    @property
    def is_intolerance(self) -> bool:
        """Whether it does not agree with them, and is no allergy."""
        return self.said.text("kind") == "intolerance"


@dataclass(frozen=True, slots=True)
class Alert:
    """A medicine that is close to what a child must not have, and by which group."""

    allergy: Allergy
    closeness: Closeness
    group: str = ""


def allergies_in(entries: Iterable[Said]) -> list[Allergy]:
    """Return what a child must not have, as far as it still stands, in the order of its entries."""
    newest: dict[int, Said] = {}
    profile: Said | None = None
    for said in sorted(entries, key=lambda said: said.leaf):
        if said.form in {ALLERGY, ALLERGY_CHANGE} and said.root is not None:
            newest[said.root] = said
        elif said.form == HEALTH and (profile is None or said.at >= profile.at):
            profile = said
    found = [
        Allergy(said=said, substance=said.text("substance"))
        for said in newest.values()
        if said.answers.get("stands") is not False
    ]
    if profile is not None and says_something(profile.text("allergies")):
        found.append(Allergy(said=profile, substance=profile.text("allergies"), in_words=True))
    return found


def says_something(words: str) -> bool:
    """Say whether free words about allergies name any: `none known` does not."""
    plain = [word for word in words_of(words) if word not in {"known", "no", "allergies"}]
    return bool(plain) and plain not in (["none"], ["nil"])


def alerts(medicine: str, allergies: Sequence[Allergy]) -> list[Alert]:
    """Return which allergies a medicine is close to, closest first; free text on both sides."""
    found = [alert for allergy in allergies if (alert := _alert(medicine, allergy))]
    return sorted(found, key=lambda alert: -alert.closeness)


def _alert(medicine: str, allergy: Allergy) -> Alert | None:
    if _shares_a_word(medicine, allergy.substance):
        return Alert(allergy, Closeness.SAME)
    return max(_by_groups(medicine, allergy), key=lambda alert: alert.closeness, default=None)


def _shares_a_word(medicine: str, substance: str) -> bool:
    return any(
        names(substance, word)
        for word in words_of(medicine)
        if len(word) >= SHORTEST and word not in _OF_LABELS and not word[0].isdigit()
    )


def _by_groups(medicine: str, allergy: Allergy) -> Iterator[Alert]:
    for group in groups().values():
        same = [member for member in group.members if _names_any(allergy.substance, member)]
        if not same and not _names_any(allergy.substance, group.called):
            continue
        if any(_names_any(medicine, member) for member in same):
            yield Alert(allergy, Closeness.SAME)
        if _is_in(medicine, group):
            yield Alert(allergy, Closeness.GROUP, group.name)
        for close in group.caution:
            if _is_in(medicine, groups()[close]):
                yield Alert(allergy, Closeness.CAUTION, close)


def _is_in(medicine: str, group: AllergenGroup) -> bool:
    return _names_any(medicine, group.called) or any(
        _names_any(medicine, member) for member in group.members
    )


def _names_any(text: str, terms: Iterable[str]) -> bool:
    return any(names(text, term) for term in terms)
