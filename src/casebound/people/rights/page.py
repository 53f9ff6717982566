"""The table of rights as a page of the documentation. `tools/rights.py` writes it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from casebound.people.rights.rights import rights
from casebound.people.rights.shape import (
    ALWAYS,
    IN_HOURS,
    Permission,
    ReadsAs,
    Role,
    Situation,
    Works,
)

_LETTERS: Final = {
    Situation.HOME: "H",
    Situation.LIVES_HERE: "L",
    Situation.LIVED_HERE_LAST: "M",
    Situation.LIVED_HERE_BEFORE: "B",
}
_WORKS: Final = {
    Works.HOME: "at a home",
    Works.PROVIDER: "for the whole provider",
    Works.CHILD: "with one child of the home",
    Works.ONE_CHILD: "for one child alone",
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
- **in part** some of its entries alone, or of their words, as the table of roles says
- **(L)** and **(M)** only while the child and the placing authority consent
"""


def page() -> str:
    """Return the page, in Markdown."""
    table = rights()
    lines = [_HEAD, "## Roles", ""]
    lines += _rows(
        ["role", "works", "appointed by", "for how long", "writes on", "reads"],
        [_role(role) for role in table.roles],
    )
    lines += _for_a_time()
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
        "register, some days, or one entry. It is sealed in the book with its reason, and so is",
        f"its end. It lasts {table.longest_grant_days} days at most. What can be granted:",
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
        _how_long(role),
        _forms(role),
        _reads(role),
    ]


def _how_long(role: Role) -> str:
    if role.longest is None:
        return "until it is ended"
    longest = f"{_span(role.longest)} at most"
    return f"{longest}, {_span(role.after_end)} more to finish" if role.after_end else longest


def _span(span: timedelta) -> str:
    hours = int(span / timedelta(hours=1))
    return f"{hours} hours" if span < IN_HOURS or span % timedelta(days=1) else f"{span.days} days"


def _reads(role: Role) -> str:
    if Permission.READ_BOOK not in role.may:
        return "nothing"
    what = "every form" if role.reads is None else _names(role.reads)
    if role.reads_as is ReadsAs.CHILD:
        what = "what the child may read"
    return what if role.names_children else f"{what}; children without their names"


def _for_a_time() -> list[str]:
    visitors = ", ".join(role.words for role in rights().roles if role.is_visitor)
    return [
        "",
        f"Visitors, who do not work here: {visitors}. An appointment that lasts a time at most has",
        "its end from the beginning, and a reason; it can be ended before. Then nothing is left of",
        "it but the time to finish and sign what was begun.",
    ]


def _forms(role: Role) -> str:
    if Permission.WRITE_ENTRY not in role.may:
        return "nothing"
    return "every form" if role.forms is None else _names(role.forms)


def _cell(role: Role, permission: str) -> str:
    where = role.may.get(permission, frozenset())
    consented = role.with_consent.get(permission, frozenset()) - where
    letters = [letter for situation, letter in _LETTERS.items() if situation in where]
    letters += [f"({letter})" for situation, letter in _LETTERS.items() if situation in consented]
    words = "yes" if where == ALWAYS else " ".join(letters)
    if permission == Permission.READ_BOOK and role.reads_in_part:
        return f"{words}, in part"
    return words


def _names(forms: Iterable[str]) -> str:
    return ", ".join(f"`{form}`" for form in sorted(forms))


def _rows(head: list[str], rows: list[list[str]]) -> list[str]:
    return [
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
