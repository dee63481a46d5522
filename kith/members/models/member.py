"""The account: whoever signs in here."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from kith.core.folding import Folded
from kith.core.ids import public_id

if TYPE_CHECKING:
    from kith.members.policy import Viewer


UNNAMED_HOST = "host@localhost.localdomain"  # the first host's account, until they say who they are


def suspended_now() -> Q:
    """For queries: who is suspended as it is asked."""
    without_end = Q(suspended_until__isnull=True) | Q(suspended_until__gt=timezone.now())
    return without_end & Q(suspended_at__isnull=False)


class MemberQuerySet(models.QuerySet["Member"]):
    """Words for sets of members."""

    def hosts(self) -> "MemberQuerySet":
        return self.filter(host_since__isnull=False)

    def from_demo(self) -> "MemberQuerySet":
        return self.filter(demo_at__isnull=False)

    def let_in(self) -> "MemberQuerySet":
        """Accounts that count as members: confirmed, active, not suspended, and somebody's."""
        over = Q(suspended_at__isnull=True) | Q(suspended_until__lte=timezone.now())
        somebodys = self.exclude(email=UNNAMED_HOST)
        return somebodys.filter(over, is_active=True, confirmed_at__isnull=False)

    def with_address(self, email: str) -> "MemberQuerySet":
        """Whose address this is, whatever the case of its letters; by the index that keeps addresses apart."""
        return self.alias(address=Lower("email")).filter(address=Lower(Value(email)))

    def suspended(self) -> "MemberQuerySet":
        """Who is suspended now."""
        return self.filter(suspended_now())

    def visible_to(self, viewer: "Viewer") -> "MemberQuerySet":
        """Whom the viewer may see here as a person: nobody hidden by a block, nobody not let in but oneself."""
        if viewer.member is None:
            return self.none()
        others = self.let_in().exclude(pk__in=viewer.hidden_ids)
        return others | self.filter(pk=viewer.member.pk)


class MemberManager(BaseUserManager["Member"].from_queryset(MemberQuerySet)):  # type: ignore[misc]
    """Django's door to accounts; natural key is the e-mail address whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.with_address(username or "").get()


class Member(AbstractBaseUser):
    """A person with an account on this host; a demo member carries when the demo made it."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    handle = models.SlugField(max_length=60, unique=True)
    headline = models.CharField(max_length=220, blank=True)
    place = models.CharField(max_length=120, blank=True)
    sort_name = models.CharField(
        max_length=120, blank=True, help_text="the name folded, for lists and finding"
    )
    search_text = models.GeneratedField(
        expression=Folded(Concat("name", Value(" "), "headline", Value(" "), "place")),
        output_field=TextField(),
        db_persist=True,
    )
    photo_key = models.CharField(
        max_length=16, blank=True, help_text="names the photo's files; empty: initials"
    )
    joined_at = models.DateTimeField(default=timezone.now)
    host_since = models.DateTimeField(null=True, blank=True)
    demo_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="when an address, the host or a link vouched for this account"
    )
    suspended_at = models.DateTimeField(
        null=True, blank=True, help_text="with suspended_until: what the standing suspension says"
    )
    suspended_until = models.DateTimeField(null=True, blank=True)
    joined_by = models.ForeignKey(
        "members.JoinLink", null=True, blank=True, on_delete=models.SET_NULL, related_name="joined"
    )
    link_made_at = models.DateTimeField(
        null=True, blank=True, help_text="the newest one-time link; older ones no longer open anything"
    )
    is_active = models.BooleanField(default=True)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="member_email_once")]
        indexes = [
            models.Index("sort_name", "id", name="member_by_name"),
            models.Index("photo_key", condition=~Q(photo_key=""), name="member_by_photo"),
            models.Index("id", condition=Q(suspended_at__isnull=False), name="member_suspended"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_host(self) -> bool:
        return self.host_since is not None

    @property
    def is_held(self) -> bool:
        """Signed in but kept outside: not let in yet, or suspended."""
        return self.confirmed_at is None or self.is_suspended

    @property
    def is_suspended(self) -> bool:
        if self.suspended_at is None:
            return False
        return self.suspended_until is None or self.suspended_until > timezone.now()

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]
