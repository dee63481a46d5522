"""The second step and passkeys: allauth's forms, counted by the one budget, each code and challenge used once."""

import base64
import hashlib
from datetime import timedelta
from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth
from cryptography.fernet import Fernet
from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

from kith.core.branding import brand
from kith.members import guesses
from kith.members.models import Member
from kith.web.accounts import doors
from kith.web.accounts.forms import code_field

CREDENTIAL_LIMIT = 50_000
SALT = "kith.web.accounts.second_step"


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets are stored sealed by the house's key, so that a copy of the database alone opens no account."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Code: this is not the code, or it was used already. Wait for the next one."),
        "unverified_email": _("Please confirm your address first."),
    }

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return brand().name

    def generate_authenticator_name(self, user: Member, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return str(_("Passkey %(n)s") % {"n": count + 1})


def _seal() -> Fernet:
    key = hashlib.sha256(f"{SALT}:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class CountedCode(forms.Form):
    """A code of the app, or a recovery code."""

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["code"] = code_field()

    def clean_code(self) -> str:
        with doors.checked(context.request, self.user.email):  # type: ignore[attr-defined]
            code: str = super().clean_code()  # type: ignore[misc]
            found: Authenticator = self.authenticator  # type: ignore[attr-defined]
            used = f"totp:{found.pk}:{normalize_user_code(code)}"
            # Recovery codes are crossed out under a lock by allauth; a code of the app lives 90 seconds.
            if found.type == Authenticator.Type.TOTP and not guesses.spend(used, within=timedelta(minutes=5)):
                raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(CountedCode, AuthenticateForm):
    pass


class CodeAgainForm(CountedCode, ReauthenticateForm):
    pass


class StartAppForm(ActivateTOTPForm):
    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["code"].label = _("Code of the app")


class CredentialField(forms.JSONField):
    """What a browser answers to a challenge: an object of modest size, or nothing a key ever made."""

    def to_python(self, value: Any) -> Any:
        try:
            found = super().to_python(value) if len(value or "") < CREDENTIAL_LIMIT else None
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise get_adapter().validation_error("incorrect_code")
        return found


class AddPasskeyForm(AddWebAuthnForm):
    """Every key we add can sign in by itself."""

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields.pop("passwordless", None)
        self.fields["credential"] = CredentialField(widget=forms.HiddenInput)
        self.fields["name"] = forms.CharField(
            label=_("Name of the passkey"),
            max_length=60,
            required=False,
            initial=self.initial.get("name"),
            help_text=_("For example the device it lives on."),
        )

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except (KeyError, TypeError, ValueError, AttributeError):
            raise get_adapter().validation_error("incorrect_code") from None


class OnceOnly(forms.Form):
    """A challenge is answered once, whoever sends the answer again."""

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["credential"] = CredentialField(widget=forms.HiddenInput)

    def clean_credential(self) -> Authenticator:
        state = auth.get_state() or {}
        with self.counted():
            try:
                found: Authenticator = super().clean_credential()  # type: ignore[misc]
            except (KeyError, TypeError, ValueError, AttributeError):
                raise get_adapter().validation_error("incorrect_code") from None
            if not guesses.spend(f"passkey:{signing.dumps(state.get('challenge'), salt=SALT)[:60]}"):
                raise get_adapter().validation_error("incorrect_code")
        return found

    def counted(self) -> Any:
        member = self.user  # type: ignore[attr-defined]
        if member is None:
            return doors.checked_place(context.request)
        return doors.checked(context.request, member.email)


class PasskeyForm(OnceOnly, AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(OnceOnly, ReauthenticateWebAuthnForm):
    pass


class PasskeySignInForm(OnceOnly, LoginWebAuthnForm):
    pass
