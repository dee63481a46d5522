"""How people come in: join links, requests to be let in, the host's roster."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.core.ids import public_id
from kith.members.models.member import Member


class JoinLinkQuerySet(models.QuerySet["JoinLink"]):
    """Words for sets of join links."""

    def usable(self) -> Self:
        """Those that still let somebody in."""
        return self.filter(uses_left__gt=0, until__gt=timezone.now(), revoked_at__isnull=True)


JoinLinkManager = models.Manager.from_queryset(JoinLinkQuerySet)


class JoinLink(models.Model):
    """A way in: who made it, for which address (any, if empty), until when, how many uses are left."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, help_text="the token itself is shown once")
    made_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="join_links")
    email = models.EmailField(blank=True)
    note = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    uses_left = models.PositiveIntegerField(default=1)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = JoinLinkManager()

    @property
    def is_usable(self) -> bool:
        return self.uses_left > 0 and self.until > timezone.now() and self.revoked_at is None


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    """Words for sets of requests."""

    def waiting(self) -> Self:
        return self.filter(decided_at__isnull=True)


JoinRequestManager = models.Manager.from_queryset(JoinRequestQuerySet)


class JoinRequest(models.Model):
    """Somebody signed up where the host lets people in one by one, and says why (sign-up by approval)."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="join_request")
    reason = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="what the host says to it")

    objects = JoinRequestManager()


class HostField(models.Model):
    """A field of the host's own about members, such as class year; filled by a roster."""

    key = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=80)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class RosterEntryQuerySet(models.QuerySet["RosterEntry"]):
    """Words for sets of roster entries."""

    def open(self) -> Self:
        """Those that can still be claimed."""
        return self.filter(claimed_at__isnull=True, withdrawn_at__isnull=True, never_again_at__isnull=True)

    def unwritten(self) -> Self:
        """Open ones with an address that no letter went to yet, and that wants one."""
        quiet = QuietAddress.objects.values("pk")
        return self.open().filter(mailed_at__isnull=True).exclude(Q(email="") | Q(email_hash__in=quiet))


RosterEntryManager = models.Manager.from_queryset(RosterEntryQuerySet)


class RosterEntry(models.Model):
    """Somebody the host knows and asks in: a claim link, one mail, at most two reminders with consent (b35)."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    email = models.EmailField(blank=True)
    email_hash = models.CharField(max_length=64, unique=True, help_text="keyed; outlives the address")
    name = models.CharField(max_length=120, blank=True)
    fields = models.JSONField(default=dict, help_text="host field key to text")
    made_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    token_hash = models.CharField(max_length=64, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    reminders_agreed_at = models.DateTimeField(null=True, blank=True, help_text="the host ticked reminders")
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    last_mailed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    never_again_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.OneToOneField(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="roster_entry"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)

    objects = RosterEntryManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reminders_sent__lte=2), name="roster_two_reminders")
        ]

    @property
    def standing(self) -> tuple[Any, datetime]:
        """The state in words, and since when."""
        if self.claimed_at:
            return _("came in"), self.claimed_at
        if self.never_again_at:
            return _("wants no letters"), self.never_again_at
        if self.withdrawn_at:
            return _("withdrawn"), self.withdrawn_at
        if self.reminders_sent and self.last_mailed_at:
            return _("reminded"), self.last_mailed_at
        if self.mailed_at:
            return _("written to"), self.mailed_at
        return _("not written to"), self.made_at


class QuietAddress(models.Model):
    """Somebody outside wants no letter from here any more; all that is kept is a keyed hash (b35)."""

    email_hash = models.CharField(max_length=64, primary_key=True)
    said_at = models.DateTimeField(default=timezone.now)


class MemberField(models.Model):
    """What the host's own field says of a member; shown to the member and the host."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="host_fields")
    field = models.ForeignKey(HostField, on_delete=models.CASCADE, related_name="values")
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "field"], name="member_field_once")]
