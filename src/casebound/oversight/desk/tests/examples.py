"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from tests.house.addresses import Example, Whose

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "desk:shift": (Example(Whose.ONES_OWN),),
    "desk:nothing": (Example(Whose.ONES_OWN),),
    "desk:desk": (Example(Whose.MANAGERS),),
    "desk:moved_on": (Example(Whose.MANAGERS),),
}
