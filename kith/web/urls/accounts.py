"""The doors: the front page, coming in, signing in and out, one's account. Of allauth only what is used here."""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as provider
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as sessions
from django.urls import path
from django.views.generic import RedirectView

from kith.web.accounts.again import sure_it_is_you as sure
from kith.web.accounts.pages import page
from kith.web.views import accounts, accounts_held, front, styleguide

urlpatterns = [
    path("", front.front, name="front"),
    path("walk-in/<slug:role>/", front.walk_in, name="walk_in"),
    path("link/<slug:public_id>/<str:token>/", front.link, name="link"),
    path("welcome/", front.welcome, name="welcome"),
    path("sign-out/", front.sign_out, name="sign_out"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    # Coming in
    path("join/<str:token>/", accounts_held.join, name="join"),
    path("claim/<str:token>/", accounts_held.claim, name="claim"),
    path("sign-up/", page(account.signup), name="account_signup"),
    path("sign-up/code/", page(account.email_verification_sent), name="account_email_verification_sent"),
    path("held/", accounts_held.held, name="held"),
    path("held/appeal/", accounts_held.appeal, name="appeal"),
    path("held/reason/", accounts_held.ask_again, name="ask_again"),
    # Signing in
    path("sign-in/", page(account.login), name="account_login"),
    path("sign-in/by-code/", page(account.request_login_code), name="account_request_login_code"),
    path("sign-in/code/", page(account.confirm_login_code), name="account_confirm_login_code"),
    path("sign-in/second-step/", page(second.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-in/forgotten/", page(account.password_reset), name="account_reset_password"),
    path(
        "sign-in/forgotten/code/",
        page(account.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path(
        "sign-in/forgotten/new/",
        page(account.complete_password_reset),
        name="account_complete_password_reset",
    ),
    path(
        "sign-in/forgotten/done/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path("sign-in/with/<slug:provider_id>/", openid.login, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", openid.callback, name="openid_connect_callback"),
    path("sign-in/with/", page(provider.signup), name="socialaccount_signup"),
    path("sign-in/cancelled/", provider.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/failed/", provider.login_error, name="socialaccount_login_error"),
    # Saying once more who one is
    path("again/", page(account.reauthenticate), name="account_reauthenticate"),
    path("again/second-step/", page(second.reauthenticate), name="mfa_reauthenticate"),
    path("again/passkey/", page(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("again/code/", accounts.again_by_code, name="again_by_code"),
    # One's account
    path("settings/", accounts.settings, name="settings"),
    path("settings/address/", page(sure(account.email)), name="account_email"),
    path("settings/address/keep/", accounts.keep_address, name="keep_address"),
    path("settings/password/", page(sure(account.password_change)), name="account_change_password"),
    path("settings/password/first/", page(sure(account.password_set)), name="account_set_password"),
    path("settings/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("settings/provider/", page(sure(provider.connections)), name="socialaccount_connections"),
    path("settings/second-step/", RedirectView.as_view(pattern_name="settings"), name="mfa_index"),
    path("settings/app/", page(sure(app.activate_totp)), name="mfa_activate_totp"),
    path("settings/app/remove/", page(sure(app.deactivate_totp)), name="mfa_deactivate_totp"),
    path("settings/recovery-codes/", sure(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "settings/recovery-codes/new/",
        page(sure(codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "settings/recovery-codes/file/",
        sure(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("settings/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("settings/passkeys/add/", page(sure(passkeys.add_webauthn)), name="mfa_add_webauthn"),
    path("settings/passkeys/<int:pk>/", page(sure(passkeys.edit_webauthn)), name="mfa_edit_webauthn"),
    path("settings/passkeys/<int:pk>/remove/", sure(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
]
