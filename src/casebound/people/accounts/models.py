"""Accounts. They hold the names of staff, and nothing about a child."""

from datetime import datetime
from typing import Any, ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from casebound.foundation.base.handling import (
    OWN,
    BelongsTo,
    ComesOut,
    Ends,
    Keeping,
    TableHandling,
)
from casebound.foundation.base.ids import new_id
from casebound.ledger.keyring.marks import LENGTH
from casebound.people.accounts.marks import is_account, is_password, mark_account, mark_password

_ACCOUNT: Final = {
    "id",
    "username",
    "full_name",
    "is_active",
    "ends_at",
}  # what the log says of an account


class AccountManager(BaseUserManager["Account"]):
    """Looks accounts up by their sign-in name, ignoring capital letters."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account with this sign-in name."""
        return self.get(username=(username or "").lower())


class Account(AbstractBaseUser):
    """One person who signs in. There are no shared accounts (P09).

    Who opened and closed it, and who last gave out a set-up link, are account ids; empty means
    the command line of the installation.
    """

    class Handling(TableHandling):
        """How each field is handled."""

        belongs_to = BelongsTo.WORKER
        keeping = Keeping.OPERATIONAL
        seen_by = frozenset({OWN, "manage_accounts"})
        comes_out = ComesOut.AS_ITSELF
        ends = Ends.BY_SCHEDULE
        found_by = "id"

        personal: ClassVar = {"username", "full_name", "email", "sign_on_as", "sign_on_subject"}
        operational: ClassVar = {
            "id",
            "password",
            "last_login",
            "is_active",
            "face",
            "opened_at",
            "opened_by",
            "closed_at",
            "closed_by",
            "ends_at",
            "link_at",
            "link_by",
            "mark",
            "password_mark",
            "handover_id",
            "sign_on_mark",
        }
        schedule: ClassVar = "worker-record"

    id = models.CharField(max_length=32, primary_key=True, default=new_id)
    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    face = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=32, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=32, blank=True)
    # When nobody can sign in with it any more, without anybody closing it; None: when it is closed.
    ends_at = models.DateTimeField(null=True)
    link_at = models.DateTimeField(null=True)
    link_by = models.CharField(max_length=32, blank=True)
    mark = models.CharField(max_length=LENGTH, blank=True)
    password_mark = models.CharField(max_length=LENGTH, blank=True)
    # The request whose code the person has to type before they get in; empty if there is none.
    handover_id = models.CharField(max_length=32, blank=True)
    # Who the person is at the single sign-on, as an administrator wrote it down: an e-mail address
    # that the service has verified, or its name for them. And the name it had for them first.
    sign_on_as = models.CharField(max_length=255, blank=True)
    sign_on_subject = models.CharField(max_length=255, blank=True)
    sign_on_mark = models.CharField(max_length=LENGTH, blank=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    class Meta:
        """Constraints; the index serves the administrator's list."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sign_on_as"],
                condition=~models.Q(sign_on_as=""),
                name="accounts_account_sign_on_once",
            ),
            models.CheckConstraint(
                condition=models.Q(username=Lower("username")),
                name="accounts_account_username_is_lower_case",
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=True, closed_at__isnull=True)
                | models.Q(is_active=False, closed_at__isnull=False),
                name="accounts_account_active_until_closed",
            ),
        ]

    def __str__(self) -> str:
        """Name the row, not the person."""
        return f"account {self.id}"

    def save(self, *args: Any, **options: Any) -> None:  # Any: Django's own options
        """Save the row, with the mark of what is written: only what the product writes has one."""
        written = options.get("update_fields")
        fields = set(written) if written is not None else {*_ACCOUNT, "password"}
        marks = set()
        if fields & _ACCOUNT and not self.get_deferred_fields() & _ACCOUNT:
            self.mark_account()
            marks.add("mark")
        if fields & {"password", "handover_id"}:
            self.password_mark = mark_password(self.pk, self.password, self.handover_id)
            marks.add("password_mark")
        if written is not None:
            options["update_fields"] = [*fields, *marks]
        super().save(*args, **options)

    def mark_account(self) -> None:
        """Mark what the log says of the account, as it is now."""
        self.mark = mark_account(
            self.pk,
            self.username,
            self.full_name,
            is_active=self.is_active,
            ends_at=self.ends_at,
        )

    def is_marked(self) -> bool:
        """Say whether the row is as the product wrote it, the password too."""
        return is_account(
            self.pk,
            self.username,
            self.full_name,
            self.mark,
            is_active=self.is_active,
            ends_at=self.ends_at,
        ) and is_password(self.pk, self.password, self.handover_id, self.password_mark)

    def has_ended(self, *, at: datetime | None = None) -> bool:
        """Say whether the account is closed, or its end has come."""
        ends_at = self.ends_at
        return not self.is_active or (ends_at is not None and ends_at <= (at or timezone.now()))

    def check_password(self, raw_password: str | None) -> bool:
        """Say whether it is the password. A hash that somebody wrote by hand matches none."""
        return self.is_marked() and super().check_password(raw_password)

    def get_full_name(self) -> str:
        """Return the full name, as entries are signed with it (P48)."""
        return self.full_name
