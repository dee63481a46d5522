"""What a member lets others do in the network."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kith.members.models import Member


class NetworkChoices(models.Model):
    """One member's choices; no row means the defaults."""

    class Browse(models.TextChoices):
        NOBODY = "nobody", _("only me")
        CONNECTIONS = "connections", _("my connections")
        MEMBERS = "members", _("members")

    class Invite(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        MUTUAL = "mutual", _("people who know somebody I know")
        EMAIL = "email", _("people who know my e-mail")

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="network_choices")
    may_browse = models.CharField(max_length=12, choices=Browse.choices, default=Browse.CONNECTIONS)
    may_invite = models.CharField(max_length=12, choices=Invite.choices, default=Invite.EVERYONE)
    in_paths = models.BooleanField(default=True)
    may_be_suggested = models.BooleanField(default=True)
    found_by_email = models.BooleanField(default=False)
    openness = models.CharField(
        max_length=200,
        blank=True,
        help_text="how open I am to people I never met, shown beside Connect (K-16)",
    )
