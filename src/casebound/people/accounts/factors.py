"""Apps and passkeys carry a mark too: one that somebody wrote into the database is refused.

allauth saves a factor when it is added, which marks it, and each time it is used, which checks it.
Recovery codes need the password besides, which has a mark of its own.
"""

import json
from typing import Any, Final

from allauth.mfa.models import Authenticator

from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.keyring.marks import has_mark, mark
from casebound.people.accounts.marks import tell

FACTOR: Final = "mfa_authenticator"
MARKED_FACTORS: Final = {
    Authenticator.Type.TOTP: "secret",
    Authenticator.Type.WEBAUTHN: "credential",
}


class UnknownFactorError(RefusedError):
    """An app or a passkey was written into the database, and not added by its person."""

    what = "You are not signed in with this."
    why = "casebound did not add this app or passkey itself, so it does not trust it."
    do = "Ask your administrator for a new link, and set up your second factor again."


def is_factor(factor: Authenticator) -> bool:
    """Say whether an app or a passkey was added by the product; tell if not."""
    values = _factor_values(factor)
    if values is None or has_mark(FACTOR, values, str(factor.data.get("mark", ""))):
        return True
    return tell(FACTOR, str(factor.pk), about=factor.user_id)


def mark_factor(factor: Authenticator) -> None:
    """Put the mark into an app's or a passkey's data."""
    values = _factor_values(factor)
    if values is not None:
        factor.data = {**factor.data, "mark": mark(FACTOR, values)}


def check_factor(instance: Authenticator, **_: Any) -> None:
    """Mark an app or a passkey that is added; refuse one that is used and has no mark.

    Raises:
        UnknownFactorError: it was not added by the product.
    """
    if instance._state.adding:  # noqa: SLF001 (Django's own word for it, and public in its manual)
        mark_factor(instance)
    elif not is_factor(instance):
        raise UnknownFactorError


def _factor_values(factor: Authenticator) -> tuple[str, ...] | None:
    content = MARKED_FACTORS.get(factor.type)
    if content is None:
        return None
    return (factor.user_id, str(factor.type), json.dumps(factor.data.get(content), sort_keys=True))
