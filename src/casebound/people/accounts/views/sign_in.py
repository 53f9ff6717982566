"""Signing in: user name and password, or a passkey; then the second step."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.web.asked import AS_USUAL, asked
from casebound.foundation.web.posted import posted_before
from casebound.people.accounts.limits import asked_too_often
from casebound.people.accounts.views.answers import (
    UNPROCESSABLE,
    FormComesBackMixin,
    as_json,
    as_refused,
    refuse,
)

PASSKEY = gettext_noop(
    "Your passkey did not answer as it should. Try once more, or use your password."
)


class SignInView(FormComesBackMixin, LoginView):  # type: ignore[misc]  # allauth has no types
    """The first step."""

    template_name = "accounts/sign_in.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Slow down somebody who asks again and again."""
        too_often = asked_too_often(request)
        answer: HttpResponseBase = too_often or super().dispatch(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        """Say that a passkey did not work, or that the session ended."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        here = asked(self.request)
        no = here.choice("passkey", {"no"}, label=gettext_noop("Passkey"), instead=AS_USUAL)
        context["passkey_failed"] = gettext(PASSKEY) if no else ""
        context["done"] = here.done("password", "signed_out")
        context["sign_on"] = settings.SIGN_ON
        onwards = urlencode({"next": here.text("next")}) if here.text("next") else ""
        context["sign_on_url"] = f"{reverse('accounts:sign_on')}?{onwards}".rstrip("?")
        context["ended"] = (
            settings.SESSION_COOKIE_NAME in self.request.COOKIES
            and not self.request.session.session_key
            and self.request.method == "GET"
        )
        return context


class SecondStepView(AuthenticateView):  # type: ignore[misc]  # allauth has no types
    """The second step: a code, or a passkey."""

    template_name = "accounts/second_step.html"

    def form_invalid(self, form: Form) -> HttpResponse:
        """Go to the page of the refused form."""
        return refuse(self.request, form)

    def render_to_response(self, *args: Any, **kwargs: Any) -> HttpResponse:  # Any: as Django's own
        """Answer 422 with a form that comes back."""
        response: HttpResponse = super().render_to_response(*args, **kwargs)
        if posted_before(self.request):
            response.status_code = UNPROCESSABLE
        return response

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        """Offer the passkey only to those who have one."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if posted := posted_before(self.request):
            which = "webauthn_form" if "credential" in posted.errors else "form"
            as_refused(context[which], posted.errors)
        options = context.get("js_data", {}).get("request_options", {})
        credentials = options.get("publicKey", {}).get("allowCredentials")
        context["options"] = as_json(options) if credentials else ""
        return context


class PasskeySignInView(LoginWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Signing in with a passkey alone. The page gets a challenge here, then posts the answer."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Slow down somebody who asks again and again."""
        too_often = asked_too_often(request)
        answer: HttpResponseBase = too_often or super().dispatch(request, *args, **kwargs)
        return answer

    def form_invalid(self, form: Form) -> HttpResponse:  # noqa: ARG002  (nothing in it helps)
        """Go back to the sign-in page, which says that the passkey did not work."""
        return redirect(f"{reverse('account_login')}?passkey=no")


def closed(request: HttpRequest) -> HttpResponse:
    """Say that the account is closed."""
    return render(request, "accounts/closed.html", status=403)
