"""What every row of an address book shares: one owner, who alone sees it."""

from typing import Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kith.members.models import Member
from kith.members.policy import Viewer

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class OwnedQuerySet(models.QuerySet[Row_co]):
    """Private rows: they begin and end with their owner."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.owned_by(viewer.member) if viewer.member else self.none()

    def owned_by(self, member: Member) -> Self:
        return self.filter(owner=member)


OwnedManager = models.Manager.from_queryset(OwnedQuerySet)  # named, so that types follow it to each model


class Owned(models.Model):
    """A row that belongs to one member alone."""

    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")

    objects = OwnedManager()

    class Meta:
        abstract = True


class Imported(Owned):
    """A fact one or more imports saw: `seen_in` holds their run ids and empties as they are taken back."""

    seen_in = ArrayField(models.IntegerField(), default=list)

    class Meta:
        abstract = True
