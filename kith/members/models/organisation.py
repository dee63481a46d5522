"""Companies and schools that members name, each once."""

from django.db import models
from django.db.models.functions import Coalesce

from kith.core.ids import public_id


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Words for sets of organisations."""

    def standing(self) -> "OrganisationQuerySet":
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)


OrganisationManager = models.Manager.from_queryset(OrganisationQuerySet)


class Organisation(models.Model):
    """One spelling of a company's or school's name; a merged one stands behind the one it was merged into."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    name = models.CharField(max_length=160)
    key = models.CharField(max_length=160, unique=True, help_text="the name folded")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="spellings"
    )

    objects = OrganisationManager()

    def __str__(self) -> str:
        return self.name

    @property
    def stands_for(self) -> "Organisation":
        """Itself, or the organisation it was merged into (never a chain: merging moves all spellings)."""
        return self.merged_into or self


def standing_id(path: str = "organisation") -> Coalesce:
    """For queries: the id of the organisation that stands, following a merge."""
    return Coalesce(f"{path}__merged_into_id", f"{path}_id")
