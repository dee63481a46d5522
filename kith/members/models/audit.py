"""What hosts did, and what touched the safety of an account: only ever added to."""

from django.db import models
from django.utils import timezone

from kith.members.models.member import Member


class AuditEntry(models.Model):
    """One act: who, what (`members.audit` has the words), about whom; never names or texts of members."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    verb = models.CharField(max_length=40, db_index=True)
    subject = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="audit_about")
    detail = models.JSONField(default=dict, help_text="numbers and keys, no personal words")

    class Meta:
        ordering = ["-at", "-id"]
