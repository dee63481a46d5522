"""Signing up: a name and an address; the code that is mailed there makes the account. A password can come later."""

from typing import Any

from allauth.account.forms import SignupForm
from allauth.core import context
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kith.core.refusal import Refused
from kith.members import actions, joining
from kith.members.models import JoinLink, Member, RosterEntry
from kith.members.roster import email_hash
from kith.network.models import Invitation
from kith.web.accounts import coming_in, doors
from kith.web.accounts.forms import email_field


def unfinished(email: str) -> Member | None:
    """Somebody who signed up with this address, never confirmed it and never came in: they may begin anew."""
    return Member.objects.filter(
        email=email.lower(),
        confirmed_at__isnull=True,
        last_login__isnull=True,
        emailaddress__verified=False,
    ).first()


class SignUpForm(SignupForm):
    """Only what is asked is read: no other field of the form can reach the account (b9)."""

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        request = context.request
        way = coming_in.way_in(request)
        self.fields["name"] = forms.CharField(
            label=_("Name"),
            max_length=120,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            help_text=_("As people know you. It stands beside what you do here."),
            error_messages={"required": _("Name: please give one, up to 120 characters.")},
        )
        self.fields["email"] = email_field()
        self.fields["email"].help_text = _("Shown to nobody. We mail a code there.")
        if coming_in.asks_reason(request):
            self.fields["reason"] = forms.CharField(
                label=_("Why would you like to join?"),
                max_length=joining.REASON_LIMIT,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("The host reads it and decides."),
                error_messages={
                    "required": _("Reason: please say in a sentence why you would like to join.")
                },
            )
        if way and way.email:
            self.fields["email"].initial = way.email
        if isinstance(way, RosterEntry):
            self.fields["name"].initial = way.name
        self.order_fields(["name", "email", "reason"])

    def validate_unique_email(self, value: str) -> str:
        if unfinished(value):
            return value
        return super().validate_unique_email(value)

    def clean_email(self) -> str:
        email = super().clean_email()
        way = coming_in.way_in(context.request)
        if isinstance(way, JoinLink) and way.email and way.email.lower() != email:
            raise forms.ValidationError(_("E-mail: this link is for another address."))
        if isinstance(way, Invitation) and way.email_hash != email_hash(email):
            raise forms.ValidationError(_("E-mail: this letter is for another address."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            doors.count_sign_up(context.request)
            doors.count_letter(context.request, cleaned["email"])
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[Member | None, Any]:
        """An address that somebody took at the same moment is answered as any known one (b1)."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except actions.CannotJoin:
            self.account_already_exists = True
            return super().try_save(request)

    def save(self, request: HttpRequest) -> Member:
        email, name = self.cleaned_data["email"], self.cleaned_data["name"]
        begun = unfinished(email)
        if begun:
            member = actions.begin_again(begun, name=name)
        else:
            member = actions.join(email=email, name=name, confirmed=False)
        if self.cleaned_data.get("reason"):
            joining.ask_to_join(member, self.cleaned_data["reason"])
        return member

    def clean_name(self) -> str:
        try:
            return actions.checked_name(self.cleaned_data["name"])
        except (actions.CannotJoin, Refused) as refusal:
            raise forms.ValidationError(str(refusal)) from None
