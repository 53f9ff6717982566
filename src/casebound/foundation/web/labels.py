"""What the boxes of a form are called, for a page that lists what somebody typed.

A page that could not keep what was typed shows it under the words of the form, and not under
the names that a program gives its fields. Each room says the labels of its own forms.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

# From the path of the form and the names of its fields to their labels.
Labeller = Callable[[str, Sequence[str]], Mapping[str, str]]
_LABELLERS: Final[list[Labeller]] = []


def label_with(labeller: Labeller) -> None:
    """Ask `labeller` too what fields are called."""
    if labeller not in _LABELLERS:
        _LABELLERS.append(labeller)


def labelled(path: str, typed: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what was typed with its labels. Without a label, only what reads as words is listed.

    So choices, keys and numbers of versions, which nobody typed, are left out.
    """
    names = [name for name, _ in typed]
    labels: dict[str, str] = {}
    for labeller in _LABELLERS:
        labels |= labeller(path, names)
    return [
        (labels.get(name, ""), value)
        for name, value in typed
        if value.strip() and (name in labels or len(value.split()) > 1)
    ]
