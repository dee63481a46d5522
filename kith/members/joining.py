"""How somebody comes in: by a join link, or by asking and being let in by a host."""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.core.host import Setting
from kith.core.refusal import Refused, line_of, text_of
from kith.members.audit import record
from kith.members.models import JoinLink, JoinRequest, Member

MOST_DAYS, MOST_USES = 365, 10_000
REASON_LIMIT = WORDS_LIMIT = 1_000

SIGN_UP = Setting(
    "sign_up",
    "link",
    label=gettext_lazy("Who may sign up"),
    hint=gettext_lazy("Whoever is on the roster may always claim their place."),
    choices=[
        ("link", gettext_lazy("whoever has a join link")),
        ("open", gettext_lazy("everybody")),
        ("approval", gettext_lazy("everybody who gives a reason and is let in by a host")),
    ],
    group=gettext_lazy("Coming in"),
)


def make_join_link(
    host: Member, *, email: str = "", note: str = "", days: int = 14, uses: int = 1
) -> tuple[JoinLink, str]:
    """A new way in and its token, which is shown now and never again; for one address it has one use."""
    email = _address(email) if email.strip() else ""
    if not 1 <= days <= MOST_DAYS:
        raise Refused(_("Days it works: please choose 1 to %(most)s.") % {"most": MOST_DAYS}, "days")
    if not 1 <= uses <= MOST_USES:
        raise Refused(
            _("People it lets in: please choose 1 to %(most)s.") % {"most": f"{MOST_USES:,}"}, "uses"
        )
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        link = JoinLink.objects.create(
            token_hash=hash_of(token),
            made_by=host,
            email=email,
            note=line_of(note, 200, _("Note"), "note"),
            until=timezone.now() + timedelta(days=days),
            uses_left=1 if email else uses,
        )
        record("join_link_made", actor=host, link=link.public_id, uses=link.uses_left, days=days)
    return link, token


def find_join_link(token: str) -> JoinLink | None:
    """The link of this token, if it can still be used."""
    return JoinLink.objects.usable().filter(token_hash=hash_of(token)).first()


def use_join_link(link: JoinLink, member: Member, email: str) -> None:
    """Let a member in by a link, taking one of its uses; the same member's second time takes none.

    Refused when the link is for another address, spent, over or revoked. Exact under concurrency: the use
    is taken by one conditional update, under the member's lock.
    """
    if link.email and link.email.lower() != email.strip().lower():
        raise Refused(_("E-mail: this link is for another address."), "email")
    now = timezone.now()
    with transaction.atomic():
        current = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if current.joined_by_id == link.pk:
            return
        taken = JoinLink.objects.usable().filter(pk=link.pk).update(uses_left=F("uses_left") - 1)
        if not taken:
            raise Refused(_("This link is no longer valid. Ask whoever gave it to you for a new one."))
        member.joined_by = current.joined_by = link
        member.confirmed_at = current.confirmed_at = current.confirmed_at or now
        current.save(update_fields=["joined_by", "confirmed_at"])
        record("join_link_used", actor=member, subject=member, link=link.public_id)


def revoke_join_link(link: JoinLink, host: Member) -> None:
    """End a link before its time; whoever came in by it stays."""
    with transaction.atomic():
        if JoinLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
            record("join_link_revoked", actor=host, link=link.public_id)


def ask_to_join(member: Member, reason: str) -> JoinRequest:
    """Ask the hosts to be let in; the reason can be changed until somebody has decided."""
    reason = text_of(reason, REASON_LIMIT, _("Reason"), "reason")
    if not reason:
        raise Refused(_("Reason: please say in a sentence why you would like to join."), "reason")
    with transaction.atomic():
        request, new = JoinRequest.objects.get_or_create(member=member, defaults={"reason": reason})
        waiting = JoinRequest.objects.filter(pk=request.pk, decided_at__isnull=True)
        if not new and not waiting.update(reason=reason):
            raise Refused(_("Your request has been decided already."))
        request.reason = reason
    return request


def let_in(request: JoinRequest, host: Member, words: str = "") -> None:
    """Open the house to whoever asked, also after an earlier no; once."""
    words, now = _words(words), timezone.now()
    open_still = Q(decided_at__isnull=True) | Q(declined_at__isnull=False)
    with transaction.atomic():
        won = JoinRequest.objects.filter(open_still, pk=request.pk).update(
            decided_at=now, decided_by=host, declined_at=None, words=words
        )
        if not won:
            raise Refused(_("Somebody has let them in already."))
        Member.objects.filter(pk=request.member_id, confirmed_at__isnull=True).update(confirmed_at=now)
        record("member_let_in", actor=host, subject=request.member)


def decline(request: JoinRequest, host: Member, words: str) -> None:
    """Say no to a request, with words for whoever asked."""
    words, now = _words(words), timezone.now()
    if not words:
        raise Refused(_("Words: please tell them why; they read it when they sign in."), "words")
    with transaction.atomic():
        won = JoinRequest.objects.filter(pk=request.pk, decided_at__isnull=True).update(
            decided_at=now, decided_by=host, declined_at=now, words=words
        )
        if not won:
            raise Refused(_("This request has been decided already."))
        record("member_declined", actor=host, subject=request.member)


def vouch_for(member: Member, host: Member) -> None:
    """Let somebody in who could not confirm their address and has not asked."""
    now = timezone.now()
    with transaction.atomic():
        if not Member.objects.filter(pk=member.pk, confirmed_at__isnull=True).update(confirmed_at=now):
            raise Refused(_("They are let in already."))
        JoinRequest.objects.filter(member=member, decided_at__isnull=True).update(
            decided_at=now, decided_by=host
        )
        member.confirmed_at = now
        record("member_let_in", actor=host, subject=member)


def hash_of(token: str) -> str:
    """What is stored of a token: long random words need no salt."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _words(words: str) -> str:
    return text_of(words, WORDS_LIMIT, _("Words"), "words")


def _address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(_("E-mail: “%(email)s” is not an address.") % {"email": email[:60]}, "email") from None
    if len(email) > 254:
        raise Refused(_("E-mail: at most 254 characters."), "email")
    return email
