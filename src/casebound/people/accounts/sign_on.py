"""Single sign-on: signing in at the provider's own OpenID Connect service, in place of a password.

allauth does the protocol: the code flow with PKCE and a state that is used once. What is ours is
stricter: the service is the one of the settings alone; its answer is for the nonce of this sign-on,
signed by a key that it publishes, and its person signed in just now. Nobody gets an account by it:
the administrator wrote down who is who (`actions.set_sign_on`). The second step is asked after it.
"""

import secrets
import time
from typing import Any, Final
from urllib.parse import urlencode

import jwt
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import jwtkit, statekit
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from requests import RequestException

from casebound.foundation.base.sign_on import SignOn, is_safe_address
from casebound.people.accounts import noticing
from casebound.people.accounts.actions import account_of_sign_on
from casebound.people.accounts.reads import has_second_factor

PROVIDER: Final = "sign-on"
METHOD: Final = "socialaccount"  # as allauth calls it in a session
_JUST_NOW: Final = 15 * 60  # seconds between signing in there and coming back
_CLOCKS_DIFFER: Final = 60  # seconds, at most
_SIGNED_WITH: Final = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]

STOPPED = gettext_noop("You stopped signing in at {name}, or {name} did not let you in.")
AWAY = gettext_noop("{name} does not answer.")
TOO_LATE = gettext_noop("It took too long, or it began in another window.")
WRONG = gettext_noop("{name} did not answer as it should, so the answer was not taken.")
STRANGER = gettext_noop("Nobody here is written down for the person you are at {name}.")
NO_FACTOR = gettext_noop(
    "You have no passkey and no app here yet. {name} stands in for your password, not for those."
)
TRY_AGAIN = gettext_noop("Try again, or sign in with your password.")
ASK = gettext_noop("Ask your administrator, or sign in with your password.")
FIRST = gettext_noop("Sign in with your password once, and add a passkey or an app.")


class SignOnErrors(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Says in plain words what went wrong, and opens no account for anybody."""

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,  # noqa: ARG002 (allauth's way)
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Show the page that says it.

        Raises:
            ImmediateHttpResponse: always, with that page.
        """
        why = WRONG
        if error == AuthError.CANCELLED:
            why = STOPPED
        elif isinstance(exception, RequestException):
            why = AWAY
        elif exception is None and "state" not in (extra_context or {}):
            why = TOO_LATE
        raise ImmediateHttpResponse(refused(request, why, TRY_AGAIN))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002
        """Say no: nobody gets an account by signing in elsewhere (P09)."""
        return False

    def list_apps(self, *_: object, **__: object) -> list[SocialApp]:
        """Name the service of the settings alone: a row of the database is none."""
        return [_app(service())] if settings.SIGN_ON else []


class SignOnAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """What casebound asks of the service, and how it takes the answer."""

    nonce = ""

    def get_provider(self) -> "SignOnProvider":
        """Return the service of the settings."""
        return SignOnProvider(self.request, app=_app(service()))

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return what the service says of itself, if it is the one of the settings.

        Raises:
            OAuth2Error: it is another, or would be asked in the clear.
        """
        told: dict[str, Any] = super().openid_config
        asked = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if str(told.get("issuer", "")).rstrip("/") != service().issuer or not all(
            is_safe_address(str(told.get(name, ""))) for name in asked
        ):
            raise OAuth2Error("the service is not the one of the settings")
        return told

    def get_callback_url(self, request: HttpRequest, app: object) -> str:  # noqa: ARG002
        """Return the address here at which people come back."""
        return request.build_absolute_uri(reverse("accounts:sign_on_back"))

    def complete_login(
        self,
        request: HttpRequest,
        app: SocialApp,
        token: SocialToken,
        **kwargs: Any,  # as allauth passes them
    ) -> None:
        """Sign in who came back, up to the second step.

        Raises:
            ImmediateHttpResponse: with the next page, or with why not.
            OAuth2Error: the answer is not one to take.
        """
        said = self._decode_id_token(app, kwargs["response"].get("id_token") or "")
        if "email" not in said and said.get("sub"):
            more = self._fetch_user_info(token.token)
            if more.get("sub") == said["sub"]:
                said = {**more, **said}
        raise ImmediateHttpResponse(_let_in(request, said))

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        said = self._verified(id_token, audience=app.client_id)
        if not said["sub"]:
            raise OAuth2Error("the answer names nobody")
        if not self.nonce or said.get("nonce") != self.nonce:
            raise OAuth2Error("the answer is for another sign-on")
        if said.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("the answer is for somebody else")
        if time.time() - float(said.get("auth_time", time.time())) > _JUST_NOW:
            raise OAuth2Error("the person did not sign in just now")
        return said

    def _verified(self, id_token: str, *, audience: str) -> dict[str, Any]:
        """Return what the service signed, with a key that it publishes, for casebound, just now."""
        with get_adapter().get_requests_session() as session:
            published = session.get(self.openid_config["jwks_uri"])
            published.raise_for_status()
        try:
            key_id = jwt.get_unverified_header(id_token).get("kid")
            keys = [
                key
                for key in jwt.PyJWKSet.from_dict(published.json()).keys
                if key_id in {None, key.key_id}
            ]
            if len(keys) != 1:
                raise OAuth2Error("no key, or more than one, could have signed the answer")
            said: dict[str, Any] = jwt.decode(
                id_token,
                keys[0],
                algorithms=_SIGNED_WITH,
                audience=audience,
                issuer=self.openid_config["issuer"],
                leeway=_CLOCKS_DIFFER,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as wrong:
            raise OAuth2Error("the answer is not signed by the service") from wrong
        jwtkit.verify_jti(said)
        return said


class SignOnProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth has no types
    """The service, asked by this house's rules."""

    oauth2_adapter_class = SignOnAdapter


class SignOnBackView(OAuth2CallbackView):  # type: ignore[misc]  # allauth has no types
    """Takes the answer of the service."""

    def _get_state(self, request: HttpRequest, provider: SignOnProvider) -> tuple[Any, Any]:
        state, answer = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, answer


def service() -> SignOn:
    """Return the service at which people may sign in.

    Raises:
        Http404: there is none.
    """
    if settings.SIGN_ON is None:
        raise Http404
    found: SignOn = settings.SIGN_ON
    return found


def send_there(request: HttpRequest, *, onwards: str) -> HttpResponse:
    """Send somebody to the service to sign in. It asks them again: devices are shared."""
    nonce = secrets.token_urlsafe(24)
    provider = SignOnAdapter(request, PROVIDER).get_provider()
    asked = {"nonce": nonce, "prompt": "login", "max_age": str(_JUST_NOW)}
    try:
        sent: HttpResponse = provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=onwards or None,
            auth_params=asked,
            nonce=nonce,
        )
    except ImmediateHttpResponse as answer:
        return answer.response  # type: ignore[no-any-return]  # allauth has no types
    except RequestException:
        return refused(request, AWAY, TRY_AGAIN)
    except (OAuth2Error, KeyError, TypeError, ValueError, AttributeError):
        return refused(request, WRONG, TRY_AGAIN)
    return sent


def take_answer(request: HttpRequest) -> HttpResponse:
    """Take the answer of the service: go on to the second step, or say why not."""
    service()
    view = SignOnBackView.adapter_view(SignOnAdapter(request, PROVIDER))
    try:
        answer: HttpResponse = view(request)
    except (KeyError, TypeError, ValueError, AttributeError):  # it said something else altogether
        return refused(request, WRONG, TRY_AGAIN)
    return answer


def knows_state(request: HttpRequest, state: str) -> bool:
    """Say whether this browser began the sign-on. It shows its cookie only to its own pages."""
    return state in statekit.get_states(request)


def address_to_sign_out(request: HttpRequest) -> str:
    """Return where people sign out at the service; empty if it does not say, or is away."""
    try:
        told = SignOnAdapter(request, PROVIDER).openid_config
    except (RequestException, OAuth2Error, ValueError):
        return ""
    there = str(told.get("end_session_endpoint", ""))
    back = request.build_absolute_uri(reverse("account_login"))
    asked = urlencode({"client_id": service().client, "post_logout_redirect_uri": back})
    return f"{there}?{asked}" if is_safe_address(there) else ""


def refused(request: HttpRequest, why: str, do: str) -> HttpResponse:
    """Show why somebody is not signed in, and what to do."""
    name = service().name
    context = {"why": gettext(why).format(name=name), "do": gettext(do), "name": name}
    return render(request, "accounts/sign_on_refused.html", context, status=403)


def _let_in(request: HttpRequest, said: dict[str, Any]) -> HttpResponse:
    email = str(said.get("email") or "") if said.get("email_verified") is True else ""
    account = account_of_sign_on(
        issuer=service().issuer, subject=str(said["sub"]), email=email, by=None, at=timezone.now()
    )
    if account is None:
        noticing.sign_on_refused(request, "")
        return refused(request, STRANGER, ASK)
    if not account.has_ended() and not has_second_factor(account.pk):
        noticing.sign_on_refused(request, account.pk)
        return refused(request, NO_FACTOR, FIRST)
    if request.user.is_authenticated:
        get_account_adapter(request).logout(request)
    record_authentication(request, account, METHOD)
    answer: HttpResponse = perform_login(request, account, email_verification="none")
    return answer


def _app(found: SignOn) -> SocialApp:
    return SocialApp(
        provider="openid_connect",
        provider_id=PROVIDER,
        name=found.name,
        client_id=found.client,
        secret=found.secret,
        settings={"server_url": found.issuer},
    )
