"""The account: whoever signs in here."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from kith.core.ids import public_id


class MemberQuerySet(models.QuerySet["Member"]):
    """Words for sets of members."""

    def hosts(self) -> "MemberQuerySet":
        return self.filter(host_since__isnull=False)

    def from_demo(self) -> "MemberQuerySet":
        return self.filter(demo_at__isnull=False)


class MemberManager(BaseUserManager["Member"].from_queryset(MemberQuerySet)):  # type: ignore[misc]
    """Django's door to accounts; natural key is the e-mail address whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email__iexact=username)


class Member(AbstractBaseUser):
    """A person with an account on this host; a demo member carries when the demo made it."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    handle = models.SlugField(max_length=60, unique=True)
    headline = models.CharField(max_length=220, blank=True)
    place = models.CharField(max_length=120, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    host_since = models.DateTimeField(null=True, blank=True)
    demo_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="member_email_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_host(self) -> bool:
        return self.host_since is not None

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]
