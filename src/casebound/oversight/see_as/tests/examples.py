"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from tests.house.addresses import Example, Whose

EXAMPLES: Mapping[str, tuple[Example, ...]] = {"see_as:see_as": (Example(Whose.MANAGERS),)}
