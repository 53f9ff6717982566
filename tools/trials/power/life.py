"""One life: a person signs, strikes and restricts while the machine fails; then it must finish.

All of a life follows from its number: what is done, what fails and when, and every random byte. So
a life that breaks is lived again with `--life NUMBER`, step by step.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Final

import time_machine
from django.db import DatabaseError

from casebound.foundation.base.ids import BookId, new_id
from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.projecting import actions as projecting
from casebound.ledger.sealing.watched_clock import ClockAheadError
from tools.trials.power import checks, process
from tools.trials.power.answers import Answers, BrokenError
from tools.trials.power.disk import Disk, Faults, Images, Note
from tools.trials.power.house import BEGAN
from tools.trials.power.person import Person
from tools.trials.power.preparing import Machine, repeatable
from tools.trials.power.store.base import DatabaseWrapper

LEAP_DAY: Final = datetime(2028, 2, 29, 23, 59, 30, tzinfo=UTC)
_FOLDED_AFTER: Final = (4000, 40, 12)  # pages of the write-ahead log; the product's comes first
_TRIES: Final = 20  # more than the failures that one thing can meet
_CUTS_WITHIN: Final = (10, 50, 120)  # steps of the disk; an entry takes about 60
_REFUSALS: Final = (DatabaseError, OSError, RefusedError)


class Life:
    """One life on one disk."""

    def __init__(
        self,
        number: int,
        machine: Machine,
        images: Images,
        clock: time_machine.Traveller,
        *,
        lies: bool = False,
        note: Note | None = None,
    ) -> None:
        """Begin with a new installation. With `lies` the disk says it synced, and did not."""
        self._random = Random(number)  # noqa: S311 (to be repeated, not to be secret)
        self.disk = Disk(images, self._random, note=note)
        self.answers = Answers()
        self.cuts = 0
        self.refusals = 0
        self._note = note or (lambda _: None)
        self._machine, self._clock = machine, clock
        self._now = self._right = BEGAN
        self._person = Person(self._random, self.answers)
        self._lies = lies

    def live(self) -> None:
        """Live to the end.

        Raises:
            BrokenError: something that must always hold does not.
        """
        self._machine.start(self.disk)
        folded = f"PRAGMA wal_autocheckpoint={self._random.choice(_FOLDED_AFTER)}"
        DatabaseWrapper.more = {"default": (folded,), "derived": (folded,)}
        self._clock.move_to(self._now, tick=False)
        with repeatable(self._random):
            try:
                self._let_it_fail()
                self._until_done("open a book", self._opens_a_book())
                for _ in range(self._random.randint(1, 3)):
                    self._move_clock()
                    self._let_it_fail()
                    self._do_something()
                self._end()
            finally:
                self.disk.is_on = False
                process.forget()

    def _do_something(self) -> None:
        """Do what the person does next."""
        drawn = self._random.random()
        if drawn < 0.1:  # noqa: PLR2004 (shares of what people do)
            self._until_done("open a book", self._opens_a_book())
        elif drawn < 0.2:  # noqa: PLR2004
            self._until_done("rebuild", projecting.rebuild)
        elif drawn < 0.28:  # noqa: PLR2004
            self._until_done("stop and start", self._stop_and_start)
        else:
            signed = self._person.writes(self._now)
            self._until_done("begin a draft", partial(self._person.begin_draft, signed))
            self._until_done(f"seal {signed.new.entry_id[:6]}", partial(self._person.seal, signed))

    def _opens_a_book(self) -> Callable[[], None]:
        return partial(self._person.open_book, BookId(new_id()))

    def _stop_and_start(self) -> None:
        process.stop()
        self._start()

    def _start(self) -> None:
        checks.at_start(self.answers)
        process.start()

    def _until_done(self, words: str, action: Callable[[], object]) -> None:
        """Do something until it is answered, as a person does who taps again."""
        for _ in range(_TRIES):
            self._note(f"{words} at {self._now:%Y-%m-%d %H:%M:%S}")
            try:
                action()
            except BaseException as refused:
                if not self.disk.is_on:  # whatever became of that on its way here
                    self._lose_power()
                    continue
                if not self._is_put_right(refused):
                    raise
                self._note(f"  refused: {type(refused).__name__}: {refused}")
                self.refusals += 1
            else:
                self._note("  done")
                self._right = self._now
                return
        raise BrokenError(f"{words} was tried {_TRIES} times and never done")

    def _is_put_right(self, refused: BaseException) -> bool:
        """Do what a refusal asks for, if it is about the room or the clock."""
        if isinstance(refused, ClockAheadError):
            self._now = self._right  # somebody sets the clock right
            self._clock.move_to(self._now, tick=False)
            return True
        if self.disk.faults.room is None or not isinstance(refused, _REFUSALS):
            return False
        self.disk.faults.room = None  # somebody makes room
        return True

    def _lose_power(self) -> None:
        """Lose the power, and start again until a start gets through."""
        while True:
            self.cuts += 1
            process.forget()  # before the power is back, or closing would still change files
            self.disk.faults.room = None
            self.disk.cut()
            self._machine.start(self.disk)
            try:
                self._start()
            except BaseException:
                if self.disk.is_on:
                    raise
            else:
                return

    def _let_it_fail(self) -> None:
        """Draw what goes wrong from here on."""
        faults = self.disk.faults
        if self._random.random() < 0.7:  # noqa: PLR2004 (shares of what goes wrong)
            faults.cut_in = self._random.randint(1, self._random.choice(_CUTS_WITHIN))
        if self._random.random() < 0.1:  # noqa: PLR2004
            faults.room = self._random.randint(0, 80_000)
        if self._lies and self._random.random() < 0.5:  # noqa: PLR2004
            faults.lies = True

    def _move_clock(self) -> None:
        """Let hours pass; now and then the clock leaps."""
        drawn = self._random.random()
        if drawn < 0.03:  # noqa: PLR2004 (shares of what clocks do)
            self._now -= timedelta(hours=1)
        elif drawn < 0.05:  # noqa: PLR2004
            self._now = LEAP_DAY
        elif drawn < 0.06:  # noqa: PLR2004
            self._now += timedelta(days=75 * 365.25)
        else:
            self._now += timedelta(minutes=self._random.randint(0, 600))
        self._clock.move_to(self._now, tick=False)

    def _end(self) -> None:
        """Switch all faults off. Now everything that was signed must be done."""
        self.disk.faults = Faults()
        last = self._person.writes_the_last(self._now)
        self._until_done("begin a draft", partial(self._person.begin_draft, last))
        self._until_done("seal the last", partial(self._person.seal, last))
        checks.at_the_end(self.answers)
        if self._random.random() < 0.2:  # noqa: PLR2004 (what costs most, in every fifth life)
            process.stop()
            self._start()
            checks.rebuilt(self.answers)
