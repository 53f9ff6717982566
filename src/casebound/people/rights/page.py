"""The table of rights as a page of the documentation. `tools/rights.py` writes it."""

from collections.abc import Iterable
from typing import Final

from casebound.people.rights.rights import rights
from casebound.people.rights.shape import ALWAYS, Permission, Role, Situation, Works

_LETTERS: Final = {
    Situation.HOME: "H",
    Situation.LIVES_HERE: "L",
    Situation.LIVED_HERE_LAST: "M",
    Situation.LIVED_HERE_BEFORE: "B",
}
_WORKS: Final = {
    Works.HOME: "at a home",
    Works.PROVIDER: "for the whole provider",
    Works.CHILD: "with one child",
}
_HEAD: Final = """# Who may do what

This page is drawn from `src/casebound/people/rights/rights.toml`, the one table of rights. The
product asks it at every request, and tests compare it with what the server answers. Change the
table, then run `.venv/bin/python tools/rights.py`.
"""
_LETTERS_EXPLAINED: Final = """
Everybody else has no right, and is answered as for a page that does not exist. Where a right holds:

- **H** in the book of the home where somebody works, or of the provider's office
- **L** in the book of a child who lives at that home
- **M** in the book of a child who moved on from that home, and lives at no other home here since
- **B** in the book of a child who lived at that home before, and lives or lived at another since
- **yes** always; some of these rights are about no book
"""


def page() -> str:
    """Return the page, in Markdown."""
    table = rights()
    lines = [_HEAD, "## Roles", ""]
    lines += _rows(
        ["role", "works", "appointed by", "writes on"], [_role(role) for role in table.roles]
    )
    lines += ["", "## Rights", _LETTERS_EXPLAINED]
    lines += _rows(
        ["", *(role.words for role in table.roles)],
        [
            [words, *(_cell(role, permission) for role in table.roles)]
            for permission, words in table.permissions.items()
        ],
    )
    lines += ["", "## What holds for every role that writes", ""]
    granted = ", ".join(table.permissions[name].lower() for name in sorted(table.grantable))
    asked, used = _names(table.asked_by_name), _names(table.used_the_measure)
    lines += [
        f"- It writes on a form that asks one person by name: {asked}.",
        f"- It records a measure that the worker used, if the record says so: {used}.",
        "- It puts right an entry on whose form it may write.",
        "",
        "## Grants",
        "",
        "A named person can be granted a right in one book, or in a part of it: one form, one",
        f"register, or some days. It lasts {table.longest_grant_days} days at most, and is sealed",
        "in the book with its reason, and so is its end. What can be granted:",
        f"{granted}.",
        "",
    ]
    return "\n".join(lines)


def _role(role: Role) -> list[str]:
    by_key = {other.key: other.words for other in rights().roles}
    return [
        role.words,
        ", ".join(words for works, words in _WORKS.items() if works in role.works),
        ", ".join(words for key, words in by_key.items() if key in role.appointed_by) or "nobody",
        _forms(role),
    ]


def _forms(role: Role) -> str:
    if Permission.WRITE_ENTRY not in role.may:
        return "nothing"
    return "every form" if role.forms is None else _names(role.forms)


def _cell(role: Role, permission: str) -> str:
    where = role.may.get(permission, frozenset())
    if where == ALWAYS:
        return "yes"
    return " ".join(letter for situation, letter in _LETTERS.items() if situation in where)


def _names(forms: Iterable[str]) -> str:
    return ", ".join(f"`{form}`" for form in sorted(forms))


def _rows(head: list[str], rows: list[list[str]]) -> list[str]:
    return [
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
