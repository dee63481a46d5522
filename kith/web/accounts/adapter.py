"""What allauth asks of the house: who may sign up, how mail is written, what happens when somebody comes in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.internal.httpkit import clean_client_ip
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from kith.core.branding import brand
from kith.members.models import Member
from kith.notifications.account import tell_account_changed
from kith.web.accounts import again, coming_in, doors
from kith.web.limited import address_of

NOBODY = "0.0.0.0"  # noqa: S104  # where a request came from when the server does not say


def name_of(member: Member) -> str:
    return member.name


class AccountAdapter(DefaultAccountAdapter):
    """Our answers where allauth leaves a choice."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-mail and password do not match an account here."),
        "incorrect_code": _("Code: this is not the code, or it was used or is too old. Ask for a new one."),
        "incorrect_password": _("Password: this is not your password."),
        "enter_current_password": _("Current password: this is not your password."),
        "too_many_login_attempts": _("That was the third wrong code. Please ask for a new one."),
        "email_taken": _("E-mail: this address cannot be used here."),
        "duplicate_email": _("E-mail: this is your address already."),
        "rate_limited": _("Please wait a little before the next code."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address our outermost proxy saw; a forged header before it changes nothing."""
        return clean_client_ip(address_of(request)) or NOBODY

    def is_safe_url(self, url: str | None) -> bool:
        """Only a path on this host (b43)."""
        return bool(url) and url_has_allowed_host_and_scheme(url, {self.request.get_host()})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {"house": brand().name, **context})

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Member,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """What allauth mails about an account's safety is a notice on its page too."""
        if what := CHANGES.get(template_prefix):
            tell_account_changed(user, what)
        super().send_notification_mail(template_prefix, user, context, email)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return coming_in.may_sign_up(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Member | None:
        """A password is a guess like any other; a right one costs nothing."""
        taken = doors.take(request, credentials.get("email", ""))
        member: Member | None = super().authenticate(request, **credentials)
        if member:
            taken.give_back()
        return member

    def login(self, request: HttpRequest, user: Member) -> None:
        super().login(request, user)
        if not get_authentication_records(request, user):
            record_authentication(request, user, method="code")  # the code that made the account
        coming_in.settle(request, user)

    def post_login(self, request: HttpRequest, user: Member, **how: Any) -> HttpResponse:
        response = super().post_login(request, user, **how)
        doors.know_device(request, response, user.email)
        return response

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        return not again.is_fresh(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Allauth's ways, in our words; whoever has neither password nor second step gets a code by mail."""
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use your authenticator app or a recovery code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        found = [
            {**way, "description": words.get(way["id"], way["description"])}
            for way in super().get_reauthentication_methods(user)
        ]
        if found or not user.is_authenticated:
            return found
        return [{"id": "mailed_code", "description": _("Use a mailed code"), "url": reverse("again_by_code")}]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("settings")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **named: Any
    ) -> None:
        """Toasts only where something changed: a page that says where the code went needs none beside it."""
        if message_template not in SAID_BY_THE_PAGE:
            super().add_message(request, level, message_template, *rest, **named)


CHANGES = {
    "account/email/email_changed": "email",
    "account/email/password_changed": "password",
    "account/email/password_reset": "password",
    "account/email/password_set": "password",
    "mfa/email/totp_activated": "method_added",
    "mfa/email/totp_deactivated": "method_removed",
    "mfa/email/webauthn_added": "method_added",
    "mfa/email/webauthn_removed": "method_removed",
    "mfa/email/recovery_codes_generated": "codes",
    "socialaccount/email/account_connected": "method_added",
    "socialaccount/email/account_disconnected": "method_removed",
}
SAID_BY_THE_PAGE = {
    "account/messages/logged_in.txt",
    "account/messages/login_code_sent.txt",
    "account/messages/email_confirmation_sent.txt",
}
