"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from tests.house.addresses import Example, Whose

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "help:contents": (Example(Whose.ANYBODYS),),
    "help:about": (Example(Whose.ANYBODYS, lambda _: {"name": "drafting:write"}),),
    "help:page": (Example(Whose.ANYBODYS, lambda _: {"page": "start"}),),
    "help:picture": (Example(Whose.ANYBODYS, lambda _: {"picture": "shift-360"}),),
}
