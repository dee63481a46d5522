"""A person in somebody's private address book, and what its owner noted about them."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from kith.contacts.models.owned import Imported, Owned, OwnedQuerySet
from kith.contacts.models.run import ImportRun
from kith.core.ids import public_id


class ContactQuerySet(OwnedQuerySet["Contact"]):
    """Words for sets of contacts; merged ones stand behind the contact they were merged into."""

    def listed(self) -> Self:
        return self.filter(merged_into__isnull=True)

    def connected(self) -> Self:
        return self.filter(connected_on__isnull=False)

    def in_a_network(self) -> Self:
        return self.filter(last_talk_on__isnull=False)

    def in_b_network(self) -> Self:
        return self.filter(last_talk_on__isnull=True)

    def waiting_for_me(self) -> Self:
        """They wrote last, in a conversation of two that is not a campaign."""
        return self.filter(wrote_last_at__isnull=False)

    def proposable(self) -> Self:
        """Whom the desk may speak of: somebody with a name, not let go."""
        return self.listed().filter(let_go_at__isnull=True).exclude(name="")


ContactManager = models.Manager.from_queryset(ContactQuerySet)


class Contact(Owned):
    """One human as one member knows them; shows hand edits, else the newest sighting (E-24: A needs a talk)."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    name = models.CharField(max_length=300, blank=True)
    sort_name = models.CharField(max_length=300, blank=True)
    search_text = models.TextField(blank=True)
    slug = models.CharField(max_length=300, null=True, blank=True)
    email = models.CharField(max_length=254, blank=True)
    company = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=300, blank=True)
    birthday = models.CharField(max_length=20, blank=True)
    phones = models.CharField(max_length=300, blank=True)
    connected_on = models.DateField(null=True, blank=True)
    typed_fields = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    specialties = models.CharField(max_length=500, blank=True)
    good_fit_for = models.CharField(max_length=500, blank=True)
    let_go_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged"
    )
    # Derived from messages and talks, rebuilt by contacts.exchange
    sent_count = models.IntegerField(default=0)
    received_count = models.IntegerField(default=0)
    first_exchange_at = models.DateTimeField(null=True, blank=True)
    last_exchange_at = models.DateTimeField(null=True, blank=True)
    last_exchange_outgoing = models.BooleanField(null=True)
    wrote_last_at = models.DateTimeField(
        null=True, blank=True, help_text="their message the owner has not answered"
    )
    in_touch_on = models.DateField(null=True, blank=True, help_text="the later of last message and last talk")
    talk_count = models.IntegerField(default=0)
    last_talk_on = models.DateField(null=True, blank=True)
    last_talk_precision = models.CharField(max_length=5, blank=True)

    objects = ContactManager()  # type: ignore[misc]  # narrower than the one it inherits

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "slug"], condition=Q(slug__isnull=False), name="contact_slug_once"
            ),
        ]
        indexes = [
            models.Index("owner", "sort_name", "id", name="contact_by_name"),
            models.Index("owner", F("in_touch_on").desc(nulls_last=True), "id", name="contact_by_touch"),
            models.Index("owner", F("connected_on").desc(nulls_last=True), "id", name="contact_by_connected"),
            models.Index("owner", Lower("email"), name="contact_by_email", condition=~Q(email="")),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="contact_search"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_a(self) -> bool:
        return self.last_talk_on is not None

    @property
    def in_touch_precision(self) -> str:
        """How exactly `in_touch_on` is known: a talk may be remembered by its month or year alone."""
        return self.last_talk_precision if self.in_touch_on == self.last_talk_on else ""

    @property
    def exchange_count(self) -> int:
        return self.sent_count + self.received_count


class Sighting(Owned):
    """What one import saw of one contact."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="sightings")
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="sightings")
    name = models.CharField(max_length=300, blank=True)
    slug = models.CharField(max_length=300, null=True, blank=True)
    email = models.CharField(max_length=254, blank=True)
    company = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=300, blank=True)
    birthday = models.CharField(max_length=20, blank=True)
    phones = models.CharField(max_length=300, blank=True)
    connected_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "run"], name="sighting_once_a_run")]


class Talk(Owned):
    """A logged real conversation: the only thing that makes an A contact (E-24)."""

    class Kind(models.TextChoices):
        CALL = "call"
        MEETING = "meeting"
        VIDEO = "video"

    class Precision(models.TextChoices):
        DAY = "day"
        MONTH = "month"
        YEAR = "year"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="talks")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CALL)
    held_on = models.DateField()
    precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    notes = models.TextField(blank=True)
    logged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-held_on", "-id"]


class Note(Imported):
    """A private line about a contact; `seen_in` is empty and `typed_at` set when the owner wrote it here."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)
    typed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-written_at", "-id"]
