"""Opening and closing accounts, and the link with which a person sets their own password.

Nobody signs up, and no password is sent by e-mail. An administrator opens the account and hands
over its link. Only the account's person knows the password. The screens (`people.access`) check who
may do this, because they know the roles.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.names import is_full_name
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import instant, utc_text
from casebound.ledger.sealing.once import Once
from casebound.people.accounts.factors import is_factor, mark_factor
from casebound.people.accounts.marks import is_sign_on, mark_password, mark_sign_on
from casebound.people.accounts.models import Account
from casebound.people.accounts.open_sessions import end_sessions
from casebound.people.accounts.rules import clean_full_name, clean_user_name, is_user_name
from casebound.people.events.actions import forget_devices

LONGEST_SIGN_ON: Final = 255
LONGEST_AHEAD: Final = timedelta(days=2 * 366)
# One use: the token depends on the password's hash, which setting a password changes.
_tokens = PasswordResetTokenGenerator()


class NameNotFullError(RefusedError):
    """The name is initials, or half a name."""

    what = "The account was not opened."
    why = "Entries are signed with the full name, not with initials."
    do = "Give the first name and the surname in full."


class UserNameError(RefusedError):
    """The text is not a valid user name."""

    what = "The account was not opened."
    why = "A user name has 2 to 60 letters, digits, dots, hyphens or apostrophes, and no spaces."
    do = "Choose one such as sam.okafor."


class UserNameTakenError(RefusedError):
    """There is an account with this user name."""

    what = "The account was not opened."
    why = "Somebody has this user name. Each person has an account of their own."
    do = "Choose another user name, such as one with a middle initial."


class LinkUsedError(RefusedError):
    """The link was used, is too old, or was never given out."""

    what = "This link does not work any more."
    why = "It works once, for two days, and a newer link takes its place."
    do = "Ask your administrator for a new one."


class PasswordTooWeakError(RefusedError):
    """The password is one that is easily guessed."""

    what = "The password was not set."
    do = "Three or four unrelated words make a good one."


class AccountClosedError(RefusedError):
    """The account is closed, or there is none."""

    what = "This was not done."
    why = "The account is closed."
    do = "Open a new account for a person who comes back."


class NotClosedError(RefusedError):
    """The account is open, or there is none."""

    what = "This was not done."
    why = "The account is not closed."
    do = "Give the person a new link if they cannot sign in."


class EndPassedError(RefusedError):
    """The account would end in the past, or in many years."""

    what = "This was not done."
    why = "An account ends by itself on a day that is still to come, within two years."
    do = "Choose a later day. To shut somebody out now, close the account."


class NoLinkWaitsError(RefusedError):
    """There is no link to take back."""

    what = "This was not done."
    why = "No set-up link of this person waits to be used."
    do = "Look at the page again."


class SignOnNameError(RefusedError):
    """What was typed is no e-mail address and no name of a service for a person."""

    what = "This was not done."
    why = (
        "It is an e-mail address, or the service’s own name for the person, in 255 letters at most."
    )
    do = "Copy it from the service, without spaces."


class SignOnTakenError(RefusedError):
    """Somebody else is written down for this person at the single sign-on."""

    what = "This was not done."
    why = "Somebody else is written down for this person at the single sign-on."
    do = "Take it off there first, or check whose it is."


class OwnAccountError(RefusedError):
    """An administrator would shut themselves out."""

    what = "This was not done."
    why = "It is your own account, and you could not sign in again."
    do = "Ask another administrator to do it."


@dataclass(frozen=True, slots=True)
class SetUpLink:
    """A link with which one person sets their password once. Only who made it can see it again."""

    account: WorkerId
    token: str

    @property
    def path(self) -> str:
        """The address on this server."""
        return reverse("accounts:new_password", args=[self.account, self.token])


@transaction.atomic(using="default")
def create_account(
    *,
    username: str,
    full_name: str,
    by: WorkerId | None,
    at: datetime,
    only_one_name: bool = False,
    face: int = 0,
    key: str = "",
) -> WorkerId:
    """Open an account. It cannot sign in until its person has used a set-up link.

    A retry under the same key opens no other account.

    Args:
        username: what the person types to sign in; capital letters do not matter.
        full_name: the name that every entry will be signed with (P48).
        by: the administrator; None for the command line of the installation.
        at: now.
        only_one_name: the person has one name and no other.
        face: which drawn face the demo shows.
        key: made with the page, so that a page sent twice opens one account.

    Raises:
        NameNotFullError: the name is initials or half a name.
        UserNameError: it is not a valid user name.
        UserNameTakenError: somebody has it.
    """
    full_name, username = clean_full_name(full_name), clean_user_name(username)
    if not is_full_name(full_name, only_one_name=only_one_name):
        raise NameNotFullError
    if not is_user_name(username):
        raise UserNameError
    account = Account(
        id=Once.of(key, by or WorkerId("")).id_of(f"account/{username}"),
        username=username,
        full_name=full_name,
        face=face,
        opened_at=at,
        opened_by=by or "",
    )
    account.set_unusable_password()
    account.mark_account()
    account.password_mark = mark_password(account.id, account.password, account.handover_id)
    Account.objects.bulk_create([account], ignore_conflicts=True)
    if not Account.objects.filter(pk=account.id, username=username, full_name=full_name).exists():
        raise UserNameTakenError
    return WorkerId(account.id)


@transaction.atomic(using="default")
def new_sign_in_link(
    *,
    account: WorkerId,
    by: WorkerId | None,
    at: datetime,
    lost_second_factor: bool = False,
) -> SetUpLink:
    """Make a link to set a password, for a new person or for one who forgot theirs.

    The old password and every earlier link stop working, and every session of the person ends.
    With `lost_second_factor` their app, passkeys and recovery codes are taken off too, so that
    they set up new ones.

    Raises:
        AccountClosedError: it is closed, or does not exist.
        OwnAccountError: it is `by`'s own.
    """
    row = _open(account, by=by)
    row.set_unusable_password()
    row.link_at, row.link_by = at, by or ""
    row.save(update_fields=["password", "link_at", "link_by"])
    forget_devices(of=account, by=by or "", at=at)
    if lost_second_factor:
        Authenticator.objects.filter(user_id=account).delete()
    return SetUpLink(account, _tokens.make_token(row))


@transaction.atomic(using="default")
def take_back_link(*, account: WorkerId, by: WorkerId | None, at: datetime) -> None:
    """Take back a set-up link that was not used: it stops working.

    Raises:
        AccountClosedError: the account is closed, or does not exist.
        NoLinkWaitsError: no link waits.
        OwnAccountError: it is `by`'s own.
    """
    row = _open(account, by=by)
    if row.link_at is None or row.has_usable_password():
        raise NoLinkWaitsError
    row.set_unusable_password()
    row.link_at, row.link_by = None, by or ""
    row.save(update_fields=["password", "link_at", "link_by"])
    forget_devices(of=account, by=by or "", at=at)


def same_link(*, account: WorkerId) -> SetUpLink:
    """Return the link of an account that was given one, without ending it. 1 query.

    Raises:
        AccountClosedError: it is closed, or does not exist.
    """
    row = Account.objects.filter(pk=account, is_active=True).first()
    if row is None:
        raise AccountClosedError
    return SetUpLink(account, _tokens.make_token(row))


def require_hand_over(
    *,
    account: WorkerId,
    request: str,
    by: WorkerId,  # noqa: ARG001 (the entry says who and when)
    at: datetime,  # noqa: ARG001
) -> None:
    """Let a person in only once they have typed the code of a request, which two people know."""
    _set_hand_over(account, request)


def end_hand_over(
    *,
    request: str,
    by: WorkerId,
    at: datetime,  # noqa: ARG001 (the event says when)
) -> None:
    """Let somebody in: they typed the code of this request."""
    if Account.objects.filter(pk=by, handover_id=request).exists():
        _set_hand_over(by, "")


@transaction.atomic(using="default")
def _set_hand_over(account: WorkerId, request: str) -> None:
    row = Account.objects.select_for_update().get(pk=account)
    row.handover_id = request
    row.save(update_fields=["handover_id"])


@transaction.atomic(using="default")
def set_own_password(*, account: WorkerId, token: str, password: str) -> None:
    """Set the password of the person who holds the link's token. The link is used up.

    Raises:
        LinkUsedError: the token is wrong, used or too old.
        PasswordTooWeakError: the password is short, common, or like the name.
    """
    row = Account.objects.select_for_update().filter(pk=account).first()
    if row is None or not _fits(row, token):
        raise LinkUsedError
    set_password(row, password)


@transaction.atomic(using="default")
def give_password(*, account: WorkerId, password: str, by: WorkerId | None) -> None:
    """Set a password for somebody: in the demo, whose passwords are no secret.

    Raises:
        AccountClosedError: it is closed, or does not exist.
        PasswordTooWeakError: the password is short, common, or like the name.
    """
    set_password(_open(account, by=by), password)


def set_password(account: Account, password: str) -> None:
    """Check a password and store its hash.

    Raises:
        PasswordTooWeakError: the password is short, common, or like the name.
    """
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise PasswordTooWeakError(" ".join(weak.messages)) from weak
    account.set_password(password)
    account.save(update_fields=["password"])


def is_good_path(path: str) -> bool:
    """Say whether the address of a set-up link can still be used. 1 query."""
    account, token = path.strip("/").split("/")[-2:]
    return is_good_link(WorkerId(account), token)


def is_good_link(account: WorkerId, token: str) -> bool:
    """Say whether a set-up link can still be used. 1 query."""
    row = Account.objects.filter(pk=account).first()
    return row is not None and _fits(row, token)


def _fits(row: Account, token: str) -> bool:
    return not row.has_ended() and row.is_marked() and bool(_tokens.check_token(row, token))


@transaction.atomic(using="default")
def set_end(
    *, account: WorkerId, ends_at: datetime | None, by: WorkerId | None, at: datetime
) -> None:
    """Say when an account ends by itself; with None it ends when somebody closes it.

    Raises:
        AccountClosedError: it is closed, or does not exist.
        EndPassedError: the end is not ahead, or more than two years.
        OwnAccountError: it is `by`'s own.
    """
    row = _open(account, by=by)
    if ends_at is not None and not at < ends_at <= at + LONGEST_AHEAD:
        raise EndPassedError
    row.ends_at = instant(utc_text(ends_at)) if ends_at else None  # to the second, as on the log
    row.save(update_fields=["ends_at"])


@transaction.atomic(using="default")
def set_sign_on(*, account: WorkerId, known_as: str, by: WorkerId | None, at: datetime) -> str:  # noqa: ARG001 (the entry says when)
    """Write down who a person is at the single sign-on; with an empty text, nobody. Return it.

    Raises:
        AccountClosedError: the account is closed, or does not exist.
        OwnAccountError: it is `by`'s own.
        SignOnNameError: it is no e-mail address and no name.
        SignOnTakenError: another account has it.
    """
    row = _open(account, by=by)
    known_as = known_as.strip()
    known_as = known_as.lower() if "@" in known_as else known_as
    if len(known_as) > LONGEST_SIGN_ON or any(letter.isspace() for letter in known_as):
        raise SignOnNameError
    others = Account.objects.exclude(pk=account)
    if known_as and others.filter(Q(sign_on_as=known_as) | Q(sign_on_subject=known_as)).exists():
        raise SignOnTakenError
    _keep_sign_on(row, known_as, "")
    return known_as


@transaction.atomic(using="default")
def account_of_sign_on(
    *,
    issuer: str,  # noqa: ARG001 (there is one; a second would be asked for here)
    subject: str,
    email: str,
    by: WorkerId | None,  # noqa: ARG001 (actions say who; nobody is signed in yet)
    at: datetime,  # noqa: ARG001 (as above)
) -> Account | None:
    """Return the account of who signed on, None for a stranger. 1 query, 2 more the first time.

    The name that the service has for a person counts before their e-mail address. It is kept when
    they first come by an address: if the service gives the address to somebody else later, that
    person is a stranger here.

    Args:
        issuer: the service.
        subject: its name for the person, which it never gives to another.
        email: an address of theirs that it has verified, else empty.
        by: nobody.
        at: now.
    """
    # An address that was written down is never taken for a name: it has to be verified.
    written = [email.lower()] if "@" in email else []
    if "@" not in subject:
        written.append(subject)
    rows = Account.objects.select_for_update().filter(
        Q(sign_on_subject=subject) | Q(sign_on_as__in=written)
    )
    if not subject:
        return None
    for row in sorted(rows, key=lambda row: row.sign_on_subject != subject):
        fits = is_sign_on(row.pk, row.sign_on_as, row.sign_on_subject, row.sign_on_mark)
        if not fits or row.sign_on_subject not in {"", subject}:
            continue
        if not row.sign_on_subject:
            _keep_sign_on(row, row.sign_on_as, subject)
        return row
    return None


def _keep_sign_on(row: Account, known_as: str, subject: str) -> None:
    row.sign_on_as, row.sign_on_subject = known_as, subject
    row.sign_on_mark = mark_sign_on(row.pk, known_as, subject) if known_as else ""
    row.save(update_fields=["sign_on_as", "sign_on_subject", "sign_on_mark"])


@transaction.atomic(using="default")
def close_account(*, account: WorkerId, by: WorkerId | None, at: datetime) -> None:
    """Close an account: it signs its person out and bars signing in. The name stays on entries.

    Raises:
        AccountClosedError: it is closed already, or does not exist.
        OwnAccountError: it is `by`'s own.
    """
    row = _open(account, by=by)
    row.set_unusable_password()
    row.is_active, row.closed_at, row.closed_by = False, at, by or ""
    row.link_at = None
    row.save(update_fields=["password", "is_active", "closed_at", "closed_by", "link_at"])
    end_sessions(of=account, by=by, at=at)


@transaction.atomic(using="default")
def reopen_account(*, account: WorkerId, by: WorkerId | None, at: datetime) -> None:
    """Open a closed account again. Its person signs in once they have used a new link.

    Raises:
        NotClosedError: it is open, or does not exist.
    """
    row = Account.objects.select_for_update().filter(pk=account, is_active=False).first()
    if row is None:
        raise NotClosedError
    row.is_active, row.closed_at, row.closed_by, row.ends_at = True, None, "", None
    row.opened_at, row.opened_by = at, by or ""
    row.save(
        update_fields=["is_active", "closed_at", "closed_by", "ends_at", "opened_at", "opened_by"]
    )


@transaction.atomic(using="default")
def rename_account(
    *,
    account: WorkerId,
    full_name: str,
    by: WorkerId | None,  # noqa: ARG001 (the entry says who and when)
    at: datetime,  # noqa: ARG001
    only_one_name: bool = False,
) -> None:
    """Give a person another full name, with which they sign from now on.

    Raises:
        AccountClosedError: it is closed, or does not exist.
        NameNotFullError: the name is initials or half a name.
    """
    full_name = clean_full_name(full_name)
    if not is_full_name(full_name, only_one_name=only_one_name):
        raise NameNotFullError
    row = _open(account, by=None)  # one's own name too
    row.full_name = full_name
    row.save(update_fields=["full_name"])


@transaction.atomic(using="default")
def set_as_on_log(
    *,
    account: WorkerId,
    username: str,
    full_name: str,
    is_open: bool,
    ends_at: datetime | None,
    by: WorkerId | None,
    at: datetime,
) -> None:
    """Put an account's row right again: what the log says, and no password or factor of unknown.

    It changes nothing if the row is as the product wrote it.
    """
    row = Account.objects.select_for_update().filter(pk=account).first()
    if row is None or row.is_marked():
        return
    row.username, row.full_name, row.is_active = username, full_name, is_open
    row.ends_at = ends_at
    row.closed_at, row.closed_by = (None, "") if is_open else (row.closed_at or at, by or "")
    row.set_unusable_password()
    row.save()
    for factor in Authenticator.objects.filter(user_id=account):
        if not is_factor(factor):
            factor.delete()


@transaction.atomic(using="default")
def mark_rows_there() -> None:
    """Mark the rows of an installation from before there were marks. Call it once."""
    for row in Account.objects.select_for_update():
        row.save()
    for factor in Authenticator.objects.all():
        mark_factor(factor)
        Authenticator.objects.filter(pk=factor.pk).update(data=factor.data)


def _open(account: WorkerId, *, by: WorkerId | None) -> Account:
    if account == by:
        raise OwnAccountError
    row = Account.objects.select_for_update().filter(pk=account, is_active=True).first()
    if row is None:
        raise AccountClosedError
    return row
