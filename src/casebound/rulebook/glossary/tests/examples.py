"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from casebound.people.rights.shape import Permission
from tests.house.addresses import Example, Need, Whose

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "glossary:words": (Example(Whose.READERS),),
    "glossary:change": (Example(Whose.MANAGERS, needs=(Need(Permission.CHANGE_VOCABULARY),)),),
}
