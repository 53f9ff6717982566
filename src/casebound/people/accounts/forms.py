"""The forms to sign in, to prove who one is, and to set up a second factor."""

from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from casebound.people.accounts import noticing
from casebound.people.accounts.limits import take_code_try
from casebound.people.events.kinds import EventKind


class OneUseMixin:
    """Refuses a one-time code that was used before, for as long as the code is valid.

    A code is valid for its half minute and, because clocks differ, for the half minutes before and
    after it. allauth remembers a used code for half a minute only.
    """

    user: Any  # set by allauth's form
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        """Check the code, and use it up."""
        this = take_code_try(self.user.pk)
        code: str = self._right_code()
        digits = normalize_user_code(code)
        good_for = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if not cache.add(f"code-used:{self.user.pk}:{digits}", 1, timeout=good_for):
            noticing.wrong_code(context.request, self.user.pk, kind=EventKind.WRONG_CODE)
            raise get_adapter().validation_error("incorrect_code")
        this.give_back()
        return code

    def _right_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the allauth form it is mixed into
        except ValidationError:
            noticing.wrong_code(context.request, self.user.pk, kind=EventKind.WRONG_CODE)
            raise
        return code


class CodeForm(OneUseMixin, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second step of signing in."""


class CodeAgainForm(OneUseMixin, ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """Proving again with a code."""


class DevicesAnswerMixin:
    """Refuses posted text that is no device's answer. allauth would raise an error (500) on it."""

    user: Any  # set by allauth's form; nobody yet, if the passkey is to say who signs in

    def clean_credential(self) -> Authenticator:
        """Check the answer and return the passkey that gave it."""
        try:
            passkey: Authenticator = super().clean_credential()  # type: ignore[misc]  # of the allauth form it is mixed into
        except (ValueError, KeyError, TypeError, AttributeError) as no_answer:
            if self.user is not None:
                noticing.wrong_code(context.request, self.user.pk, kind=EventKind.WRONG_PASSKEY)
            raise get_adapter().validation_error("incorrect_code") from no_answer
        return passkey


class PasskeySignInForm(DevicesAnswerMixin, LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Signing in with a passkey alone."""


class PasskeyForm(DevicesAnswerMixin, AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey as the second step."""


class PasskeyAgainForm(DevicesAnswerMixin, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Proving again with a passkey."""


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A new passkey. The device always asks its person for a finger, a face or their own number."""

    passwordless = None

    def clean(self) -> dict[str, Any]:
        """Check that the device answered with a passkey, whatever the page asked the device for."""
        self.cleaned_data["passwordless"] = True
        try:
            cleaned: dict[str, Any] = super().clean()
        except (ValueError, KeyError) as no_answer_of_a_device:
            raise get_adapter().validation_error("incorrect_code") from no_answer_of_a_device
        return cleaned


class NewPasswordForm(forms.Form):
    """A password, typed twice."""

    password1 = forms.CharField(max_length=200, strip=False, label=gettext_lazy("New password"))
    password2 = forms.CharField(max_length=200, strip=False, label=gettext_lazy("The same again"))

    def clean(self) -> dict[str, Any]:
        """Check that both are the same."""
        both = super().clean() or {}
        if both.get("password1") and both.get("password1") != both.get("password2"):
            self.add_error("password2", gettext("The two passwords are not the same."))
        return both
