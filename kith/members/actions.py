"""Acts on accounts: joining, becoming the host."""

from anyascii import anyascii
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kith.core.host import forget_setting, set_setting, setting
from kith.core.ids import lookalikes, public_id
from kith.core.text import clean_line, fold, names_somebody
from kith.members import links
from kith.members.addresses import keep_address
from kith.members.models import Member
from kith.members.models.member import UNNAMED_HOST


class CannotJoin(ValueError):
    """Why an account could not be made; str() is one sentence."""


def join(
    *, email: str, name: str, as_host: bool = False, from_demo: bool = False, confirmed: bool = True
) -> Member:
    """Make an account; refuses an address that is taken or is none.

    Whoever makes a confirmed one vouches for its address; unconfirmed ones are nobody yet (b10).
    """
    email, name = _checked(email, name)
    now = timezone.now()
    member = Member(
        email=email,
        name=name,
        handle=_free_handle(name),
        sort_name=fold(name)[:120],
        confirmed_at=now if confirmed else None,
        host_since=now if as_host else None,
        demo_at=now if from_demo else None,
    )
    member.set_unusable_password()
    with transaction.atomic():
        _save_once(member)
        keep_address(member, verified=confirmed)
    return member


def begin_again(member: Member, *, name: str) -> Member:
    """Somebody who never confirmed their address signs up anew: the account is theirs under the new name."""
    member.name = checked_name(name)
    member.sort_name, member.handle = fold(member.name)[:120], _free_handle(member.name)
    member.joined_at = timezone.now()
    _save_once(member)
    return member


def first_host_link() -> str | None:
    """The path that makes the first person the host; none once an unmarked host has signed in."""
    host = first_host()
    return links.one_time_link(host) if host else None


def rename(member: Member, *, name: str, email: str) -> Member:
    """Give the account its owner's name and address; refuses what join refuses."""
    member.email, member.name = _checked(email, name)
    member.sort_name = fold(member.name)[:120]
    if member.handle.startswith("host"):
        member.handle = _free_handle(member.name)
    with transaction.atomic():
        _save_once(member)
        keep_address(member, verified=True)
    return member


def fill_profile(member: Member, *, headline: str = "", place: str = "") -> None:
    """Take headline and place from an archive; never over what the member typed."""
    if headline and not member.headline:
        member.headline = clean_line(headline, 220)
    if place and not member.place:
        member.place = clean_line(place, 120)
    member.save(update_fields=["headline", "place"])


def offer_walk_in(people: dict[str, Member]) -> None:
    """Let visitors of a fresh demo sign in as one of its people: role to member."""
    set_setting("walk_in", {role: member.public_id for role, member in people.items()})


def stop_walk_in() -> None:
    """No more doors without a link."""
    forget_setting("walk_in")


def walk_in_roles() -> dict[str, Member]:
    """Whom a visitor may walk in as; nobody unless the demo stands and the host is bound to loopback."""
    if not settings.BOUND_TO_LOOPBACK:
        return {}
    offered: dict[str, str] = setting("walk_in", {})
    found = {
        member.public_id: member
        for member in Member.objects.from_demo().filter(public_id__in=offered.values())
    }
    return {role: found[public_id] for role, public_id in offered.items() if public_id in found}


def first_host() -> Member | None:
    """The unmarked host who has not signed in yet, made when there is none; None once one has."""
    if not host_is_awaited():
        return None
    real = Member.objects.filter(demo_at__isnull=True)
    return real.hosts().first() or join(email=UNNAMED_HOST, name=_("Host"), as_host=True)


def host_is_awaited() -> bool:
    """Whether nobody real has signed in yet, so that the next one becomes the host."""
    return not Member.objects.filter(demo_at__isnull=True, last_login__isnull=False).exists()


def checked_name(name: str) -> str:
    """A name as it is stored; refuses none and too long a one."""
    name = clean_line(name, 1_000)
    if not names_somebody(name) or len(name) > 120:
        raise CannotJoin(_("Name: please give one with a letter in it, up to 120 characters."))
    return name


def _checked(email: str, name: str) -> tuple[str, str]:
    email, name = email.strip().lower(), checked_name(name)
    try:
        validate_email(email)
        if len(email) > 254:
            raise ValidationError("long")
    except ValidationError:
        raise CannotJoin(_("E-mail: “%(email)s” is not an address.") % {"email": email[:60]}) from None
    return email, name


def _save_once(member: Member) -> None:
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError:
        raise CannotJoin(
            _("E-mail: %(email)s already has an account here.") % {"email": member.email}
        ) from None


def _free_handle(name: str) -> str:
    base = slugify(anyascii(name))[:40].strip("-") or "member"
    taken = Member.objects.filter(handle__iregex=lookalikes(base)).exists()
    return f"{base}-{public_id()[:5]}" if taken else base
