"""An event as a line that a person reads: what happened, when, from where, and who did it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.ids import WorkerId
from casebound.people.events.kinds import EventKind, event_words, own_words
from casebound.people.events.reads import SecurityEventSeen
from casebound.people.events.whys import WHY_WORDS

_HOW: Final[Mapping[str, str]] = {
    "password": gettext_noop("with a password"),
    "password+totp": gettext_noop("with a password and a code"),
    "password+recovery_codes": gettext_noop("with a password and a recovery code"),
    "password+passkey": gettext_noop("with a password and a passkey"),
    "passkey": gettext_noop("with a passkey"),
    "sign_on+totp": gettext_noop("with single sign-on and a code"),
    "sign_on+recovery_codes": gettext_noop("with single sign-on and a recovery code"),
    "sign_on+passkey": gettext_noop("with single sign-on and a passkey"),
    "accounts_account.sign_on": gettext_noop("a single sign-on"),
    "totp": gettext_noop("an app"),
    "webauthn": gettext_noop("a passkey"),
    "accounts_account": gettext_noop("an account"),
    "accounts_account.password": gettext_noop("a password"),
    "mfa_authenticator": gettext_noop("an app or a passkey"),
    "homes_appointment": gettext_noop("an appointment"),
    "homes_grant": gettext_noop("a grant of access"),
    "homes_placement": gettext_noop("where a child lives"),
    "homes_home": gettext_noop("a home"),
    "drafts": gettext_noop("they left drafts, which wait on your desk to be handed to a colleague"),
    "one_session": gettext_noop("on one device"),
    "all_sessions": gettext_noop("on every device"),
    "lost": gettext_noop("their app, passkeys and recovery codes were taken off"),
    **WHY_WORDS,
}


@dataclass(frozen=True, slots=True)
class EventLine:
    """A line of a list of events.

    Attributes:
        words: what happened.
        who: the person it is about, empty if it is the reader, or if nobody has the name.
        by: who did it, empty if it was the person or a stranger.
        how: with which proof, on which page, or for which reason; empty if there is no more to say.
        place: the browser and the address, and if the person signed in there before.
        at: when.
    """

    words: str
    who: str
    by: str
    how: str
    place: str
    at: datetime


def event_line(
    event: SecurityEventSeen,
    *,
    reader: str,
    names: Mapping[WorkerId, str] | None = None,
    how: str = "",
    with_address: bool = True,
) -> EventLine:
    """Return an event as its reader sees it."""
    names = names or {}
    own = event.worker == reader
    words = (own and own_words(event.kind)) or event_words(event.kind)
    if not event.worker and event.kind is EventKind.WRONG_PASSWORD:
        words = gettext("Wrong password for a name that nobody has")
    return EventLine(
        words=words,
        who="" if own else names.get(event.worker, ""),
        by="" if event.by in {"", event.worker} else names.get(event.by, ""),
        how=how or gettext(_HOW.get(event.what, "")),
        place=_place(event, with_address=with_address),
        at=event.at,
    )


def _place(event: SecurityEventSeen, *, with_address: bool) -> str:
    parts = [event.browser, event.address if with_address else ""]
    if event.kind is EventKind.SIGNED_IN and (event.browser or event.address):
        parts.append(gettext("known device") if event.is_known else gettext("new device"))
    return ", ".join(part for part in parts if part)
