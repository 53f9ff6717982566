"""How this room's events read as a line of the office's book."""

from collections.abc import Mapping

from django.utils.translation import gettext

from casebound.foundation.base.times import in_words, instant
from casebound.ledger.projecting.titles import EventWords, Title
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.staff.entries import (
    AccountClosed,
    AccountEnds,
    AccountOpened,
    AccountRenamed,
    AccountReopened,
    LinkGiven,
    LinkTakenBack,
    SignOnSet,
)


def _opened(event: AccountOpened, entry: ReadEntry) -> EventWords:
    words = gettext("{full_name} has an account, with the user name {username}.")
    if event.there_before:
        words = gettext(
            "{full_name} had an account, with the user name {username}, before this book told of"
            " accounts."
        )
    if event.closed_at:
        words = gettext(
            "{full_name} had an account, with the user name {username}, before this book told of"
            " accounts. It is closed."
        )
    words = words.format(full_name=event.full_name, username=event.username)
    return EventWords(gettext("Account opened"), entry.signed_at, words)


def _renamed(event: AccountRenamed, entry: ReadEntry) -> EventWords:
    words = gettext("{before} is now called {full_name}, and signs with this name.")
    return EventWords(
        gettext("Name of an account"),
        entry.signed_at,
        words.format(before=event.name_before, full_name=event.full_name),
    )


def _link_given(event: LinkGiven, entry: ReadEntry) -> EventWords:
    words = gettext("{full_name} was given a link to set a password.")
    if event.factors_reset:
        words = gettext(
            "{full_name} was given a link to set a password. Their second factors were taken off."
        )
    return EventWords(
        gettext("Set-up link given"), entry.signed_at, words.format(full_name=event.full_name)
    )


def _closed(event: AccountClosed, entry: ReadEntry) -> EventWords:
    words = gettext("{full_name} can no longer sign in.").format(full_name=event.full_name)
    return EventWords(gettext("Account closed"), entry.signed_at, words)


def _reopened(event: AccountReopened, entry: ReadEntry) -> EventWords:
    words = gettext("{full_name} can sign in again.").format(full_name=event.full_name)
    return EventWords(gettext("Account opened again"), entry.signed_at, words)


def _ends(event: AccountEnds, entry: ReadEntry) -> EventWords:
    if event.ends_at is None:
        words = gettext("{full_name}’s account no longer ends by itself.")
        return EventWords(
            gettext("End of an account"),
            entry.signed_at,
            words.format(full_name=event.full_name),
        )
    words = gettext("{full_name} can sign in until {until}, and not after that.")
    return EventWords(
        gettext("End of an account"),
        entry.signed_at,
        words.format(full_name=event.full_name, until=in_words(instant(event.ends_at))),
    )


def _link_taken_back(event: LinkTakenBack, entry: ReadEntry) -> EventWords:
    words = gettext("The set-up link of {full_name} does not work any more.")
    return EventWords(
        gettext("Set-up link taken back"),
        entry.signed_at,
        words.format(full_name=event.full_name),
    )


def _sign_on_set(event: SignOnSet, entry: ReadEntry) -> EventWords:
    words = gettext("{full_name} no longer signs in by single sign-on.")
    if event.known_as:
        words = gettext("{full_name} signs in by single sign-on as {known_as}.")
    return EventWords(
        gettext("Single sign-on"),
        entry.signed_at,
        words.format(full_name=event.full_name, known_as=event.known_as),
    )


TITLES: Mapping[str, Title] = {
    AccountOpened.kind: _opened,
    AccountRenamed.kind: _renamed,
    LinkGiven.kind: _link_given,
    AccountClosed.kind: _closed,
    AccountReopened.kind: _reopened,
    AccountEnds.kind: _ends,
    LinkTakenBack.kind: _link_taken_back,
    SignOnSet.kind: _sign_on_set,
}
