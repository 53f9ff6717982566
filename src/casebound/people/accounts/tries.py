"""Counting tries, so that nobody can guess a password quickly, even from many windows.

A try takes one of five places before the password is checked, and gives it back if the password was
right. So a hundred guesses at the same moment count as five at most. A place is an entry of the
cache in the database. Taking a place is one insertion, which only one request can win.
"""

from dataclasses import dataclass
from typing import Final

from django.core.cache import cache

PLACES: Final = 5
FOR_SECONDS: Final = 5 * 60


@dataclass(frozen=True, slots=True)
class Try:
    """One try. `place` is the key of its place, empty if none was left."""

    place: str

    @property
    def allowed(self) -> bool:
        """Whether the password may be checked."""
        return bool(self.place)

    def give_back(self) -> None:
        """Stop counting this try, because the password was right."""
        cache.delete(self.place)


def take_try(account: str) -> Try:
    """Take a try of this account. It counts for five minutes unless it is given back."""
    for number in range(PLACES):
        place = f"proving:{account}:{number}"
        if cache.add(place, 1, timeout=FOR_SECONDS):
            return Try(place)
    return Try("")
