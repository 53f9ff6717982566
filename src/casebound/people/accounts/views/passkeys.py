"""Passkeys: adding, renaming and removing them, and the challenge for signing an entry."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.forms import Form
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_POST

from casebound.foundation.base.refusals import RefusedError
from casebound.people.accounts import noticing
from casebound.people.accounts.adapter import has_another
from casebound.people.accounts.reauthentication import challenge as new_challenge
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.accounts.views.answers import FormComesBackMixin, as_json
from casebound.people.events.kinds import EventKind


class LastOneError(RefusedError):
    """The passkey is the only second factor."""

    what = "The passkey is not removed."
    why = "It is the only one you have, and nobody signs in with a password alone."
    do = "Add another passkey or an app first."


class AddPasskeyView(FormComesBackMixin, AddWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Add a passkey."""

    template_name = "accounts/add_passkey.html"

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        """Ask the device for a passkey that it stores and that checks its person."""
        # allauth's own context is left out: it would ask for a security key, and its challenge
        # would replace the one that is sent.
        form = kwargs.get("form") or self.get_form()
        options = auth.begin_registration(self.request.user, passwordless=True)
        return {"view": self, "form": form, "options": as_json(options)}

    def form_valid(self, form: Form) -> HttpResponse:
        """Do it, and keep that it was done."""
        response: HttpResponse = super().form_valid(form)
        noticing.changed(self.request, EventKind.FACTOR_ADDED, what="webauthn")
        return response


class RemovePasskeyView(RemoveWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Remove a passkey, if another second factor is left."""

    template_name = "accounts/remove_passkey.html"
    success_url = reverse_lazy("accounts:security")

    def get_object(self, queryset: object = None) -> Authenticator:
        """Return the passkey, if it is the person's own and not their last."""
        passkey: Authenticator = super().get_object(queryset)
        if not has_another(passkey):
            raise LastOneError
        return passkey

    def form_valid(self, form: Form) -> HttpResponse:
        """Do it, and keep that it was done."""
        response: HttpResponse = super().form_valid(form)
        noticing.changed(self.request, EventKind.FACTOR_REMOVED, what="webauthn")
        return response


class RenamePasskeyView(FormComesBackMixin, EditWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Rename a passkey."""

    template_name = "accounts/rename_passkey.html"
    success_url = reverse_lazy("accounts:security")


class ProveByPasskeyView(ReauthenticateWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Prove it is you, with a passkey, before something about security is changed."""

    template_name = "accounts/prove_passkey.html"

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        """Add the challenge to the page."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["options"] = as_json(context["js_data"]["request_options"])
        return context

    def form_invalid(self, form: Form) -> HttpResponse:  # noqa: ARG002  (nothing in it helps)
        """Lead back to proving with the password."""
        return redirect(self.passthrough_next_url(reverse("account_reauthenticate")))


@require_POST
@worker_required
def challenge(request: WorkerRequest) -> HttpResponse:
    """Return a challenge for the person's passkeys, to sign an entry with.

    The browser does not send the answer to this address. The form that signs carries it to
    `prove_again`. So no session is ever "proved" without a signature.
    """
    options = new_challenge(request.account)
    if not options:
        raise Http404
    return JsonResponse(options)
