"""What creator-analytics workbooks say; unknown stays null, never 0."""

from django.db import models

from kith.contacts.models.owned import Imported


class AnalyticsDay(Imported):
    """One day's figures; a newer workbook revises them."""

    on = models.DateField()
    impressions = models.IntegerField(null=True)
    engagements = models.IntegerField(null=True)
    new_followers = models.IntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "on"], name="analytics_day_once")]


class AnalyticsPost(Imported):
    """A post in a workbook's rankings; missing on one side is unknown."""

    urn = models.CharField(max_length=200)
    url = models.CharField(max_length=1000, blank=True)
    published_on = models.DateField(null=True)
    impressions = models.IntegerField(null=True)
    engagements = models.IntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "urn"], name="analytics_post_once")]


class AnalyticsTotal(Imported):
    """One figure of a workbook that is no day and no post: followers in all, a share of an audience."""

    scope = models.CharField(max_length=60)
    category = models.CharField(max_length=120)
    value = models.CharField(max_length=300)
    amount = models.FloatField(null=True)
    words = models.CharField(max_length=60, blank=True)
    on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "scope", "category", "value"], name="analytics_total_once"
            )
        ]
