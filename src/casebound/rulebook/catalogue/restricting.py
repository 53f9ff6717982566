"""A restriction as its author writes it: of a statement, an answer, a file or the whole entry.

Reading it is lenient, as everything of a draft. What is wrong with it is said before signing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self

from casebound.foundation.base.ids import is_id
from casebound.foundation.base.messages import gettext
from casebound.foundation.base.times import date_in_words
from casebound.foundation.proof.canonical import Json
from casebound.rulebook.catalogue.grounds import grounds
from casebound.rulebook.catalogue.marks import Ground, RestrictedFrom
from casebound.rulebook.catalogue.wall_time import WallTimeError, calendar_day

ENTRY: Final = "entry"  # the part that is the whole entry, as a page posts it
TEXTS: Final = ("ground", "reason", "reference", "officer", "worker", "review_on")
LONGEST_PART: Final = 40

# What one restriction lacks: the control in it, the rest of the sentence, the rule.
Gap = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restricting:
    """Why something is restricted, and until when.

    Attributes:
        part: what of the entry; empty for a statement, which carries it itself.
        scope: who does not read it.
        reference: of the police or the court.
        officer: of the police, by name.
        worker: id of the colleague it is about, who never reads it.
        review_on: the day as it was typed.
    """

    part: str = ""
    scope: RestrictedFrom = RestrictedFrom.NOT_SAID
    ground: Ground = Ground.NOT_SAID
    reason: str = ""
    reference: str = ""
    officer: str = ""
    worker: str = ""
    review_on: str = ""

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read what a form sent, or what was sealed; what is no such thing becomes empty."""
        table = value if isinstance(value, Mapping) else {}
        texts = {name: text for name, text in table.items() if isinstance(text, str)}
        worker = texts.get("worker", "")
        return cls(
            part=texts.get("part", "")[:LONGEST_PART],
            scope=_scope(texts.get("scope", "")),
            ground=_ground(texts.get("ground", "")),
            reason=texts.get("reason", ""),
            reference=texts.get("reference", ""),
            officer=texts.get("officer", ""),
            worker=worker if is_id(worker) else "",
            review_on=texts.get("review_on", ""),
        )

    def to_json(self) -> dict[str, Json]:
        """Write it without its empty fields."""
        values = {
            "part": self.part,
            "scope": self.scope.value,
            "ground": self.ground.value,
            "reason": self.reason,
            "reference": self.reference,
            "officer": self.officer,
            "worker": self.worker,
            "review_on": self.review_on,
        }
        return {name: value for name, value in values.items() if value}

    def stripped(self) -> Self:
        """Return it with what its ground asks for and nothing else."""
        rule = grounds().get(self.ground)
        asks = rule.asks if rule else frozenset[str]()
        return replace(
            self,
            reason=self.reason.strip(),
            reference=self.reference.strip() if "reference" in asks else "",
            officer=self.officer.strip() if "officer" in asks else "",
            worker=self.worker if "worker" in asks else "",
            review_on=self.review_on.strip(),
        )

    @property
    def is_blank(self) -> bool:
        """Say whether nothing was chosen or typed."""
        return not any((self.part, self.ground, self.reason, self.reference, self.officer))


def gaps(said: Restricting, today: date, longest: Mapping[str, int], *, kept: str) -> Iterator[Gap]:
    """Yield what a restriction lacks. `longest` has the provider's own longest times, by ground."""
    rule = grounds().get(said.ground)
    if rule is None or said.scope not in rule.scopes:
        words = gettext("is {kept}. Choose the ground for that.")
        yield "ground", words.format(kept=kept), "P37"
    if not said.reason.strip():
        words = gettext("is {kept}. Say why, in your own words.")
        yield "reason", words.format(kept=kept), "P36"
    if rule is not None:
        yield from _details(said, rule.asks)
    days = longest.get(said.ground.value, rule.longest_days if rule else 0)
    yield from _review(said.review_on, today, days, kept)


def _details(said: Restricting, asks: frozenset[str]) -> Iterator[Gap]:
    if "reference" in asks and not said.reference.strip():
        words = gettext(
            "is restricted on this ground. Give the reference of the police or the court."
        )
        yield "reference", words, "P37"
    if "officer" in asks and not said.officer.strip():
        words = gettext("is restricted because the police asked. Name the officer.")
        yield "officer", words, "P37"
    if "worker" in asks and not said.worker:
        words = gettext("is about a colleague. Say who, so that they do not read it.")
        yield "worker", words, "P63"


def _review(review_on: str, today: date, days: int, kept: str) -> Iterator[Gap]:
    if not review_on.strip():
        words = gettext("is {kept}. Say when this will be looked at again.")
        yield "review_on", words.format(kept=kept), "P42"
        return
    try:
        day = calendar_day(review_on)
    except WallTimeError as wrong:
        words = gettext("has a review date that cannot be read: {wrong}.").format(wrong=wrong)
        yield "review_on", words, "P42"
        return
    if day <= today:
        words = gettext("has a review date that is not after today. Give a later one.")
        yield "review_on", words, "P42"
    elif days and (day - today).days > days:
        latest = date_in_words(date.fromordinal(today.toordinal() + days))
        words = gettext("has a review date that is too late. Give one up to {latest}.")
        yield "review_on", words.format(latest=latest), "P42"


def _scope(value: str) -> RestrictedFrom:
    return next(
        (scope for scope in RestrictedFrom.offered() if scope.value == value),
        RestrictedFrom.NOT_SAID,
    )


def _ground(value: str) -> Ground:
    return next((ground for ground in Ground.offered() if ground.value == value), Ground.NOT_SAID)
