"""Using a set-up link: the person sets a password that nobody else knows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.web.posted import posted_before
from casebound.people.accounts import actions
from casebound.people.accounts.forms import NewPasswordForm
from casebound.people.accounts.views.answers import UNPROCESSABLE, as_refused, refuse
from casebound.people.events.actions import note_event
from casebound.people.events.kinds import EventKind
from casebound.people.events.whence import whence


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest, account: str, token: str) -> HttpResponse:
    """Show the form while the link is valid; set the password; go on to signing in."""
    worker = WorkerId(account)
    if not actions.is_good_link(worker, token):
        raise actions.LinkUsedError
    if posted := posted_before(request):
        refused = as_refused(NewPasswordForm(posted.typed), posted.errors)
        context = {"form": refused}
        return render(request, "accounts/new_password.html", context, status=UNPROCESSABLE)
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        try:
            actions.set_own_password(
                account=worker, token=token, password=form.cleaned_data["password1"]
            )
        except actions.PasswordTooWeakError as weak:
            form.add_error("password1", f"{weak.detail} {weak.do}")
        else:
            note_event(
                kind=EventKind.LINK_USED,
                about=worker,
                by="",
                at=timezone.now(),
                whence=whence(request),
                tell=[worker],
            )
            return redirect(f"{reverse('account_login')}?done=password")
    if form.is_bound:
        return refuse(request, form)
    return render(request, "accounts/new_password.html", {"form": form})
