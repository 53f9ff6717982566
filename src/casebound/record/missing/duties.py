"""What the room itself opens: what a log says is due next, and the meeting after several times."""

from typing import Final

from casebound.rulebook.clocks.clocks import clock, clocks

NEXT: Final = clock("missing/next")
STRATEGY: Final = clock("missing/strategy")
ROOM: Final = "missing/"  # the keys of all clocks about a missing child begin so
ORDER: Final = {clock.key: number for number, clock in enumerate(clocks())}
