"""Private history: what passed between the owner and others elsewhere, as archives tell it.

None of it is a row of the network: nobody but the owner sees, searches or counts it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kith.contacts.models.contact import Contact
from kith.contacts.models.owned import Imported, Owned
from kith.core.ids import public_id


class PastInvitation(Imported):
    """An invitation sent or received elsewhere; accepted when the other side is a connection there."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="past_invitations")
    outgoing = models.BooleanField()
    sent_at = models.DateTimeField()
    note = models.TextField(blank=True)
    accepted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "contact", "outgoing", "sent_at"], name="past_invitation_once"
            )
        ]


class MessageVersion(Owned):
    """A first message the owner sent to several people in nearly the same words, kept once."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    text = models.TextField()
    hashes = ArrayField(
        models.CharField(max_length=32), default=list, help_text="keyed hashes of the texts in it"
    )


class Thread(Imported):
    """A conversation elsewhere; its first message of the owner's belongs to a version."""

    key = models.CharField(max_length=200)
    title = models.CharField(max_length=300, blank=True)
    is_group = models.BooleanField(default=False)
    is_sponsored = models.BooleanField(default=False)
    people = models.ManyToManyField(Contact, through="ThreadPerson", related_name="threads")
    version = models.ForeignKey(MessageVersion, null=True, on_delete=models.SET_NULL, related_name="threads")
    opened_at = models.DateTimeField(
        null=True, help_text="the owner's first message, when it opened the thread"
    )
    answered_at = models.DateTimeField(null=True, help_text="their first message after it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="thread_once")]


class ThreadPerson(models.Model):
    """Somebody else in a conversation."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "contact"], name="thread_person_once")]


class PastMessage(Imported):
    """A message's direction and date; its text only if the owner ticked bodies, a keyed hash always."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    sender = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="+")
    outgoing = models.BooleanField()
    sent_at = models.DateTimeField()
    text_hash = models.CharField(max_length=32)
    text = models.TextField(blank=True)
    subject = models.CharField(max_length=300, blank=True)
    folder = models.CharField(max_length=20, blank=True)
    has_attachment = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "sent_at", "sender", "text_hash"],
                name="past_message_once",
                nulls_distinct=False,
            )
        ]


class PastEndorsement(Imported):
    """A skill somebody endorsed elsewhere, in either direction."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="past_endorsements")
    received = models.BooleanField()
    skill = models.CharField(max_length=200)
    endorsed_at = models.DateTimeField()
    status = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "contact", "received", "skill", "endorsed_at"], name="past_endorsement_once"
            )
        ]


class PastRecommendation(Imported):
    """A recommendation written elsewhere; the writer may not be found among the contacts."""

    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.SET_NULL, related_name="past_recommendations"
    )
    received = models.BooleanField()
    name = models.CharField(max_length=300)
    company = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=20, blank=True)
    fingerprint = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "received", "fingerprint"], name="past_recommendation_once"
            )
        ]


class Deed(Imported):
    """Something the owner did elsewhere: a share, comment, reaction, repost, vote, article, follow; or a
    connection that hides behind its date (kind `hidden_connection`)."""

    kind = models.CharField(max_length=20)
    done_at = models.DateTimeField(null=True)
    urn = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "kind", "fingerprint"], name="deed_once")]
