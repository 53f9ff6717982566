"""How casebound sets up django-allauth: no sign-up, our own words, and encrypted secrets."""

import base64
import logging
import secrets
from typing import Any, ClassVar

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from qrcode.image.svg import SvgPathFillImage

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.web.locking import lock, unlock
from casebound.people.accounts import noticing
from casebound.people.accounts.elsewhere import has_begun_elsewhere
from casebound.people.accounts.letting_in import may_sign_in
from casebound.people.accounts.limits import take_password_try
from casebound.people.accounts.models import Account

PURPOSE = b"casebound second factors 1"
log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Passwords, only for people who have an account."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy("The user name or the password is not right."),
        "incorrect_password": gettext_lazy("The password is not right."),
        "enter_current_password": gettext_lazy("The current password is not right."),
        "too_many_login_attempts": (
            gettext_lazy(
                "That was wrong too many times. Wait five "
                "minutes, then try again. Or use a passkey, "
                "which needs no waiting."
            )
        ),
        "rate_limited": gettext_lazy(
            "You tried too many times in a short time. Wait a minute, then try again."
        ),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Slow guessers down, without stopping the person on a device that is known."""
        username = str(credentials.get("username", ""))
        self._login_failed_rl_usage = take_password_try(request, username)
        if self._login_failed_rl_usage is None:
            noticing.locked_out(request, username)
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep that a password was wrong."""
        noticing.wrong_password(request, str(credentials.get("username", "")))

    def post_login(
        self, request: HttpRequest, user: Account, **options: Any
    ) -> HttpResponse:  # Any: allauth's own options
        """Keep that somebody signed in, and know their browser from now on."""
        response: HttpResponse = super().post_login(request, user, **options)
        noticing.signed_in(request, user, response)
        return response

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Say no: nobody opens an account for themselves (P09)."""
        return False

    def pre_login(self, request: HttpRequest, user: Account, **options: Any) -> HttpResponse | None:
        """Keep out a person whose account has ended, in its row or by the log."""
        if user.has_ended() or not may_sign_in(WorkerId(user.pk)):
            refused: HttpResponse = self.respond_user_inactive(request, user)
            return refused
        answer: HttpResponse | None = super().pre_login(request, user, **options)
        return answer

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Return to the page about signing in."""
        return reverse("accounts:security") + "?done=password"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return to signing in; who signed in elsewhere is told that they are still in there."""
        there = settings.SIGN_ON and has_begun_elsewhere(request)
        return reverse("account_login") + "?done=signed_out" if there else settings.LOGIN_URL

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Keep no messages: pages show the present state, and errors stand next to their field."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing by e-mail, ever."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second factors. An app's secret is encrypted with a key that is outside the data folder."""

    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "incorrect_code": (
            gettext_lazy(
                "The code is not right, or it was used already. Wait until a new one is shown."
            )
        ),
        "cannot_delete_authenticator": gettext_lazy(
            "It is the only one you have. Add another first."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Return the secret as it is stored."""
        return base64.b64encode(lock(text.encode(), purpose=PURPOSE, place=PURPOSE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret.

        A secret encrypted with another key file cannot be read and matches no code. Its person then
        needs a new link. Everybody else can go on signing in.
        """
        sealed = base64.b64decode(encrypted_text)
        try:
            return unlock(sealed, purpose=PURPOSE, place=PURPOSE).decode()
        except InvalidTag:
            log.exception(gettext("a second factor cannot be opened with this key file"))
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def build_totp_svg(self, url: str) -> str:
        """Draw the square code dark on white, on a dark page too."""
        drawn: str = qrcode.make(url, image_factory=SvgPathFillImage, border=2).to_string(
            encoding="unicode"
        )
        return drawn

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say whether the person has another second factor left."""
        return has_another(authenticator)

    def generate_authenticator_name(
        self,
        user: Account,
        type: Authenticator.Type,  # noqa: A002  (allauth's name)
    ) -> str:
        """Name a new passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return (
            gettext("Passkey") if number == 1 else gettext("Passkey {number}").format(number=number)
        )

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name this server to the device that keeps the passkey."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "casebound"}


def has_another(authenticator: Authenticator) -> bool:
    """Say whether its person has a second factor besides this one. 1 query."""
    proofs = Authenticator.objects.filter(
        user_id=authenticator.user_id,
        type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN),
    )
    has_more: bool = proofs.exclude(pk=authenticator.pk).exists()
    return has_more
