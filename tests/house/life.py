"""A made-up life that reaches every table: what `MadeUp.mixed_life` writes, and what rooms add.

A room whose rows follow from a kind of its own writes one such entry in `LIFE`, a function of its
`tests/examples.py`.
"""

from importlib import import_module
from importlib.util import find_spec

from casebound.config.rooms import ROOMS
from tests.made_up import MadeUp


def whole_life(made_up: MadeUp) -> None:
    """Write a little of everything there is to write in any room."""
    made_up.mixed_life()
    for room in ROOMS:
        if find_spec(f"{room}.tests") and find_spec(f"{room}.tests.examples"):
            write = getattr(import_module(f"{room}.tests.examples"), "LIFE", None)
            if write is not None:
                write(made_up)
