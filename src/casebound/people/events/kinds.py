"""The kinds of security events, in words, and for which of them somebody is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext, gettext_noop


class EventKind(StrEnum):
    """What happened. The values are kept, so they never change."""

    SIGNED_IN = "signed_in"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 (the name of an event)
    WRONG_CODE = "wrong_code"
    WRONG_PASSKEY = "wrong_passkey"
    LOCKED_OUT = "locked_out"
    LINK_GIVEN = "link_given"
    LINK_USED = "link_used"
    FACTORS_RESET = "factors_reset"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    CODES_MADE = "codes_made"
    CODE_USED = "code_used"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 (the name of an event)
    ACCOUNT_OPENED = "account_opened"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_ENDS = "account_ends"
    ACCOUNT_REOPENED = "account_reopened"
    ACCOUNT_RENAMED = "account_renamed"
    LINK_TAKEN_BACK = "link_taken_back"
    SESSION_ENDED = "session_ended"
    SIGN_ON_SET = "sign_on_set"
    SIGN_ON_REFUSED = "sign_on_refused"
    APPOINTED = "appointed"
    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    HANDED_OVER = "handed_over"
    REFUSED_LOOK = "refused_look"
    READ_MUCH = "read_much"
    NOT_ON_LOG = "not_on_log"


@dataclass(frozen=True, slots=True)
class EventSentences:
    """How an event is told: in a list of several people, and to the person themself.

    Attributes:
        words: in a list.
        own: to the person it is about; empty if it is not shown to them.
        alarm: it counts on the desk.
    """

    words: str
    own: str = ""
    alarm: bool = False


_WORDS: Final[Mapping[EventKind, EventSentences]] = {
    EventKind.SIGNED_IN: EventSentences(gettext_noop("Signed in"), gettext_noop("You signed in")),
    EventKind.WRONG_PASSWORD: EventSentences(
        gettext_noop("Wrong password"), gettext_noop("A wrong password for your name"), alarm=True
    ),
    EventKind.WRONG_CODE: EventSentences(
        gettext_noop("Wrong code"),
        gettext_noop("A wrong code, after your right password"),
        alarm=True,
    ),
    EventKind.WRONG_PASSKEY: EventSentences(
        gettext_noop("Passkey did not answer"), gettext_noop("Your passkey did not answer")
    ),
    EventKind.LOCKED_OUT: EventSentences(
        gettext_noop("Too many wrong tries: sign-in stopped for five minutes"),
        gettext_noop("Too many wrong tries for your name: sign-in stopped for five minutes"),
        alarm=True,
    ),
    EventKind.LINK_GIVEN: EventSentences(
        gettext_noop("Given a set-up link"),
        gettext_noop("Somebody made a set-up link for you. Your old password stopped working"),
        alarm=True,
    ),
    EventKind.LINK_USED: EventSentences(
        gettext_noop("Set a password with a set-up link"),
        gettext_noop("Your set-up link was used to set a password"),
        alarm=True,
    ),
    EventKind.FACTORS_RESET: EventSentences(
        gettext_noop("App, passkeys and recovery codes taken off"),
        gettext_noop("Your app, passkeys and recovery codes were taken off"),
        alarm=True,
    ),
    EventKind.FACTOR_ADDED: EventSentences(
        gettext_noop("Added a passkey or an app"), gettext_noop("You added a passkey or an app")
    ),
    EventKind.FACTOR_REMOVED: EventSentences(
        gettext_noop("Removed a passkey or an app"),
        gettext_noop("You removed a passkey or an app"),
    ),
    EventKind.CODES_MADE: EventSentences(
        gettext_noop("Made new recovery codes"), gettext_noop("You made new recovery codes")
    ),
    EventKind.CODE_USED: EventSentences(
        gettext_noop("Signed in with a recovery code"),
        gettext_noop("You used a recovery code"),
    ),
    EventKind.PASSWORD_CHANGED: EventSentences(
        gettext_noop("Changed their password"), gettext_noop("You changed your password")
    ),
    EventKind.ACCOUNT_OPENED: EventSentences(
        gettext_noop("Account opened"), gettext_noop("Your account was opened")
    ),
    EventKind.ACCOUNT_CLOSED: EventSentences(gettext_noop("Account closed")),
    EventKind.ACCOUNT_ENDS: EventSentences(
        gettext_noop("The end of the account was changed"),
        gettext_noop("The day on which your account ends by itself was changed"),
    ),
    EventKind.ACCOUNT_REOPENED: EventSentences(
        gettext_noop("Account opened again"),
        gettext_noop("Your account was opened again"),
        alarm=True,
    ),
    EventKind.ACCOUNT_RENAMED: EventSentences(
        gettext_noop("Name changed: entries are signed with the new one"),
        gettext_noop("Your name was changed: you sign with the new one"),
        alarm=True,
    ),
    EventKind.LINK_TAKEN_BACK: EventSentences(
        gettext_noop("A set-up link was taken back"),
        gettext_noop("Your set-up link was taken back"),
    ),
    EventKind.SIGN_ON_SET: EventSentences(
        gettext_noop("Who they are at the single sign-on was changed"),
        gettext_noop("Who you are at the single sign-on was changed"),
        alarm=True,
    ),
    EventKind.SIGN_ON_REFUSED: EventSentences(
        gettext_noop("Signed in at the single sign-on, and not let in here"),
        gettext_noop("You signed in at the single sign-on, and were not let in here"),
        alarm=True,
    ),
    EventKind.SESSION_ENDED: EventSentences(
        gettext_noop("Signed out by somebody else"),
        gettext_noop("You were signed out, on one device or on all"),
        alarm=True,
    ),
    EventKind.APPOINTED: EventSentences(
        gettext_noop("Appointed"), gettext_noop("You were appointed"), alarm=True
    ),
    EventKind.ASKED: EventSentences(gettext_noop("A second person was asked to agree")),
    EventKind.AGREED: EventSentences(gettext_noop("A second person agreed")),
    EventKind.DECLINED: EventSentences(gettext_noop("A second person said no")),
    EventKind.HANDED_OVER: EventSentences(
        gettext_noop("Typed the code that the second person gave them"),
        gettext_noop("You typed the code that the second person gave you"),
    ),
    EventKind.REFUSED_LOOK: EventSentences(
        gettext_noop("Tried to open something that is not theirs"), alarm=True
    ),
    EventKind.READ_MUCH: EventSentences(
        gettext_noop("Read very many entries in a day, and said why"),
        gettext_noop("You read very many entries in a day, and said why"),
        alarm=True,
    ),
    EventKind.NOT_ON_LOG: EventSentences(
        gettext_noop("Changed in the database by hand, so it was refused: run `casebound verify`"),
        alarm=True,
    ),
}

ALARMS: Final = tuple(kind for kind, words in _WORDS.items() if words.alarm)
OWN: Final = tuple(kind for kind, words in _WORDS.items() if words.own)


def event_words(kind: EventKind) -> str:
    """Say what happened, in a list of several people."""
    return gettext(_WORDS[kind].words)


def own_words(kind: EventKind) -> str:
    """Say what happened to the person it happened to."""
    return gettext(_WORDS[kind].own)
