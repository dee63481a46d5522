"""Signing in by the host's identity provider (OpenID Connect); it never opens an account that is there already."""

from typing import Any

from allauth.account.internal.userkit import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.forms import SignupForm
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from kith.core.text import clean_line
from kith.members import actions
from kith.members.addresses import confirm, keep_address
from kith.members.models import Member
from kith.network.actions.outside import connect_invited


class ProviderAdapter(DefaultSocialAccountAdapter):
    """One provider, set up by the environment; an address it has verified lets its owner in."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": _("Please set a password first, so that you can still sign in."),
    }

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        return list(super().list_apps(None, provider, client_id))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """The host chose the provider, so whoever it knows may come."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """An address that has an account here: sign in to it first, then connect (b7)."""
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        known = [a for a in sociallogin.email_addresses if a.verified and filter_users_by_email(a.email)]
        if known:
            raise ImmediateHttpResponse(
                render(request, "socialaccount/known.html", {"email": known[0].email}, status=409)
            )

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Member:
        member: Member = sociallogin.user
        member.email = str(data.get("email") or "").lower()[:254]
        parts = [data.get("first_name"), data.get("last_name")]
        member.name = clean_line(str(data.get("name") or " ".join(p for p in parts if p)), 120)
        return member

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return bool(sociallogin.user and sociallogin.user.name)

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        member: Member = sociallogin.user
        return {"email": member.email, "name": member.name}

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Member:
        said: Member = sociallogin.user
        email = form.cleaned_data["email"] if form else said.email
        name = form.cleaned_data["name"] if form else said.name
        vouched = any(a.verified and a.email.lower() == email for a in sociallogin.email_addresses)
        with transaction.atomic():
            member = actions.join(email=email, name=name, confirmed=False)
            if vouched:
                keep_address(member, verified=True)
                confirm(member)
                connect_invited(member)
            sociallogin.user = member
            account: SocialAccount = sociallogin.account
            account.user = member
            account.save()
        return member


class ProviderSignUpForm(SignupForm):
    """What the provider did not say."""

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def clean_name(self) -> str:
        try:
            return actions.checked_name(self.cleaned_data["name"])
        except actions.CannotJoin as refusal:
            raise forms.ValidationError(str(refusal)) from None
