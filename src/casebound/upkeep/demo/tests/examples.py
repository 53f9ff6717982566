"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from tests.house.addresses import Example, Whose

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "demo:door": (Example(Whose.NOBODYS),),
    "demo:step_in": (Example(Whose.NOBODYS, lambda scene: {"worker": scene.made_up.sam.id}),),
}
