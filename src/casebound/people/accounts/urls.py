"""The room's addresses. allauth looks some up by name, so those keep its names."""

from allauth.account.views import LogoutView
from django.urls import include, path
from django.views import View

from casebound.people.accounts.views import events, passkeys, security, sign_in, sign_on
from casebound.people.accounts.views.new_password import new_password
from casebound.people.accounts.views.security import for_workers

own = [
    path("security/", for_workers(security.SecurityView.as_view()), name="security"),
    path("security/signed-in/", events.where, name="where"),
    path("security/sign-out-elsewhere/", events.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("security/told/", events.told, name="told"),
    path("security/app/square-code/", security.square_code, name="square_code"),
    path("sign-in/elsewhere/", sign_on.go, name="sign_on"),
    path("sign-in/elsewhere/back/", sign_on.back, name="sign_on_back"),
    path("sign-in/elsewhere/out/", sign_on.out, name="sign_on_out"),
    path("prove/challenge/", passkeys.challenge, name="challenge"),
    path("sign-in/new-password/<str:account>/<str:token>/", new_password, name="new_password"),
]

_by_allauths_names = [
    ("sign-in/", sign_in.SignInView.as_view(), "account_login"),
    ("sign-in/second-step/", sign_in.SecondStepView.as_view(), "mfa_authenticate"),
    ("sign-in/passkey/", sign_in.PasskeySignInView.as_view(), "mfa_login_webauthn"),
    ("sign-in/closed/", sign_in.closed, "account_inactive"),
    ("sign-out/", LogoutView.as_view(template_name="accounts/sign_out.html"), "account_logout"),
]

_for_workers: list[tuple[str, type[View], str]] = [
    ("prove/", security.ProveView, "account_reauthenticate"),
    ("prove/code/", security.ProveByCodeView, "mfa_reauthenticate"),
    ("prove/passkey/", passkeys.ProveByPasskeyView, "mfa_reauthenticate_webauthn"),
    ("security/", security.SecurityView, "mfa_index"),
    ("security/password/", security.ChangePasswordView, "account_change_password"),
    ("security/app/", security.AddAppView, "mfa_activate_totp"),
    ("security/app/remove/", security.RemoveAppView, "mfa_deactivate_totp"),
    ("security/codes/", security.CodesView, "mfa_view_recovery_codes"),
    ("security/codes/new/", security.NewCodesView, "mfa_generate_recovery_codes"),
    ("security/passkeys/add/", passkeys.AddPasskeyView, "mfa_add_webauthn"),
    ("security/passkeys/<int:pk>/remove/", passkeys.RemovePasskeyView, "mfa_remove_webauthn"),
    ("security/passkeys/<int:pk>/name/", passkeys.RenamePasskeyView, "mfa_edit_webauthn"),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    *(path(route, view, name=name) for route, view, name in _by_allauths_names),
    *(path(route, for_workers(view.as_view()), name=name) for route, view, name in _for_workers),
]
