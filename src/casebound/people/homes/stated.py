"""What somebody states of a child's name and birth: cleaned, and refused where it cannot be so."""

from datetime import date

from casebound.people.accounts.rules import clean_full_name
from casebound.people.homes.births import Birth, BirthKnown, is_birth_date
from casebound.people.homes.naming import goes_by
from casebound.people.homes.refusals import (
    BirthNotKnownError,
    NameTooLongError,
    NoBasisError,
    NoBirthDateError,
    NoFullNameError,
    NoSourceOfBirthError,
    PronounsTooLongError,
    UnlikelyBirthError,
)

LONGEST_NAME = 120
LONGEST_CALLED = 60
LONGEST_PRONOUNS = 40
LONGEST_BASIS = 500


def checked_names(full_name: str, called: str, pronouns: str) -> tuple[str, str, str]:
    """Return the full name, the name a child goes by and the pronouns, cleaned.

    Raises:
        NoFullNameError: the name is empty or too long.
        NameTooLongError: the name the child goes by is too long.
        PronounsTooLongError: they are too long.
    """
    full_name, pronouns = clean_full_name(full_name), clean_full_name(pronouns)
    called = goes_by(clean_full_name(called), full_name)
    if not 0 < len(full_name) <= LONGEST_NAME:
        raise NoFullNameError
    if len(called) > LONGEST_CALLED:
        raise NameTooLongError
    if len(pronouns) > LONGEST_PRONOUNS:
        raise PronounsTooLongError
    return full_name, called, pronouns


def checked_birth(
    birth: BirthKnown, born_on: date | None, by: str, basis: str, *, on: date
) -> Birth:
    """Return what is stated of a birth, stripped. `on` is the day on which the child came.

    Raises:
        BirthRefusedError: the date does not fit to how sure it is, or the child would not be 0 to
            25 years old.
        NoBasisError: it does not say what this rests on.
    """
    if not birth.has_date:
        if born_on is not None:
            raise BirthNotKnownError
    elif born_on is None:
        raise NoBirthDateError
    elif not is_birth_date(born_on, admitted_on=on):
        raise UnlikelyBirthError
    by, basis = clean_full_name(by), basis.strip()
    if not birth.needs_source:
        by = ""
    elif not 0 < len(by) <= LONGEST_NAME:
        raise NoSourceOfBirthError
    if (birth.needs_source and not basis) or len(basis) > LONGEST_BASIS:
        raise NoBasisError
    return Birth(birth, born_on, by, basis)
