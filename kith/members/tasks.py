"""Background work of the members: letters to the roster, reminders, forgetting."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from kith.members import roster


def write_to_roster_soon() -> None:
    """Let the worker write the letters the host agreed to."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        write_to_roster.defer()


@app.task(queue="letters", name="members.write_to_roster", queueing_lock="members.write_to_roster")
def write_to_roster() -> None:
    roster.write_letters()


@app.periodic(cron="23 4 * * *")
@app.task(queue="letters", name="members.tend_roster", queueing_lock="members.tend_roster")
def tend_roster(timestamp: int) -> None:
    """Once a night: reminders the host agreed to, and addresses nobody claimed."""
    roster.remind()
    roster.forget_unclaimed()
