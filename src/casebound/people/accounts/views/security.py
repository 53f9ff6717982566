"""Sign-in and security: a person's password and second factors, and how to change them."""

from collections.abc import Callable
from typing import Any

from allauth.account.views import PasswordChangeView
from allauth.account.views import ReauthenticateView as PasswordAgainView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.web.asked import asked
from casebound.people.accounts import noticing, reads
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.accounts.views.answers import FormComesBackMixin
from casebound.people.events.kinds import EventKind

DONE = {
    "password": gettext_noop("Your password is changed."),
    "removed": gettext_noop("Removed."),
}
View = Callable[..., HttpResponseBase]


class SecurityView(IndexView):  # type: ignore[misc]  # allauth has no types
    """The person's password and second factors, and what is missing."""

    template_name = "accounts/security.html"

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        """Say whether something is missing, and what was just done."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        authenticators = context["authenticators"]
        context["missing"] = not (authenticators.get("totp") or authenticators.get("webauthn"))
        context["done"] = gettext(DONE[said]) if (said := asked(self.request).done(*DONE)) else ""
        context["app"], context["codes"] = (
            authenticators.get("totp"),
            authenticators.get("recovery_codes"),
        )
        context["passkeys"] = authenticators.get("webauthn", [])
        context["codes_left"] = len(context["codes"].get_unused_codes()) if context["codes"] else 0
        return context


class AddAppView(FormComesBackMixin, ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Set up an app that shows one-time codes."""

    template_name = "accounts/add_app.html"

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        """Add the secret in groups of four, for people who cannot scan the code."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context["secret"] = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return context

    def form_valid(self, form: Form) -> HttpResponse:
        """Do it, and keep that it was done."""
        response: HttpResponse = super().form_valid(form)
        noticing.changed(self.request, EventKind.FACTOR_ADDED, what="totp")
        return response


class RemoveAppView(FormComesBackMixin, DeactivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Remove the app, if another second factor is left."""

    template_name = "accounts/remove_app.html"

    def form_valid(self, form: Form) -> HttpResponse:
        """Do it, and keep that it was done."""
        response: HttpResponse = super().form_valid(form)
        noticing.changed(self.request, EventKind.FACTOR_REMOVED, what="totp")
        return response


class CodesView(ViewRecoveryCodesView):  # type: ignore[misc]  # allauth has no types
    """The recovery codes, shown once."""

    template_name = "accounts/codes.html"


class NewCodesView(FormComesBackMixin, GenerateRecoveryCodesView):  # type: ignore[misc]  # allauth has no types
    """New recovery codes in place of the old."""

    template_name = "accounts/new_codes.html"

    def form_valid(self, form: Form) -> HttpResponse:
        """Do it, and keep that it was done."""
        response: HttpResponse = super().form_valid(form)
        noticing.changed(self.request, EventKind.CODES_MADE)
        return response


class ChangePasswordView(FormComesBackMixin, PasswordChangeView):  # type: ignore[misc]  # allauth has no types
    """Change the password. Every other session of the person ends."""

    template_name = "accounts/change_password.html"

    def form_valid(self, form: Form) -> HttpResponse:
        """Do it, and keep that it was done."""
        response: HttpResponse = super().form_valid(form)
        noticing.changed(self.request, EventKind.PASSWORD_CHANGED)
        return response


class ProveView(FormComesBackMixin, PasswordAgainView):  # type: ignore[misc]  # allauth has no types
    """Prove it is you, with the password, before something about security is changed."""

    template_name = "accounts/prove.html"


class ProveByCodeView(FormComesBackMixin, CodeAgainView):  # type: ignore[misc]  # allauth has no types
    """Prove it is you, with a code."""

    template_name = "accounts/prove_code.html"


@worker_required
def square_code(request: WorkerRequest) -> HttpResponse:
    """Draw the app's secret as a square code, only while the person sets the app up."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret or reads.has_app(request.worker):
        raise Http404
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(request.account, secret))
    return HttpResponse(drawn, content_type="image/svg+xml")


def for_workers(view: View) -> View:
    """Require a signed-in person for each of these views, before allauth handles the request."""

    @worker_required
    def wrapped(request: WorkerRequest, /, *args: object, **kwargs: object) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    def called(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return wrapped(request, *args, **kwargs)

    return called
