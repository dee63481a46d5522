"""The forms of signing in and of one's account: allauth's, with every guess counted and every code used once."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.core import context
from django import forms
from django.utils.translation import gettext_lazy as _

from kith.members import guesses
from kith.members.models import Member
from kith.web.accounts import doors


def email_field() -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
    return forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=widget,
        error_messages={
            "required": _("E-mail: please type your address."),
            "invalid": _("E-mail: this is not an address."),
        },
    )


def password_field(label: Any, *, new: bool = False, required: bool = True) -> forms.CharField:
    kind = "new-password" if new else "current-password"
    return forms.CharField(
        label=label,
        required=required,
        strip=False,
        max_length=1_000,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
        help_text=_("At least ten characters. A short sentence is a good password.") if new else "",
    )


def code_field() -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"})
    return forms.CharField(
        label=_("Code"), max_length=40, widget=widget, error_messages={"required": _("Code: please type it.")}
    )


class SignInForm(allauth.LoginForm):
    """An address, and a password; without one a code is mailed."""

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["login"] = email_field()
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"] = password_field(_("Password"), required=False)
        self.order_fields(["login", "password"])

    def _setup_password_field(self) -> None:
        """Passwords stay, though nobody is asked for one at sign-up."""

    def _clean_without_password(self, email: str | None, phone: str | None) -> dict[str, Any]:
        doors.count_letter(context.request, email or "")
        return super()._clean_without_password(email, phone)


class LetterTo(forms.Form):
    """An address that a letter goes to, counted so that nobody is flooded."""

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["email"] = email_field()

    def clean_email(self) -> str:
        doors.count_letter(context.request, self.cleaned_data["email"])
        email: str = super().clean_email()  # type: ignore[misc]
        return email


class AskForCodeForm(LetterTo, allauth.RequestLoginCodeForm):
    pass


class AskForResetForm(LetterTo, allauth.ResetPasswordForm):
    pass


class NewAddressForm(LetterTo, allauth.AddEmailForm):
    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["email"].label = _("New address")


class MailedCode(forms.Form):
    """A code from a mail: counted, for the address it was sent to while that is the account's, used once."""

    door = ""

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["code"] = code_field()

    def state(self) -> dict[str, Any]:
        """What allauth keeps of this code in the session: address, member, when it was made."""
        raise NotImplementedError

    def is_for_somebody(self) -> bool:
        """Whether the address the code went to is still the member's (b4)."""
        state = self.state()
        return Member.objects.filter(email=state["email"].lower(), is_active=True).exists()

    def clean_code(self) -> str:
        state = self.state()
        with doors.checked(context.request, state["email"], mailed=True):
            code: str = super().clean_code()  # type: ignore[misc]
            used = f"{self.door}:{state.get('user_id')}:{state['at']}:{state.get('code')}"
            if not self.is_for_somebody() or not guesses.spend(used):
                raise get_adapter().validation_error("incorrect_code")
        return code


class LoginCodeForm(MailedCode, allauth.ConfirmLoginCodeForm):
    door = "login"

    def state(self) -> dict[str, Any]:
        return context.request._login_stage.state


class ResetCodeForm(MailedCode, allauth.ConfirmPasswordResetCodeForm):
    door = "reset"

    def state(self) -> dict[str, Any]:
        return context.request.session[PASSWORD_RESET_VERIFICATION_SESSION_KEY]


class AddressCodeForm(MailedCode, allauth.ConfirmEmailVerificationCodeForm):
    door = "address"

    def state(self) -> dict[str, Any]:
        return context.request.session[EMAIL_VERIFICATION_CODE_SESSION_KEY]

    def is_for_somebody(self) -> bool:
        return self.user is not None and self.user.is_active


class OnePassword(forms.Form):
    """A new password is typed once: a code by mail helps whoever mistypes it."""

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        del self.fields["password2"]
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = _(
            "At least ten characters. A short sentence is a good password."
        )


class SetPasswordForm(OnePassword, allauth.SetPasswordForm):
    pass


class ResetPasswordForm(OnePassword, allauth.ResetPasswordKeyForm):
    def clean(self) -> dict[str, Any]:
        """A confirmed code sets one password, whoever else holds the same session."""
        cleaned: dict[str, Any] = super().clean() or {}
        state = context.request.session.get(PASSWORD_RESET_VERIFICATION_SESSION_KEY) or {}
        if not self.errors and not guesses.spend(f"reset-done:{state.get('user_id')}:{state.get('at')}"):
            raise get_adapter().validation_error("incorrect_code")
        return cleaned


class ChangePasswordForm(OnePassword, allauth.ChangePasswordForm):
    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["oldpassword"] = password_field(_("Current password"))
        self.order_fields(["oldpassword", "password1"])

    def clean_oldpassword(self) -> str:
        with doors.checked(context.request, self.user.email):
            return super().clean_oldpassword()


class AgainForm(allauth.ReauthenticateForm):
    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["password"] = password_field(_("Password"))
