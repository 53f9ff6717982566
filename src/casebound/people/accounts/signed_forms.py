"""Forms that seal an entry: the sender proves again who they are, and sees any refusal."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy

from casebound.foundation.base.ids import new_id
from casebound.foundation.base.refusals import RefusedError
from casebound.people.accounts.reauthentication import prove_again
from casebound.people.accounts.rules import session_methods
from casebound.people.accounts.signed_in import WorkerRequest

REFUSED = 422
Seal = Callable[[dict[str, Any], str], object]  # Any: what a form says, as Django cleans it


class KeyedForm(forms.Form):
    """A form that carries a key made with the page: a page that is sent twice is done once.

    See `ledger.sealing.once`.
    """

    key = forms.CharField(
        required=False, max_length=64, initial=new_id, widget=forms.HiddenInput({"id": False})
    )


class SignedForm(KeyedForm):
    """A form that seals an entry: the person who sends it proves again who they are (P48)."""

    password = forms.CharField(
        strip=False,
        max_length=500,
        error_messages={"required": gettext_lazy("Type your password to sign.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: Django's own options of a form
        """Put the password last, so that errors are listed in the order of the page."""
        super().__init__(*args, **options)
        self.order_fields([name for name in self.fields if name != "password"])


def is_sealed(request: WorkerRequest, form: SignedForm, seal: Seal) -> bool:
    """Seal what the form says. If that is refused, add the refusal and keep what was typed.

    `seal` gets the form's content and how the signer proved who they are.
    """
    if not form.is_valid():
        return False
    try:
        proof = prove_again(request, password=form.cleaned_data["password"])
        seal(form.cleaned_data, proof)
    except RefusedError as refused:
        field = getattr(refused, "field", "")
        words = " ".join(part for part in (refused.detail, refused.why, refused.do) if part)
        form.add_error(field if field in form.fields else None, words)
        return False
    return True


def form_page(
    request: WorkerRequest, template: str, form: SignedForm, context: dict[str, Any]
) -> HttpResponse:
    """Show a form, either new or with its refusal."""
    return render(
        request, template, {"form": form, **context}, status=REFUSED if form.is_bound else 200
    )


def signed_in_by(request: WorkerRequest) -> str:
    """Say how the session began, for what is sealed without proving again."""
    began = session_methods(get_authentication_records(request, request.account))
    return gettext("session {began}").format(began=began).strip()
