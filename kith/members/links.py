"""One-time links: signing in without a password or mail, by Django's own signed tokens."""

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int

from kith.members.models import Member


class _LinkTokens(PasswordResetTokenGenerator):
    """A token dies by use (last_login moves), by time, and by a change of address."""

    key_salt = "kith.members.links"

    def check_token(self, user: Member | None, token: str | None) -> bool:
        if not user or not token or "-" not in token:
            return False
        try:
            made = base36_to_int(token.split("-")[0])
        except ValueError:
            return False
        candidates = (
            self._make_token_with_timestamp(user, made, secret)
            for secret in [self.secret, *self.secret_fallbacks]
        )
        if not any(constant_time_compare(candidate, token) for candidate in candidates):
            return False
        return self._num_seconds(self._now()) - made <= settings.ONE_TIME_LINK_SECONDS


_tokens = _LinkTokens()


def one_time_link(member: Member) -> str:
    """The path of a link that signs this member in once, within three days."""
    return f"/link/{member.public_id}/{_tokens.make_token(member)}/"  # the page `link`; members know no pages


class OneTimeLinkBackend(BaseBackend):
    """Sign-in by one-time link until the members part brings more doors."""

    def authenticate(  # type: ignore[override]
        self, request: object, public_id: str = "", token: str = ""
    ) -> Member | None:
        member = Member.objects.filter(public_id=public_id, is_active=True).first()
        return member if member and _tokens.check_token(member, token) else None

    def get_user(self, user_id: int) -> Member | None:
        return Member.objects.filter(pk=user_id, is_active=True).first()
