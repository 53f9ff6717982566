"""Counting tries, so that nobody can guess a password quickly, in however many windows.

A try takes one of a few places before the password is looked at, and gives it back if it was
right: so a hundred guesses at the same moment are no more than five. Places are entries of the
cache in the database, where taking one is a single insertion that only one can win.
"""

from dataclasses import dataclass
from typing import Final

from django.core.cache import cache

PLACES: Final = 5
FOR_SECONDS: Final = 5 * 60


@dataclass(frozen=True, slots=True)
class Try:
    """One try: `place` is the key it holds, empty if there was none left."""

    place: str

    @property
    def allowed(self) -> bool:
        """Whether the password may be looked at."""
        return bool(self.place)

    def give_back(self) -> None:
        """Do not count it: it was right."""
        cache.delete(self.place)


def take_try(account: str) -> Try:
    """Take a try of this account. It counts for five minutes unless it is given back."""
    for number in range(PLACES):
        place = f"proving:{account}:{number}"
        if cache.add(place, 1, timeout=FOR_SECONDS):
            return Try(place)
    return Try("")
