"""The question of which children live or lived at the homes of a child."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from casebound.foundation.base.ids import ChildId, HomeId
from casebound.foundation.web.queries import rows_of
from casebound.people.homes.naming import ChildNames
from casebound.people.homes.other_children import OtherChild, OtherChildren

_WITH_OTHERS: Final = """
SELECT DISTINCT mine.child_id, c.id, c.called, c.full_name, c.short_name, c.wide_name,
    c.earlier_names
FROM homes_placement mine
JOIN homes_placement theirs ON theirs.home_id = mine.home_id
JOIN homes_child c ON c.id = theirs.child_id
WHERE mine.child_id IN ({})
"""


_OF_HOME: Final = """
SELECT * FROM (
    SELECT c.id, c.called, c.full_name, c.short_name, c.wide_name, c.earlier_names,
        MIN(CASE WHEN p.home_id = %s THEN p.from_at END) AS came_at
    FROM homes_child c JOIN homes_placement p ON p.child_id = c.id
    GROUP BY c.id, c.called, c.full_name, c.short_name, c.wide_name, c.earlier_names
) children
ORDER BY CASE WHEN came_at IS NULL THEN 1 ELSE 0 END, came_at, id
"""


def children_of_home(home: HomeId) -> OtherChildren:
    """Return every child of the provider; those who ever lived at a home in order, numbered.

    1 query. For somebody who reads the home's book and is not told who the children are: a child
    of another home can be named there too.
    """
    rows = rows_of("derived", _OF_HOME, [home])
    others = tuple(
        replace(_names_now(row[:-1]), number=number if row[-1] is not None else 0)
        for number, row in enumerate(rows, 1)
    )
    return OtherChildren((), others, of_home=True)


def other_children(child: ChildId) -> OtherChildren:
    """Return the children who live or lived at a home where this child does or did. 1 query."""
    return other_children_of([child])[child]


def other_children_of(children: Iterable[ChildId]) -> dict[ChildId, OtherChildren]:
    """Return the same for several children. 1 query, none for nobody."""
    wanted = list(children)
    if not wanted:
        return {}
    marks = ", ".join(["%s"] * len(wanted))
    rows = rows_of("derived", _WITH_OTHERS.format(marks), wanted)
    named = {row[1]: _names_now(row[1:]) for row in rows}
    near: dict[ChildId, list[OtherChild]] = {child: [] for child in wanted}
    for child, id_ in sorted({(row[0], row[1]) for row in rows}):
        if id_ != child:
            near[child].append(named[id_])
    return {
        child: OtherChildren(
            tuple(dict.fromkeys(named[child].in_full)) if child in named else (), tuple(others)
        )
        for child, others in near.items()
    }


def _names_now(row: tuple[str, ...]) -> OtherChild:
    child, called, full_name, short_name, wide_name, earlier = row
    return OtherChild(
        ChildId(child),
        ChildNames(child, called, full_name),
        tuple(dict.fromkeys((short_name, wide_name))),
        tuple(filter(None, earlier.split("\n"))),
    )
