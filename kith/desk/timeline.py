"""Everything between the owner and one contact, joined when read; nothing is copied."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kith.contacts.actions import everyone_behind
from kith.contacts.models import (
    Contact,
    Note,
    PastEndorsement,
    PastInvitation,
    PastMessage,
    PastRecommendation,
    Sighting,
    Talk,
    Thread,
)
from kith.members.policy import Viewer

FIRST = 40  # entries shown before "show older"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on one day; `what` holds the rows behind it, whose kind the page knows how to tell."""

    kind: str
    on: date
    what: Any
    precision: str = "day"


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a day: its text where the owner kept it, else what is known of it."""

    outgoing: bool
    sent_at: datetime
    text: str
    is_version: bool
    subject: str
    group: str
    is_sponsored: bool
    has_attachment: bool


@dataclass(frozen=True, slots=True)
class JobChange:
    """What one archive saw and the one before did not."""

    before: Sighting
    after: Sighting


def timeline(viewer: Viewer, contact: Contact) -> list[Entry]:
    """Newest first, over the contact and everybody merged into it."""
    ids = [contact.pk, *everyone_behind(contact)]
    entries = [
        *_talks(viewer, ids),
        *_notes(viewer, ids),
        *_messages(viewer, ids),
        *_invitations(viewer, ids),
        *_endorsements(viewer, ids),
        *_recommendations(viewer, ids),
        *_job_changes(viewer, ids),
    ]
    if contact.connected_on:
        entries.append(Entry("connected", contact.connected_on, contact))
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def _talks(viewer: Viewer, ids: list[int]) -> Iterator[Entry]:
    for talk in Talk.objects.visible_to(viewer).filter(contact__in=ids):
        yield Entry("talk", talk.held_on, talk, talk.precision)


def _notes(viewer: Viewer, ids: list[int]) -> Iterator[Entry]:
    for note in Note.objects.visible_to(viewer).filter(contact__in=ids):
        yield Entry("note", _day(note.written_at), note)


def _messages(viewer: Viewer, ids: list[int]) -> Iterator[Entry]:
    alone = (
        Thread.objects.visible_to(viewer).filter(is_group=False, threadperson__contact__in=ids).values("pk")
    )
    rows = (
        PastMessage.objects.visible_to(viewer)
        .filter(Q(thread__in=alone) | Q(sender__in=ids))
        .select_related("thread__version")
        .order_by("sent_at", "pk")
    )
    begun: set[int] = set()
    for day, messages in groupby(rows, key=lambda message: _day(message.sent_at)):
        yield Entry("messages", day, [_line(message, begun) for message in messages])


def _line(message: PastMessage, begun: set[int]) -> Line:
    """The owner's first message of a conversation is told in the words of its version."""
    thread = message.thread
    first = message.outgoing and thread.pk not in begun
    if first:
        begun.add(thread.pk)
    kept = thread.version.text if first and thread.version and not message.text else ""
    return Line(
        outgoing=message.outgoing,
        sent_at=message.sent_at,
        text=message.text or kept,
        is_version=bool(kept),
        subject=message.subject,
        group=(thread.title or "…") if thread.is_group else "",
        is_sponsored=thread.is_sponsored,
        has_attachment=message.has_attachment,
    )


def _invitations(viewer: Viewer, ids: list[int]) -> Iterator[Entry]:
    for invitation in PastInvitation.objects.visible_to(viewer).filter(contact__in=ids):
        yield Entry("invitation", _day(invitation.sent_at), invitation)


def _endorsements(viewer: Viewer, ids: list[int]) -> Iterator[Entry]:
    rows = (
        PastEndorsement.objects.visible_to(viewer)
        .filter(contact__in=ids)
        .order_by("endorsed_at", "received", "pk")
    )
    for (day, received), endorsements in groupby(rows, key=lambda row: (_day(row.endorsed_at), row.received)):
        kind = "endorsed_you" if received else "you_endorsed"
        yield Entry(kind, day, [row.skill for row in endorsements])


def _recommendations(viewer: Viewer, ids: list[int]) -> Iterator[Entry]:
    for row in PastRecommendation.objects.visible_to(viewer).filter(contact__in=ids):
        yield Entry("recommendation", _day(row.written_at) if row.written_at else date.min, row)


def _job_changes(viewer: Viewer, ids: list[int]) -> Iterator[Entry]:
    seen = (
        Sighting.objects.visible_to(viewer)
        .filter(contact__in=ids)
        .exclude(company="", title="")
        .select_related("run")
        .order_by("run__as_of", "run_id", "pk")
    )
    for before, after in pairwise(seen):
        if (before.company, before.title) != (after.company, after.title):
            yield Entry(
                "job_change", after.run.as_of or _day(after.run.uploaded_at), JobChange(before, after)
            )


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
