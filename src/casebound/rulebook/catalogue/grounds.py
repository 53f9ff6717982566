"""What each ground of a restriction asks for, and after how long somebody looks at it again."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from casebound.rulebook.catalogue.marks import Ground, RestrictedFrom

FILE: Final = files("casebound.rulebook.catalogue") / "grounds.toml"

DETAILS: Final = ("reference", "officer", "worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundRule:
    """What a ground asks for.

    Attributes:
        scopes: who can be kept from something by it.
        asks: what has to be said besides a reason: `reference`, `officer`, `worker`.
        longest_days: the longest time until the next review, if the provider has set no other.
        rule: what allows it.
    """

    scopes: frozenset[RestrictedFrom]
    asks: frozenset[str]
    longest_days: int
    rule: str


@cache
def grounds() -> Mapping[Ground, GroundRule]:
    """Return the closed list of grounds, in the order of the screen."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {ground: _rule(tables[ground.value]) for ground in Ground.offered()}


def grounds_for(scope: RestrictedFrom) -> list[tuple[str, str]]:
    """Return the grounds on which something can be restricted so: value and words."""
    return [
        (ground.value, ground.label) for ground, rule in grounds().items() if scope in rule.scopes
    ]


def grounds_asking(detail: str) -> str:
    """Return the values of the grounds that ask for a detail, as a page compares them."""
    return "|".join(ground.value for ground, rule in grounds().items() if detail in rule.asks)


def _rule(table: Mapping[str, object]) -> GroundRule:
    scopes, asks, days = table["scopes"], table.get("asks", []), table["longest_days"]
    if not (isinstance(scopes, list) and isinstance(asks, list) and isinstance(days, int)):
        raise TypeError("a ground of grounds.toml is written wrongly")
    return GroundRule(
        scopes=frozenset(scope for scope in RestrictedFrom.offered() if scope.value in scopes),
        asks=frozenset(asks),
        longest_days=days,
        rule=str(table["rule"]),
    )
