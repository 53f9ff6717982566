"""How long something may stay restricted until somebody looks at it again, by ground, in words."""

from casebound.record.restricting.reads import own_intervals
from casebound.record.restricting.rules import longest_days
from casebound.rulebook.catalogue.marks import Ground


def longest_of_each() -> list[tuple[str, str, int]]:
    """Return each ground: its key, in words, and how many days it allows at most. 1 query."""
    own = own_intervals()
    return [
        (ground.value, ground.label, longest_days(ground.value, own)) for ground in Ground.offered()
    ]
