"""What was shipped is pinned: the digest of each version of a form and of a clock, in a file.

Entries are pinned to the version of the form they were written on, and done duties to their
clock. Were one changed in place, what was asked of an entry years ago would read otherwise today.
`tools/pin.py` writes the file, and a house test compares.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.clocks import clocks

FILE = files(__package__) / "shipped.toml"


@dataclass(frozen=True, slots=True)
class Shipped:
    """The digests of what was shipped with a release and those before it."""

    release: str
    forms: Mapping[str, str]
    clocks: Mapping[str, str]


def shipped() -> Shipped:
    """Return what the file says."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Shipped(table["release"], table["forms"], table["clocks"])


def present(release: str) -> Shipped:
    """Return the digests as forms and clocks are now."""
    return Shipped(release, catalogue.digests(), clocks.digests())


def changed_in_place(then: Shipped, now: Shipped) -> list[str]:
    """Return a sentence with what to do for each shipped form or clock that is not as it was."""
    return [
        *(_form(name, now) for name, digest in then.forms.items() if _differs(name, digest, now)),
        *(_clock(key) for key, digest in then.clocks.items() if now.clocks.get(key) != digest),
    ]


def _differs(name: str, digest: str, now: Shipped) -> bool:
    return now.forms.get(name) != digest


def _form(name: str, now: Shipped) -> str:
    form = name.rsplit(".", 1)[0]
    version = int(name.rsplit(".", 1)[1])
    newest = max((int(key.rsplit(".", 1)[1]) for key in now.forms if key.startswith(f"{form}.")),
                 default=version)  # fmt: skip
    return (
        f"{name}: this version of the form was shipped, and entries are pinned to it. Put "
        f"{name}.toml (and the fragments it includes) back as it was, and make "
        f"{form}.{newest + 1}.toml with `extends = {newest}` that says only what changed "
        "(docs/changing-something.md)."
    )


def _clock(key: str) -> str:
    clock, version = key.rsplit(".", 1)
    return (
        f"{clock}: this clock was shipped as version {version}, and duties were counted by it. Put "
        f"its row in clocks.toml back as it was, and add a row with the same key, `version = "
        f"{int(version) + 1}` and `holds_from` that says only what changed "
        "(docs/changing-something.md)."
    )


def not_pinned(then: Shipped, now: Shipped) -> list[str]:
    """Return the forms and clocks that were not shipped yet."""
    new = [*(now.forms.keys() - then.forms.keys()), *(now.clocks.keys() - then.clocks.keys())]
    return sorted(new)
