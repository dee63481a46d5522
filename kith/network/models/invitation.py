"""Asking somebody to connect, and what becomes of it: no limbo (promise 3)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.core.ids import public_id
from kith.members.models import Member
from kith.members.policy import Viewer


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Words for sets of invitations."""

    def visible_to(self, viewer: Viewer) -> "InvitationQuerySet":
        """Those one sent or received, without people a block hides or who are not let in."""
        if viewer.member is None:
            return self.none()
        seen = Member.objects.visible_to(viewer)
        # Whoever was asked by an address is named once they accepted, and before that nobody can tell who they are.
        unnamed = Q(recipient__isnull=True) | (~Q(email_hash="") & ~Q(state=Invitation.State.ACCEPTED))
        sent = Q(sender=viewer.member) & (unnamed | Q(recipient__in=seen))
        return self.filter(sent | Q(recipient=viewer.member, sender__in=seen))

    def open(self) -> "InvitationQuerySet":
        """Waiting or set aside, and not past their end."""
        return self.filter(state__in=Invitation.OPEN, expires_at__gt=timezone.now())

    def waiting(self) -> "InvitationQuerySet":
        return self.open().filter(state=Invitation.State.WAITING)

    def asks_still(self) -> "InvitationQuerySet":
        """As their sender sees it: neither accepted, withdrawn nor over, whatever a recipient decided unseen."""
        unseen = Q(state__in=(*Invitation.OPEN, Invitation.State.DECLINED, Invitation.State.UNKNOWN))
        return self.filter(unseen, withdrawn_at__isnull=True, expires_at__gt=timezone.now())

    def received_by(self, member: Member) -> "InvitationQuerySet":
        return self.filter(recipient=member)

    def sent_by(self, member: Member) -> "InvitationQuerySet":
        return self.filter(sender=member)

    def between(self, one: Member, other: Member) -> "InvitationQuerySet":
        return self.filter(Q(sender=one, recipient=other) | Q(sender=other, recipient=one))


InvitationManager = models.Manager.from_queryset(InvitationQuerySet)


class Invitation(models.Model):
    """One member asks another, or an address outside, to connect (INV-23)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SET_ASIDE = "set_aside", _("set aside")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        UNKNOWN = "unknown", _("declined as unknown")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("expired")

    OPEN = (State.WAITING, State.SET_ASIDE)

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    sender = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitations_sent")
    recipient = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations_received"
    )
    email = models.EmailField(
        blank=True, help_text="all the sender knows of whom they ask; emptied once joined or after 90 days"
    )
    email_hash = models.CharField(max_length=64, blank=True, help_text="keyed; outlives the address")
    note = models.TextField(blank=True)
    was_blind = models.BooleanField(default=False, help_text="nothing tied the two when it was sent (INV-01)")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(
        null=True, blank=True, help_text="accepted, declined, withdrawn or expired"
    )
    reminders_agreed_at = models.DateTimeField(
        null=True, blank=True, help_text="by e-mail only: the sender's tick"
    )
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="by the sender, who may not know that it was declined before"
    )
    mailed_at = models.DateTimeField(null=True, blank=True, help_text="empty: no letter went out")
    last_mailed_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least("sender", "recipient"),
                Greatest("sender", "recipient"),
                condition=Q(state__in=("waiting", "set_aside"), recipient__isnull=False),
                name="invitation_open_once",  # in either direction (d2)
            ),
            models.UniqueConstraint(
                fields=["sender", "email_hash"],
                condition=Q(state__in=("waiting", "set_aside"), recipient__isnull=True),
                name="invitation_by_mail_once",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=True) | ~Q(sender=F("recipient")), name="invitation_not_oneself"
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | ~Q(email_hash=""), name="invitation_to_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False),
                name="invitation_withdrawn_at",
            ),
            models.CheckConstraint(condition=Q(reminders_sent__lte=2), name="invitation_two_reminders"),
        ]
        indexes = [
            models.Index(fields=["sender", "-sent_at", "-id"], name="invitation_newest_sent"),
            models.Index(fields=["recipient", "state", "-sent_at"], name="invitation_received"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN and self.expires_at > timezone.now()

    @property
    def asks_still(self) -> bool:
        """Whether its sender sees it waiting; a decline shows no sooner than its end would."""
        seen = (self.State.ACCEPTED, self.State.WITHDRAWN, self.State.EXPIRED)
        return self.state not in seen and self.withdrawn_at is None and self.expires_at > timezone.now()


class InvitationWord(models.Model):
    """A line of the small thread in which a recipient asks more without deciding (INV-20, S-27)."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="words")
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["said_at", "id"]
