"""How long events are kept, how many of one kind in an hour, and what a browser is called."""

from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from ipaddress import ip_address
from typing import Final

# A year of events covers the inspection of a year and both reviews of it (reg 45), and a month.
KEPT: Final = timedelta(days=397)
# A guesser can try 60 times a minute from one address. More rows in an hour tell no more.
AT_MOST: Final = 30
IN: Final = timedelta(hours=1)

_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


class Network(StrEnum):
    """The kind of network that an address is of. The values are kept, so they never change."""

    UNKNOWN = ""
    OWN = "own"  # an address that only a home's or an office's own network gives
    OUTSIDE = "outside"


def network_of(address: str) -> Network:
    """Return the kind of network that an address is of."""
    try:
        is_own = ip_address(address).is_private
    except ValueError:
        return Network.UNKNOWN
    return Network.OWN if is_own else Network.OUTSIDE


def browser_words(user_agent: str) -> str:
    """Return the browser and the system as people say it: `Chrome, Windows`. Empty if unknown."""
    browser = next((words for mark, words in _BROWSERS if mark in user_agent), "")
    system = next((words for mark, words in _SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)


def device_id(token: str, worker: str) -> str:
    """Return the id of a browser for one person: it is another for each who shares the browser."""
    return sha256(f"casebound device\0{worker}\0{token}".encode()).hexdigest()[:32]
