"""Opening a home, and the provider's office."""

from datetime import datetime

from casebound.foundation.base.ids import HomeId, WorkerId
from casebound.ledger.sealing.actions import open_book
from casebound.ledger.sealing.once import Once
from casebound.people.accounts.rules import clean_full_name
from casebound.people.homes import reads
from casebound.people.homes.actions.sealing import seal_fact
from casebound.people.homes.entries import HomeOpened
from casebound.people.homes.refusals import (
    HomeNameTakenError,
    NoAddressError,
    NoNameError,
    SecondOfficeError,
)
from casebound.people.homes.rules import is_same_name

LONGEST_NAME = 120
LONGEST_ADDRESS = 300


def open_home(
    *,
    name: str,
    address: str,
    is_office: bool = False,
    secure: bool = False,
    by: WorkerId,
    at: datetime,
    auth: str = "password",
    key: str = "",
) -> HomeId:
    """Open a home, or the provider's office, and its book; `secure`: a secure children's home.

    Raises:
        NoNameError: the name is empty or too long.
        NoAddressError: the address of a home is empty, or it is too long.
        HomeNameTakenError: another home has this name (capital letters do not count).
        SecondOfficeError: the provider has an office already.
    """
    name, address = clean_full_name(name), clean_full_name(address)
    if not 0 < len(name) <= LONGEST_NAME:
        raise NoNameError
    if len(address) > LONGEST_ADDRESS or not (address or is_office):
        raise NoAddressError
    once = Once.of(key, by)
    home = HomeId(once.id_of("home"))
    fact = HomeOpened(
        home_id=home,
        name=name,
        address=address,
        is_office=is_office,
        secure=True if secure else None,
    )
    if once.sealed(fact.parts()):
        return home
    homes = reads.homes()
    if any(is_same_name(home.name, name) for home in homes):
        raise HomeNameTakenError
    if is_office and any(home.is_office for home in homes):
        raise SecondOfficeError
    seal_fact(fact=fact, book=open_book(), once=once, at=at, auth=auth)
    return home
