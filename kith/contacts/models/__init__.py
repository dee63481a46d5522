"""A member's private address book and the private history that imports bring into it."""

from kith.contacts.models.analytics import AnalyticsDay, AnalyticsPost, AnalyticsTotal
from kith.contacts.models.contact import Contact, Note, Sighting, Talk
from kith.contacts.models.history import (
    Deed,
    MessageVersion,
    PastEndorsement,
    PastInvitation,
    PastMessage,
    PastRecommendation,
    Thread,
    ThreadPerson,
)
from kith.contacts.models.run import ImportProgress, ImportRun

__all__ = [
    "AnalyticsDay",
    "AnalyticsPost",
    "AnalyticsTotal",
    "Contact",
    "Deed",
    "ImportProgress",
    "ImportRun",
    "MessageVersion",
    "Note",
    "PastEndorsement",
    "PastInvitation",
    "PastMessage",
    "PastRecommendation",
    "Sighting",
    "Talk",
    "Thread",
    "ThreadPerson",
]
