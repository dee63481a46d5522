"""One-time links: signing in without a password or mail, by Django's own signed tokens."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int

from kith.members import guesses
from kith.members.models import Member


class _LinkTokens(PasswordResetTokenGenerator):
    """A token dies by use (last_login moves), by time, by a newer one, and by a change of address."""

    key_salt = "kith.members.links"

    def _make_hash_value(self, user: Member, timestamp: int) -> str:
        made = user.link_made_at.isoformat() if user.link_made_at else ""
        return super()._make_hash_value(user, timestamp) + made

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
    """The path of a link that signs this member in once, within three days; earlier ones die (b4)."""
    member.link_made_at = timezone.now()
    member.save(update_fields=["link_made_at"])
    return f"/link/{member.public_id}/{_tokens.make_token(member)}/"  # the page `link`; members know no pages


def use_link(member: Member, token: str) -> bool:
    """Whether this link may sign the member in now; true once, however many try at the same moment."""
    life = timedelta(seconds=settings.ONE_TIME_LINK_SECONDS + 1)
    return _tokens.check_token(member, token) and guesses.spend(f"link:{member.pk}:{token}", within=life)


class OneTimeLinkBackend(BaseBackend):
    """Keeps whoever came by a link or walked into the demo signed in."""

    def get_user(self, user_id: int) -> Member | None:
        return Member.objects.filter(pk=user_id, is_active=True).first()
