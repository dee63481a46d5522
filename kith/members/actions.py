"""Acts on accounts: joining, becoming the host."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kith.core.ids import public_id
from kith.core.text import clean_line
from kith.members import links
from kith.members.models import Member


class CannotJoin(ValueError):
    """Why an account could not be made; str() is one sentence."""


def join(*, email: str, name: str, as_host: bool = False, from_demo: bool = False) -> Member:
    """Make an account; refuses an address that is taken or is none."""
    email, name = clean_line(email, 254).lower(), clean_line(name, 120)
    if not name:
        raise CannotJoin(_("Name: please give one, up to 120 characters."))
    try:
        validate_email(email)
    except ValidationError:
        raise CannotJoin(_("E-mail: “%(email)s” is not an address.") % {"email": email}) from None
    now = timezone.now()
    member = Member(
        email=email,
        name=name,
        handle=_free_handle(name),
        host_since=now if as_host else None,
        demo_at=now if from_demo else None,
    )
    member.set_unusable_password()
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError:
        raise CannotJoin(_("E-mail: %(email)s already has an account here.") % {"email": email}) from None
    return member


def first_host_link() -> str | None:
    """The path that makes the first person the host; none once an unmarked host has signed in."""
    real = Member.objects.filter(demo_at__isnull=True)
    if real.filter(last_login__isnull=False).exists():
        return None
    host = real.hosts().first() or join(email="host@localhost.localdomain", name=_("Host"), as_host=True)
    return links.one_time_link(host)


def rename(member: Member, *, name: str, email: str) -> Member:
    """Give the account its owner's name and address; refuses what join refuses."""
    email, name = clean_line(email, 254).lower(), clean_line(name, 120)
    if not name:
        raise CannotJoin(_("Name: please give one, up to 120 characters."))
    try:
        validate_email(email)
    except ValidationError:
        raise CannotJoin(_("E-mail: “%(email)s” is not an address.") % {"email": email}) from None
    member.name, member.email = name, email
    try:
        with transaction.atomic():
            member.save(update_fields=["name", "email"])
    except IntegrityError:
        raise CannotJoin(_("E-mail: %(email)s already has an account here.") % {"email": email}) from None
    return member


def fill_profile(member: Member, *, headline: str = "", place: str = "") -> None:
    """Take headline and place from an archive; never over what the member typed."""
    if headline and not member.headline:
        member.headline = clean_line(headline, 220)
    if place and not member.place:
        member.place = clean_line(place, 120)
    member.save(update_fields=["headline", "place"])


def _free_handle(name: str) -> str:
    base = slugify(name)[:40] or "member"
    return base if not Member.objects.filter(handle=base).exists() else f"{base}-{public_id()[:5]}"
