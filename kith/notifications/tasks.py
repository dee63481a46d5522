"""Telling many, in the background: a chunk a task, the next one queued with it or not at all."""

from django.db import transaction
from procrastinate.contrib.django import app

from kith.notifications.models import Announcement


@app.task(queue="notices", name="notifications.tell_members")
def tell_members(announcement_id: int, after: int) -> None:
    """One chunk; a kill in it leaves nothing of it, and it starts again (c19)."""
    from kith.notifications.announcements import tell_some

    with transaction.atomic():
        announcement = Announcement.objects.standing().filter(pk=announcement_id).first()
        if announcement and (last := tell_some(announcement, after)):
            tell_members.defer(announcement_id=announcement_id, after=last)
