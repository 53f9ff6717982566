"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping
from typing import Any

from tests.house.addresses import Example, Scene, Whose


def _sealed_file(scene: Scene) -> Mapping[str, Any]:
    sealed = scene.made_up.sign(scene.draft_with_file())
    number = sealed.numbers[scene.made_up.jay.book]
    return {"book": scene.made_up.jay.book, "number": number, "place": 1, "which": "original"}


EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "attachments:file": (Example(Whose.BOOKS, _sealed_file),),
}
